// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The Perfetto renderer: a trace for ui.perfetto.dev and its trace processor, of protobuf packets.
 * A slice for each call on its thread's track, one for each program on its process's, signals,
 * losses, counters. Sources: track_event.proto, clock_snapshot.proto of Perfetto.
 */
#include "decode/json/json_values.h"
#include "decode/perfetto/annotations.h"
#include "decode/perfetto/protobuf.h"
#include "decode/perfetto/tracks.h"
#include "decode/render/call_outcome.h"
#include "decode/stream/renderer.h"
#include "decode/values/show_families.h"
#include "format/flags/flags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum event_type { SLICE_BEGIN = 1, SLICE_END = 2, INSTANT = 3, COUNT = 4 };

enum {
	CATEGORY_IID = 3, /* of TrackEvent */
	TYPE = 9,
	NAME_IID = 10,
	TRACK_UUID = 11,
	COUNTER_VALUE = 30,
	FLOW = 47,
	FLOW_ENDS = 48,
	CLOCK = 1, /* of ClockSnapshot; the next two of its Clock */
	CLOCK_ID = 1,
	CLOCK_TIME = 2,
	CLOCK_REALTIME_ID = 1, /* enum BuiltinClock */
	CLOCK_MONOTONIC_ID = 3,
	CLOCK_BOOTTIME_ID = 6,
};

static const uint64_t second = 1000000000;

struct perfetto {
	struct show show;
	struct json_values values;
	struct packet packet;
	struct tracks tracks;
	uint64_t now;		 /* the latest time that was seen */
	uint64_t counted, calls; /* second of the counter, and calls in it */
	uint64_t lost;
	bool begun;
};

static void put_clock(struct text *body, unsigned int id, uint64_t time)
{
	size_t clock = protobuf_open(body, CLOCK);

	protobuf_number(body, CLOCK_ID, id);
	protobuf_number(body, CLOCK_TIME, time);
	protobuf_close(body, clock);
}

/* The tape's clock stops while the machine sleeps; how long it has is not known. */
static void put_clocks(struct render *r)
{
	struct perfetto *p = r->state;
	uint64_t start = r->facts->header->start;
	struct text *body = packet_begin(&p->packet, PACKET_CLOCKS);

	put_clock(body, CLOCK_MONOTONIC_ID, start);
	put_clock(body, CLOCK_BOOTTIME_ID, start);
	put_clock(body, CLOCK_REALTIME_ID, tape_time(r->facts, start));
	packet_end(&p->packet, 0);
}

static int perfetto_begin(struct render *r, struct tape_error *why)
{
	struct perfetto *p = calloc(1, sizeof(*p));

	r->state = p;
	if (isatty(r->out->fd)) {
		snprintf(why->text, sizeof(why->text),
			 "a trace of Perfetto does not go to a terminal; name a file with -o");
		return -EINVAL;
	}
	if (!p || show_init(&p->show, r->out, r->options, r->facts, show_families, r->names) ||
	    json_values_open(&p->values, &p->show, false) || packet_init(&p->packet, r->out))
		return -ENOMEM;
	p->now = r->facts->header->start;
	put_clocks(r);
	p->begun = !tracks_init(&p->tracks, &p->packet);
	return p->begun ? 0 : -ENOMEM;
}

static struct text *begin_event(struct perfetto *p, enum event_type type, uint64_t track)
{
	struct text *body = packet_begin(&p->packet, PACKET_TRACK_EVENT);

	protobuf_number(body, TYPE, type);
	protobuf_number(body, TRACK_UUID, track);
	return body;
}

static void put_name(struct perfetto *p, const char *name)
{
	protobuf_number(&p->packet.body, NAME_IID,
			packet_name(&p->packet, PACKET_EVENT, name, strlen(name)));
}

static void put_category(struct perfetto *p, const char *name)
{
	protobuf_number(&p->packet.body, CATEGORY_IID,
			packet_name(&p->packet, PACKET_CATEGORY, name, strlen(name)));
}

static void see(struct perfetto *p, uint64_t time)
{
	p->now = time > p->now ? time : p->now;
}

static void put_count(struct perfetto *p, uint64_t track, uint64_t value, uint64_t time)
{
	struct text *body = begin_event(p, COUNT, track);

	protobuf_number(body, COUNTER_VALUE, value);
	packet_end(&p->packet, time);
}

static void end_second(struct perfetto *p)
{
	if (p->calls)
		put_count(p, TRACK_CALLS, p->calls, p->counted * second);
	p->calls = 0;
}

static void count_call(struct perfetto *p, uint64_t time)
{
	uint64_t at = time / second;

	if (at > p->counted) {
		end_second(p);
		if (p->counted && at > p->counted + 1)
			put_count(p, TRACK_CALLS, 0, (p->counted + 1) * second);
		p->counted = at;
	}
	p->calls++;
}

/* The program that a process runs is a slice on its track. */
static void begin_program(struct perfetto *p, struct track *process, const char *comm,
			  uint64_t time, uint64_t flow)
{
	struct text *body = begin_event(p, SLICE_BEGIN, process->uuid);

	put_name(p, comm);
	put_category(p, "programs");
	if (flow)
		protobuf_fixed64(body, FLOW_ENDS, flow);
	packet_end(&p->packet, time);
	process->open = true;
	process->busy = time;
}

static void end_program(struct perfetto *p, struct track *process, const struct trace_process *end,
			uint64_t time)
{
	char number[24];

	if (!process->open)
		return;
	begin_event(p, SLICE_END, process->uuid);
	if (end && end->record.flags & TRACE_F_NO_ARGS) {
		annotation_text(&p->packet, "end", "unknown", 7);
	} else if (end && WIFSIGNALED(end->code)) {
		unsigned int signal = (unsigned int)WTERMSIG(end->code);
		const char *name = flag_signal_name(signal);

		snprintf(number, sizeof(number), "%u", signal);
		name = name ? name : number;
		annotation_text(&p->packet, "signal", name, strlen(name));
	} else if (end) {
		annotation_number(&p->packet, "exit_code", (uint64_t)WEXITSTATUS(end->code), false);
	}
	packet_end(&p->packet, time > process->busy ? time : process->busy);
	process->open = false;
}

/* The thread's track; its process's has a slice by then. */
static struct track *thread_of(struct perfetto *p, uint32_t tgid, uint32_t tid, const char *comm,
			       uint64_t time)
{
	struct track *thread = tracks_thread(&p->tracks, tgid, tid, comm);
	struct track *process = tracks_process(&p->tracks, tgid, comm);

	if (process && !process->open)
		begin_program(p, process, comm, time, 0);
	return process ? thread : NULL;
}

static void put_categories(struct perfetto *p, const struct call *call)
{
	uint32_t classes = call->desc ? call->desc->classes : 0;

	for (unsigned int i = 0; i < DESC_CLASSES; i++)
		if (classes >> i & 1)
			put_category(p, desc_class_name(i));
	if (!classes)
		put_category(p, "other");
}

static void put_result(struct perfetto *p, const struct call_outcome *o)
{
	if (o->returned)
		annotation_number(&p->packet, "result", o->value, o->is_unsigned);
	if (o->error && o->name)
		annotation_text(&p->packet, "error", o->name, strlen(o->name));
	if (o->error)
		annotation_number(&p->packet, "errno", o->error, false);
}

static void put_args(struct perfetto *p, const struct call *call)
{
	struct text *t = &p->values.text;

	if (!call->args_known)
		return;
	json_values_begin(&p->show);
	show_call_args(&p->show, call);
	json_values_end(&p->show);
	text_char(t, 0);
	if (!t->error)
		annotation_json(&p->packet, "args", t->data, t->used - 1);
}

/* When a call is over that has no end: as its thread, or the tape; a lost end may have been at any
 * time before the next call. */
static uint64_t end_of(const struct perfetto *p, const struct call *call, uint64_t begin)
{
	uint64_t end = call->exit;

	if (call->state == CALL_UNFINISHED || call->state == CALL_DETACHED)
		end = p->now;
	return end > begin ? end : begin;
}

static void perfetto_call(struct render *r, const struct call *call)
{
	struct call_outcome outcome = call_outcome_of(call);
	struct perfetto *p = r->state;
	uint64_t begin = call_time(call), end;
	struct track *thread = thread_of(p, call->tgid, call->tid, call->comm, begin);

	if (!thread)
		return;
	begin = begin > thread->busy ? begin : thread->busy;
	see(p, begin);
	end = end_of(p, call, begin);
	see(p, end);
	begin_event(p, SLICE_BEGIN, thread->uuid);
	put_name(p, call->name);
	put_categories(p, call);
	put_args(p, call);
	put_result(p, &outcome);
	if (call->state != CALL_DONE) {
		const char *state = call_outcome_state(call->state);

		annotation_text(&p->packet, "state", state, strlen(state));
	}
	if (call->enter_lost)
		annotation_text(&p->packet, "begin", "lost", 4);
	packet_end(&p->packet, begin);
	begin_event(p, SLICE_END, thread->uuid);
	packet_end(&p->packet, end);
	thread->busy = end;
	count_call(p, end);
}

static void put_instant(struct perfetto *p, uint64_t track, const char *name, const char *category)
{
	begin_event(p, INSTANT, track);
	put_name(p, name);
	put_category(p, category);
}

/* A flow leads from the parent's call to what the child's track begins with. */
static void on_fork(struct perfetto *p, const struct note *note)
{
	const struct trace_process *f = note->process;
	const char *comm = note->thread ? note->thread->comm : "";
	struct track *parent = thread_of(p, f->record.tgid, f->record.tid, comm, note->time);
	bool thread = f->other_tgid == f->record.tgid;
	struct track *child;
	char name[17] = { 0 };

	memcpy(name, f->comm, sizeof(f->comm));
	tracks_end_thread(&p->tracks, f->other_tid);
	if (!thread)
		tracks_end_process(&p->tracks, f->other_tgid);
	child = tracks_thread(&p->tracks, f->other_tgid, f->other_tid, name);
	if (!parent || !child)
		return;
	put_instant(p, parent->uuid, thread ? "new thread" : "new process", "forks");
	protobuf_fixed64(&p->packet.body, FLOW, child->uuid);
	annotation_number(&p->packet, "tid", f->other_tid, true);
	packet_end(&p->packet, note->time);
	if (thread) {
		put_instant(p, child->uuid, "begin", "forks");
		protobuf_fixed64(&p->packet.body, FLOW_ENDS, child->uuid);
		packet_end(&p->packet, note->time);
	} else {
		begin_program(p, tracks_known(&p->tracks, f->other_tgid), name, note->time,
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
static void on_program(struct perfetto *p, const struct note *note)
{
	const struct trace_process *r = note->process;
	struct track *process;
	size_t size, length;
	const char *cmdline = piece_of(r, TRACE_P_CMDLINE, &length),
		   *path = piece_of(r, TRACE_P_EXE, &size);
	char name[17] = { 0 };

	memcpy(name, r->comm, sizeof(r->comm));
	process = tracks_process(&p->tracks, r->record.tgid, name);
	if (!process)
		return;
	end_program(p, process, NULL, note->time);
	tracks_rename_process(&p->tracks, r->record.tgid, name, cmdline, length);
	tracks_rename_thread(&p->tracks, r->record.tgid, r->record.tid, name);
	begin_event(p, SLICE_BEGIN, process->uuid);
	put_name(p, name);
	put_category(p, "programs");
	if (path)
		annotation_text(&p->packet, "path", path, size);
	packet_end(&p->packet, note->time > process->busy ? note->time : process->busy);
	process->open = true;
}

static void on_end(struct perfetto *p, const struct note *note)
{
	const struct trace_process *r = note->process;
	struct track *process = tracks_known(&p->tracks, r->record.tgid);

	if (process && r->record.flags & TRACE_F_LEADER) {
		end_program(p, process, r, note->time);
		tracks_end_process(&p->tracks, r->record.tgid);
	}
	tracks_end_thread(&p->tracks, r->record.tid);
}

static void on_process(struct perfetto *p, const struct note *note)
{
	const struct trace_process *r = note->process;
	char name[17] = { 0 };

	memcpy(name, r->comm, sizeof(r->comm));
	switch (r->record.type) {
	case TRACE_FORK: on_fork(p, note); break;
	case TRACE_EXISTING:
		if (r->record.tid == r->record.tgid)
			on_program(p, note);
		else
			thread_of(p, r->record.tgid, r->record.tid, name, note->time);
		break;
	case TRACE_EXEC: on_program(p, note); break;
	case TRACE_COMM:
		tracks_rename_thread(&p->tracks, r->record.tgid, r->record.tid, name);
		break;
	case TRACE_END: on_end(p, note); break;
	}
}

static void on_signal(struct perfetto *p, const struct note *note)
{
	const struct trace_signal *s = note->signal;
	const char *name = flag_signal_name(s->signal);
	struct track *thread = thread_of(p, s->record.tgid, s->record.tid,
					 note->thread ? note->thread->comm : "", note->time);

	if (!thread)
		return;
	put_instant(p, thread->uuid, name ? name : "signal", "signals");
	annotation_number(&p->packet, "signal", s->signal, true);
	packet_end(&p->packet, note->time);
}

static void on_lost(struct perfetto *p, const struct note *note)
{
	const struct trace_lost *lost = note->lost;
	uint64_t time = note->time ? note->time : p->now;

	put_instant(p, TRACK_LOSSES, note->kind == NOTE_LOST ? "lost" : "missing", "losses");
	if (note->kind == NOTE_LOST) {
		annotation_number(&p->packet, "calls", lost->calls, true);
		annotation_number(&p->packet, "enters", lost->enters, true);
		annotation_number(&p->packet, "events", lost->events, true);
		p->lost += lost->calls;
	} else {
		annotation_number(&p->packet, note->kind == NOTE_PARTS ? "parts" : "records",
				  note->missing, true);
	}
	packet_end(&p->packet, time);
	if (note->kind == NOTE_LOST)
		put_count(p, TRACK_LOST, p->lost, time);
}

static void on_probe(struct perfetto *p, const struct note *note)
{
	struct track *thread = thread_of(p, note->hit->record.tgid, note->hit->record.tid,
					 note->thread ? note->thread->comm : "", note->time);

	if (!thread)
		return;
	put_instant(p, thread->uuid, note->format->name, "probes");
	packet_end(&p->packet, note->time);
}

static void perfetto_note(struct render *r, const struct note *note)
{
	struct perfetto *p = r->state;

	if (note->unasked)
		return;
	see(p, note->time);
	switch (note->kind) {
	case NOTE_PROCESS: on_process(p, note); break;
	case NOTE_SIGNAL: on_signal(p, note); break;
	case NOTE_PROBE: on_probe(p, note); break;
	case NOTE_LOST:
	case NOTE_MISSING:
	case NOTE_PARTS: on_lost(p, note); break;
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
}

static void perfetto_end(struct render *r)
{
	struct perfetto *p = r->state;
	struct tid_entry *e;

	if (!p)
		return;
	if (p->begun) {
		end_second(p);
		for (e = tid_table_next(&p->tracks.processes, NULL); e;
		     e = tid_table_next(&p->tracks.processes, e))
			end_program(p, (struct track *)e, NULL, p->now);
	}
	tracks_done(&p->tracks);
	packet_done(&p->packet);
	show_done(&p->show);
	json_values_close(&p->values);
	free(p);
}

const struct renderer perfetto_renderer = {
	.name = "perfetto",
	.help = "a trace for ui.perfetto.dev: use -o FILE.pftrace",
	.one = true,
	.descriptors = true,
	.begin = perfetto_begin,
	.call = perfetto_call,
	.note = perfetto_note,
	.end = perfetto_end,
};
