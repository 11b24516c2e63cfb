// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The OpenTelemetry renderer: a trace for each tape, in it a span for each program that was
 * executed, below it those of its calls; calls as log records.
 */
#include "decode/otlp/attribute.h"
#include "decode/otlp/programs.h"
#include "decode/otlp/resource.h"
#include "decode/render/call_outcome.h"
#include "decode/stream/renderer.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	ID_OF_CALL = 2,
	ID_OF_LOSS = 3,
	OLD = 5, /* seconds that a batch waits for more while nothing comes */
};

struct otlp {
	struct show show;
	struct text words; /* of the call at hand: arguments, result */
	struct text record;
	size_t arguments; /* of `words` */
	struct trace_id trace;
	struct programs programs;
	struct batch spans, logs;
	uint64_t calls, left; /* spans of calls, and those that are not there */
	uint64_t losses;
	bool open; /* a capture is */
};

static int refuse(struct tape_error *why, const char *text)
{
	snprintf(why->text, sizeof(why->text), "%s", text);
	return -EINVAL;
}

static int begin_state(struct render *r, struct tape_error *why)
{
	const struct otlp_options *options = &r->options->otlp;
	struct otlp *o;

	if (options->spans == OTLP_NO_SPANS && !options->logs)
		return refuse(why, "--spans none leaves nothing to send: add --logs");
	if (!options->batches && options->logs && options->spans != OTLP_NO_SPANS)
		return refuse(why, "a file has spans or log records, not both: with --logs, say "
				   "--spans none");
	if (!options->batches && isatty(r->out->fd))
		return refuse(why, "messages of OpenTelemetry do not go to a terminal; name a file "
				   "with -o");
	r->state = o = calloc(1, sizeof(*o));
	if (!o || text_open(&o->words, -1) || text_open(&o->record, -1) ||
	    batch_open(&o->spans, r->out, OTLP_TRACES, options->batches) ||
	    batch_open(&o->logs, r->out, OTLP_LOGS, options->batches))
		return -ENOMEM;
	return 0;
}

/* The number of the capture is random, and the same in all of its files; old tapes have none. */
static void take_trace(struct trace_id *trace, const struct trace_header *header)
{
	uint64_t halves[2] = { record_id(0, header->start, (uint64_t)header->realtime),
			       record_id(0, header->recorder, header->start) };

	memcpy(trace->bytes, header->capture, sizeof(trace->bytes));
	for (size_t i = 0; i < sizeof(trace->bytes); i++)
		if (trace->bytes[i])
			return;
	memcpy(trace->bytes, halves, sizeof(trace->bytes));
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static int64_t shift_of(const struct render *r)
{
	const struct tape_facts *f = r->facts;

	if (!r->options->otlp.relative)
		return 0;
	/* While that is being written nobody knows when it ends: it begins now. */
	return (int64_t)(now() - tape_time(f, r->end ? r->end : f->header->start));
}

static int otlp_begin(struct render *r, struct tape_error *why)
{
	struct otlp *o = r->state;
	int error = o ? 0 : begin_state(r, why);

	o = r->state;
	if (error)
		return error;
	take_trace(&o->trace, r->facts->header);
	o->programs = (struct programs){
		.facts = r->facts,
		.trace = &o->trace,
		.shift = shift_of(r),
		.command_args = r->options->otlp.command_args,
		.batch = r->options->otlp.spans == OTLP_NO_SPANS ? NULL : &o->spans,
	};
	o->open = true;
	if (show_init(&o->show, &o->words, r->options, r->facts, show_families, r->names) ||
	    programs_begin(&o->programs))
		return -ENOMEM;
	o->record.used = 0;
	if (!resource_put(&o->record, r->facts))
		snprintf(r->remark.text, sizeof(r->remark.text),
			 "OTEL_RESOURCE_ATTRIBUTES is no list of KEY=VALUE, and left aside");
	batch_resource(&o->spans, &o->record);
	batch_resource(&o->logs, &o->record);
	return 0;
}

/* strace's words for the call at hand. */
static void make_words(struct render *r, const struct call *call)
{
	struct otlp *o = r->state;

	o->words.used = 0;
	show_call_args(&o->show, call);
	o->arguments = o->words.used;
	if (call->state != CALL_DETACHED && call->state != CALL_LOST_EXIT)
		show_result(&o->show, call);
}

/* Who made it, and what it failed with. */
static void put_caller(struct text *t, uint32_t field, const struct call *call,
		       const struct call_outcome *outcome)
{
	char number[24];

	attribute_number(t, field, "process.pid", call->tgid);
	attribute_number(t, field, "thread.id", call->tid);
	attribute_words(t, field, "thread.name", call->comm);
	snprintf(number, sizeof(number), "%" PRIu64, outcome->error);
	if (outcome->error)
		attribute_words(t, field, "error.type", outcome->name ? outcome->name : number);
	if (call->state != CALL_DONE)
		attribute_words(t, field, "systape.state", call_outcome_state(call->state));
}

/* When a call is over that has no end: as its thread, or the tape. */
static uint64_t end_of(const struct otlp *o, const struct call *call)
{
	return call->state == CALL_UNFINISHED || call->state == CALL_DETACHED ? o->programs.now
									      : call->exit;
}

static void put_span(struct render *r, const struct call *call, const struct call_outcome *outcome,
		     const struct program *program)
{
	struct otlp *o = r->state;
	uint64_t begin = call_time(call), end = end_of(o, call);
	struct span span = {
		.trace = &o->trace,
		.id = record_id(ID_OF_CALL + (call->sequence << 8), call->tid, begin),
		.parent = program->span,
		.name = call->name,
		.name_size = strlen(call->name),
		.begin = programs_time(&o->programs, begin),
		.end = programs_time(&o->programs, end > begin ? end : begin),
	};
	struct text *t = &o->record;

	span_put(t, &span);
	put_caller(t, SPAN_ATTRIBUTE, call, outcome);
	if (call_has_args(call))
		attribute_text(t, SPAN_ATTRIBUTE, "systape.args", o->words.data, o->arguments);
	if (outcome->returned)
		attribute_number(t, SPAN_ATTRIBUTE, "systape.result", outcome->value);
	if (outcome->error)
		span_failed(t, outcome->name ? outcome->name : "failed");
	batch_add(&o->spans, t);
}

/* The line of -l strace, without what stands before the call. */
static void put_line(const struct render *r, struct text *t, const struct call *call)
{
	const struct otlp *o = r->state;
	size_t begin = t->used, column = (size_t)r->options->column;

	text_put(t, call->name);
	text_char(t, '(');
	text_bytes(t, o->words.data, o->arguments);
	if (call->state == CALL_DETACHED || call->state == CALL_LOST_EXIT) {
		text_put(t, call->state == CALL_DETACHED ? " <detached ...>" : " <end lost ...>");
		return;
	}
	text_char(t, ')');
	do
		text_char(t, ' ');
	while (t->used - begin < column && t->used > begin);
	text_put(t, "= ");
	text_bytes(t, o->words.data + o->arguments, o->words.used - o->arguments);
}

static void put_log(struct render *r, const struct call *call, const struct call_outcome *outcome,
		    const struct program *program)
{
	struct otlp *o = r->state;
	struct text *t = &o->record;
	struct log_body body;

	log_put(t, &o->trace, program->span, programs_time(&o->programs, call_time(call)),
		outcome->error ? LOG_WARN : LOG_INFO);
	body = log_body_begin(t);
	put_line(r, t, call);
	log_body_end(t, body);
	attribute_words(t, LOG_ATTRIBUTE, "systape.call", call->name);
	put_caller(t, LOG_ATTRIBUTE, call, outcome);
	batch_add(&o->logs, t);
}

static void otlp_call(struct render *r, const struct call *call)
{
	const struct otlp_options *options = &r->options->otlp;
	struct otlp *o = r->state;
	struct program *program =
		programs_of(&o->programs, call->tgid, call->thread, call_time(call));
	struct call_outcome outcome = call_outcome_of(call);
	bool span = options->spans == OTLP_CALLS && o->calls < options->most;

	if (!program)
		return;
	if (options->spans == OTLP_CALLS && !span) {
		program->left++;
		o->left++;
	}
	if (!span && !options->logs)
		return;
	make_words(r, call);
	if (span)
		put_span(r, call, &outcome, program);
	if (options->logs)
		put_log(r, call, &outcome, program);
	o->calls += span;
}

static void put_loss(struct text *t, uint32_t field, const struct note *note)
{
	const struct trace_lost *lost = note->lost;

	if (note->kind != NOTE_LOST) {
		attribute_number(t, field,
				 note->kind == NOTE_PARTS ? "systape.parts" : "systape.records",
				 note->missing);
		return;
	}
	attribute_number(t, field, "systape.calls", lost->calls);
	attribute_number(t, field, "systape.enters", lost->enters);
	attribute_number(t, field, "systape.events", lost->events);
	attribute_words(t, field, "systape.reason", call_outcome_reason(lost));
}

/* What is not on the tape is a span of its own, that has failed, or a log record. */
static void on_lost(struct render *r, const struct note *note)
{
	const char *name = note->kind == NOTE_LOST ? "lost" : "missing";
	struct otlp *o = r->state;
	uint64_t time = programs_time(&o->programs, note->time ? note->time : o->programs.now);
	struct span span = { .trace = &o->trace,
			     .id = record_id(ID_OF_LOSS, ++o->losses, time),
			     .name = name,
			     .name_size = strlen(name),
			     .begin = time,
			     .end = time };

	if (o->programs.batch) {
		span_put(&o->record, &span);
		put_loss(&o->record, SPAN_ATTRIBUTE, note);
		span_failed(&o->record, name);
		batch_add(&o->spans, &o->record);
	}
	if (r->options->otlp.logs) {
		struct log_body body;

		log_put(&o->record, &o->trace, 0, time, LOG_WARN);
		body = log_body_begin(&o->record);
		text_put(&o->record, name);
		log_body_end(&o->record, body);
		put_loss(&o->record, LOG_ATTRIBUTE, note);
		batch_add(&o->logs, &o->record);
	}
}

/* Processes are followed whatever calls were asked for. */
static void otlp_note(struct render *r, const struct note *note)
{
	struct otlp *o = r->state;

	switch (note->kind) {
	case NOTE_PROCESS: programs_note(&o->programs, note); break;
	case NOTE_LOST:
	case NOTE_MISSING:
	case NOTE_PARTS: on_lost(r, note); break;
	case NOTE_SIGNAL:
	case NOTE_PROBE:
	case NOTE_TEXT:
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
}

/* A live tape: what has waited long enough goes out. */
static void otlp_flush(struct render *r)
{
	struct otlp *o = r->state;
	struct batch *batches[] = { &o->spans, &o->logs };

	for (size_t i = 0; i < sizeof(batches) / sizeof(*batches); i++)
		if (batches[i]->records && time(NULL) - batches[i]->since >= OLD)
			batch_write(batches[i]);
}

static void otlp_end(struct render *r)
{
	struct otlp *o = r->state;

	if (!o || !o->open)
		return;
	o->open = false;
	programs_end(&o->programs);
	batch_write(&o->spans);
	batch_write(&o->logs);
	show_done(&o->show);
}

static int otlp_finish(struct render *r, bool whole, struct tape_error *why)
{
	struct otlp *o = r->state;
	uint64_t too_large;

	if (!o)
		return 0;
	otlp_end(r);
	too_large = o->spans.too_large + o->logs.too_large;
	if (whole && o->left)
		snprintf(r->remark.text, sizeof(r->remark.text),
			 "%" PRIu64 " calls have no span: there are %" PRIu64
			 " of others; --spans calls:N allows more",
			 o->left, o->calls);
	if (whole && too_large)
		snprintf(why->text, sizeof(why->text),
			 "%" PRIu64 " records are larger than servers take, and left out",
			 too_large);
	batch_close(&o->spans);
	batch_close(&o->logs);
	text_close(&o->words);
	text_close(&o->record);
	free(o);
	r->state = NULL;
	return too_large ? -EMSGSIZE : 0;
}

const struct renderer otlp_renderer = {
	.name = "otlp",
	.help = "a trace of programs for OpenTelemetry, sent to OTEL_EXPORTER_OTLP_ENDPOINT or "
		"into "
		"the file of -o",
	.one = true,
	.captures = true,
	.target = TARGET_SERVER,
	.descriptors = true,
	.begin = otlp_begin,
	.call = otlp_call,
	.note = otlp_note,
	.flush = otlp_flush,
	.end = otlp_end,
	.finish = otlp_finish,
};
