// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/diff_pairs.h"

#include "decode/diff/diff_items.h"

#include <errno.h>
#include <stdlib.h>

enum {
	EDITS_MOST = 1500, /* differences between two threads that are told apart */
	DEPTH_MOST = 4096, /* of the tree */
};

/* Threads of one side with the same parent, in the order in which they were made. */
struct siblings {
	struct diff_thread **at;
	size_t count;
};

/* Roots first, then by parent, then by age. */
static int by_parent(const void *a, const void *b)
{
	const struct diff_thread *x = *(struct diff_thread *const *)a,
				 *y = *(struct diff_thread *const *)b;
	uint64_t parents[] = { x->parent ? x->parent->order + 1 : 0,
			       y->parent ? y->parent->order + 1 : 0 };

	if (parents[0] != parents[1])
		return parents[0] < parents[1] ? -1 : 1;
	if (x->born != y->born)
		return x->born < y->born ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int by_parent_only(const void *key, const void *element)
{
	const struct diff_thread *parent = key, *x = *(struct diff_thread *const *)element;
	uint64_t want = parent ? parent->order + 1 : 0, has = x->parent ? x->parent->order + 1 : 0;

	return want < has ? -1 : want > has;
}

static struct siblings children_of(const struct siblings *all, const struct diff_thread *parent)
{
	struct siblings s = { NULL, 0 };
	size_t from = 0, to = all->count;

	if (!all->count)
		return s;
	while (from < to) { /* the first that is not before them */
		size_t middle = (from + to) / 2;

		if (by_parent_only(parent, &all->at[middle]) > 0)
			from = middle + 1;
		else
			to = middle;
	}
	s.at = all->at + from;
	while (from + s.count < all->count && !by_parent_only(parent, &s.at[s.count]))
		s.count++;
	return s;
}

static uint32_t label_number(const void *context, int side, size_t at)
{
	const struct siblings *s = context;

	return s[side].at[at]->label;
}

static int pair_siblings(const struct siblings s[2])
{
	const size_t counts[] = { s[0].count, s[1].count };
	struct edit_script script;
	int error = edit_script_make(&script, counts, label_number, s, EDITS_MOST);
	size_t a = 0, b = 0;

	for (; !error; a++, b++) {
		while (a < counts[0] && script.changed[0][a])
			a++;
		while (b < counts[1] && script.changed[1][b])
			b++;
		if (a >= counts[0] || b >= counts[1])
			break;
		s[0].at[a]->pair = s[1].at[b];
		s[1].at[b]->pair = s[0].at[a];
	}
	edit_script_free(&script);
	return error;
}

/* Those below two that belong together. */
static int pair_below(const struct siblings all[2], const struct diff_thread *a,
		      const struct diff_thread *b, int depth)
{
	const struct siblings s[] = { children_of(&all[0], a), children_of(&all[1], b) };
	int error;

	if (!s[0].count || !s[1].count || depth > DEPTH_MOST)
		return 0;
	error = pair_siblings(s);
	for (size_t i = 0; !error && i < s[0].count; i++)
		if (s[0].at[i]->pair)
			error = pair_below(all, s[0].at[i], s[0].at[i]->pair, depth + 1);
	return error;
}

int diff_pairs_find(struct diff_tape tapes[2])
{
	struct siblings all[2] = { { tapes[0].threads, tapes[0].thread_count },
				   { tapes[1].threads, tapes[1].thread_count } };

	for (int side = 0; side < 2; side++)
		if (all[side].count)
			qsort(all[side].at, all[side].count, sizeof(*all[side].at), by_parent);
	return pair_below(all, NULL, NULL, 0);
}

struct both {
	const struct diff_thread *thread[2];
};

static uint32_t line_number(const void *context, int side, size_t at)
{
	const struct both *both = context;

	return both->thread[side]->events[at].line;
}

static void give(const struct diff_taker *taker, enum diff_kind kind, const struct diff_event *a,
		 const struct diff_event *b)
{
	const struct diff_difference difference = { kind, { a, b } };

	taker->take(taker->context, &difference);
}

int diff_pairs_compare(const struct diff_thread *a, const struct diff_thread *b,
		       const struct diff_taker *taker, bool *rough)
{
	const struct both both = { { a, b } };
	const size_t counts[] = { a->count, b->count };
	struct edit_script script;
	int error = edit_script_make(&script, counts, line_number, &both, EDITS_MOST);

	*rough = script.rough;
	for (size_t i = 0, j = 0; !error && (i < a->count || j < b->count);) {
		if (i < a->count && script.changed[0][i]) {
			give(taker, DIFF_ONLY_A, &a->events[i++], NULL);
		} else if (j < b->count && script.changed[1][j]) {
			give(taker, DIFF_ONLY_B, NULL, &b->events[j++]);
		} else if (i < a->count && j < b->count) {
			if (a->events[i].time && b->events[j].time &&
			    diff_time_differs(a->events[i].time, b->events[j].time, taker->least))
				give(taker, DIFF_TIME, &a->events[i], &b->events[j]);
			i++;
			j++;
		} else {
			break; /* both have as many that are not changed */
		}
	}
	edit_script_free(&script);
	return error;
}
