// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/backend/guardian.h"

#include "tracer/backend/privileges.h"
#include "tracer/system/owner.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A pipe that is held open here would keep its reader waiting for an end. */
static void close_others(const struct guardian_work *work)
{
	DIR *all = opendir("/proc/self/fd");
	struct dirent *entry;

	while (all && (entry = readdir(all))) {
		int fd = atoi(entry->d_name);

		if (isdigit((unsigned char)*entry->d_name) && fd != dirfd(all) &&
		    !(work->keeps && work->keeps(work->context, fd)))
			close(fd);
	}
	if (all)
		closedir(all);
}

/* PR_SET_PDEATHSIG comes when the parent has closed all that it had, and cannot be missed: who
 * asked too late has another parent by then. */
static void __attribute__((noreturn)) guard(const struct guardian_work *work, pid_t recorder)
{
	struct privileges_needs needs = { .files = true };
	struct tape_error why;
	uint64_t left;
	sigset_t set;

	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	setsid();
	prctl(PR_SET_NAME, "systape-guard", 0, 0, 0);
	close_others(work);
	if (privileges_drop(&needs, &left,
			    &why)) /* the recorder finds nobody and tidies up itself */
		_exit(1);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	prctl(PR_SET_PDEATHSIG, SIGUSR1, 0, 0, 0);
	while (getppid() == recorder)
		sigwaitinfo(&set, NULL);
	work->run(work->context);
	_exit(0);
}

pid_t guardian_start(const struct guardian_work *work)
{
	pid_t recorder = getpid(), guardian = fork();

	if (!guardian)
		guard(work, recorder);
	return guardian < 0 ? -errno : guardian;
}

struct recorder {
	const struct backend *backend;
	pid_t pid;
	uint64_t began;
};

static void tidy(const void *context)
{
	const struct recorder *r = context;

	r->backend->tidy(r->pid, r->began);
}

pid_t guardian_for(const struct backend *backend)
{
	struct recorder recorder = { backend, getpid(), owner_began(getpid()) };
	struct guardian_work work = { .run = tidy, .context = &recorder };
	pid_t guardian = backend->tidy ? guardian_start(&work) : 0;

	return guardian > 0 ? guardian : 0;
}

bool guardian_lives(pid_t guardian)
{
	return guardian > 0 && waitpid(guardian, NULL, WNOHANG) == 0;
}
