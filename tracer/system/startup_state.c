// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/startup_state.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the kernel takes and gives (asm/signal.h of x86-64, which the C library's signal.h does not
 * let in beside itself). */
struct action {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

/* Those whose handling changes: two of ours, and two that glibc keeps for itself, lets nobody ask
 * for, and takes as soon as there are threads (nptl/pthread_create.c). */
static const int changed[] = { SIGPIPE, SIGCHLD, 32, 33 };

static void set(int number, bool ignored)
{
	const struct action action = { .handler = ignored ? SIG_IGN : SIG_DFL };

	syscall(SYS_rt_sigaction, number, &action, NULL, sizeof(action.mask));
}

void startup_state_note(struct startup_state *started)
{
	struct action action;

	sigprocmask(SIG_SETMASK, NULL, &started->mask);
	started->ignored = 0;
	for (size_t i = 0; i < sizeof(changed) / sizeof(*changed); i++)
		if (!syscall(SYS_rt_sigaction, changed[i], NULL, &action, sizeof(action.mask)) &&
		    action.handler == SIG_IGN)
			started->ignored |= 1ull << changed[i];
	if (getrlimit(RLIMIT_NOFILE, &started->files))
		started->files = (struct rlimit){ 0, 0 };
}

void startup_state_raise(const struct startup_state *started)
{
	const struct rlimit most = { started->files.rlim_max, started->files.rlim_max };

	if (started->files.rlim_cur < most.rlim_cur)
		setrlimit(RLIMIT_NOFILE, &most);
}

void startup_state_see_children(void)
{
	signal(SIGCHLD, SIG_DFL);
}

void startup_state_restore(const struct startup_state *started)
{
	if (started->files.rlim_cur < started->files.rlim_max)
		setrlimit(RLIMIT_NOFILE, &started->files);
	for (size_t i = 0; i < sizeof(changed) / sizeof(*changed); i++)
		set(changed[i], started->ignored >> changed[i] & 1);
	sigprocmask(SIG_SETMASK, &started->mask, NULL);
}
