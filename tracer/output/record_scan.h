/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record_scan: what records hold that the capture depends on: failures that --dump-on names, the
 * number of calls. Used by recording. */
#ifndef SYSTAPE_RECORD_SCAN_H
#define SYSTAPE_RECORD_SCAN_H

#include "format/filter/filter.h"

#include <stddef.h>

/* Whether one of the records is the end of a call of the set that has failed. */
bool record_scan_failure(const void *records, size_t size, const struct filter *set);
/* How many bytes of them hold `*left` calls, which becomes what is left: all of them if there are
 * fewer. */
size_t record_scan_within(const void *records, size_t size, uint64_t *left);

#endif
