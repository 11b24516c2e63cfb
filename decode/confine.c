// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/confine.h"

#include <fcntl.h>
#include <libgen.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* All that the first version of Landlock knows of: LANDLOCK_ACCESS_FS_EXECUTE to ..._MAKE_SYM. */
enum { EVERYTHING = 2 * LANDLOCK_ACCESS_FS_MAKE_SYM - 1 };

static int open_folder(const char *prefix)
{
	char *copy = strdup(prefix);
	int fd = copy ? open(dirname(copy), O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

	free(copy);
	return fd;
}

bool confine_to_folder(const char *prefix)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = EVERYTHING };
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG,
		.parent_fd = open_folder(prefix),
	};
	int rules = syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	bool held =
		rules >= 0 && beneath.parent_fd >= 0 &&
		!syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) &&
		!syscall(SYS_landlock_restrict_self, rules, 0);

	if (rules >= 0)
		close(rules);
	if (beneath.parent_fd >= 0)
		close(beneath.parent_fd);
	return held;
}
