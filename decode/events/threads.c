// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/threads.h"

#include "decode/events/fds.h"
#include "decode/events/pid_names.h"
#include "decode/events/process.h"

#include <stdlib.h>
#include <string.h>

enum {
	THREADS_MOST = 1 << 18,
	ENTERS_MOST = 64 << 20, /* bytes of all beginnings */
	ENTER_KEPT = 4096,	/* bytes that a thread keeps for the next beginning */
};

struct threads {
	struct tid_table table;
	size_t enters; /* bytes that the threads keep */
	size_t hand;   /* the bucket where the search for quiet threads goes on */
	struct fds_store fds;
	struct pid_names *names;
	struct processes processes;
	uint32_t numbers; /* of threads, so far */
};

struct threads *threads_new(void)
{
	struct threads *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->names = pid_names_new();
	if (t->names && !tid_table_init(&t->table))
		return t;
	pid_names_free(t->names);
	free(t);
	return NULL;
}

static void thread_free(struct threads *t, struct thread *thread)
{
	fds_unref(thread->fds);
	process_unref(&t->processes, thread->process);
	free(thread->enter);
	free(thread->program);
	free(thread->exit);
	free(thread);
}

static struct thread *next_thread(const struct threads *t, const struct thread *thread)
{
	return (struct thread *)tid_table_next(&t->table, thread ? &thread->entry : NULL);
}

void threads_free(struct threads *t)
{
	struct thread *next;

	if (!t)
		return;
	for (struct thread *gone = next_thread(t, NULL); gone; gone = next) {
		next = next_thread(t, gone);
		thread_free(t, gone);
	}
	tid_table_end(&t->table);
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

struct processes *threads_processes(struct threads *t)
{
	return &t->processes;
}

struct process *thread_process(struct threads *t, struct thread *thread)
{
	struct thread *leader;

	if (thread->process)
		return thread->process;
	leader = thread->entry.tid != thread->tgid ? threads_get(t, thread->tgid) : NULL;
	if (leader && !leader->process)
		leader->process = process_new(&t->processes, NULL, leader->born);
	thread->process = leader ? process_ref(leader->process)
				 : process_new(&t->processes, NULL, thread->born);
	return thread->process;
}

void thread_begins(struct threads *t, struct thread *thread, struct thread *parent, uint64_t time)
{
	struct process *of = thread_process(t, parent);

	if (thread == parent) /* a tape may say anything */
		return;
	thread->number = ++t->numbers;
	thread->born = time;
	process_unref(&t->processes, thread->process);
	thread->process = thread->tgid == parent->tgid ? process_ref(of)
						       : process_new(&t->processes, of, time);
}

struct thread *threads_find(struct threads *t, uint32_t tid)
{
	struct thread *last = (struct thread *)t->table.last, *thread;

	if (last && last->entry.tid == tid)
		return last;
	/* The last one stays recent until another is asked for. */
	thread = (struct thread *)tid_table_find(&t->table, tid);
	if (thread)
		thread->recent = true;
	return thread;
}

static struct thread *get_other(struct threads *t, uint32_t tid)
{
	struct thread *thread = threads_find(t, tid);

	if (thread)
		return thread;
	thread = calloc(1, sizeof(*thread));
	if (!thread)
		return NULL;
	thread->number = ++t->numbers;
	thread->recent = true;
	tid_table_add(&t->table, &thread->entry, tid);
	return thread;
}

struct thread *threads_get(struct threads *t, uint32_t tid)
{
	struct thread *last = (struct thread *)t->table.last;

	return last && last->entry.tid == tid ? last : get_other(t, tid);
}

void threads_remove(struct threads *t, uint32_t tid)
{
	struct thread *gone = (struct thread *)tid_table_take(&t->table, tid);

	if (!gone)
		return;
	t->enters -= gone->enter_room;
	threads_drop_program(t, gone);
	pid_names_forget(t->names, gone);
	thread_free(t, gone);
}

void threads_rename(struct threads *t, uint32_t from, uint32_t to)
{
	struct thread *thread = (struct thread *)tid_table_take(&t->table, from), *leader;

	if (!thread)
		return;
	leader = threads_find(t, to);
	if (leader && leader->process == thread->process) { /* whose place it takes */
		thread->number = leader->number;
		thread->born = leader->born;
	}
	threads_remove(t, to);
	pid_names_forget(t->names, thread); /* they were another's */
	tid_table_add(&t->table, &thread->entry, to);
}

void threads_each(struct threads *t, void (*each)(void *context, struct thread *thread),
		  void *context)
{
	for (struct thread *thread = next_thread(t, NULL); thread; thread = next_thread(t, thread))
		each(context, thread);
}

/* Every thread is passed once before one that has been asked for since is taken. */
struct thread *threads_excess(struct threads *t)
{
	const struct tid_table *table = &t->table;

	if (table->count <= THREADS_MOST && t->enters <= ENTERS_MOST)
		return NULL;
	for (size_t i = 0; i <= 2 * (table->mask + 1); i++) {
		for (struct tid_entry *e = table->buckets[t->hand & table->mask]; e; e = e->next) {
			struct thread *thread = (struct thread *)e;
			bool quiet = !thread->recent && e != table->last;

			if (quiet &&
			    (table->count > THREADS_MOST || thread->enter_room || thread->program))
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
