// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The CTF renderer: a trace for babeltrace2 and Trace Compass, a folder with a file for each CPU
 * and one that describes them. An event for each beginning and each end of a call.
 */
#include "decode/ctf/ctf_metadata.h"
#include "decode/ctf/ctf_streams.h"
#include "decode/events/process.h"
#include "decode/stream/renderer.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct ctf {
	struct ctf_metadata metadata;
	struct ctf_streams streams;
	struct show show;
	struct text words;
	struct tape_error why;
	uint64_t now; /* the latest time that was seen */
};

static int ctf_begin(struct render *r, struct tape_error *why)
{
	struct ctf *c = calloc(1, sizeof(*c));

	(void)why;
	r->state = c;
	if (!c || text_open(&c->words, -1) ||
	    show_init(&c->show, &c->words, r->options, r->facts, show_families, r->names) ||
	    ctf_metadata_init(&c->metadata) || ctf_streams_init(&c->streams))
		return -ENOMEM;
	c->streams.folder = r->folder;
	c->streams.rules = r->rules;
	c->streams.uuid = r->facts->header->capture;
	c->streams.start = c->now = r->facts->header->start;
	c->streams.why = &c->why;
	return 0;
}

/* Bytes of a tape, without a NUL. */
static void put_string(struct text *t, const void *bytes, size_t size)
{
	text_escaped(t, bytes, size, NULL);
	text_char(t, 0);
}

/* An event's header and context; its fields follow. */
static struct text *begin_event(struct ctf *c, uint32_t cpu, uint32_t event, uint64_t time,
				uint32_t tgid, uint32_t tid, const char *comm)
{
	struct text *t = ctf_streams_begin(&c->streams, cpu, event, time);

	c->now = time > c->now ? time : c->now;
	if (!t)
		return NULL;
	ctf_put(t, tgid, 4);
	ctf_put(t, tid, 4);
	put_string(t, comm, strlen(comm));
	return t;
}

static void put_argument(struct text *t, const struct ctf_field *field, const struct call *call,
			 int i)
{
	struct tape_piece piece;

	if (field->type == CTF_SKIPPED)
		return;
	if (field->type != CTF_STRING)
		ctf_put(t, call->arg[i], field->bytes);
	else if (call->arg[i] && call_string(call, call->arg[i], &piece))
		put_string(t, piece.data, strnlen(piece.data, piece.piece.length));
	else
		text_char(t, 0);
}

static void put_entry(struct ctf *c, const struct ctf_class *class, const struct call *call)
{
	uint64_t time = call_time(call);
	struct text *t = begin_event(c, call->cpu, class->entry, time ? time : c->now, call->tgid,
				     call->tid, call->comm_begun);

	if (!t)
		return;
	if (class->unknown)
		ctf_put(t, call->nr, 4);
	for (int i = 0; i < class->fields; i++)
		put_argument(t, &class->field[i], call, i);
	ctf_streams_end(&c->streams);
}

static void put_exit(struct ctf *c, const struct ctf_class *class, const struct call *call)
{
	uint64_t time = call->exit ? call->exit : call_time(call);
	struct text *t = begin_event(c, call->cpu, class->exit, time ? time : c->now, call->tgid,
				     call->tid, call->comm);

	if (!t)
		return;
	if (class->unknown)
		ctf_put(t, call->nr, 4);
	ctf_put(t, (uint64_t)call->result, 8);
	c->words.used = 0;
	if (call_has_args(call))
		show_call_args(&c->show, call);
	text_bytes(t, c->words.data, strnlen(c->words.data, c->words.used));
	text_char(t, 0);
	ctf_streams_end(&c->streams);
}

static void keep_error(struct render *r)
{
	const struct ctf *c = r->state;
	int error = c->streams.error ? c->streams.error : c->words.error;

	if (error && !r->out->error)
		r->out->error = error;
}

static void ctf_begun(struct render *r, const struct call *call)
{
	struct ctf *c = r->state;
	const struct ctf_class *class = ctf_metadata_call(&c->metadata, call);

	if (class)
		put_entry(c, class, call);
	keep_error(r);
}

static void ctf_call(struct render *r, const struct call *call)
{
	struct ctf *c = r->state;
	const struct ctf_class *class = ctf_metadata_call(&c->metadata, call);

	if (!class) {
		r->out->error = -ENOMEM;
		return;
	}
	if (!call->begun && !call->enter_lost)
		put_entry(c, class, call);
	if (call->state == CALL_DONE)
		put_exit(c, class, call);
	keep_error(r);
}

static const char *comm_of(const struct note *note)
{
	return note->thread ? note->thread->comm : "";
}

static void on_process(struct ctf *c, const struct note *note)
{
	static const uint32_t events[] = {
		[TRACE_FORK] = CTF_FORK, [TRACE_EXEC] = CTF_EXEC, [TRACE_END] = CTF_EXIT
	};
	const struct trace_process *p = note->process;
	const struct trace_record *record = &p->record;
	const struct process *process = note->thread ? note->thread->process : NULL;
	const struct process_text *exe = process ? process->exe : NULL;
	const char *comm = comm_of(note);
	struct text *t;

	if (record->type != TRACE_FORK && record->type != TRACE_EXEC && record->type != TRACE_END)
		return;
	t = begin_event(c, note->cpu, events[record->type], note->time, record->tgid, record->tid,
			comm);
	if (!t)
		return;
	if (record->type == TRACE_EXEC)
		put_string(t, exe ? exe->text : "", exe ? exe->size : 0);
	else
		put_string(t, comm, strlen(comm));
	ctf_put(t, record->tid, 4);
	switch (record->type) {
	case TRACE_FORK:
		ctf_put(t, record->tgid, 4);
		put_string(t, p->comm, strnlen(p->comm, sizeof(p->comm)));
		ctf_put(t, p->other_tid, 4);
		ctf_put(t, p->other_tgid, 4);
		break;
	case TRACE_EXEC: ctf_put(t, p->other_tid, 4); break;
	case TRACE_END: ctf_put(t, (uint32_t)p->code, 4); break;
	}
	ctf_streams_end(&c->streams);
}

static void on_signal(struct ctf *c, const struct note *note)
{
	const struct trace_signal *s = note->signal;
	struct text *t = begin_event(c, note->cpu, CTF_SIGNAL, note->time, s->record.tgid,
				     s->record.tid, comm_of(note));

	if (!t)
		return;
	ctf_put(t, s->signal, 4);
	ctf_streams_end(&c->streams);
}

static void on_probe(struct ctf *c, const struct note *note)
{
	struct text *t = begin_event(c, note->cpu, CTF_PROBE, note->time, note->hit->record.tgid,
				     note->hit->record.tid, comm_of(note));

	if (!t)
		return;
	put_string(t, note->format->name, strlen(note->format->name));
	ctf_streams_end(&c->streams);
}

static void ctf_note(struct render *r, const struct note *note)
{
	struct ctf *c = r->state;
	uint64_t time = note->time ? note->time : c->now;

	if (note->unasked)
		return;
	switch (note->kind) {
	case NOTE_PROCESS: on_process(c, note); break;
	case NOTE_SIGNAL: on_signal(c, note); break;
	case NOTE_PROBE: on_probe(c, note); break;
	case NOTE_LOST: /* a call would have been two events */
		ctf_streams_lost(&c->streams, note->cpu, time,
				 2 * note->lost->calls + note->lost->enters + note->lost->events,
				 0);
		break;
	case NOTE_MISSING: ctf_streams_lost(&c->streams, note->cpu, time, note->missing, 0); break;
	case NOTE_PARTS: ctf_streams_lost(&c->streams, note->cpu, time, 0, note->missing); break;
	case NOTE_TEXT:
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
	keep_error(r);
}

static void ctf_end(struct render *r)
{
	struct ctf *c = r->state;

	if (!c)
		return;
	if (c->streams.streams && !r->out->error && !ctf_streams_finish(&c->streams)) {
		c->words.used = 0;
		ctf_metadata_write(&c->metadata, r->facts, &c->words);
		ctf_streams_file(&c->streams, "metadata", &c->words, false);
	}
	keep_error(r);
	if (c->streams.displaced)
		snprintf(r->remark.text, sizeof(r->remark.text),
			 "%" PRIu64 " beginnings of calls stand later than they were: they were "
			 "told too late",
			 c->streams.displaced);
	ctf_streams_done(&c->streams);
	ctf_metadata_done(&c->metadata);
	show_done(&c->show);
	text_close(&c->words);
	free(c);
}

/* A trace is of use when it is whole. */
static void ctf_flush(struct render *r)
{
	(void)r;
}

const struct renderer ctf_renderer = {
	.name = "ctf",
	.help = "a trace of the Common Trace Format for babeltrace2 and Trace Compass, the folder "
		"of -o",
	.one = true,
	.target = TARGET_FOLDER,
	.descriptors = true,
	.begin = ctf_begin,
	.begun = ctf_begun,
	.call = ctf_call,
	.note = ctf_note,
	.flush = ctf_flush,
	.end = ctf_end,
};
