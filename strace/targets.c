// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/targets.h"

#include "format/option_parse.h"
#include "strace/message.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KERNEL_THREAD = 0x00200000 /* PF_KTHREAD, in /proc/PID/stat */ };

/* UID:GID, two numbers: what stands behind a second colon does not count. */
static bool is_pair(const char *text)
{
	uint64_t id;

	return option_parse_digits(&text, &id) && id < UINT32_MAX && *text++ == ':' &&
	       option_parse_digits(&text, &id) && id < UINT32_MAX && (!*text || *text == ':');
}

bool targets_user(struct strace_options *o)
{
	const char *colon;
	char *pair;

	if (!o->user)
		return true;
	if (getuid() || geteuid())
		return strace_refuse("You must be root to use the -u/--username option");
	colon = strchr(o->user, ':');
	if (colon && !is_pair(o->user))
		return strace_refuse("Invalid UID:GID pair '%s'", o->user);
	if (!colon && !getpwnam(o->user))
		return strace_refuse("Cannot find user '%s'", o->user);
	pair = colon ? strndup(o->user, strcspn(colon + 1, ":") + (colon + 1 - o->user)) : NULL;
	words_add(&o->recorder, "--as-user");
	words_add(&o->recorder, pair ? pair : o->user);
	return true;
}

static bool is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && st.st_mode & 0111;
}

/* As the recorder looks for it, which starts it. */
static bool is_in_path(const char *name)
{
	const char *folders = getenv("PATH"), *end;
	char path[PATH_MAX];

	for (folders = folders ? folders : "/usr/local/bin:/usr/bin:/bin";; folders = end + 1) {
		int length, n;

		end = strchrnul(folders, ':');
		length = (int)(end - folders);
		n = snprintf(path, sizeof(path), "%.*s%s%s", length, folders, length ? "/" : "",
			     name);
		if ((size_t)n < sizeof(path) && is_program(path))
			return true;
		if (!*end)
			return false;
	}
}

bool targets_program(const struct strace_options *o)
{
	const char *name = *o->command;
	struct stat st;

	if (!name)
		return true;
	if (strlen(name) >= PATH_MAX)
		return strace_refuse("exec: %s", strerror(ENAMETOOLONG));
	if (!strchr(name, '/'))
		return is_in_path(name) || strace_refuse("Cannot find executable '%s'", name);
	return !stat(name, &st) || strace_refuse("Cannot stat '%s': %s", name, strerror(errno));
}

/* 0, or why nobody could trace it: the kernel's own threads, and what has ended. */
static int obstacle(pid_t pid)
{
	unsigned int flags = 0;
	char path[32], line[512], state = 0;
	const char *rest;
	FILE *stat;

	if (kill(pid, 0) && errno == ESRCH)
		return ESRCH;
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	stat = fopen(path, "re");
	if (!stat)
		return 0;
	rest = fgets(line, sizeof(line), stat) ? strrchr(line, ')') : NULL;
	fclose(stat);
	if (rest && sscanf(rest, ") %c %*d %*d %*d %*d %*d %u", &state, &flags) == 2 &&
	    (state == 'Z' || state == 'X' || flags & KERNEL_THREAD))
		return EPERM;
	return 0;
}

bool targets_processes(struct strace_options *o)
{
	size_t kept = 0;

	for (size_t i = 0; i < o->pid_count; i++) {
		int error = obstacle(o->pids[i]);
		char *text;

		if (error) {
			strace_say("attach: ptrace(PTRACE_SEIZE, %d): %s", o->pids[i],
				   strerror(error));
			continue;
		}
		o->pids[kept++] = o->pids[i];
		if (asprintf(&text, "%d", o->pids[i]) < 0)
			return strace_refuse("out of memory");
		words_add(&o->recorder, "-p");
		words_add(&o->recorder, text);
	}
	o->pid_count = kept;
	return kept || *o->command;
}
