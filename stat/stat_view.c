// SPDX-License-Identifier: GPL-2.0-or-later
#include "stat/stat_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct stat_row *new_row(void)
{
	struct stat_row *row = calloc(1, sizeof(*row) + STAT_WORDS * sizeof(uint64_t));

	if (row)
		row->sums.shortest = UINT64_MAX;
	return row;
}

static void add(struct stat_row *to, const struct stat_row *row)
{
	stat_sums_merge(&to->sums, &row->sums);
	histogram_merge(&to->times, &row->times);
}

static void free_row(struct stat_row *row)
{
	if (row)
		histogram_free(&row->times);
	free(row);
}

/* What rows are in order by. */
struct order {
	const struct stat_view *view;
	const struct stat_column *by;
};

static int compare_labels(const struct stat_view *v, const struct stat_row *a,
			  const struct stat_row *b)
{
	for (unsigned int i = 0; i < v->collect->options->keys; i++) {
		const struct stat_key *key = v->collect->options->key[i];
		struct stat_label x, y;
		int order;

		stat_key_label(key, v->collect->strings, a->key[i], &x);
		stat_key_label(key, v->collect->strings, b->key[i], &y);
		if (x.kind != y.kind)
			return x.kind < y.kind ? -1 : 1;
		if (x.kind == STAT_NUMBER && x.number != y.number)
			return x.number < y.number ? -1 : 1;
		if (x.kind != STAT_TEXT)
			continue;
		order = memcmp(x.text, y.text, x.size < y.size ? x.size : y.size);
		if (order || x.size != y.size)
			return order ? order : x.size < y.size ? -1 : 1;
	}
	/* The same number again: in the order in which they came. */
	return memcmp(a->key, b->key, v->collect->options->keys * sizeof(uint64_t));
}

static int compare(const void *a, const void *b, void *context)
{
	const struct stat_row *one = *(struct stat_row *const *)a,
			      *other = *(struct stat_row *const *)b;
	const struct order *order = context;
	uint64_t x = 0, y = 0;

	if (!order->by->value(one, order->view->all, &x))
		x = 0;
	if (!order->by->value(other, order->view->all, &y))
		y = 0;
	if (x == y) {
		x = one->sums.calls;
		y = other->sums.calls;
	}
	return x > y ? -1 : x < y ? 1 : compare_labels(order->view, one, other);
}

static bool is_there(const struct stat_view *v, const struct stat_column *c)
{
	const struct stat_collect *s = v->collect;

	switch (c->when) {
	case WHEN_ALWAYS: break;
	case WHEN_TIMED: return v->options->form != FORM_TEXT || s->timed;
	case WHEN_CPU: return v->options->form != FORM_TEXT || s->cpu_timed;
	case WHEN_BYTES:
		return v->options->form != FORM_TEXT || v->all->sums.in || v->all->sums.out;
	case WHEN_FILES: return s->files;
	case WHEN_LIVES: return s->lives;
	}
	return true;
}

/* Machines stay apart, but there may be only one. */
static bool one_host(const struct stat_view *v)
{
	for (size_t i = 1; i < v->count; i++)
		if (v->rows[i]->key[0] != v->rows[0]->key[0])
			return false;
	return true;
}

bool stat_view_make(struct stat_view *v, const struct program_options *o,
		    const struct stat_collect *collect)
{
	struct order order = { .view = v, .by = o->sort };

	*v = (struct stat_view){ .options = o, .collect = collect };
	v->rows = stat_table_rows(collect->table, &v->count);
	v->all = new_row();
	v->others = new_row();
	if (!v->rows || !v->all || !v->others)
		return false;
	for (size_t i = 0; i < v->count; i++)
		add(v->all, v->rows[i]);
	add(v->others, stat_table_others(collect->table));
	add(v->all, v->others);
	v->cut = stat_table_cut(collect->table);
	v->first_key = o->host_added && one_host(v);
	if (!order.by)
		order.by = stat_column_find(collect->timed ? "total" : "calls");
	qsort_r(v->rows, v->count, sizeof(struct stat_row *), compare, &order);
	while (o->rows && v->count > o->rows) {
		add(v->others, v->rows[--v->count]);
		v->hidden++;
	}
	for (const struct stat_column *c = stat_columns; c->name; c++)
		if (is_there(v, c) && v->columns < VIEW_COLUMNS_MOST)
			v->column[v->columns++] = c;
	return true;
}

void stat_view_free(struct stat_view *v)
{
	free(v->rows); /* not what they point to: that is the table's */
	free_row(v->others);
	free_row(v->all);
}

void stat_view_moment(uint64_t ns, char text[40])
{
	time_t seconds = (time_t)(ns / 1000000000);
	struct tm date;
	size_t n;

	if (!gmtime_r(&seconds, &date) || !(n = strftime(text, 30, "%Y-%m-%dT%H:%M:%S", &date)))
		n = (size_t)snprintf(text, 30, "%llu", (unsigned long long)seconds);
	snprintf(text + n, 40 - n, ".%09uZ", (unsigned int)(ns % 1000000000));
}
