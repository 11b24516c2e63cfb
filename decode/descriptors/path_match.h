/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * path_match: the calls that touch certain files, by name or by a descriptor that is open on them,
 * or certain descriptors: -P and --trace-fds. The options fill it in, the filter of the stream asks
 * it; descriptors are what fd_tracking.h makes of them.
 */
#ifndef SYSTAPE_PATH_MATCH_H
#define SYSTAPE_PATH_MATCH_H

#include "decode/events/event.h"

struct path_match;

/* Touches nothing. NULL without memory. */
struct path_match *path_match_new(void);
/* NULL accepted. */
void path_match_free(struct path_match *touch);

/*
 * One more path, which stays the caller's: compared with names as they stand, with what they are
 * from the root on, and with what descriptors are open on. One that ends with a slash is all below
 * that directory, one with *, ? or [ a pattern. `exact`: only names as they stand, of that very
 * path, as strace does. False without memory.
 */
bool path_match_add_path(struct path_match *touch, const char *path, bool exact);
/* The descriptors of a set: numbers with commas, all, none, a leading ! for the others. The last
 * set counts. False with a sentence in `error`. */
bool path_match_set_descriptors(struct path_match *touch, const char *set, char *error,
				size_t size);

/* Whether the call touches one of them, by its arguments as they were when it began. */
bool path_match_wants(const struct path_match *touch, const struct call *call);

#endif
