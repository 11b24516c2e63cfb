// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/confine.h"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

/* All that the first version of Landlock knows of: LANDLOCK_ACCESS_FS_EXECUTE to ..._MAKE_SYM. */
enum { EVERYTHING = 2 * LANDLOCK_ACCESS_FS_MAKE_SYM - 1 };

bool confine_to_folder(int folder)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = EVERYTHING };
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG,
		.parent_fd = folder,
	};
	int rules = syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	bool held =
		rules >= 0 &&
		!syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) &&
		!syscall(SYS_landlock_restrict_self, rules, 0);

	if (rules >= 0)
		close(rules);
	return held;
}
