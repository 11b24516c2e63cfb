// SPDX-License-Identifier: GPL-2.0-or-later
/* Threads besides their calls: new ones, new programs, names, signals, ends. */
#include "call_numbers.h"
#include "tracer/event_filter.h"
#include "tracer/mill_parts.h"

#include <linux/limits.h>
#include <string.h>

static struct trace_process *process_record(struct mill *m, uint32_t type, size_t more,
					    const struct track_thread *thread)
{
	struct trace_process *p = mill_record(m, m->cpu, type, sizeof(*p) + more, m->now, thread);

	if (p)
		p->uid = ~0u;
	return p;
}

static uint64_t number(const struct mill *m, const struct mill_event *e, int field)
{
	return tracepoint_number(&m->points->at[e->kind], field, e->data);
}

static size_t text(const struct mill *m, const struct mill_event *e, int field, char *to,
		   size_t room)
{
	return tracepoint_text(&m->points->at[e->kind], field, e->data, e->size, to, room);
}

/* Comes before TP_FORK, and alone tells a thread from a process. */
static void new_task(struct mill *m, struct track_thread *parent, const struct mill_event *e)
{
	uint64_t flags = number(m, e, NEWTASK_FLAGS);
	struct track_origin origin = { .barred = parent->origin.barred };
	uint32_t tid = mill_child_number(m, parent, e);
	struct track_thread *child = track_find(&m->track, tid);
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
	child = track_fork(&m->track, parent, tid, flags & 0x10000 /* CLONE_THREAD */);
	if (!child)
		return;
	child->origin = origin;
	track_follow(&m->track, parent, child, m->settings->follow);
}

static void forked(struct mill *m, struct track_thread *parent, const struct mill_event *e)
{
	uint32_t tid = mill_thread_number(m, e, FORK_CHILD);
	struct track_thread *child = track_find(&m->track, tid);
	struct trace_process *p;

	if (!child && tid)
		child = track_get(&m->track, tid, 0);
	if (!child || !mill_wanted(m, parent))
		return;
	p = process_record(m, TRACE_FORK, 0, parent);
	if (!p)
		return;
	p->other_tid = tid;
	p->other_tgid = child->process->tgid;
	p->parent = parent->process->tgid;
	text(m, e, FORK_COMM, p->comm, sizeof(p->comm));
}

static void executed(struct mill *m, struct track_thread *thread, const struct mill_event *e)
{
	uint32_t old = mill_thread_number(m, e, EXEC_OLD), tid;
	struct trace_process *p;
	struct trace_piece *piece;
	char file[PATH_MAX], *name;
	size_t length, padded;

	mill_leader_number(m, e, old);
	tid = mill_thread_number(m, e, EXEC_PID);
	if (old && old != tid) {
		track_rename(&m->track, old, tid);
		thread = track_get(&m->track, tid, tid);
		if (!thread)
			return;
	}
	thread->process->ending = false; /* the SIGKILL of an execve was for the other threads */
	thread->executing = event_filter_passes(m->settings, NR_X86_64_execve);
	if (!thread->executing)
		thread->arch = track_program_arch(thread->process->tgid);
	if (thread->state == TRACK_ARMED) /* the beginning of its execve was lost */
		mill_arrive(m, thread);
	if (!mill_wanted(m, thread))
		return;
	length = text(m, e, EXEC_FILE, file, sizeof(file));
	padded = (length + 7) & ~(size_t)7;
	p = process_record(m, TRACE_EXEC, sizeof(*piece) + padded, thread);
	if (!p)
		return;
	p->other_tid = old;
	p->other_tgid = thread->process->tgid;
	p->pieces = 1;
	name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	memcpy(p->comm, name, strnlen(name, sizeof(p->comm) - 1));
	piece = (void *)(p + 1);
	piece->length = piece->total = length;
	piece->flags = TRACE_P_STRING;
	memcpy(piece + 1, file, length);
}

static void move_along(void *mill, struct track_thread *thread)
{
	const struct track_thread *moved = ((struct mill *)mill)->moved;

	if (thread->process == moved->process)
		thread->facts.inside = moved->facts.inside;
}

/* A process is moved to another cgroup, with all its threads. */
static void attached(struct mill *m, const struct mill_event *e)
{
	struct track_thread *thread = track_find(&m->track, mill_thread_number(m, e, ATTACH_PID));
	char place[PATH_MAX];

	text(m, e, ATTACH_PATH, place, sizeof(place));
	if (!thread || !m->settings->cgroup || *place != '/')
		return;
	thread->asked = true;
	thread->facts.inside = choose_inside(m->settings, place);
	m->moved = thread;
	track_each(&m->track, move_along, m);
}

static void renamed(struct mill *m, struct track_thread *thread, const struct mill_event *e)
{
	struct trace_process *p;

	uint32_t tid = mill_thread_number(m, e, RENAME_PID);

	if (m->points->at[TP_RENAME].field[RENAME_PID].size)
		thread = tid ? track_get(&m->track, tid, 0) : NULL;
	if (!thread)
		return;
	text(m, e, RENAME_COMM, thread->facts.comm, sizeof(thread->facts.comm));
	if (!mill_wanted(m, thread))
		return;
	p = process_record(m, TRACE_COMM, 0, thread);
	if (p)
		text(m, e, RENAME_COMM, p->comm, sizeof(p->comm));
}

/* The kernel does not tell the status; it follows from the calls and signals before. */
static int32_t wait_status(const struct track_thread *thread)
{
	const struct track_process *process = thread->process;

	if (process->ending)
		return process->code;
	return thread->code;
}

static void ended(struct mill *m, struct track_thread *thread, const struct mill_event *e)
{
	bool last = thread->process->threads == 1;
	struct trace_process end = { .uid = ~0u, .code = wait_status(thread) };

	if (m->points->at[TP_END].field[END_GROUP].size)
		last = number(m, e, END_GROUP) & 0xff;
	if (mill_wanted(m, thread) && !m->aside) {
		end.record.length = sizeof(end);
		end.record.type = TRACE_END;
		end.record.flags =
			(last ? TRACE_F_LEADER : 0) |
			(thread->process->ending || thread->ending ? 0 : TRACE_F_NO_ARGS);
		end.record.time = m->now;
		end.record.tid = thread->tid;
		end.record.tgid = thread->process->tgid;
		text(m, e, END_COMM, end.comm, sizeof(end.comm));
		mill_end(m, &end);
	}
	mill_end_number(m, e);
	mill_leave(m, thread);
}

void mill_process(struct mill *m, struct track_thread *thread, const struct mill_event *e)
{
	switch (e->kind) {
	case TP_NEWTASK: new_task(m, thread, e); break;
	case TP_FORK: forked(m, thread, e); break;
	case TP_EXEC: executed(m, thread, e); break;
	case TP_RENAME: renamed(m, thread, e); break;
	case TP_END: ended(m, thread, e); break;
	case TP_GENERATE: mill_generated(m, e); break;
	case TP_ATTACH: attached(m, e); break;
	case TP_DELIVER: mill_delivered(m, thread, e); break;
	}
}
