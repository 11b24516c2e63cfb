// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/waits.h"

#include "decode/events/call_fds.h"

#include <stdlib.h>
#include <string.h>

enum { WAIT_LEAST = 50000 /* ns: what is shorter was no waiting */ };

/* In the order of strcmp. */
static const char *const names[] = {
	"accept",
	"accept4",
	"clock_nanosleep",
	"clock_nanosleep_time64",
	"connect",
	"epoll_pwait",
	"epoll_pwait2",
	"epoll_wait",
	"flock",
	"futex",
	"futex_time64",
	"futex_wait",
	"futex_waitv",
	"io_getevents",
	"io_pgetevents",
	"io_pgetevents_time64",
	"io_uring_enter",
	"mq_timedreceive",
	"mq_timedreceive_time64",
	"msgrcv",
	"nanosleep",
	"pause",
	"poll",
	"ppoll",
	"ppoll_time64",
	"pselect6",
	"pselect6_time64",
	"recvmmsg_time64",
	"restart_syscall",
	"rt_sigsuspend",
	"rt_sigtimedwait",
	"rt_sigtimedwait_time64",
	"select",
	"semop",
	"semtimedop",
	"semtimedop_time64",
	"sigsuspend",
	"vfork",
	"wait4",
	"waitid",
	"waitpid",
};

static int compare(const void *key, const void *name)
{
	return strcmp(key, *(const char *const *)name);
}

bool waits_by_name(const char *name, size_t size)
{
	const char *colon = memchr(name, ':', size);
	char plain[32];

	if (colon) {
		size -= (size_t)(colon + 1 - name);
		name = colon + 1;
	}
	if (size >= sizeof(plain))
		return false;
	memcpy(plain, name, size);
	plain[size] = '\0';
	return bsearch(plain, names, sizeof(names) / sizeof(*names), sizeof(*names), compare);
}

/* What has another program, a person or another machine at its other end. */
static bool answers_late(const struct fd_file *file)
{
	static const char *const sorts[] = { "pipe:",	 "socket:",	"/dev/pts/",
					     "/dev/tty", "anon_inode:", "/dev/ptmx" };

	if (file->socket)
		return true;
	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++)
		if (!strncmp(file->path, sorts[i], strlen(sorts[i])))
			return true;
	return false;
}

bool waits_call(const struct call *call)
{
	const struct desc_call *row = call->row;
	const struct fd_file *file;

	if (waits_by_name(call->name, strlen(call->name)))
		return true;
	if (!row || !call_has_words(call) || !row->args || row->arg[0].kind != DESC_FD)
		return false;
	file = fds_of_call(call, (int)call->arg[0], false);
	return file && answers_late(file);
}

static uint64_t word_waits(struct stat_source *s, const struct call *call)
{
	(void)s;
	return call->enter && call->exit > call->enter + WAIT_LEAST && waits_call(call);
}

const struct stat_key waits_key = {
	.name = "waits", .title = "WAITS", .help = "whether it waited", .word = word_waits
};
