// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tid_table.h"

#include <errno.h>
#include <stdlib.h>

enum {
	FIRST_BUCKETS = 1024,
};

int tid_table_init(struct tid_table *t)
{
	*t = (struct tid_table){ .mask = FIRST_BUCKETS - 1 };
	t->buckets = calloc(FIRST_BUCKETS, sizeof(struct tid_entry *));
	return t->buckets ? 0 : -ENOMEM;
}

void tid_table_end(struct tid_table *t)
{
	free(t->buckets);
	*t = (struct tid_table){ .buckets = NULL };
}

static struct tid_entry **bucket(const struct tid_table *t, uint32_t tid)
{
	return &t->buckets[tid & t->mask];
}

struct tid_entry *tid_table_find(struct tid_table *t, uint32_t tid)
{
	struct tid_entry *entry = t->last;

	if (entry && entry->tid == tid)
		return entry;
	for (entry = *bucket(t, tid); entry && entry->tid != tid; entry = entry->next)
		;
	if (entry)
		t->last = entry;
	return entry;
}

static void put(struct tid_table *t, struct tid_entry *entry)
{
	struct tid_entry **to = bucket(t, entry->tid);

	entry->next = *to;
	*to = entry;
}

/* Doubles the buckets; a table that cannot grow stays right, only slower. */
static void grow(struct tid_table *t)
{
	struct tid_table more = { .mask = 2 * t->mask + 1 };

	more.buckets = calloc(more.mask + 1, sizeof(struct tid_entry *));
	if (!more.buckets)
		return;
	for (size_t i = 0; i <= t->mask; i++) {
		while (t->buckets[i]) {
			struct tid_entry *moved = t->buckets[i];

			t->buckets[i] = moved->next;
			put(&more, moved);
		}
	}
	free(t->buckets);
	t->buckets = more.buckets;
	t->mask = more.mask;
}

void tid_table_add(struct tid_table *t, struct tid_entry *entry, uint32_t tid)
{
	if (t->count++ > 2 * t->mask)
		grow(t);
	entry->tid = tid;
	put(t, entry);
	t->last = entry;
}

struct tid_entry *tid_table_take(struct tid_table *t, uint32_t tid)
{
	struct tid_entry **at = bucket(t, tid), *entry;

	while (*at && (*at)->tid != tid)
		at = &(*at)->next;
	entry = *at;
	if (!entry)
		return NULL;
	*at = entry->next;
	t->count--;
	t->last = NULL;
	return entry;
}

struct tid_entry *tid_table_next(const struct tid_table *t, const struct tid_entry *entry)
{
	if (entry && entry->next)
		return entry->next;
	for (size_t i = entry ? (entry->tid & t->mask) + 1 : 0; t->buckets && i <= t->mask; i++)
		if (t->buckets[i])
			return t->buckets[i];
	return NULL;
}
