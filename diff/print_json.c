// SPDX-License-Identifier: GPL-2.0-or-later
/* Differences as JSON, a line for each. Times are integers in nanoseconds; null: not on that side.
 */
#include "decode/json/json_string.h"
#include "diff/report.h"

#include <inttypes.h>

static void begin(struct text *out, const char *type)
{
	text_printf(out, "{\"type\":\"%s\",\"schema\":1", type);
}

static void put_string(struct text *out, const char *key, const char *text, size_t size)
{
	text_printf(out, ",\"%s\":", key);
	json_any_string(out, text, size);
}

static void put_both(struct text *out, const char *a, const char *b, uint64_t x, uint64_t y)
{
	text_printf(out, ",\"%s\":%" PRIu64 ",\"%s\":%" PRIu64, a, x, b, y);
}

static void put_names(struct text *out, const struct stat_strings *strings,
		      const struct report_threads *t)
{
	const struct diff_thread *one = t->thread[0] ? t->thread[0] : t->thread[1];
	size_t size = 0;
	const char *name = one->label ? stat_strings_text(strings, one->label, &size) : "";

	put_string(out, "process", name, size);
	for (int side = 0; side < 2; side++) {
		text_printf(out, ",\"tid_%c\":", "ab"[side]);
		if (t->thread[side])
			text_unsigned(out, t->thread[side]->entry.tid);
		else
			text_put(out, "null");
	}
}

static void json_item(struct text *out, const struct diff_items *items,
		      const struct diff_item *item, bool first)
{
	static const char *const types[] = { "call", "error", "file" };
	size_t size;
	const char *name = diff_items_name(items, item, &size);

	(void)first;
	begin(out, types[item->sort]);
	put_string(out, "name", name, size);
	put_both(out, "a", "b", item->calls[0], item->calls[1]);
	text_put(out, "}\n");
}

static void json_latency(struct text *out, const struct diff_items *items,
			 const struct diff_item *item, bool first)
{
	size_t size;
	const char *name = diff_items_name(items, item, &size);

	(void)first;
	begin(out, "latency");
	put_string(out, "name", name, size);
	put_both(out, "p50_a", "p50_b", histogram_percentile(&item->times[0], 5000),
		 histogram_percentile(&item->times[1], 5000));
	put_both(out, "p99_a", "p99_b", histogram_percentile(&item->times[0], 9900),
		 histogram_percentile(&item->times[1], 9900));
	text_put(out, "}\n");
}

static void json_threads(struct text *out, const struct stat_strings *strings,
			 const struct report_threads *t)
{
	begin(out, "process");
	put_names(out, strings, t);
	text_printf(out, ",\"differences\":%" PRIu64 ",\"rough\":%s}\n", t->differences,
		    t->rough ? "true" : "false");
}

static void json_event(struct text *out, const struct stat_strings *strings,
		       const struct report_threads *threads,
		       const struct diff_difference *difference)
{
	static const char *const sides[] = { "a", "b", "both" };
	const struct diff_event *event = difference->event[difference->kind == DIFF_ONLY_B];
	size_t size;
	const char *line = stat_strings_text(strings, event->line, &size);

	begin(out, "event");
	put_names(out, strings, threads);
	put_string(out, "in", sides[difference->kind], strlen(sides[difference->kind]));
	put_string(out, "event", line, size);
	if (difference->kind == DIFF_TIME)
		put_both(out, "time_a", "time_b", event->time, difference->event[1]->time);
	text_put(out, "}\n");
}

const struct report_printer print_json = { json_item, json_latency, json_threads, json_event,
					   NULL };
