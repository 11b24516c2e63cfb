// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/names/name_trial.h"

#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TRIAL	   "/systape/trial/"
#define WORD(text) ((long)(TRIAL text))
/* Calls of each kind that the trial makes, none of which succeeds; `path` is the argument whose
 * name is awaited. */
static const struct trial {
	const char *name;
	long nr, path, arg[5];
} trials[] = {
	{ "open", SYS_open, 0, { WORD("open"), O_RDONLY } },
	{ "openat", SYS_openat, 1, { AT_FDCWD, WORD("openat"), O_RDONLY } },
	{ "access", SYS_access, 0, { WORD("access"), F_OK } },
	{ "newfstatat", SYS_newfstatat, 1, { AT_FDCWD, WORD("newfstatat") } },
	{ "statx", SYS_statx, 1, { AT_FDCWD, WORD("statx") } },
	{ "readlinkat", SYS_readlinkat, 1, { AT_FDCWD, WORD("readlinkat"), 0, 1 } },
	{ "mkdir", SYS_mkdir, 0, { WORD("mkdir") } },
	{ "mknod", SYS_mknod, 0, { WORD("mknod") } },
	{ "unlink", SYS_unlink, 0, { WORD("unlink") } },
	{ "rmdir", SYS_rmdir, 0, { WORD("rmdir") } },
	{ "symlink", SYS_symlink, 0, { WORD("symlink"), WORD("symlink to") } },
	{ "symlink's second", SYS_symlink, 1, { WORD("symlink"), WORD("symlink to") } },
	{ "link", SYS_link, 0, { WORD("link"), WORD("link to") } },
	{ "link's second", SYS_link, 1, { WORD("link"), WORD("link to") } },
	{ "rename", SYS_rename, 0, { WORD("rename"), WORD("rename to") } },
	{ "rename's second", SYS_rename, 1, { WORD("rename"), WORD("rename to") } },
	{ "chdir", SYS_chdir, 0, { WORD("chdir") } },
	{ "statfs", SYS_statfs, 0, { WORD("statfs") } },
	{ "chmod", SYS_chmod, 0, { WORD("chmod") } },
	{ "truncate", SYS_truncate, 0, { WORD("truncate") } },
	{ "utimensat", SYS_utimensat, 1, { AT_FDCWD, WORD("utimensat") } },
	{ "getxattr", SYS_getxattr, 0, { WORD("getxattr"), WORD("name") } },
	{ "execve", SYS_execve, 0, { WORD("execve") } },
};

enum { TRIALS = sizeof(trials) / sizeof(*trials) };

uint32_t name_trial_all(void)
{
	return (1u << TRIALS) - 1;
}

void name_trial_run(void)
{
	for (int t = 0; t < TRIALS; t++)
		syscall(trials[t].nr, trials[t].arg[0], trials[t].arg[1], trials[t].arg[2],
			trials[t].arg[3], trials[t].arg[4]);
}

uint32_t name_trial_of(const struct assembler_name *name)
{
	uint32_t set = 0;

	for (int t = 0; t < TRIALS; t++) {
		const char *path = (const char *)trials[t].arg[trials[t].path];

		if (name->address == (uintptr_t)path && name->length == strlen(path) &&
		    !memcmp(name->text, path, name->length))
			set |= 1u << t;
	}
	return set;
}

bool name_trial_in(const char *list, uint32_t set)
{
	if (!list)
		return set;
	for (int t = 0; t < TRIALS; t++) {
		size_t length = strlen(trials[t].name);

		if (!(set >> t & 1))
			continue;
		for (const char *at = list; (at = strstr(at, trials[t].name)); at++)
			if ((at == list || at[-1] == ',') && (at[length] == ',' || !at[length]))
				return true;
	}
	return false;
}

void name_trial_print(FILE *out, const char *before, uint32_t set)
{
	for (int t = 0; t < TRIALS; t++) {
		if (!(set >> t & 1))
			continue;
		fprintf(out, "%s%s", before, trials[t].name);
		before = ", ";
	}
}
