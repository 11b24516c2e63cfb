// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/user_namespace.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

enum {
	FIRST = 0xeffffffd, /* PROC_USER_INIT_INO of linux/proc_ns.h */
};

static bool is_within(void)
{
	struct stat st;

	return !stat("/proc/self/ns/user", &st) && st.st_ino != FIRST;
}

void user_namespace_refused(struct tape_error *why, const char *what, const char *otherwise)
{
	snprintf(why->text, sizeof(why->text), "%.90s; %.100s", what,
		 is_within() ? "root of a user namespace is not enough: record from outside of it, "
			       "with --pidns-translation"
			     : otherwise);
}
