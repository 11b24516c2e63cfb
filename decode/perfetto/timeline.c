// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/perfetto/timeline.h"

#include "decode/render/call_outcome.h"
#include "decode/values/show_families.h"
#include "format/flags/flags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static const uint64_t second = 1000000000;

int timeline_open(struct timeline *t, struct render *r, const struct timeline_writer *writer,
		  void *to, bool safe)
{
	*t = (struct timeline){ .writer = writer, .to = to, .now = r->facts->header->start };
	return show_init(&t->show, r->out, r->options, r->facts, show_families, r->names) ||
			       json_values_open(&t->values, &t->show, safe)
		       ? -ENOMEM
		       : 0;
}

int timeline_begin(struct timeline *t)
{
	t->begun = !tracks_init(&t->tracks, t->writer, t->to);
	return t->begun ? 0 : -ENOMEM;
}

static void begin(struct timeline *t, enum timeline_event event, const struct track *track)
{
	t->writer->begin(t->to, event, track);
}

static void end(struct timeline *t, uint64_t time)
{
	t->writer->end(t->to, time, time);
}

static void put_name(struct timeline *t, const char *name)
{
	t->writer->name(t->to, name);
}

static void put_category(struct timeline *t, const char *name)
{
	t->writer->category(t->to, name);
}

static void put_number(struct timeline *t, const char *name, uint64_t value, bool is_unsigned)
{
	t->writer->number(t->to, name, value, is_unsigned);
}

static void put_text(struct timeline *t, const char *name, const char *bytes, size_t size)
{
	t->writer->text(t->to, name, bytes, size);
}

static void put_flow(struct timeline *t, uint64_t flow, bool ends)
{
	t->writer->flow(t->to, flow, ends);
}

static void see(struct timeline *t, uint64_t time)
{
	t->now = time > t->now ? time : t->now;
}

/* When a slice of a track begins or ends: behind what the one before has, whatever a damaged tape
 * says. */
static uint64_t edge(struct track *track, uint64_t time)
{
	track->busy = time > track->busy ? time : track->busy;
	return track->busy;
}

static void put_count(struct timeline *t, const struct track *track, uint64_t value, uint64_t time)
{
	begin(t, TIMELINE_COUNT, track);
	t->writer->value(t->to, value);
	end(t, time);
}

static void end_second(struct timeline *t)
{
	if (t->calls)
		put_count(t, &t->tracks.calls, t->calls, t->counted * second);
	t->calls = 0;
}

static void count_call(struct timeline *t, uint64_t time)
{
	uint64_t at = time / second;

	if (at > t->counted) {
		end_second(t);
		if (t->counted && at > t->counted + 1)
			put_count(t, &t->tracks.calls, 0, (t->counted + 1) * second);
		t->counted = at;
	}
	t->calls++;
}

/* The program that a process runs is a slice on its track. */
static void begin_program(struct timeline *t, struct track *process, const char *comm,
			  uint64_t time, uint64_t flow)
{
	snprintf(process->program, sizeof(process->program), "%s", comm);
	begin(t, TIMELINE_BEGIN, process);
	put_name(t, comm);
	put_category(t, "programs");
	if (flow)
		put_flow(t, flow, true);
	end(t, edge(process, time));
	process->open = true;
}

static void end_program(struct timeline *t, struct track *process, const struct trace_process *last,
			uint64_t time)
{
	char number[24];

	if (!process->open)
		return;
	begin(t, TIMELINE_END, process);
	if (last && last->record.flags & TRACE_F_NO_ARGS) {
		put_text(t, "end", "unknown", 7);
	} else if (last && WIFSIGNALED(last->code)) {
		unsigned int signal = (unsigned int)WTERMSIG(last->code);
		const char *name = flag_signal_name(signal);

		snprintf(number, sizeof(number), "%u", signal);
		name = name ? name : number;
		put_text(t, "signal", name, strlen(name));
	} else if (last) {
		put_number(t, "exit_code", (uint64_t)WEXITSTATUS(last->code), false);
	}
	end(t, edge(process, time));
	process->open = false;
}

/* The thread's track; its process's has a slice by then. */
static struct track *thread_of(struct timeline *t, uint32_t tgid, uint32_t tid, const char *comm,
			       uint64_t time)
{
	struct track *thread = tracks_thread(&t->tracks, tgid, tid, comm);
	struct track *process = tracks_process(&t->tracks, tgid, comm);

	if (process && !process->open)
		begin_program(t, process, comm, time, 0);
	return process ? thread : NULL;
}

static void put_categories(struct timeline *t, const struct call *call)
{
	uint32_t classes = call->desc ? call->desc->classes : 0;

	for (unsigned int i = 0; i < DESC_CLASSES; i++)
		if (classes >> i & 1)
			put_category(t, desc_class_name(i));
	if (!classes)
		put_category(t, "other");
}

static void put_result(struct timeline *t, const struct call_outcome *o)
{
	if (o->returned)
		put_number(t, "result", o->value, o->is_unsigned);
	if (o->error && o->name)
		put_text(t, "error", o->name, strlen(o->name));
	if (o->error)
		put_number(t, "errno", o->error, false);
}

static void put_args(struct timeline *t, const struct call *call)
{
	struct text *json = &t->values.text;

	if (!call_has_args(call))
		return;
	json_values_begin(&t->show);
	show_call_args(&t->show, call);
	json_values_end(&t->show);
	text_char(json, 0);
	if (!json->error && json->used > 3) /* not {} */
		t->writer->json(t->to, "args", json->data, json->used - 1);
}

/* When a call is over that has no end: as its thread, or the tape; a lost end may have been at any
 * time before the next call. */
static uint64_t end_of(const struct timeline *t, const struct call *call, uint64_t from)
{
	uint64_t until = call->exit;

	if (call->state == CALL_UNFINISHED || call->state == CALL_DETACHED)
		until = t->now;
	return until > from ? until : from;
}

void timeline_call(struct timeline *t, const struct call *call)
{
	struct call_outcome outcome = call_outcome_of(call);
	uint64_t from = call_time(call), until;
	struct track *thread = thread_of(t, call->tgid, call->tid, call->comm, from);

	if (!thread)
		return;
	from = edge(thread, from);
	see(t, from);
	until = end_of(t, call, from);
	see(t, until);
	begin(t, TIMELINE_SLICE, thread);
	put_name(t, call->name);
	put_categories(t, call);
	put_args(t, call);
	put_result(t, &outcome);
	if (call->state != CALL_DONE) {
		const char *state = call_outcome_state(call->state);

		put_text(t, "state", state, strlen(state));
	}
	if (call->enter_lost)
		put_text(t, "begin", "lost", 4);
	t->writer->end(t->to, from, edge(thread, until));
	count_call(t, until);
}

static void put_instant(struct timeline *t, const struct track *track, const char *name,
			const char *category)
{
	begin(t, TIMELINE_INSTANT, track);
	put_name(t, name);
	put_category(t, category);
}

/* A flow leads from the parent's call to what the child's track begins with. */
static void on_fork(struct timeline *t, const struct note *note)
{
	const struct trace_process *f = note->process;
	const char *comm = note->thread ? note->thread->comm : "";
	struct track *parent = thread_of(t, f->record.tgid, f->record.tid, comm, note->time);
	bool thread = f->other_tgid == f->record.tgid;
	struct track *child;
	char name[17] = { 0 };

	memcpy(name, f->comm, sizeof(f->comm));
	tracks_end_thread(&t->tracks, f->other_tid);
	if (!thread)
		tracks_end_process(&t->tracks, f->other_tgid);
	child = tracks_thread(&t->tracks, f->other_tgid, f->other_tid, name);
	if (!parent || !child)
		return;
	child->busy = t->now;
	put_instant(t, parent, thread ? "new thread" : "new process", "forks");
	put_flow(t, child->uuid, false);
	put_number(t, "tid", f->other_tid, true);
	end(t, note->time);
	if (thread) {
		put_instant(t, child, "begin", "forks");
		put_flow(t, child->uuid, true);
		end(t, note->time);
	} else {
		begin_program(t, tracks_known(&t->tracks, f->other_tgid), name, note->time,
			      child->uuid);
	}
}

/* A piece of a process's record: NULL if it has none. */
static const char *piece_of(const struct trace_process *r, unsigned int kind, size_t *size)
{
	struct tape_piece piece;
	size_t at = sizeof(*r);

	*size = 0;
	for (int i = 0; i < r->pieces && tape_piece_next(&r->record, &at, &piece); i++) {
		if (piece.piece.arg != kind)
			continue;
		*size = piece.piece.length;
		return piece.data;
	}
	return NULL;
}

/* What the kernel tells of a program: begins its slice. */
static void on_program(struct timeline *t, const struct note *note)
{
	const struct trace_process *r = note->process;
	struct track *process;
	size_t size, length;
	const char *cmdline = piece_of(r, TRACE_P_CMDLINE, &length),
		   *path = piece_of(r, TRACE_P_EXE, &size);
	char name[17] = { 0 };

	memcpy(name, r->comm, sizeof(r->comm));
	process = tracks_process(&t->tracks, r->record.tgid, name);
	if (!process)
		return;
	end_program(t, process, NULL, note->time);
	tracks_rename_process(&t->tracks, r->record.tgid, name, cmdline, length);
	tracks_rename_thread(&t->tracks, r->record.tgid, r->record.tid, name);
	memcpy(process->program, name, sizeof(name));
	begin(t, TIMELINE_BEGIN, process);
	put_name(t, name);
	put_category(t, "programs");
	if (path)
		put_text(t, "path", path, size);
	end(t, edge(process, note->time));
	process->open = true;
}

static void on_end(struct timeline *t, const struct note *note)
{
	const struct trace_process *r = note->process;
	struct track *process = tracks_known(&t->tracks, r->record.tgid);

	if (process && r->record.flags & TRACE_F_LEADER) {
		end_program(t, process, r, note->time);
		tracks_end_process(&t->tracks, r->record.tgid);
	}
	tracks_end_thread(&t->tracks, r->record.tid);
}

static void on_process(struct timeline *t, const struct note *note)
{
	const struct trace_process *r = note->process;
	char name[17] = { 0 };

	memcpy(name, r->comm, sizeof(r->comm));
	switch (r->record.type) {
	case TRACE_FORK: on_fork(t, note); break;
	case TRACE_EXISTING:
		if (r->record.tid == r->record.tgid)
			on_program(t, note);
		else
			thread_of(t, r->record.tgid, r->record.tid, name, note->time);
		break;
	case TRACE_EXEC: on_program(t, note); break;
	case TRACE_COMM:
		tracks_rename_thread(&t->tracks, r->record.tgid, r->record.tid, name);
		break;
	case TRACE_END: on_end(t, note); break;
	}
}

static void on_signal(struct timeline *t, const struct note *note)
{
	const struct trace_signal *s = note->signal;
	const char *name = flag_signal_name(s->signal);
	struct track *thread = thread_of(t, s->record.tgid, s->record.tid,
					 note->thread ? note->thread->comm : "", note->time);

	if (!thread)
		return;
	put_instant(t, thread, name ? name : "signal", "signals");
	put_number(t, "signal", s->signal, true);
	end(t, note->time);
}

static void on_lost(struct timeline *t, const struct note *note)
{
	const struct trace_lost *lost = note->lost;
	uint64_t time = note->time ? note->time : t->now;

	put_instant(t, &t->tracks.losses, note->kind == NOTE_LOST ? "lost" : "missing", "losses");
	if (note->kind == NOTE_LOST) {
		put_number(t, "calls", lost->calls, true);
		put_number(t, "enters", lost->enters, true);
		put_number(t, "events", lost->events, true);
		t->lost += lost->calls;
	} else {
		put_number(t, note->kind == NOTE_PARTS ? "parts" : "records", note->missing, true);
	}
	end(t, time);
	if (note->kind == NOTE_LOST)
		put_count(t, &t->tracks.lost, t->lost, time);
}

static void on_probe(struct timeline *t, const struct note *note)
{
	struct track *thread = thread_of(t, note->hit->record.tgid, note->hit->record.tid,
					 note->thread ? note->thread->comm : "", note->time);

	if (!thread)
		return;
	put_instant(t, thread, note->format->name, "probes");
	end(t, note->time);
}

void timeline_note(struct timeline *t, const struct note *note)
{

	if (note->unasked)
		return;
	see(t, note->time);
	switch (note->kind) {
	case NOTE_PROCESS: on_process(t, note); break;
	case NOTE_SIGNAL: on_signal(t, note); break;
	case NOTE_PROBE: on_probe(t, note); break;
	case NOTE_LOST:
	case NOTE_MISSING:
	case NOTE_PARTS: on_lost(t, note); break;
	case NOTE_TEXT:
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
}

void timeline_close(struct timeline *t)
{
	struct tid_entry *e;

	if (t->begun) {
		end_second(t);
		for (e = tid_table_next(&t->tracks.processes, NULL); e;
		     e = tid_table_next(&t->tracks.processes, e))
			end_program(t, (struct track *)e, NULL, t->now);
	}
	tracks_done(&t->tracks);
	show_done(&t->show);
	json_values_close(&t->values);
}
