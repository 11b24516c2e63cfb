// SPDX-License-Identifier: GPL-2.0-or-later
#include "diff/report.h"

struct report {
	struct text *out;
	const struct diff_options *options;
	const struct report_printer *print;
	const struct stat_strings *strings;
	struct report_threads threads;
	bool any;
};

static bool wanted(const struct report *r, const struct diff_item *item)
{
	static const enum diff_part parts[SORTS] = { PART_CALLS, PART_ERRORS, PART_FILES };

	return item->calls[0] != item->calls[1] && !(r->options->left_out & parts[item->sort]);
}

static void tell_items(struct report *r, const struct diff_items *items)
{
	int last = -1;

	for (size_t i = 0; i < items->count; i++) {
		const struct diff_item *item = &items->at[i];

		if (!wanted(r, item))
			continue;
		r->any = true;
		r->print->item(r->out, items, item, (int)item->sort != last);
		last = (int)item->sort;
	}
}

static void tell_latency(struct report *r, const struct diff_items *items)
{
	bool first = true;

	for (size_t i = 0; i < items->count; i++) {
		const struct diff_item *item = &items->at[i];

		if (item->sort != SORT_CALL || !diff_item_slower(item, r->options->latency))
			continue;
		r->any = true;
		r->print->latency(r->out, items, item, first);
		first = false;
	}
}

static void count(void *context, const struct diff_difference *difference)
{
	struct report *r = context;

	(void)difference;
	r->threads.differences++;
}

static void show(void *context, const struct diff_difference *difference)
{
	struct report *r = context;

	if (r->options->lines && r->threads.shown == r->options->lines)
		return;
	r->threads.shown++;
	r->print->event(r->out, r->strings, &r->threads, difference);
}

/* Two threads that belong together: how much differs is known before any of it is printed. */
static int tell_pair(struct report *r, const struct diff_thread *a, const struct diff_thread *b)
{
	struct diff_taker taker = { count, r, r->options->latency };
	int error;

	r->threads = (struct report_threads){ .thread = { a, b } };
	error = diff_pairs_compare(a, b, &taker, &r->threads.rough);
	if (error || !r->threads.differences)
		return error;
	r->any = true;
	r->print->threads(r->out, r->strings, &r->threads);
	taker.take = show;
	error = diff_pairs_compare(a, b, &taker, &r->threads.rough);
	if (r->threads.shown < r->threads.differences && r->print->rest)
		r->print->rest(r->out, &r->threads);
	return error;
}

static void tell_alone(struct report *r, const struct diff_thread *thread, int side)
{
	if (!thread->count)
		return; /* only its children are on the tape */
	r->any = true;
	r->threads = (struct report_threads){ .differences = thread->count };
	r->threads.thread[side] = thread;
	r->print->threads(r->out, r->strings, &r->threads);
}

static int tell_events(struct report *r, struct diff_tape tapes[2])
{
	int error = diff_pairs_find(tapes);

	for (size_t i = 0; !error && i < tapes[0].thread_count; i++) {
		const struct diff_thread *thread = tapes[0].threads[i];

		if (thread->pair)
			error = tell_pair(r, thread, thread->pair);
		else
			tell_alone(r, thread, 0);
	}
	for (size_t i = 0; !error && i < tapes[1].thread_count; i++)
		if (!tapes[1].threads[i]->pair)
			tell_alone(r, tapes[1].threads[i], 1);
	return error;
}

int report_make(struct text *out, const struct diff_options *options, struct diff_tape tapes[2],
		bool *any)
{
	struct report r = { .out = out,
			    .options = options,
			    .print = options->json ? &print_json : &print_text,
			    .strings = tapes[0].strings };
	struct diff_items items = { 0 };
	int error = temporary_names_find(tapes[0].names);

	for (int side = 0; !error && side < 2; side++)
		error = diff_tape_hide(&tapes[side]);
	error = error ? error : diff_items_make(&items, tapes);
	if (!error) {
		tell_items(&r, &items);
		tell_latency(&r, &items);
		if (options->tape.events)
			error = tell_events(&r, tapes);
	}
	diff_items_free(&items);
	*any = r.any;
	return error;
}
