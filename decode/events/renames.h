/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * renames: the names that files have lost or got, in order. Nobody looks for what is open on them
 * when it happens: each file (fds.h) catches up when it is asked for, so that a rename costs the
 * same however much is open. Who has been away for too long is told so.
 */
#ifndef SYSTAPE_RENAMES_H
#define SYSTAPE_RENAMES_H

#include <stddef.h>
#include <stdint.h>

#define RENAMES_KEPT 4096	 /* what a file can catch up with at most */
#define RENAMES_PATH (4096 + 16) /* PATH_MAX, and " (deleted)" */

struct renames {
	struct rename_event {
		char *from, *to; /* `to` NULL: it has no name any more */
	} event[RENAMES_KEPT];
	uint64_t count; /* ever */
};

void renames_free(struct renames *renames);
/* Everything that has a name may have another one now, if there is no memory for this. */
void renames_add(struct renames *renames, const char *from, const char *to);
/* Makes of *path, which malloc has given, what it is now, "" if that is not known any more: the
 * count in place of `seen`. */
uint64_t renames_apply(const struct renames *renames, char **path, uint64_t seen);

#endif
