/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * touch: the calls that touch certain files, by name or by a descriptor that is open on them, or
 * certain descriptors: -P and --trace-fds. The options fill it in, the filter of the stream asks
 * it; descriptors are what follow.h makes of them.
 */
#ifndef SYSTAPE_TOUCH_H
#define SYSTAPE_TOUCH_H

#include "decode/event.h"

struct touch;

/* Touches nothing. NULL without memory. */
struct touch *touch_new(void);
/* NULL accepted. */
void touch_free(struct touch *touch);

/*
 * One more path, which stays the caller's: compared with names as they stand, with what they are
 * from the root on, and with what descriptors are open on. One that ends with a slash is all below
 * that directory, one with *, ? or [ a pattern. `exact`: only names as they stand, of that very
 * path, as strace does. False without memory.
 */
bool touch_add_path(struct touch *touch, const char *path, bool exact);
/* The descriptors of a set: numbers with commas, all, none, a leading ! for the others. The last
 * set counts. False with a sentence in `error`. */
bool touch_set_descriptors(struct touch *touch, const char *set, char *error, size_t size);

/* Whether the call touches one of them, by its arguments as they were when it began. */
bool touch_wants(const struct touch *touch, const struct call *call);

#endif
