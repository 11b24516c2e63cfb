// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/as_started.h"

#include <stddef.h>

static bool is_ignored(int number)
{
	struct sigaction action;

	return !sigaction(number, NULL, &action) && action.sa_handler == SIG_IGN;
}

void as_started_note(struct as_started *started)
{
	sigprocmask(SIG_SETMASK, NULL, &started->mask);
	started->pipe_ignored = is_ignored(SIGPIPE);
	started->children_ignored = is_ignored(SIGCHLD);
	if (getrlimit(RLIMIT_NOFILE, &started->files))
		started->files = (struct rlimit){ 0, 0 };
}

void as_started_raise(const struct as_started *started)
{
	const struct rlimit most = { started->files.rlim_max, started->files.rlim_max };

	if (started->files.rlim_cur < most.rlim_cur)
		setrlimit(RLIMIT_NOFILE, &most);
}

void as_started_see_children(void)
{
	signal(SIGCHLD, SIG_DFL);
}

void as_started_restore(const struct as_started *started)
{
	if (started->files.rlim_cur < started->files.rlim_max)
		setrlimit(RLIMIT_NOFILE, &started->files);
	signal(SIGPIPE, started->pipe_ignored ? SIG_IGN : SIG_DFL);
	signal(SIGCHLD, started->children_ignored ? SIG_IGN : SIG_DFL);
	sigprocmask(SIG_SETMASK, &started->mask, NULL);
}
