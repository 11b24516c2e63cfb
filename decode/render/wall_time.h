/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wall_time: a time of day as RFC 3339 has it, in UTC, to the nanosecond. For renderers. */
#ifndef SYSTAPE_WALL_TIME_H
#define SYSTAPE_WALL_TIME_H

#include "decode/text/text.h"

#include <time.h>

enum { WALL_TIME = 30 }; /* bytes of 2026-11-21T12:34:56.123456789Z */

/* The second that is known already. Zero it before the first use. */
struct wall_time {
	time_t second;
	char text[WALL_TIME + 1];
	char since[24]; /* the same since 1970, in nanoseconds */
	uint8_t since_size;
};

/* `ns`: since 1970. */
void wall_time_put(struct wall_time *wall, struct text *text, uint64_t ns);
/* The same, `between`, and the same as a number. */
void wall_time_both(struct wall_time *wall, struct text *text, uint64_t ns, const char *between,
		    size_t size);

#endif
