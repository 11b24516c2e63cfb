// SPDX-License-Identifier: GPL-2.0-or-later
/* Differences for people: - is A's alone, + is B's, ~ is in both. */
#include "diff/report.h"

#include <inttypes.h>

enum { PARENTS_SHOWN = 6, NAME_WIDTH = 40 };

static void put_name(struct text *out, const struct stat_strings *strings, uint32_t number)
{
	size_t size;
	const char *text = number ? stat_strings_text(strings, number, &size) : "?";

	text_escaped(out, text, number ? size : 1, NULL);
}

static void put_time(struct text *out, uint64_t ns)
{
	static const struct {
		uint64_t ns;
		const char *name;
	} units[] = { { 1000000000, "s" }, { 1000000, "ms" }, { 1000, "us" } };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (ns < units[i].ns)
			continue;
		text_printf(out, "%.3g %s", (double)ns / (double)units[i].ns, units[i].name);
		return;
	}
	text_printf(out, "%" PRIu64 " ns", ns);
}

static void pad(struct text *out, size_t from)
{
	size_t used = out->used - from;

	text_printf(out, "%*s", used < NAME_WIDTH ? (int)(NAME_WIDTH - used) : 1, "");
}

static void text_item(struct text *out, const struct diff_items *items,
		      const struct diff_item *item, bool first)
{
	static const char *const titles[] = { "calls", "errors", "calls by file" };
	size_t size, from;
	const char *name = diff_items_name(items, item, &size);

	if (first)
		text_printf(out, "%s:\n", titles[item->sort]);
	text_put(out, !item->calls[0] ? "+ " : !item->calls[1] ? "- " : "~ ");
	text_room(out, NAME_WIDTH + 4 * size);
	from = out->used;
	text_escaped(out, name, size, NULL);
	pad(out, from);
	text_printf(out, "%" PRIu64 " -> %" PRIu64 "\n", item->calls[0], item->calls[1]);
}

static void text_latency(struct text *out, const struct diff_items *items,
			 const struct diff_item *item, bool first)
{
	static const struct {
		const char *name;
		unsigned int parts;
	} shown[] = { { "median ", 5000 }, { ", p99 ", 9900 } };
	size_t size, from;
	const char *name = diff_items_name(items, item, &size);

	if (first)
		text_put(out, "latency:\n");
	text_put(out, "~ ");
	text_room(out, NAME_WIDTH + 4 * size);
	from = out->used;
	text_escaped(out, name, size, NULL);
	pad(out, from);
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
		text_put(out, shown[i].name);
		put_time(out, histogram_percentile(&item->times[0], shown[i].parts));
		text_put(out, " -> ");
		put_time(out, histogram_percentile(&item->times[1], shown[i].parts));
	}
	text_char(out, '\n');
}

/* make > sh > cc */
static void put_path(struct text *out, const struct stat_strings *strings,
		     const struct diff_thread *thread)
{
	const struct diff_thread *up[PARENTS_SHOWN];
	int count = 0;

	for (; thread && count < PARENTS_SHOWN; thread = thread->parent)
		up[count++] = thread;
	text_put(out, thread ? "... > " : "");
	while (count--) {
		put_name(out, strings, up[count]->label);
		text_put(out, count ? " > " : "");
	}
}

static void text_threads(struct text *out, const struct stat_strings *strings,
			 const struct report_threads *t)
{
	const struct diff_thread *a = t->thread[0], *b = t->thread[1];

	if (a && b) {
		text_put(out, "@ ");
		put_path(out, strings, a);
		text_printf(out, ", %" PRIu32 " and %" PRIu32 ": %" PRIu64 " differences%s\n",
			    a->entry.tid, b->entry.tid, t->differences,
			    t->rough ? ", too many to say which belong together" : "");
		return;
	}
	text_put(out, a ? "- " : "+ ");
	put_path(out, strings, a ? a : b);
	text_printf(out, ", %" PRIu32 ": %" PRIu64 " events, there is no such process in %s\n",
		    (a ? a : b)->entry.tid, t->differences, a ? "B" : "A");
}

static void text_event(struct text *out, const struct stat_strings *strings,
		       const struct report_threads *threads,
		       const struct diff_difference *difference)
{
	static const char *const marks[] = { "- ", "+ ", "~ " };
	const struct diff_event *event = difference->event[difference->kind == DIFF_ONLY_B];
	size_t size;
	const char *line = stat_strings_text(strings, event->line, &size);

	(void)threads;
	text_put(out, marks[difference->kind]);
	text_bytes(out, line, size); /* escaped when it was made */
	if (difference->kind == DIFF_TIME) {
		text_put(out, ": ");
		put_time(out, event->time);
		text_put(out, " -> ");
		put_time(out, difference->event[1]->time);
	}
	text_char(out, '\n');
}

static void text_rest(struct text *out, const struct report_threads *threads)
{
	text_printf(out, "  ... and %" PRIu64 " more\n", threads->differences - threads->shown);
}

const struct report_printer print_text = { text_item, text_latency, text_threads, text_event,
					   text_rest };
