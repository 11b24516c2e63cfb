// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/threads.h"

#include "decode/events/fds.h"
#include "decode/events/pid_names.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BUCKETS = 1024,
	THREADS_MOST = 1 << 18,
	ENTERS_MOST = 64 << 20, /* bytes of all beginnings */
	ENTER_KEPT = 4096,	/* bytes that a thread keeps for the next beginning */
};

struct threads {
	struct thread **buckets;
	size_t mask, count, enters; /* enters: bytes that the threads keep */
	size_t hand;		    /* the bucket where the search for quiet threads goes on */
	struct thread *last;	    /* asked for most recently */
	struct fds_store fds;
	struct pid_names *names;
};

struct threads *threads_new(void)
{
	struct threads *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->buckets = calloc(FIRST_BUCKETS, sizeof(*t->buckets));
	t->mask = FIRST_BUCKETS - 1;
	t->names = pid_names_new();
	if (t->buckets && t->names)
		return t;
	pid_names_free(t->names);
	free(t->buckets);
	free(t);
	return NULL;
}

static void thread_free(struct thread *thread)
{
	fds_unref(thread->fds);
	free(thread->enter);
	free(thread->program);
	free(thread->exit);
	free(thread);
}

void threads_free(struct threads *t)
{
	if (!t)
		return;
	for (size_t i = 0; i <= t->mask; i++) {
		while (t->buckets[i]) {
			struct thread *gone = t->buckets[i];

			t->buckets[i] = gone->next;
			thread_free(gone);
		}
	}
	free(t->buckets);
	fds_store_end(&t->fds);
	pid_names_free(t->names);
	free(t);
}

struct pid_names *threads_names(struct threads *t)
{
	return t->names;
}

struct fds_store *threads_fds(struct threads *t)
{
	return &t->fds;
}

static struct thread **bucket(const struct threads *t, uint32_t tid)
{
	return &t->buckets[tid & t->mask];
}

struct thread *threads_find(struct threads *t, uint32_t tid)
{
	struct thread *thread = t->last;

	if (thread && thread->tid == tid)
		return thread;
	/* The last one stays recent until another is asked for. */
	for (thread = *bucket(t, tid); thread && thread->tid != tid; thread = thread->next)
		;
	if (!thread)
		return NULL;
	thread->recent = true;
	return t->last = thread;
}

/* Doubles the buckets; a table that cannot grow stays right, only slower. */
static void grow(struct threads *t)
{
	struct threads more = { .mask = 2 * t->mask + 1 };

	more.buckets = calloc(more.mask + 1, sizeof(*more.buckets));
	if (!more.buckets)
		return;
	for (size_t i = 0; i <= t->mask; i++) {
		while (t->buckets[i]) {
			struct thread *moved = t->buckets[i], **to = bucket(&more, moved->tid);

			t->buckets[i] = moved->next;
			moved->next = *to;
			*to = moved;
		}
	}
	free(t->buckets);
	t->buckets = more.buckets;
	t->mask = more.mask;
}

static void link_in(struct threads *t, struct thread *thread)
{
	struct thread **to = bucket(t, thread->tid);

	thread->next = *to;
	*to = thread;
}

static struct thread *get_other(struct threads *t, uint32_t tid)
{
	struct thread *thread = threads_find(t, tid);

	if (thread)
		return thread;
	thread = calloc(1, sizeof(*thread));
	if (!thread)
		return NULL;
	if (t->count++ > 2 * t->mask)
		grow(t);
	thread->tid = tid;
	thread->recent = true;
	link_in(t, thread);
	return t->last = thread;
}

struct thread *threads_get(struct threads *t, uint32_t tid)
{
	return t->last && t->last->tid == tid ? t->last : get_other(t, tid);
}

static struct thread *take_out(struct threads *t, uint32_t tid)
{
	struct thread **at = bucket(t, tid), *thread;

	while (*at && (*at)->tid != tid)
		at = &(*at)->next;
	thread = *at;
	if (thread)
		*at = thread->next;
	t->last = NULL;
	return thread;
}

void threads_remove(struct threads *t, uint32_t tid)
{
	struct thread *gone = take_out(t, tid);

	if (!gone)
		return;
	t->count--;
	t->enters -= gone->enter_room;
	threads_drop_program(t, gone);
	pid_names_forget(t->names, gone);
	thread_free(gone);
}

void threads_rename(struct threads *t, uint32_t from, uint32_t to)
{
	struct thread *thread = take_out(t, from);

	if (!thread)
		return;
	threads_remove(t, to);
	pid_names_forget(t->names, thread); /* they were another's */
	thread->tid = to;
	link_in(t, thread);
}

void threads_each(struct threads *t, void (*each)(void *context, struct thread *thread),
		  void *context)
{
	for (size_t i = 0; i <= t->mask; i++)
		for (struct thread *thread = t->buckets[i]; thread; thread = thread->next)
			each(context, thread);
}

/* Every thread is passed once before one that has been asked for since is taken. */
struct thread *threads_excess(struct threads *t)
{
	if (t->count <= THREADS_MOST && t->enters <= ENTERS_MOST)
		return NULL;
	for (size_t i = 0; i <= 2 * (t->mask + 1); i++) {
		for (struct thread *thread = t->buckets[t->hand & t->mask]; thread;
		     thread = thread->next) {
			bool quiet = !thread->recent && thread != t->last;

			if (quiet &&
			    (t->count > THREADS_MOST || (thread->enter_room || thread->program)))
				return thread;
			thread->recent = false;
		}
		t->hand++;
	}
	return NULL;
}

bool threads_begin(struct threads *t, struct thread *thread, const struct trace_call *call)
{
	size_t length = call->record.length;

	if (length > thread->enter_room || thread->enter_room > ENTER_KEPT) {
		struct trace_call *more = realloc(thread->enter, length);

		if (!more)
			return false;
		t->enters += length - thread->enter_room;
		thread->enter = more;
		thread->enter_room = length;
	}
	memcpy(thread->enter, call, length);
	if (thread->program)
		threads_drop_program(t, thread);
	thread->pending = true;
	thread->shown = false;
	return true;
}

void threads_keep_program(struct threads *t, struct thread *thread,
			  const struct trace_process *program)
{
	threads_drop_program(t, thread);
	thread->program = malloc(program->record.length);
	if (!thread->program)
		return;
	memcpy(thread->program, program, program->record.length);
	t->enters += program->record.length;
}

void threads_drop_program(struct threads *t, struct thread *thread)
{
	if (thread->program)
		t->enters -= thread->program->record.length;
	free(thread->program);
	thread->program = NULL;
}

bool thread_hold(struct thread *thread, const struct trace_call *call)
{
	thread->exit = malloc(call->record.length);
	if (thread->exit)
		memcpy(thread->exit, call, call->record.length);
	return thread->exit;
}

void thread_let_go(struct thread *thread)
{
	free(thread->exit);
	thread->exit = NULL;
}

void thread_set_comm(struct thread *thread, const char comm[16])
{
	if (!thread->renamed)
		memcpy(thread->before, thread->comm, sizeof(thread->before));
	thread->renamed = true;
	memcpy(thread->comm, comm, 16);
	thread->comm[16] = '\0';
}
