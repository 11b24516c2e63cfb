// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/assembler/thread_table.h"

#include "format/tape/record.h"
#include "tracer/proc/proc_read.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int thread_table_init(struct thread_table *t)
{
	memset(t, 0, sizeof(*t));
	return tid_table_init(&t->tids);
}

static struct thread_table_thread *next_thread(const struct thread_table *t,
					       const struct thread_table_thread *thread)
{
	return (struct thread_table_thread *)tid_table_next(&t->tids,
							    thread ? &thread->entry : NULL);
}

static void leave_process(struct thread_table_thread *thread)
{
	if (thread->process && !--thread->process->threads)
		free(thread->process);
	thread->process = NULL;
}

static void thread_free(struct thread_table_thread *thread)
{
	leave_process(thread);
	free(thread->names.data);
	free(thread->program.data);
	free(thread);
}

void thread_table_free(struct thread_table *t)
{
	struct thread_table_thread *next;

	for (struct thread_table_thread *thread = next_thread(t, NULL); thread; thread = next) {
		next = next_thread(t, thread);
		thread_free(thread);
	}
	tid_table_end(&t->tids);
}

struct thread_table_thread *thread_table_find(struct thread_table *t, uint32_t tid)
{
	return (struct thread_table_thread *)tid_table_find(&t->tids, tid);
}

/* By the size of program headers in its auxiliary vector (getauxval(3)), of which the kernel has a
 * copy: the program's file may lie on a file system where nobody answers. */
uint8_t thread_table_program_arch(uint32_t tgid)
{
	uint32_t words[128];
	ssize_t n = proc_read((char *)words, sizeof(words), "/proc/%u/auxv", tgid);

	for (size_t i = 0; n > 0 && (i + 2) * sizeof(*words) <= (size_t)n; i += 2)
		if (words[i] == AT_PHENT && words[i + 1] == sizeof(Elf32_Phdr))
			return TRACE_I386;
	return TRACE_X86_64;
}

static struct thread_table_thread *insert(struct thread_table *t, uint32_t tid)
{
	struct thread_table_thread *thread = calloc(1, sizeof(*thread));

	if (thread)
		tid_table_add(&t->tids, &thread->entry, tid);
	return thread;
}

static struct thread_table_process *process_of(struct thread_table *t, uint32_t tgid, uint8_t *arch)
{
	struct thread_table_thread *other = thread_table_find(t, tgid);
	struct thread_table_process *process;

	if (other && other->process && other->process->tgid == tgid) {
		*arch = other->arch;
		other->process->threads++;
		return other->process;
	}
	process = calloc(1, sizeof(*process));
	if (!process)
		return NULL;
	process->tgid = tgid;
	process->threads = 1;
	*arch = thread_table_program_arch(tgid);
	return process;
}

struct thread_table_thread *thread_table_get(struct thread_table *t, uint32_t tid, uint32_t tgid)
{
	struct thread_table_thread *thread = thread_table_find(t, tid);
	struct thread_table_process *process;
	uint8_t arch = TRACE_X86_64;

	if (thread)
		return thread;
	if (!tgid)
		tgid = proc_process(tid);
	process = process_of(t, tgid ? tgid : tid, &arch);
	thread = process ? insert(t, tid) : NULL;
	if (!thread) {
		if (process && !--process->threads)
			free(process);
		return NULL;
	}
	thread->process = process;
	thread->arch = arch;
	thread->existing = true;
	return thread;
}

struct thread_table_thread *thread_table_fork(struct thread_table *t,
					      struct thread_table_thread *parent, uint32_t tid,
					      bool same_process)
{
	struct thread_table_thread *old = thread_table_find(t, tid), *thread;
	struct thread_table_process *process =
		same_process ? parent->process : calloc(1, sizeof(*process));

	if (old) /* its end was lost */
		thread_table_remove(t, old);
	thread = process ? insert(t, tid) : NULL;
	if (!thread) {
		if (!same_process)
			free(process);
		return NULL;
	}
	if (!same_process)
		process->tgid = tid;
	process->threads++;
	thread->process = process;
	thread->arch = parent->arch;
	return thread;
}

static bool counts(enum thread_table_state state)
{
	return state == TRACK_ARMED || state == TRACK_ON;
}

void thread_table_set_state(struct thread_table *t, struct thread_table_thread *thread,
			    enum thread_table_state state)
{
	t->traced += counts(state) - counts(thread->state);
	thread->state = state;
}

void thread_table_follow(struct thread_table *t, const struct thread_table_thread *parent,
			 struct thread_table_thread *child, uint32_t follow)
{
	bool same_process = parent->process == child->process;

	child->asked = parent->asked;
	child->facts = parent->facts;
	if (parent->state == TRACK_NONE || parent->state == TRACK_ARMED)
		return;
	child->depth = parent->depth;
	child->threads = parent->threads;
	if (parent->state == TRACK_ON) {
		if (!same_process && parent->depth >= follow)
			return;
		if (same_process && !parent->threads && !follow)
			return;
		if (!same_process && child->depth < UINT8_MAX)
			child->depth++;
	}
	thread_table_set_state(t, child, parent->state);
}

void thread_table_remove(struct thread_table *t, struct thread_table_thread *thread)
{
	tid_table_take(&t->tids, thread->entry.tid);
	thread_table_set_state(t, thread, TRACK_NONE);
	thread_free(thread);
}

void thread_table_remove_doubtful(struct thread_table *t)
{
	struct thread_table_thread *next;

	for (struct thread_table_thread *thread = next_thread(t, NULL); thread; thread = next) {
		next = next_thread(t, thread);
		if (thread->doubtful)
			thread_table_remove(t, thread);
	}
}

void thread_table_rename(struct thread_table *t, uint32_t from, uint32_t to)
{
	struct thread_table_thread *thread = thread_table_find(t, from),
				   *old = thread_table_find(t, to);

	if (!thread)
		return;
	if (old)
		thread_table_remove(t, old);
	tid_table_take(&t->tids, from);
	tid_table_add(&t->tids, &thread->entry, to);
}

struct scan {
	struct thread_table *table;
	uint32_t tgid;
};

static int enter_thread(void *context, pid_t tid)
{
	struct scan *s = context;

	return thread_table_get(s->table, tid, s->tgid) ? 0 : -ENOMEM;
}

static int enter_process(void *context, pid_t pid)
{
	struct scan *s = context;

	s->tgid = pid;
	proc_each_thread(pid, enter_thread, s);
	return 0;
}

void thread_table_scan(struct thread_table *t)
{
	struct scan s = { .table = t };

	proc_each(enter_process, &s);
}

void thread_table_each(struct thread_table *t,
		       void (*each)(void *context, struct thread_table_thread *thread),
		       void *context)
{
	for (struct thread_table_thread *thread = next_thread(t, NULL); thread;
	     thread = next_thread(t, thread))
		each(context, thread);
}
