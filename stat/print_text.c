// SPDX-License-Identifier: GPL-2.0-or-later
/* A table for people: numbers to the right, keys behind them, and below what the table does not
 * say. */
#include "format/flags/flags.h"
#include "stat/stat_view.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	KEY_MOST = 4 * 4096,
	KEY_ROOM = 24, /* that keys have at least on a narrow screen */
};

/* Four digits and a unit. */
static void put_time(char text[40], uint64_t ns)
{
	static const char *const units[] = { "us", "ms", "s" };
	double value = (double)ns / 1000;
	size_t unit = 0;

	if (ns < 1000) {
		snprintf(text, 40, "%uns", (unsigned int)ns);
		return;
	}
	for (; value >= 999.95 && unit < 2; unit++)
		value /= 1000;
	snprintf(text, 40, "%.*f%s",
		 value < 9.9995	  ? 3
		 : value < 99.995 ? 2
				  : 1,
		 value, units[unit]);
}

static void cell(const struct stat_view *v, const struct stat_column *c, const struct stat_row *row,
		 char text[40])
{
	uint64_t value;
	const char *name;

	snprintf(text, 40, "-");
	if (!c->value(row, v->all, &value))
		return;
	switch (c->unit) {
	case UNIT_COUNT: snprintf(text, 40, "%" PRIu64, value); break;
	case UNIT_TIME: put_time(text, value); break;
	case UNIT_SHARE: snprintf(text, 40, "%.2f%%", (double)value / 100); break;
	case UNIT_MOMENT: stat_view_moment(value, text); break;
	case UNIT_SIGNAL:
		name = flag_signal_name((unsigned int)value);
		snprintf(text, 40, "%s", name ? name : "?");
		break;
	}
}

static void put_key(struct text *out, const struct stat_view *v, const struct stat_row *row,
		    unsigned int i)
{
	struct stat_label label;

	stat_key_label(v->collect->options->key[i], v->collect->strings, row->key[i], &label);
	if (label.kind == STAT_NOTHING)
		text_char(out, '-');
	else if (label.kind == STAT_NUMBER)
		text_unsigned(out, label.number);
	else
		text_escaped(out, label.text, label.size < KEY_MOST ? label.size : KEY_MOST, NULL);
}

/* How wide each column is. */
struct widths {
	size_t column[VIEW_COLUMNS_MOST], key[STAT_WORDS];
};

static void widen(size_t *width, size_t size)
{
	*width = size > *width ? size : *width;
}

static void measure_row(const struct stat_view *v, const struct stat_row *row, struct widths *w)
{
	char text[40];

	for (size_t i = 0; i < v->columns; i++) {
		cell(v, v->column[i], row, text);
		widen(&w->column[i], strlen(text));
	}
}

static void measure(const struct stat_view *v, struct text *line, struct widths *w)
{
	*w = (struct widths){ 0 };
	for (size_t i = 0; i < v->columns; i++)
		w->column[i] = strlen(v->column[i]->title);
	for (unsigned int k = v->first_key; k < v->collect->options->keys; k++)
		w->key[k] = strlen(v->collect->options->key[k]->title);
	for (size_t r = 0; r < v->count; r++) {
		measure_row(v, v->rows[r], w);
		for (unsigned int k = v->first_key; k + 1 < v->collect->options->keys; k++) {
			line->used = 0;
			put_key(line, v, v->rows[r], k);
			widen(&w->key[k], line->used);
		}
	}
	measure_row(v, v->others, w);
	measure_row(v, v->all, w);
}

static size_t width_of(const struct stat_view *v, const struct widths *w)
{
	size_t width = KEY_ROOM;

	for (size_t i = 0; i < v->columns; i++)
		width += w->column[i] + 1;
	return width;
}

/* On a narrow screen some columns have to go, so that there is room for the keys. */
static void fit(struct stat_view *v, struct widths *w)
{
	static const char *const go[] = { "p95",  "min",      "p999",	"begin", "p90",
					  "mean", "missing",  "writes", "reads", "opens",
					  "max",  "cpu_mean", "out",	"in",	 "p50" };

	for (size_t g = 0; v->options->width && g < sizeof(go) / sizeof(*go); g++) {
		for (size_t i = 0; i < v->columns; i++) {
			size_t behind = v->columns - i - 1;

			if (width_of(v, w) <= v->options->width ||
			    strcmp(v->column[i]->name, go[g]) != 0)
				continue;
			memmove(&v->column[i], &v->column[i + 1], behind * sizeof(v->column[i]));
			memmove(&w->column[i], &w->column[i + 1], behind * sizeof(w->column[i]));
			v->columns--;
		}
	}
}

/* The line, as wide as the screen at most. */
static void put_line(struct text *out, const struct stat_view *v, struct text *line)
{
	size_t size = line->used, most = v->options->width;

	while (size && line->data[size - 1] == ' ')
		size--;
	text_bytes(out, line->data, most && size > most ? most : size);
	text_char(out, '\n');
	line->used = 0;
}

static void pad(struct text *line, size_t from, size_t width)
{
	while (line->used - from < width && text_room(line, 1))
		text_char(line, ' ');
}

/* `label` stands in the place of keys; NULL: the row's own. */
static void put_row(struct text *out, const struct stat_view *v, struct text *line,
		    const struct widths *w, const struct stat_row *row, const char *label)
{
	unsigned int keys = v->collect->options->keys;
	char text[40];

	line->used = 0;
	for (size_t i = 0; i < v->columns; i++) {
		cell(v, v->column[i], row, text);
		text_printf(line, "%*s ", (int)w->column[i], text);
	}
	if (label)
		text_put(line, label);
	for (unsigned int k = v->first_key; !label && k < keys; k++) {
		size_t from = line->used;

		put_key(line, v, row, k);
		if (k + 1 < keys)
			pad(line, from, w->key[k] + 1);
	}
	if (!label && row->life) {
		text_char(line, ' ');
		text_escaped(line, row->life->comm, strnlen(row->life->comm, 16), NULL);
	}
	put_line(out, v, line);
}

static void put_titles(struct text *out, const struct stat_view *v, struct text *line,
		       const struct widths *w)
{
	unsigned int keys = v->collect->options->keys;

	for (size_t i = 0; i < v->columns; i++)
		text_printf(line, "%*s ", (int)w->column[i], v->column[i]->title);
	for (unsigned int k = v->first_key; k < keys; k++)
		text_printf(line, "%-*s", k + 1 < keys ? (int)w->key[k] + 1 : 0,
			    v->collect->options->key[k]->title);
	if (v->collect->lives)
		text_put(line, " COMM");
	put_line(out, v, line);
}

static void put_clock(struct text *out, const struct stat_view *v)
{
	const struct stat_collect *c = v->collect;

	if (!c->calls)
		return;
	if (!c->timed)
		text_put(out,
			 "no times are known of these calls (systape --fast leaves them out)\n");
	else
		text_put(out, "times are wall clock, from entry to return (CLOCK_MONOTONIC)");
	if (c->timed && c->timed < c->calls)
		text_printf(out, ", and known of %" PRIu64 " calls", c->timed);
	if (c->cpu_timed)
		text_printf(out, "; time on a CPU is known of %" PRIu64, c->cpu_timed);
	if (c->timed)
		text_char(out, '\n');
}

static void put_losses(struct text *out, const struct stat_collect *c)
{
	if (c->no_return || c->unfinished)
		text_printf(out,
			    "left out: %" PRIu64 " calls that did not end, %" PRIu64
			    " that do not return\n",
			    c->unfinished, c->no_return);
	if (c->lost_calls || c->lost_enters || c->lost_events)
		text_printf(out,
			    "LOST: %" PRIu64 " calls, %" PRIu64 " without their beginning, %" PRIu64
			    " other events\n",
			    c->lost_calls, c->lost_enters, c->lost_events);
	if (c->missing)
		text_printf(out, "LOST: %" PRIu64 " records that a damaged tape lacks\n",
			    c->missing);
}

static void put_cut(struct text *out, const struct stat_view *v)
{
	char text[40];

	if (!v->cut.calls)
		return;
	put_time(text, v->cut.ns);
	text_printf(out,
		    "cut to --memory: what has no row had at most %" PRIu64
		    " calls and %s, and a row may lack as much; sums are exact\n",
		    v->cut.calls, text);
}

static void put_others(struct text *out, const struct stat_view *v, struct text *line,
		       const struct widths *w)
{
	char label[60];

	if (!v->others->sums.calls && !v->hidden)
		return;
	if (v->cut.calls)
		snprintf(label, sizeof(label), "(others)");
	else
		snprintf(label, sizeof(label), "(%zu others)", v->hidden);
	put_row(out, v, line, w, v->others, label);
}

void print_text(struct text *out, const struct stat_view *view)
{
	struct stat_view narrow = *view;
	const struct stat_view *v = &narrow;
	struct widths w;
	struct text line;

	if (text_open(&line, -1))
		return;
	measure(v, &line, &w);
	fit(&narrow, &w);
	line.used = 0;
	put_titles(out, v, &line, &w);
	for (size_t i = 0; i < v->count; i++)
		put_row(out, v, &line, &w, v->rows[i], NULL);
	put_others(out, v, &line, &w);
	put_row(out, v, &line, &w, v->all, "total");
	text_close(&line);
	if (v->options->decode.quiet)
		return;
	put_clock(out, v);
	put_losses(out, v->collect);
	put_cut(out, v);
}
