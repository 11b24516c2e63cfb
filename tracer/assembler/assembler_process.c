// SPDX-License-Identifier: GPL-2.0-or-later
/* Threads besides their calls: new ones, new programs, names, signals, ends. */
#include "call_numbers.h"
#include "tracer/assembler/assembler_state.h"
#include "tracer/assembler/program_strings.h"
#include "tracer/backend/event_filter.h"
#include "tracer/cgroup/cgroup_selection.h"

#include <linux/limits.h>
#include <linux/sched.h>
#include <stdlib.h>
#include <string.h>

static struct trace_process *process_record(struct event_assembler *m, uint32_t type, size_t more,
					    const struct thread_table_thread *thread)
{
	struct trace_process *p =
		assembler_record(m, m->cpu, type, sizeof(*p) + more, m->now, thread);

	if (p)
		p->uid = ~0u;
	return p;
}

static uint64_t number(const struct event_assembler *m, const struct assembler_event *e, int field)
{
	return tracepoint_number(&m->points->at[e->kind], field, e->data);
}

static size_t text(const struct event_assembler *m, const struct assembler_event *e, int field,
		   char *to, size_t room)
{
	return tracepoint_text(&m->points->at[e->kind], field, e->data, e->size, to, room);
}

/* Comes before TP_FORK, and alone tells a thread from a process. */
static void new_task(struct event_assembler *m, struct thread_table_thread *parent,
		     const struct assembler_event *e)
{
	uint64_t flags = number(m, e, NEWTASK_FLAGS);
	struct thread_table_origin origin = { .barred = parent->origin.barred };
	uint32_t tid = assembler_child_number(m, parent, e);
	struct thread_table_thread *child = thread_table_find(&m->track, tid);
	bool attached = child && child->existing && child->state == TRACK_ON && !child->doubtful;

	/* It was found, and made a target, before this news of it was read; whoever made it was not
	 * one. */
	if (!tid || (attached && parent->state == TRACK_NONE))
		return;
	if (parent->origin.late && e->time < parent->origin.since)
		origin.barred = parent->origin.late;
	if (attached) {
		origin.late = child->origin.late;
		origin.since = child->origin.since;
	}
	child = thread_table_fork(&m->track, parent, tid, flags & CLONE_THREAD);
	if (!child)
		return;
	child->origin = origin;
	thread_table_follow(&m->track, parent, child, m->settings->follow);
	if (flags & CLONE_INTO_CGROUP)
		child->asked = false;
}

static void forked(struct event_assembler *m, struct thread_table_thread *parent,
		   const struct assembler_event *e)
{
	uint32_t tid = assembler_thread_number(m, e, FORK_CHILD);
	struct thread_table_thread *child = thread_table_find(&m->track, tid);
	struct trace_process *p;

	if (!child && tid)
		child = thread_table_get(&m->track, tid, 0);
	if (!child || !assembler_wanted(m, parent))
		return;
	p = process_record(m, TRACE_FORK, 0, parent);
	if (!p)
		return;
	p->other_tid = tid;
	p->other_tgid = child->process->tgid;
	p->parent = parent->process->tgid;
	text(m, e, FORK_COMM, p->comm, sizeof(p->comm));
}

/* A thread that is not the leader goes on under the leader's number; NULL if nobody knows it. */
static struct thread_table_thread *renumbered(struct event_assembler *m,
					      struct thread_table_thread *thread, uint32_t old,
					      uint32_t tid, const char *file)
{
	if (!old || old == tid)
		return thread;
	thread = thread_table_find(&m->track, old);
	if (thread)
		assembler_supersedes(m, thread, file);
	thread_table_rename(&m->track, old, tid);
	return thread_table_get(&m->track, tid, tid);
}

static void write_program(struct event_assembler *m, const struct thread_table_thread *thread,
			  uint32_t old, const char *file,
			  const struct thread_table_program *program)
{
	const struct plan_program *wishes = &m->settings->plan->program;
	size_t length = strlen(file), padded = (length + 7) & ~(size_t)7;
	const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	struct trace_process *p;
	struct trace_piece *piece;

	p = process_record(m, TRACE_EXEC,
			   sizeof(*piece) + padded + program_strings_size(program, wishes), thread);
	if (!p)
		return;
	p->other_tid = old;
	p->other_tgid = thread->process->tgid;
	p->code = program->parts && program->script ? TRACE_EXEC_SCRIPT : 0;
	memcpy(p->comm, name, strnlen(name, sizeof(p->comm) - 1));
	piece = (void *)(p + 1);
	piece->length = piece->total = length;
	piece->flags = TRACE_P_STRING;
	memcpy(piece + 1, file, length);
	p->pieces = 1 + program_strings_write(program, wishes, (char *)(piece + 1) + padded);
}

static void executed(struct event_assembler *m, struct thread_table_thread *thread,
		     const struct assembler_event *e)
{
	uint32_t old = assembler_thread_number(m, e, EXEC_OLD), tid;
	struct thread_table_program program;
	char file[PATH_MAX];

	assembler_leader_number(m, e, old);
	tid = assembler_thread_number(m, e, EXEC_PID);
	text(m, e, EXEC_FILE, file, sizeof(file));
	program = program_strings_of(thread_table_find(&m->track, tid));
	thread = renumbered(m, thread, old, tid, file);
	if (!thread)
		goto out;
	thread->process->exec_tid = 0;
	thread->process->ending = false; /* the SIGKILL of an execve was for the other threads */
	thread->executing = event_filter_passes(m->settings, NR_X86_64_execve);
	if (!thread->executing)
		thread->arch = thread_table_program_arch(thread->process->tgid);
	if (thread->state == TRACK_ARMED) /* the beginning of its execve was lost */
		assembler_arrive(m, thread);
	if (assembler_wanted(m, thread))
		write_program(m, thread, old, file, &program);
out:
	free(program.data);
}

static void move_along(void *assembler, struct thread_table_thread *thread)
{
	const struct thread_table_thread *moved = ((struct event_assembler *)assembler)->moved;

	if (thread->process != moved->process)
		return;
	thread->facts.inside = moved->facts.inside;
	thread->asked = moved->asked;
}

/* A process is moved to another cgroup, with all its threads. Other hierarchies than the unified
 * one, which has the number 0, do not matter; a path that begins above what this process sees says
 * nothing, and is asked for again. */
static void attached(struct event_assembler *m, const struct assembler_event *e)
{
	struct thread_table_thread *thread =
		thread_table_find(&m->track, assembler_thread_number(m, e, ATTACH_PID));
	char place[PATH_MAX];

	if (!thread || !m->settings->cgroups || number(m, e, ATTACH_ROOT))
		return;
	text(m, e, ATTACH_PATH, place, sizeof(place));
	thread->asked = *place == '/' && !m->settings->cgroups->part;
	thread->facts.inside =
		thread->asked && cgroup_selection_inside(m->settings->cgroups, place);
	m->moved = thread;
	thread_table_each(&m->track, move_along, m);
}

static void renamed(struct event_assembler *m, struct thread_table_thread *thread,
		    const struct assembler_event *e)
{
	struct trace_process *p;

	uint32_t tid = assembler_thread_number(m, e, RENAME_PID);

	if (m->points->at[TP_RENAME].field[RENAME_PID].size)
		thread = tid ? thread_table_get(&m->track, tid, 0) : NULL;
	if (!thread)
		return;
	text(m, e, RENAME_COMM, thread->facts.comm, sizeof(thread->facts.comm));
	if (!assembler_wanted(m, thread))
		return;
	p = process_record(m, TRACE_COMM, 0, thread);
	if (p)
		text(m, e, RENAME_COMM, p->comm, sizeof(p->comm));
}

/* The kernel does not tell the status; it follows from the calls and signals before. */
static int32_t wait_status(const struct thread_table_thread *thread)
{
	const struct thread_table_process *process = thread->process;

	if (process->ending)
		return process->code;
	return thread->code;
}

static void ended(struct event_assembler *m, struct thread_table_thread *thread,
		  const struct assembler_event *e)
{
	bool last = thread->process->threads == 1;
	struct trace_process end = { .uid = ~0u, .code = wait_status(thread) };

	if (m->points->at[TP_END].field[END_GROUP].size)
		last = number(m, e, END_GROUP) & 0xff;
	if (assembler_wanted(m, thread) && !m->aside) {
		end.record.length = sizeof(end);
		end.record.type = TRACE_END;
		end.record.flags =
			(last ? TRACE_F_LEADER : 0) |
			(thread->process->ending || thread->ending ? 0 : TRACE_F_NO_ARGS);
		end.record.time = m->now;
		end.record.tid = thread->entry.tid;
		end.record.tgid = thread->process->tgid;
		text(m, e, END_COMM, end.comm, sizeof(end.comm));
		assembler_end(m, &end);
	}
	assembler_end_number(m, e);
	assembler_leave(m, thread);
}

void assembler_process(struct event_assembler *m, struct thread_table_thread *thread,
		       const struct assembler_event *e)
{
	switch (e->kind) {
	case TP_NEWTASK: new_task(m, thread, e); break;
	case TP_FORK: forked(m, thread, e); break;
	case TP_EXEC: executed(m, thread, e); break;
	case TP_RENAME: renamed(m, thread, e); break;
	case TP_END: ended(m, thread, e); break;
	case TP_GENERATE: assembler_generated(m, e); break;
	case TP_ATTACH: attached(m, e); break;
	case TP_DELIVER: assembler_delivered(m, thread, e); break;
	}
}
