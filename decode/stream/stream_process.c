// SPDX-License-Identifier: GPL-2.0-or-later
/* The stream: everything that is not a call: forks, programs, ends, signals, losses. */
#include "decode/events/last_call.h"
#include "decode/events/pid_names.h"
#include "decode/events/process.h"
#include "decode/stream/stream_state.h"

#include <signal.h>

/* A thread that is not the leader executes a program: it takes the leader's id, and everybody else
 * is gone. */
static void on_rename(struct stream *s, const struct trace_process *p, uint32_t cpu)
{
	struct note note = {
		.kind = NOTE_RENAMED, .cpu = cpu, .time = p->record.time, .process = p
	};
	struct thread *leader = threads_find(s->threads, p->record.tid);

	if (leader) { /* its end was lost */
		stream_release(s, leader, true);
		stream_end_pending(s, leader, CALL_UNFINISHED);
	}
	note.thread = threads_find(s->threads, p->other_tid);
	if (note.thread)
		stream_give_note(s, &note);
	threads_rename(s->threads, p->other_tid, p->record.tid);
}

static void give_end(struct stream *s, struct thread *thread, const struct trace_process *end)
{
	struct note note = { .kind = NOTE_PROCESS,
			     .cpu = TRACE_NO_CPU,
			     .time = end->record.time,
			     .process = end,
			     .thread = thread };

	stream_give_note(s, &note);
}

void stream_give_end(struct stream *s, struct thread *thread)
{
	give_end(s, thread, &thread->end);
}

/*
 * A leader ends for its tracer when the last of its threads has ended (or not at all: another
 * thread may take its place). Its parent sees it then, too, with the status of exit_group or of the
 * signal that ended all, unless the last thread left by itself.
 */
static void end_thread(struct stream *s, struct thread *thread, const struct trace_process *p)
{
	const struct desc_call *row;
	bool last = p->record.flags & TRACE_F_LEADER, by_exit;
	uint32_t tgid = thread->tgid;
	struct thread *leader;

	thread->end = *p;
	thread->end.record.length = sizeof(thread->end);
	thread->end.pieces = 0; /* what may stand behind it stays where it is */
	if (s->renderer->as_tracer && thread->entry.tid == tgid && !last &&
	    !(p->record.flags & TRACE_F_TEXT)) {
		thread->ended = true;
		return;
	}
	give_end(s, thread, p); /* with what is behind the structure */
	row = tape_facts_row(&s->facts, thread->arch, thread->nr);
	by_exit = row && !strcmp(row->name, "exit");
	threads_remove(s->threads, thread->entry.tid);
	leader = last ? threads_find(s->threads, tgid) : NULL;
	if (!leader || !leader->ended)
		return;
	if (!by_exit)
		leader->end.code = p->code;
	stream_give_end(s, leader);
	threads_remove(s->threads, tgid);
}

static void on_fork(struct stream *s, const struct trace_process *p)
{
	struct thread *child = threads_get(s->threads, p->other_tid),
		      *parent = threads_get(s->threads, p->record.tid);

	if (!child || !parent)
		return;
	child->tgid = p->other_tgid;
	parent->tgid = p->record.tgid;
	thread_begins(s->threads, child, parent, p->record.time);
	child->parent = p->record.tgid;
	child->pending = child->ended = false;
	child->executed = true;
	child->left = parent->left;
	child->arch = parent->arch;
	thread_set_comm(child, p->comm);
	child->renamed = false;
}

/* With --until-execve: only the program that the trace began with is of interest. */
static void on_exec(struct stream *s, struct thread *thread)
{
	if (thread->executed && s->filter->until_execve) {
		stream_end_pending(s, thread, CALL_DETACHED);
		thread->left = true;
		s->counts.left |= thread->tgid == s->command;
	}
	if (!s->command)
		s->command = thread->tgid;
	thread->executed = true;
}

/* What the thread, or of a fork the child, is called in its pid namespaces. */
static void take_names(struct stream *s, const struct trace_process *p, struct thread *thread)
{
	struct tape_piece piece;
	size_t at = sizeof(*p);

	if (p->record.type == TRACE_FORK)
		thread = threads_find(s->threads, p->other_tid);
	for (int i = 0; thread && i < p->pieces && tape_piece_next(&p->record, &at, &piece); i++)
		if (piece.piece.arg == TRACE_P_NUMBERS)
			pid_names_take(threads_names(s->threads), thread, piece.data,
				       piece.piece.length);
}

/* Its program and control group. */
static void take_process(struct stream *s, const struct trace_process *p, struct thread *thread)
{
	struct process *process = p->record.type == TRACE_EXEC || p->pieces
					  ? thread_process(s->threads, thread)
					  : NULL;

	if (process)
		process_take(threads_processes(s->threads), process, p);
}

void stream_process(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_process *p = (const void *)r;
	struct note note = { .kind = NOTE_PROCESS, .cpu = cpu, .time = r->time, .process = p };
	struct thread *thread;

	if (r->length < sizeof(*p))
		return;
	if (r->type == TRACE_EXEC && p->other_tid != r->tid)
		on_rename(s, p, cpu);
	if (r->type == TRACE_FORK)
		on_fork(s, p);
	thread = threads_get(s->threads, r->tid);
	if (!thread)
		return;
	thread->tgid = r->tgid;
	if (p->pieces)
		take_names(s, p, thread);
	if (r->type == TRACE_EXEC || r->type == TRACE_EXISTING)
		take_process(s, p, thread);
	if (s->follow)
		fd_tracking_process(
			s->threads, thread,
			r->type == TRACE_FORK ? threads_find(s->threads, p->other_tid) : NULL, p);
	if (r->type == TRACE_EXISTING && r->flags & TRACE_F_COMMAND) {
		/* Still the recorder's own: what the command will inherit. */
		note.thread = thread;
		if (s->renderer->as_tracer)
			stream_give_note(s, &note);
		return;
	}
	if (r->type != TRACE_FORK && (r->type != TRACE_END || !*thread->comm))
		thread_set_comm(thread, p->comm);
	if (r->type == TRACE_EXISTING) {
		thread->parent = p->parent;
		thread->renamed = false;
		thread->stopped = r->flags & TRACE_F_STOPPED;
		thread->executed = true;
	}
	if (r->type == TRACE_EXEC)
		threads_keep_program(s->threads, thread, p);
	stream_release(s, thread,
		       r->type == TRACE_END && thread->exit &&
			       last_call_ended(thread->exit->result, p->code));
	if (r->type == TRACE_END) {
		stream_end_pending(s, thread, CALL_UNFINISHED);
		end_thread(s, thread, p);
		return;
	}
	note.thread = thread;
	if (r->type != TRACE_EXISTING || !s->later_part)
		stream_give_note(s, &note);
	if (r->type == TRACE_EXEC)
		on_exec(s, thread);
}

void stream_signal(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_signal *signal = (const void *)r;
	struct note note = { .kind = NOTE_SIGNAL, .cpu = cpu, .time = r->time, .signal = signal };
	struct thread *thread =
		r->length >= sizeof(*signal) ? threads_get(s->threads, r->tid) : NULL;

	if (!thread)
		return;
	if (signal->signal != SIGKILL)
		stream_release(s, thread, false);
	note.thread = thread;
	stream_give_note(s, &note);
}

void stream_lost(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_lost *lost = (const void *)r;
	struct note note = { .kind = NOTE_LOST, .cpu = cpu, .time = r->time, .lost = lost };

	if (r->length < sizeof(*lost))
		return;
	s->counts.lost_calls += lost->calls;
	s->counts.lost_enters += lost->enters;
	s->counts.lost_events += lost->events;
	stream_give_note(s, &note);
}

void stream_text(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	struct note note = { .kind = NOTE_TEXT, .cpu = cpu, .time = r->time };

	note.text = text_record(r);
	if (!note.text)
		return;
	note.thread = r->tid ? threads_find(s->threads, r->tid) : NULL;
	stream_give_note(s, &note);
}

void stream_probe(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_probe *hit = (const void *)r;
	struct thread *thread;
	struct note note = { .kind = NOTE_PROBE, .cpu = cpu, .time = r->time, .hit = hit };

	if (r->length < sizeof(*hit) || hit->size > r->length - sizeof(*hit))
		return;
	note.format = tape_facts_probe(&s->facts, hit->probe);
	thread = note.format ? threads_get(s->threads, r->tid) : NULL;
	if (!thread)
		return;
	thread->tgid = r->tgid;
	note.thread = thread;
	s->counts.hits++;
	stream_give_note(s, &note);
}
