// SPDX-License-Identifier: GPL-2.0-or-later
/* A table as one line of JSON. Times are integers in nanoseconds; what is not known is null. */
#include "decode/json/json_string.h"
#include "format/flags/flags.h"
#include "stat/stat_view.h"

#include <inttypes.h>
#include <stdio.h>

static void put_moment(struct text *out, uint64_t ns)
{
	char text[40];

	stat_view_moment(ns, text);
	text_printf(out, "\"%s\"", text);
}

static void put_value(struct text *out, enum stat_unit unit, uint64_t value)
{
	const char *name;

	switch (unit) {
	case UNIT_COUNT:
	case UNIT_TIME: text_unsigned(out, value); break;
	case UNIT_SHARE: text_printf(out, "%.4f", (double)value / 10000); break;
	case UNIT_MOMENT: put_moment(out, value); break;
	case UNIT_SIGNAL:
		name = flag_signal_name((unsigned int)value);
		if (name)
			text_printf(out, "\"%s\"", name);
		else
			text_printf(out, "\"%" PRIu64 "\"", value);
		break;
	}
}

static void put_key(struct text *out, const struct stat_view *v, const struct stat_row *row,
		    unsigned int i)
{
	const struct stat_key *key = v->collect->options->key[i];
	struct stat_label label;

	text_printf(out, "\"%s\":", key->name);
	stat_key_label(key, v->collect->strings, row->key[i], &label);
	if (label.kind == STAT_NOTHING)
		text_put(out, "null");
	else if (label.kind == STAT_NUMBER)
		text_unsigned(out, label.number);
	else
		json_any_string(out, label.text, label.size);
	text_char(out, ',');
}

/* The columns of a row, behind its keys. */
static void put_values(struct text *out, const struct stat_view *v, const struct stat_row *row)
{
	uint64_t value;

	for (size_t i = 0; i < v->columns; i++) {
		const struct stat_column *c = v->column[i];

		text_printf(out, "%s\"%s\":", i ? "," : "", c->name);
		if (c->value(row, v->all, &value))
			put_value(out, c->unit, value);
		else
			text_put(out, "null");
	}
	if (row->life) {
		text_put(out, ",\"comm_last\":");
		json_any_string(out, row->life->comm, strnlen(row->life->comm, 16));
	}
}

static void put_rows(struct text *out, const struct stat_view *v)
{
	text_put(out, ",\"rows\":[");
	for (size_t i = 0; i < v->count; i++) {
		text_put(out, i ? ",{" : "{");
		for (unsigned int k = v->first_key; k < v->collect->options->keys; k++)
			put_key(out, v, v->rows[i], k);
		put_values(out, v, v->rows[i]);
		text_char(out, '}');
	}
	text_put(out, "],\"others\":");
	if (v->others->sums.calls || v->hidden) {
		text_printf(out, "{\"hidden\":%zu,", v->hidden);
		put_values(out, v, v->others);
		text_char(out, '}');
	} else {
		text_put(out, "null");
	}
	text_put(out, ",\"total\":{");
	put_values(out, v, v->all);
	text_char(out, '}');
}

static void put_notes(struct text *out, const struct stat_view *v)
{
	const struct stat_collect *c = v->collect;

	text_printf(out,
		    ",\"clock\":\"CLOCK_MONOTONIC\",\"unit\":\"ns\",\"timed\":%" PRIu64
		    ",\"cpu_timed\":%" PRIu64,
		    c->timed, c->cpu_timed);
	text_printf(out, ",\"left_out\":{\"unfinished\":%" PRIu64 ",\"no_return\":%" PRIu64 "}",
		    c->unfinished, c->no_return);
	text_printf(out,
		    ",\"lost\":{\"calls\":%" PRIu64 ",\"enters\":%" PRIu64 ",\"events\":%" PRIu64
		    ",\"damaged\":%" PRIu64 "}",
		    c->lost_calls, c->lost_enters, c->lost_events, c->missing);
	if (v->cut.calls)
		text_printf(out, ",\"cut\":{\"calls\":%" PRIu64 ",\"total\":%" PRIu64 "}",
			    v->cut.calls, v->cut.ns);
	else
		text_put(out, ",\"cut\":null");
}

void print_json(struct text *out, const struct stat_view *v)
{
	text_put(out, "{\"type\":\"stat\",\"schema\":1,\"by\":[");
	for (unsigned int k = v->first_key; k < v->collect->options->keys; k++)
		text_printf(out, "%s\"%s\"", k > v->first_key ? "," : "",
			    v->collect->options->key[k]->name);
	text_put(out, "],\"begin\":");
	if (v->collect->begin)
		put_moment(out, v->collect->begin);
	else
		text_put(out, "null");
	text_put(out, ",\"end\":");
	if (v->collect->begin)
		put_moment(out, v->collect->end);
	else
		text_put(out, "null");
	put_notes(out, v);
	put_rows(out, v);
	text_put(out, "}\n");
}
