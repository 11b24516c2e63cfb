// SPDX-License-Identifier: GPL-2.0-or-later
/* signals: takes some, and has children that die of one: with a core dump (in the working
 * directory), without, and by what is never delivered. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void take(int signal)
{
	(void)signal;
}

/* Blocked until it is waited for: where a millisecond is short, it would come before the wait. */
static void wait_for_alarm(void)
{
	sigset_t alarm, none;

	sigemptyset(&none);
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarm, NULL);
	ualarm(1000, 0);
	sigsuspend(&none);
	sigprocmask(SIG_UNBLOCK, &alarm, NULL);
}

static void limit_core(rlim_t size)
{
	struct rlimit limit = { size, RLIM_INFINITY };

	setrlimit(RLIMIT_CORE, &limit);
}

/* A child that waits, and is told by a byte that it is there. */
static void kill_child(int signal)
{
	int ready[2];
	char byte = 0;
	pid_t child;

	if (pipe(ready))
		exit(1);
	child = fork();
	if (!child) {
		if (write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	if (read(ready[0], &byte, 1) == 1)
		kill(child, signal);
	wait(NULL);
}

int main(void)
{
	volatile int *volatile nowhere = NULL;

	signal(SIGUSR1, take);
	signal(SIGALRM, take);
	kill(getpid(), SIGUSR1);
	raise(SIGUSR1);
	wait_for_alarm();
	limit_core(RLIM_INFINITY);
	if (!fork())
		*nowhere = 1;
	wait(NULL);
	limit_core(0);
	if (!fork())
		abort();
	wait(NULL);
	kill_child(SIGTERM);
	kill_child(SIGKILL);
	return 0;
}
