// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stat/stat_table.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

struct stat_table {
	struct stat_row **slot; /* by hash, open addressing; NULL: free */
	size_t mask, count;
	unsigned int words, strings;
	size_t bytes, most; /* of the rows and what they have; together with the names */
	struct stat_strings *names;
	struct stat_row *others;
	struct stat_lack cut;
};

static size_t row_size(const struct stat_table *t)
{
	return sizeof(struct stat_row) + t->words * sizeof(uint64_t);
}

static struct stat_row *new_row(const struct stat_table *t)
{
	struct stat_row *row = calloc(1, row_size(t));

	if (row)
		row->sums.shortest = UINT64_MAX;
	return row;
}

struct stat_table *stat_table_new(unsigned int words, unsigned int strings, size_t most,
				  struct stat_strings *names)
{
	struct stat_table *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->words = words;
	t->strings = strings;
	t->most = most;
	t->names = names;
	t->mask = FIRST_SLOTS - 1;
	t->slot = calloc(FIRST_SLOTS, sizeof(struct stat_row *));
	t->others = new_row(t);
	if (t->slot && t->others)
		return t;
	stat_table_free(t);
	return NULL;
}

static void free_row(struct stat_table *t, struct stat_row *row)
{
	for (unsigned int i = 0; t->strings && i < t->words; i++)
		if (t->strings >> i & 1)
			stat_strings_unref(t->names, (uint32_t)row->key[i]);
	t->bytes -=
		row_size(t) + histogram_size(&row->times) + (row->life ? sizeof(*row->life) : 0);
	histogram_free(&row->times);
	free(row->life);
	free(row);
}

static void free_rows(struct stat_table *t)
{
	for (size_t i = 0; t->slot && i <= t->mask; i++) {
		if (t->slot[i])
			free_row(t, t->slot[i]);
		t->slot[i] = NULL;
	}
	t->count = 0;
}

void stat_table_free(struct stat_table *t)
{
	if (!t)
		return;
	free_rows(t);
	if (t->others)
		histogram_free(&t->others->times);
	free(t->others);
	free(t->slot);
	free(t);
}

void stat_table_clear(struct stat_table *t)
{
	free_rows(t);
	histogram_free(&t->others->times);
	memset(t->others, 0, row_size(t));
	t->others->sums.shortest = UINT64_MAX;
	t->cut = (struct stat_lack){ 0 };
}

static uint64_t hash_of(const struct stat_table *t, const uint64_t *key)
{
	uint64_t hash = 0x9e3779b97f4a7c15;

	for (unsigned int i = 0; i < t->words; i++) {
		hash = (hash ^ key[i]) * 0xff51afd7ed558ccd;
		hash ^= hash >> 32;
	}
	return hash;
}

/* Where the key is, or the free slot where it belongs. */
static struct stat_row **place(const struct stat_table *t, const uint64_t *key, uint64_t hash)
{
	size_t at = hash & t->mask;

	while (t->slot[at] && (t->slot[at]->hash != hash ||
			       memcmp(t->slot[at]->key, key, t->words * sizeof(*key)) != 0))
		at = (at + 1) & t->mask;
	return &t->slot[at];
}

struct stat_row *stat_table_find(struct stat_table *t, const uint64_t *key)
{
	return *place(t, key, hash_of(t, key));
}

/* Puts the rows into a table of so many slots: false without memory, and all is as it was. */
static bool rebuild(struct stat_table *t, size_t slots)
{
	struct stat_row **old = t->slot, **slot = calloc(slots, sizeof(struct stat_row *));
	size_t had = t->mask;

	if (!slot)
		return false;
	t->slot = slot;
	t->mask = slots - 1;
	for (size_t i = 0; i <= had; i++)
		if (old[i])
			*place(t, old[i]->key, old[i]->hash) = old[i];
	free(old);
	return true;
}

struct stat_row **stat_table_rows(const struct stat_table *t, size_t *count)
{
	struct stat_row **rows = calloc(t->count + 1, sizeof(struct stat_row *));
	size_t n = 0;

	for (size_t i = 0; rows && i <= t->mask; i++)
		if (t->slot[i])
			rows[n++] = t->slot[i];
	*count = n;
	return rows;
}

/* What there can be of the key at most. */
static uint64_t calls_most(const struct stat_row *row)
{
	return row->sums.calls + row->lacks.calls;
}

static int by_calls(const void *a, const void *b)
{
	uint64_t one = calls_most(*(struct stat_row *const *)a),
		 other = calls_most(*(struct stat_row *const *)b);

	return one < other ? -1 : one > other;
}

static void drop(struct stat_table *t, struct stat_row *row)
{
	uint64_t ns = row->sums.total + row->lacks.ns;

	t->cut.calls = calls_most(row) > t->cut.calls ? calls_most(row) : t->cut.calls;
	t->cut.ns = ns > t->cut.ns ? ns : t->cut.ns;
	stat_sums_merge(&t->others->sums, &row->sums);
	histogram_merge(&t->others->times, &row->times);
	free_row(t, row);
}

static size_t taken(const struct stat_table *t)
{
	return t->bytes + (t->names ? stat_strings_size(t->names) : 0);
}

/* Those with the fewest calls go, until half of the memory is free: so that this is seldom. */
static void cut(struct stat_table *t)
{
	size_t count, gone = 0;
	struct stat_row **rows = stat_table_rows(t, &count);

	if (!rows)
		return;
	qsort(rows, count, sizeof(*rows), by_calls);
	memset(t->slot, 0, (t->mask + 1) * sizeof(*t->slot));
	while (gone + 1 < count && taken(t) > t->most / 2)
		drop(t, rows[gone++]);
	t->count = count - gone;
	for (size_t i = gone; i < count; i++)
		*place(t, rows[i]->key, rows[i]->hash) = rows[i];
	free(rows);
}

/* The row's references come first: what the cut takes away may have had the only others. */
static struct stat_row *add(struct stat_table *t, const uint64_t *key, uint64_t hash)
{
	struct stat_row *row = new_row(t);

	if (!row)
		return t->others;
	for (unsigned int i = 0; t->strings && i < t->words; i++)
		if (t->strings >> i & 1)
			stat_strings_ref(t->names, (uint32_t)key[i]);
	t->bytes += row_size(t);
	memcpy(row->key, key, t->words * sizeof(*key));
	row->hash = hash;
	if (taken(t) > t->most && t->count > 1)
		cut(t);
	if (2 * t->count > t->mask && !rebuild(t, 2 * (t->mask + 1)) && t->count >= t->mask) {
		free_row(t, row);
		return t->others;
	}
	row->lacks = t->cut;
	*place(t, key, hash) = row;
	t->count++;
	return row;
}

struct stat_row *stat_table_row(struct stat_table *t, const uint64_t *key)
{
	uint64_t hash = hash_of(t, key);
	struct stat_row *row = *place(t, key, hash);

	return row ? row : add(t, key, hash);
}

struct stat_life *stat_table_life(struct stat_table *t, struct stat_row *row)
{
	if (row->life || row == t->others)
		return row->life;
	row->life = calloc(1, sizeof(*row->life));
	t->bytes += row->life ? sizeof(*row->life) : 0;
	return row->life;
}

void stat_table_time(struct stat_table *t, struct stat_row *row, uint64_t ns)
{
	size_t had = histogram_size(&row->times);

	stat_sums_time(&row->sums, ns);
	histogram_add(&row->times, ns);
	if (row != t->others)
		t->bytes += histogram_size(&row->times) - had;
}

uint64_t stat_row_percentile(const struct stat_row *row, unsigned int parts)
{
	uint64_t ns = histogram_percentile(&row->times, parts);

	ns = ns < row->sums.shortest ? row->sums.shortest : ns;
	return ns > row->sums.longest ? row->sums.longest : ns;
}

void stat_sums_merge(struct stat_sums *s, const struct stat_sums *other)
{
	s->calls += other->calls;
	s->errors += other->errors;
	s->timed += other->timed;
	s->total += other->total;
	s->shortest = other->shortest < s->shortest ? other->shortest : s->shortest;
	s->longest = other->longest > s->longest ? other->longest : s->longest;
	s->cpu_timed += other->cpu_timed;
	s->cpu_total += other->cpu_total;
	s->in += other->in;
	s->out += other->out;
	s->opens += other->opens;
	s->reads += other->reads;
	s->writes += other->writes;
	s->missing += other->missing;
}

const struct stat_row *stat_table_others(const struct stat_table *t)
{
	return t->others;
}

struct stat_lack stat_table_cut(const struct stat_table *t)
{
	return t->cut;
}
