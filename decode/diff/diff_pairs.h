/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_pairs: which thread of one tape is which of the other: by the tree of programs, the children
 * of two that belong together in the order in which they were made, by their names; and what
 * differs between the events of such a pair. Used by systape-diff.
 */
#ifndef SYSTAPE_DIFF_PAIRS_H
#define SYSTAPE_DIFF_PAIRS_H

#include "decode/diff/diff_tape.h"
#include "decode/diff/edit_script.h"

/* Sets `pair` in the threads of both. 0 or -ENOMEM. */
int diff_pairs_find(struct diff_tape tapes[2]);

/* What differs between two threads, event by event. */
enum diff_kind { DIFF_ONLY_A, DIFF_ONLY_B, DIFF_TIME };
struct diff_difference {
	enum diff_kind kind;
	const struct diff_event *event[2]; /* NULL: on that side there is none */
};
struct diff_taker {
	void (*take)(void *context, const struct diff_difference *difference);
	void *context;
	uint64_t least; /* of times, see diff_time_differs */
};
/* Hands over every difference, in order; *rough: there were too many to find those that belong
 * together. 0 or -ENOMEM. */
int diff_pairs_compare(const struct diff_thread *a, const struct diff_thread *b,
		       const struct diff_taker *taker, bool *rough);

#endif
