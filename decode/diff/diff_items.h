/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_items: what differs in the sums of two tapes: calls, errors and files that are new, gone or
 * of another number, and calls that take longer or shorter. Used by systape-diff.
 */
#ifndef SYSTAPE_DIFF_ITEMS_H
#define SYSTAPE_DIFF_ITEMS_H

#include "decode/diff/diff_tape.h"

enum diff_sort { SORT_CALL, SORT_ERROR, SORT_FILE, SORTS };

struct diff_item {
	enum diff_sort sort;
	uint32_t name; /* number of the string: a call, "CALL ERROR", a file */
	uint64_t calls[2];
	struct histogram times[2]; /* of calls */
};

/* Whether a time of A is another one in B: by `least` ns, and twice as long; 0: never. */
bool diff_time_differs(uint64_t a, uint64_t b, uint64_t least);

struct diff_items {
	struct stat_strings *strings;
	struct diff_item *at;
	size_t count, room;
};

/* Adds up both sides, sorted by sort and name. 0 or -ENOMEM; diff_items_free in any case. */
int diff_items_make(struct diff_items *items, const struct diff_tape tapes[2]);
void diff_items_free(struct diff_items *items);
const char *diff_items_name(const struct diff_items *items, const struct diff_item *item,
			    size_t *size);
/* Whether a call takes longer or shorter: its median, or the hundredth that takes longest. */
bool diff_item_slower(const struct diff_item *item, uint64_t least);

#endif
