// SPDX-License-Identifier: GPL-2.0-or-later
/* report: which rows of the tables are shown, and in what order. */
#include "decode/html/report.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST = 60,	   /* files that are shown for each thing that they are first by */
	ERRORS_MOST = 200, /* rows of errors that are shown */
	CALLS_MOST = 600,  /* more than any kernel has; a tape can name any number */
};

const char *report_name(const struct report *p, enum report_table table, const struct stat_row *row,
			unsigned int word, size_t *size)
{
	return stat_strings_text(p->collect[table]->strings, (uint32_t)row->key[word], size);
}

/* What rows can be in order by. */
static uint64_t of_time(const struct stat_row *row)
{
	return row->sums.total;
}

static uint64_t of_calls(const struct stat_row *row)
{
	return row->sums.calls;
}

static uint64_t of_errors(const struct stat_row *row)
{
	return row->sums.errors;
}

static uint64_t of_bytes(const struct stat_row *row)
{
	return row->sums.in + row->sums.out;
}

struct order {
	const struct report *report;
	enum report_table table;
	uint64_t (*of)(const struct stat_row *row);
};

static int by_names(const struct order *o, const struct stat_row *one, const struct stat_row *other)
{
	int words = (int)o->report->wanted[o->table].keys;

	for (int i = 0; i < words; i++) {
		size_t size, than;
		const char *x, *y;
		int order;

		if (o->table == BY_CALL && i % 2) { /* numbers */
			if (one->key[i] != other->key[i])
				return one->key[i] < other->key[i] ? -1 : 1;
			continue;
		}
		x = report_name(o->report, o->table, one, (unsigned int)i, &size);
		y = report_name(o->report, o->table, other, (unsigned int)i, &than);
		order = memcmp(x, y, size < than ? size : than);
		if (order || size != than)
			return order ? order : size < than ? -1 : 1;
	}
	return memcmp(one->key, other->key, (size_t)words * sizeof(uint64_t));
}

static int compare(const void *a, const void *b, void *context)
{
	const struct stat_row *one = *(struct stat_row *const *)a,
			      *other = *(struct stat_row *const *)b;
	const struct order *o = context;
	uint64_t x = o->of(one), y = o->of(other);

	if (x == y) {
		x = one->sums.calls;
		y = other->sums.calls;
	}
	return x > y ? -1 : x < y ? 1 : by_names(o, one, other);
}

static void sort(const struct report *p, enum report_table table, struct report_rows *rows,
		 uint64_t (*of)(const struct stat_row *row))
{
	struct order order = { p, table, of };

	qsort_r(rows->row, rows->count, sizeof(struct stat_row *), compare, &order);
}

static bool begin_rows(struct report_rows *rows, const struct stat_table *table)
{
	rows->others = calloc(1, sizeof(*rows->others) + STAT_WORDS * sizeof(uint64_t));
	rows->row = stat_table_rows(table, &rows->count);
	if (!rows->others || !rows->row)
		return false;
	rows->others->sums.shortest = UINT64_MAX;
	return true;
}

/* Rows beyond become part of the others. */
static void keep_first(struct report_rows *rows, size_t most)
{
	while (rows->count > most) {
		stat_sums_merge(&rows->others->sums, &rows->row[--rows->count]->sums);
		rows->hidden++;
	}
}

/* Which rows of the table by call are taken, and what they have in common. */
enum merge { MERGE_CALLS, MERGE_WORK, MERGE_ERRORS };

/* What the table tells apart, and the page does not, becomes one row. */
static bool merge(const struct report *p, enum merge what, struct report_rows *rows)
{
	size_t count;
	struct stat_row **all = stat_table_rows(p->collect[BY_CALL]->table, &count);

	rows->merged = stat_table_new(p->wanted[BY_CALL].keys, 0, SIZE_MAX, NULL);
	for (size_t i = 0; all && rows->merged && i < count; i++) {
		const uint64_t *had = all[i]->key;
		uint64_t key[STAT_WORDS] = { had[0], what == MERGE_ERRORS ? had[1] : 0, had[2] };
		struct stat_row *row;

		if ((what == MERGE_WORK && had[3]) || (what == MERGE_ERRORS && !had[1]))
			continue;
		row = stat_table_row(rows->merged, key);
		stat_sums_merge(&row->sums, &all[i]->sums);
		histogram_merge(&row->times, &all[i]->times);
	}
	free(all);
	return all && rows->merged && begin_rows(rows, rows->merged);
}

bool report_calls(const struct report *p, bool work, struct report_rows *rows)
{
	*rows = (struct report_rows){ 0 };
	if (!merge(p, work ? MERGE_WORK : MERGE_CALLS, rows))
		return false;
	stat_sums_merge(&rows->others->sums, &stat_table_others(p->collect[BY_CALL]->table)->sums);
	sort(p, BY_CALL, rows, p->all.timed ? of_time : of_calls);
	keep_first(rows, CALLS_MOST);
	return true;
}

bool report_errors(const struct report *p, struct report_rows *rows)
{
	*rows = (struct report_rows){ 0 };
	if (!merge(p, MERGE_ERRORS, rows))
		return false;
	sort(p, BY_CALL, rows, of_errors);
	keep_first(rows, ERRORS_MOST);
	return true;
}

/* Those that are first by something go to the front, from `front` on: where that ends. */
static size_t choose(const struct report *p, struct report_rows *rows, size_t front,
		     uint64_t (*of)(const struct stat_row *row))
{
	struct report_rows rest = { .row = rows->row + front, .count = rows->count - front };
	uint64_t bound = 0;
	size_t taken = 0, better = 0;

	sort(p, BY_FILE, &rest, of);
	/* What is in front already counts among the first ones. */
	for (; taken < rest.count && taken < FIRST; taken++) {
		bound = of(rest.row[taken]);
		better = 0;
		for (size_t i = 0; i < front; i++)
			better += of(rows->row[i]) >= bound;
		if (!bound || better + taken >= FIRST)
			break;
	}
	return front + taken;
}

bool report_files(const struct report *p, bool sockets, struct report_rows *rows)
{
	const struct stat_table *table = p->collect[BY_FILE]->table;
	size_t kept = 0, front = 0;

	*rows = (struct report_rows){ 0 };
	if (!begin_rows(rows, table))
		return false;
	for (size_t i = 0; i < rows->count; i++) {
		const struct stat_row *row = rows->row[i];

		if (row->key[0] && !row->key[1] == !sockets)
			rows->row[kept++] = rows->row[i];
	}
	rows->count = kept;
	front = choose(p, rows, front, of_time);
	front = choose(p, rows, front, of_bytes);
	front = choose(p, rows, front, of_errors);
	front = choose(p, rows, front, of_calls);
	keep_first(rows, front);
	sort(p, BY_FILE, rows, p->all.timed ? of_time : of_calls);
	return true;
}

void report_rows_free(struct report_rows *rows)
{
	stat_table_free(rows->merged);
	free(rows->row);
	free(rows->others);
}
