/* SPDX-License-Identifier: GPL-2.0-or-later */
/* look: what records hold that the capture depends on: failures that --dump-on names, the number of
 * calls. Used by recording. */
#ifndef SYSTAPE_LOOK_H
#define SYSTAPE_LOOK_H

#include "format/filter.h"

#include <stddef.h>

/* Whether one of the records is the end of a call of the set that has failed. */
bool look_for_failure(const void *records, size_t size, const struct filter *set);
/* How many bytes of them hold `*left` calls, which becomes what is left: all of them if there are
 * fewer. */
size_t look_within(const void *records, size_t size, uint64_t *left);

#endif
