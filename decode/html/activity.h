/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * activity: how many calls, errors and losses there were at what time, in a fixed number of slots:
 * where the tape is longer than they reach, two become one. Used by the report.
 */
#ifndef SYSTAPE_HTML_ACTIVITY_H
#define SYSTAPE_HTML_ACTIVITY_H

#include <stdbool.h>
#include <stdint.h>

enum { ACTIVITY_SLOTS = 256 };

struct activity_slot {
	uint64_t calls, errors, lost;
};

/* All zero: nothing yet. */
struct activity {
	uint64_t begin, width; /* ns: of the first slot, since 1970; of each */
	struct activity_slot slot[ACTIVITY_SLOTS];
};

/* Adds to the slot of `time`, ns since 1970. */
void activity_add(struct activity *activity, uint64_t time, uint64_t calls, uint64_t errors,
		  uint64_t lost);

#endif
