// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/log_threads.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST = 1 << 16, /* beyond, the one that has been quiet longest is forgotten */
	SEARCH = 4096,	/* looked at to find one by what it does */
};

bool log_threads_open(struct log_threads *t)
{
	*t = (struct log_threads){ .count = 0 };
	return !tid_table_init(&t->table);
}

void log_threads_close(struct log_threads *t)
{
	while (t->oldest)
		log_threads_remove(t, t->oldest->entry.tid);
	tid_table_end(&t->table);
}

static void take_out(struct log_threads *t, struct log_thread *thread)
{
	*(thread->older ? &thread->older->newer : &t->oldest) = thread->newer;
	*(thread->newer ? &thread->newer->older : &t->newest) = thread->older;
}

static void put_last(struct log_threads *t, struct log_thread *thread)
{
	thread->newer = NULL;
	thread->older = t->newest;
	*(t->newest ? &t->newest->newer : &t->oldest) = thread;
	t->newest = thread;
}

struct log_thread *log_threads_find(struct log_threads *t, uint32_t tid)
{
	return (struct log_thread *)tid_table_find(&t->table, tid);
}

struct log_thread *log_threads_get(struct log_threads *t, uint32_t tid)
{
	struct log_thread *thread = log_threads_find(t, tid);

	if (thread) {
		if (thread != t->newest) {
			take_out(t, thread);
			put_last(t, thread);
		}
		return thread;
	}
	if (t->count == MOST)
		log_threads_remove(t, t->oldest->entry.tid);
	thread = calloc(1, sizeof(*thread));
	if (!thread)
		return NULL;
	tid_table_add(&t->table, &thread->entry, tid);
	thread->tgid = tid;
	put_last(t, thread);
	t->count++;
	return thread;
}

void log_threads_remove(struct log_threads *t, uint32_t tid)
{
	struct log_thread *thread = (struct log_thread *)tid_table_take(&t->table, tid);

	if (!thread)
		return;
	take_out(t, thread);
	t->count--;
	free(thread);
}

struct log_thread *log_threads_only(const struct log_threads *t)
{
	return t->count == 1 ? t->newest : NULL;
}

struct log_thread *log_threads_within(const struct log_threads *t, const char *name)
{
	struct log_thread *found = NULL;
	int left = SEARCH;

	for (struct log_thread *i = t->newest; i; i = i->older) {
		if (!left--)
			return NULL;
		if (!i->pending || strcmp(i->name, name) != 0)
			continue;
		if (found)
			return NULL;
		found = i;
	}
	return found;
}

struct log_thread *log_threads_maker(const struct log_threads *threads)
{
	struct log_thread *found = NULL;

	for (struct log_thread *t = threads->newest; t; t = t->older) {
		if (!t->pending || !t->makes)
			continue;
		if (found)
			return NULL;
		found = t;
	}
	return found;
}
