// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/supervisor.h"

#include "decode/message.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Memory of both processes. */
struct supervisor {
	volatile bool whole;
};

/* What asks a program to end, but for those that are ignored, and the other's end. */
static void wait_for(sigset_t *set)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };
	struct sigaction action;

	sigemptyset(set);
	sigaddset(set, SIGCHLD);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (!sigaction(ends[i], NULL, &action) && action.sa_handler != SIG_IGN)
			sigaddset(set, ends[i]);
}

/* Hands on what this process is asked; the status of the other, once it has ended. */
static int wait_end(pid_t child, const sigset_t *set)
{
	int status;

	for (;;) {
		int signal = sigwaitinfo(set, NULL);

		if (signal > 0 && signal != SIGCHLD)
			kill(child, signal);
		else if (waitpid(child, &status, WNOHANG) == child)
			return status;
	}
}

void supervisor_end_as(int status, int worst)
{
	sigset_t all;

	if (!WIFSIGNALED(status))
		_exit(WEXITSTATUS(status) ? WEXITSTATUS(status) : worst);
	prctl(PR_SET_DUMPABLE, 0); /* one core file is enough */
	signal(WTERMSIG(status), SIG_DFL);
	sigfillset(&all);
	sigprocmask(SIG_UNBLOCK, &all, NULL);
	raise(WTERMSIG(status));
	_exit(128 + WTERMSIG(status));
}

static void __attribute__((noreturn))
supervise(const struct supervisor *s, struct output_pending *pending, pid_t child,
	  const sigset_t *set)
{
	int status = wait_end(child, set), worst = 0;
	struct tape_error why;

	if (WIFEXITED(status) && s->whole) {
		worst = output_pending_keep(pending, &why) ? 1 : 0;
		if (worst)
			decode_say("%s", why.text);
	} else if (WIFSIGNALED(status)) {
		decode_say("ended by a signal: the output is not whole, and is gone");
	}
	output_pending_close(pending);
	supervisor_end_as(status, worst);
}

void supervisor_bind(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

struct supervisor *supervisor_start(struct output_pending *pending, struct tape_error *why)
{
	struct supervisor *s =
		mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sigset_t set, before;
	pid_t child = -1, parent = getpid();

	wait_for(&set);
	sigprocmask(SIG_BLOCK, &set, &before);
	if (s != MAP_FAILED)
		child = fork();
	if (child > 0)
		supervise(s, pending, child, &set);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!child) {
		supervisor_bind();
		if (getppid() == parent)
			return s;
		_exit(1);
	}
	snprintf(why->text, sizeof(why->text), "cannot start a process: %s", strerror(errno));
	output_pending_close(pending);
	return NULL;
}

void supervisor_whole(struct supervisor *s)
{
	s->whole = true;
}
