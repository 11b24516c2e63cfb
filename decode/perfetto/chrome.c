// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The Chrome renderer: trace events as JSON, for chrome://tracing and what reads them. timeline
 * says what is in it. Source: Trace Event Format, of the Catapult project.
 */
#include "decode/json/json_string.h"
#include "decode/perfetto/timeline.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

struct chrome {
	struct timeline timeline;
	struct text *out;
	struct text name, categories, args; /* of the event at hand, as JSON */
	struct text plain;
	enum timeline_event event;
	const struct track *track;
	uint64_t flow; /* that begins or ends there; 0: none does */
	bool flow_ends, any;
};

/* Bytes of a tape as a string; what is not printable ASCII becomes \xHH. */
static void put_string(struct chrome *c, struct text *out, const char *bytes, size_t size)
{
	c->plain.used = 0;
	text_escaped(&c->plain, bytes, size, NULL);
	json_string(out, c->plain.data, c->plain.used);
}

static void put_time(struct text *out, const char *name, uint64_t ns)
{
	text_printf(out, ",\"%s\":%" PRIu64 ".", name, ns / 1000);
	text_padded(out, ns % 1000, 3);
}

/* What belongs to no process is the whole trace's. */
static void put_head(struct chrome *c, const char *phase, const struct track *track)
{
	text_printf(c->out, "%s{\"ph\":\"%s\"", c->any ? ",\n" : "", phase);
	if (track->kind == TRACK_PROCESS || track->kind == TRACK_THREAD)
		text_printf(c->out, ",\"pid\":%u,\"tid\":%u", track->tgid, track->entry.tid);
	c->any = true;
}

static void put_metadata(struct chrome *c, const struct track *track, const char *what,
			 const char *key, const char *bytes, size_t size)
{
	put_head(c, "M", track);
	text_printf(c->out, ",\"name\":\"%s\",\"args\":{\"%s\":", what, key);
	put_string(c, c->out, bytes, size);
	text_put(c->out, "}}");
}

static void put_process(void *to, const struct track *track, const char *comm, const char *cmdline,
			size_t size)
{
	struct chrome *c = to;

	put_metadata(c, track, "process_name", "name", comm, strlen(comm));
	if (!cmdline || !size)
		return;
	put_head(c, "M", track);
	text_put(c->out, ",\"name\":\"process_labels\",\"args\":{\"labels\":");
	c->name.used = 0;
	for (size_t length; size; cmdline += length, size -= length) {
		length = strnlen(cmdline, size);
		text_put(&c->name, c->name.used ? " " : "");
		text_bytes(&c->name, cmdline, length);
		length += length < size;
	}
	put_string(c, c->out, c->name.data, c->name.used);
	text_put(c->out, "}}");
}

static void put_thread(void *to, const struct track *track, const struct track *process,
		       const char *comm)
{
	(void)process;
	put_metadata(to, track, "thread_name", "name", comm, strlen(comm));
}

/* Its events have its name. */
static void put_other(void *to, const struct track *track)
{
	(void)to;
	(void)track;
}

static void begin_event(void *to, enum timeline_event event, const struct track *track)
{
	struct chrome *c = to;

	c->event = event;
	c->track = track;
	c->name.used = c->categories.used = c->args.used = 0;
	c->flow = 0;
}

static void put_name(void *to, const char *name)
{
	struct chrome *c = to;

	put_string(c, &c->name, name, strlen(name));
}

static void put_category(void *to, const char *name)
{
	struct chrome *c = to;

	text_put(&c->categories, c->categories.used ? "," : "");
	text_put(&c->categories, name);
}

static void put_key(struct chrome *c, const char *name)
{
	text_printf(&c->args, "%s\"%s\":", c->args.used ? "," : "", name);
}

static void put_number(void *to, const char *name, uint64_t value, bool is_unsigned)
{
	struct chrome *c = to;

	put_key(c, name);
	json_integer(&c->args, value, !is_unsigned, true);
}

static void put_text(void *to, const char *name, const char *bytes, size_t size)
{
	struct chrome *c = to;

	put_key(c, name);
	put_string(c, &c->args, bytes, size);
}

static void put_json(void *to, const char *name, const char *json, size_t size)
{
	struct chrome *c = to;

	put_key(c, name);
	text_bytes(&c->args, json, size);
}

static void put_value(void *to, uint64_t value)
{
	put_number(to, "value", value, true);
}

static void put_flow(void *to, uint64_t flow, bool ends)
{
	struct chrome *c = to;

	c->flow = flow;
	c->flow_ends = ends;
}

/* The programs of a process are no slices of a thread, but of an id. */
static const char *phase_of(const struct chrome *c)
{
	static const char *const phases[] = {
		[TIMELINE_BEGIN] = "b",	  [TIMELINE_END] = "e",	  [TIMELINE_SLICE] = "X",
		[TIMELINE_INSTANT] = "i", [TIMELINE_COUNT] = "C",
	};

	return phases[c->event];
}

static void put_body(struct chrome *c)
{
	struct text *out = c->out;

	text_put(out, ",\"name\":");
	if (c->name.used)
		text_bytes(out, c->name.data, c->name.used);
	else if (c->event == TIMELINE_END)
		put_string(c, out, c->track->program, strlen(c->track->program));
	else
		text_printf(out, "\"%s\"", c->track->name);
	text_put(out, ",\"cat\":\"");
	if (c->event == TIMELINE_END)
		text_put(out, "programs");
	text_bytes(out, c->categories.data, c->categories.used);
	text_char(out, '"');
	if (c->event == TIMELINE_BEGIN || c->event == TIMELINE_END)
		text_printf(out, ",\"id2\":{\"local\":\"0x%" PRIx64 "\"}", c->track->uuid);
	if (c->event == TIMELINE_INSTANT)
		text_printf(out, ",\"s\":\"%c\"", c->track->kind == TRACK_THREAD ? 't' : 'g');
	if (c->args.used) {
		text_put(out, ",\"args\":{");
		text_bytes(out, c->args.data, c->args.used);
		text_char(out, '}');
	}
	text_char(out, '}');
}

/* An event of its own, bound to the slice around it; where that is a program's, which is none of a
 * thread, to the next one. */
static void put_arrow(struct chrome *c, uint64_t time)
{
	put_head(c, c->flow_ends ? "f" : "s", c->track);
	put_time(c->out, "ts", time);
	text_printf(c->out, ",\"name\":\"fork\",\"cat\":\"forks\",\"id\":%" PRIu64 "%s}", c->flow,
		    c->flow_ends && c->event == TIMELINE_SLICE ? ",\"bp\":\"e\"" : "");
}

static void end_event(void *to, uint64_t time, uint64_t until)
{
	struct chrome *c = to;

	if (c->flow && c->event == TIMELINE_INSTANT) { /* flows are bound to slices */
		c->event = TIMELINE_SLICE;
		until = time + 1;
	}
	put_head(c, phase_of(c), c->track);
	put_time(c->out, "ts", time);
	if (c->event == TIMELINE_SLICE)
		put_time(c->out, "dur", until - time);
	put_body(c);
	if (c->flow)
		put_arrow(c, time);
	if (c->name.error || c->categories.error || c->args.error || c->plain.error)
		c->out->error = c->out->error ? c->out->error : -ENOMEM;
}

static const struct timeline_writer writer = {
	.process = put_process,
	.thread = put_thread,
	.other = put_other,
	.begin = begin_event,
	.name = put_name,
	.category = put_category,
	.number = put_number,
	.text = put_text,
	.json = put_json,
	.value = put_value,
	.flow = put_flow,
	.end = end_event,
};

static void put_fact(struct chrome *c, const char *name, const char *value)
{
	text_printf(c->out, ",\"%s\":", name);
	put_string(c, c->out, value, strlen(value));
}

/* Where the time of day was, since times are those of a clock of the machine's own. */
static void put_facts(struct chrome *c, const struct tape_facts *facts)
{
	uint64_t start = facts->header->start;

	text_put(c->out, "{\"otherData\":{\"clock\":\"monotonic\"");
	text_printf(c->out, ",\"start\":\"%" PRIu64 "\",\"start_since_1970\":\"%" PRIu64 "\"",
		    start, tape_time(facts, start));
	put_fact(c, "systape", facts->recorder);
	put_fact(c, "host", facts->host);
	put_fact(c, "kernel", facts->kernel);
	put_fact(c, "command", facts->command);
	text_put(c->out, "},\"traceEvents\":[\n");
}

static int chrome_begin(struct render *r, struct tape_error *why)
{
	struct chrome *c = calloc(1, sizeof(*c));

	(void)why;
	r->state = c;
	if (!c || timeline_open(&c->timeline, r, &writer, c, true) || text_open(&c->name, -1) ||
	    text_open(&c->categories, -1) || text_open(&c->args, -1) || text_open(&c->plain, -1))
		return -ENOMEM;
	c->out = r->out;
	put_facts(c, r->facts);
	return timeline_begin(&c->timeline);
}

static void chrome_call(struct render *r, const struct call *call)
{
	struct chrome *c = r->state;

	timeline_call(&c->timeline, call);
}

static void chrome_note(struct render *r, const struct note *note)
{
	struct chrome *c = r->state;

	timeline_note(&c->timeline, note);
}

static void chrome_end(struct render *r)
{
	struct chrome *c = r->state;

	if (!c)
		return;
	timeline_close(&c->timeline);
	if (c->out)
		text_put(c->out, "\n]}\n");
	text_close(&c->name);
	text_close(&c->categories);
	text_close(&c->args);
	text_close(&c->plain);
	free(c);
}

const struct renderer chrome_renderer = {
	.name = "chrome",
	.help = "trace events as JSON, for chrome://tracing: for small tapes",
	.one = true,
	.descriptors = true,
	.begin = chrome_begin,
	.call = chrome_call,
	.note = chrome_note,
	.end = chrome_end,
};
