/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: what a comparison has found, as the printers take it: one after another, in the order of
 * the functions here. Called by main. */
#ifndef SYSTAPE_DIFF_REPORT_H
#define SYSTAPE_DIFF_REPORT_H

#include "decode/diff/diff_items.h"
#include "decode/diff/diff_pairs.h"
#include "diff/options.h"

/* A thread, or two that belong together; one may be NULL. */
struct report_threads {
	const struct diff_thread *thread[2];
	uint64_t differences, shown;
	bool rough; /* too much differs to say what belongs together */
};

struct report_printer {
	void (*item)(struct text *out, const struct diff_items *items, const struct diff_item *item,
		     bool first);
	void (*latency)(struct text *out, const struct diff_items *items,
			const struct diff_item *item, bool first);
	/* Before the first difference of two threads, or of one that is alone. */
	void (*threads)(struct text *out, const struct stat_strings *strings,
			const struct report_threads *threads);
	void (*event)(struct text *out, const struct stat_strings *strings,
		      const struct report_threads *threads,
		      const struct diff_difference *difference);
	/* Behind the last, if some were not shown; NULL: never. */
	void (*rest)(struct text *out, const struct report_threads *threads);
};

extern const struct report_printer print_text, print_json;

/* Prints what differs between both tapes: 0, -ENOMEM; *any: something does. */
int report_make(struct text *out, const struct diff_options *options, struct diff_tape tapes[2],
		bool *any);

#endif
