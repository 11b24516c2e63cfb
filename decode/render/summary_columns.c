// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/summary_columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER = 40 /* bytes of a number as text */ };

static uint64_t average(const struct stat_sums *s)
{
	return s->timed ? s->total / s->timed : 0;
}

static uint64_t shortest(const struct stat_sums *s)
{
	return s->timed ? s->shortest : 0;
}

/* What a column has of a line: ns, or a number. */
static uint64_t value_of(enum option_column column, const struct count *c)
{
	switch (column) {
	case COLUMN_PERCENT:
	case COLUMN_TOTAL: return c->sums.total;
	case COLUMN_SHORTEST: return shortest(&c->sums);
	case COLUMN_LONGEST: return c->sums.longest;
	case COLUMN_AVERAGE: return average(&c->sums);
	case COLUMN_WALL_TOTAL: return c->wall.total;
	case COLUMN_WALL_SHORTEST: return shortest(&c->wall);
	case COLUMN_WALL_LONGEST: return c->wall.longest;
	case COLUMN_WALL_AVERAGE: return average(&c->wall);
	case COLUMN_CALLS: return c->sums.calls;
	case COLUMN_ERRORS: return c->sums.errors;
	case COLUMN_NAME:
	case COLUMN_NOTHING:
	case COLUMNS: break;
	}
	return 0;
}

enum kind { NAME, PERCENT, SECONDS, MICROSECONDS, NUMBER_OF, NONE };

static const struct column {
	const char *title;
	int width; /* at least: of the lines when there were no other widths */
	enum kind kind;
	bool time, wall;
} columns[COLUMNS] = {
	[COLUMN_PERCENT] = { "% time", 6, PERCENT, .time = true },
	[COLUMN_TOTAL] = { "seconds", 11, SECONDS, .time = true },
	[COLUMN_SHORTEST] = { "shortest", 8, SECONDS, .time = true },
	[COLUMN_LONGEST] = { "longest", 7, SECONDS, .time = true },
	[COLUMN_AVERAGE] = { "usecs/call", 11, MICROSECONDS, .time = true },
	[COLUMN_WALL_TOTAL] = { "wall-total", 11, SECONDS, .wall = true },
	[COLUMN_WALL_SHORTEST] = { "wall-min", 8, SECONDS, .wall = true },
	[COLUMN_WALL_LONGEST] = { "wall-max", 8, SECONDS, .wall = true },
	[COLUMN_WALL_AVERAGE] = { "wall-avg", 11, MICROSECONDS, .wall = true },
	[COLUMN_CALLS] = { "calls", 9, NUMBER_OF },
	[COLUMN_ERRORS] = { "errors", 9, NUMBER_OF },
	[COLUMN_NAME] = { "syscall", 16, NAME },
	[COLUMN_NOTHING] = { NULL, 0, NONE },
};

struct summary_columns summary_columns_find(const char *list, const char **bad)
{
	struct summary_columns found = { .count = 0 }, none = { .count = 0 };
	bool named = false;

	for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',') {
		int column = option_parse_column(at, strcspn(at, ","));

		*bad = at;
		if (found.count == COLUMNS || column < 0 || columns[column].kind == NONE)
			return none;
		found.column[found.count++] = column;
		named |= column == COLUMN_NAME;
	}
	if (found.count && !named && found.count < COLUMNS)
		found.column[found.count++] = COLUMN_NAME;
	return found;
}

void summary_columns_leave_out(struct summary_columns *cs, bool times, bool wall)
{
	size_t kept = 0;

	for (size_t i = 0; i < cs->count; i++) {
		const struct column *c = &columns[cs->column[i]];

		if (!(times && c->time) && !(wall && c->wall))
			cs->column[kept++] = cs->column[i];
	}
	cs->count = kept;
}

static int by_number(const struct count *a, const struct count *b)
{
	return a->nr < b->nr ? -1 : a->nr > b->nr;
}

/* The largest first; names by letters. */
static int compare(const void *left, const void *right, void *context)
{
	enum option_column column = *(const enum option_column *)context;
	const struct count *a = left, *b = right;
	uint64_t x, y;

	if (column == COLUMN_NAME)
		return strcmp(a->name, b->name);
	x = value_of(column, a);
	y = value_of(column, b);
	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

void summary_columns_sort(struct count *lines, size_t count, const char *order)
{
	int found = order ? option_parse_column(order, strlen(order)) : COLUMN_TOTAL;
	enum option_column column = found < 0 ? COLUMN_TOTAL : (enum option_column)found;

	qsort_r(lines, count, sizeof(*lines), compare, &column);
}

/* A line's number as text; of the errors none is none. */
static void number_text(char text[NUMBER], enum option_column column, const struct count *c,
			const struct count *all)
{
	uint64_t value = value_of(column, c);

	switch (columns[column].kind) {
	case PERCENT:
		snprintf(text, NUMBER, "%.2f",
			 c == all	   ? 100.0
			 : all->sums.total ? 100.0 * value / all->sums.total
					   : 0.0);
		return;
	case SECONDS: snprintf(text, NUMBER, "%.6f", value / 1e9); return;
	case MICROSECONDS: value /= 1000; break;
	case NAME:
	case NUMBER_OF:
	case NONE: break;
	}
	if (value || column != COLUMN_ERRORS)
		snprintf(text, NUMBER, "%llu", (unsigned long long)value);
	else
		*text = '\0';
}

/* As wide as the widest of its lines. */
static int width_of(enum option_column column, const struct count *lines, size_t count,
		    const struct count *all)
{
	int width = columns[column].width;
	char text[NUMBER];

	for (size_t i = 0; i <= count; i++) {
		const struct count *c = i < count ? &lines[i] : all;
		int size;

		if (column != COLUMN_NAME)
			number_text(text, column, c, all);
		size = column == COLUMN_NAME ? (int)strlen(c->name) + 1 : (int)strlen(text);
		width = size > width ? size : width;
	}
	return width;
}

static void print_cell(struct text *out, const struct summary_columns *cs, size_t i,
		       const char *text)
{
	if (cs->column[i] != COLUMN_NAME)
		text_printf(out, "%s%*s", i ? " " : "", cs->width[i], text);
	else if (i + 1 < cs->count)
		text_printf(out, "%s%-*s", i ? " " : "", cs->width[i], text);
	else
		text_printf(out, "%s%s", i ? " " : "", text);
}

static void print_line(struct text *out, const struct summary_columns *cs, const struct count *c,
		       const struct count *all)
{
	char text[NUMBER];

	for (size_t i = 0; i < cs->count; i++) {
		if (cs->column[i] != COLUMN_NAME)
			number_text(text, cs->column[i], c, all);
		print_cell(out, cs, i, cs->column[i] == COLUMN_NAME ? c->name : text);
	}
	text_char(out, '\n');
}

static void print_rule(struct text *out, const struct summary_columns *cs)
{
	for (size_t i = 0; i < cs->count; i++) {
		if (i)
			text_char(out, ' ');
		for (int dash = 0; dash < cs->width[i]; dash++)
			text_char(out, '-');
	}
	text_char(out, '\n');
}

void summary_columns_print(struct text *out, struct summary_columns *cs, const struct count *lines,
			   size_t count, const struct count *all)
{
	for (size_t i = 0; i < cs->count; i++)
		cs->width[i] = width_of(cs->column[i], lines, count, all);
	for (size_t i = 0; i < cs->count; i++)
		print_cell(out, cs, i, columns[cs->column[i]].title);
	text_char(out, '\n');
	print_rule(out, cs);
	for (size_t i = 0; i < count; i++)
		print_line(out, cs, &lines[i], all);
	print_rule(out, cs);
	print_line(out, cs, all, all);
}
