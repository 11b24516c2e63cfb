/* SPDX-License-Identifier: GPL-2.0-or-later */
/* losses: what is not on the tape, where, and why: sums, and a fixed number of the greatest. Used
 * by the report. */
#ifndef SYSTAPE_HTML_LOSSES_H
#define SYSTAPE_HTML_LOSSES_H

#include "decode/events/event.h"

enum { LOSSES_MOST = 40 };

struct loss {
	uint64_t time; /* ns since 1970; 0: not known */
	uint32_t cpu;
	uint64_t calls, enters, events, records, parts;
	const char *reason;
	size_t host; /* the caller's */
};

/* All zero: none. In order, the greatest first. */
struct losses {
	struct loss sum;
	uint64_t times; /* how many there were */
	size_t count;
	struct loss loss[LOSSES_MOST];
};

/* A note of a loss; others are not for it. */
void losses_add(struct losses *losses, const struct tape_facts *facts, const struct note *note,
		size_t host);
/* Whether anything is lost. */
bool losses_any(const struct losses *losses);

#endif
