// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The Perfetto renderer: a trace for ui.perfetto.dev and its trace processor, of protobuf packets.
 * timeline says what is in it. Sources: track_event.proto, track_descriptor.proto,
 * process_descriptor.proto, thread_descriptor.proto, clock_snapshot.proto of Perfetto.
 */
#include "decode/perfetto/annotations.h"
#include "decode/perfetto/timeline.h"
#include "decode/text/protobuf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

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
	UUID = 1, /* of TrackDescriptor */
	NAME = 2,
	PROCESS = 3,
	THREAD = 4,
	PARENT = 5,
	COUNTER = 8,
	PID = 1, /* of ProcessDescriptor and ThreadDescriptor */
	CMDLINE = 2,
	PROCESS_NAME = 6,
	TID = 2,
	THREAD_NAME = 5,
};

/* enum Type of TrackEvent */
static const unsigned int types[] = {
	[TIMELINE_BEGIN] = 1,	[TIMELINE_SLICE] = 1, [TIMELINE_END] = 2,
	[TIMELINE_INSTANT] = 3, [TIMELINE_COUNT] = 4,
};

struct perfetto {
	struct timeline timeline;
	struct packet packet;
	enum timeline_event event; /* the one at hand */
	uint64_t uuid;
};

static void put_process(void *to, const struct track *track, const char *comm, const char *cmdline,
			size_t size)
{
	struct perfetto *p = to;
	struct text *body = packet_begin(&p->packet, PACKET_TRACK);
	size_t opened;

	protobuf_number(body, UUID, track->uuid);
	opened = protobuf_open(body, PROCESS);
	protobuf_number(body, PID, track->tgid);
	for (size_t length; cmdline && size; cmdline += length, size -= length) {
		length = strnlen(cmdline, size);
		protobuf_string(body, CMDLINE, cmdline, length);
		length += length < size;
	}
	protobuf_string(body, PROCESS_NAME, comm, strlen(comm));
	protobuf_close(body, opened);
	packet_end(&p->packet, 0);
}

static void put_thread(void *to, const struct track *track, const struct track *process,
		       const char *comm)
{
	struct perfetto *p = to;
	struct text *body = packet_begin(&p->packet, PACKET_TRACK);
	size_t opened;

	protobuf_number(body, UUID, track->uuid);
	protobuf_number(body, PARENT, process->uuid);
	opened = protobuf_open(body, THREAD);
	protobuf_number(body, PID, process->tgid);
	protobuf_number(body, TID, track->entry.tid);
	protobuf_string(body, THREAD_NAME, comm, strlen(comm));
	protobuf_close(body, opened);
	packet_end(&p->packet, 0);
}

static void put_other(void *to, const struct track *track)
{
	struct perfetto *p = to;
	struct text *body = packet_begin(&p->packet, PACKET_TRACK);
	size_t opened;

	protobuf_number(body, UUID, track->uuid);
	protobuf_string(body, NAME, track->name, strlen(track->name));
	if (track->kind == TRACK_COUNTER) {
		opened = protobuf_open(body, COUNTER);
		protobuf_close(body, opened);
	}
	packet_end(&p->packet, 0);
}

static void begin_event(void *to, enum timeline_event event, const struct track *track)
{
	struct perfetto *p = to;
	struct text *body = packet_begin(&p->packet, PACKET_TRACK_EVENT);

	p->event = event;
	p->uuid = track->uuid;
	protobuf_number(body, TYPE, types[event]);
	protobuf_number(body, TRACK_UUID, track->uuid);
}

static void end_event(void *to, uint64_t time, uint64_t until)
{
	struct perfetto *p = to;
	struct text *body;

	packet_end(&p->packet, time);
	if (p->event != TIMELINE_SLICE)
		return;
	body = packet_begin(&p->packet, PACKET_TRACK_EVENT);
	protobuf_number(body, TYPE, types[TIMELINE_END]);
	protobuf_number(body, TRACK_UUID, p->uuid);
	packet_end(&p->packet, until);
}

static void put_name(void *to, const char *name)
{
	struct perfetto *p = to;

	protobuf_number(&p->packet.body, NAME_IID,
			packet_name(&p->packet, PACKET_EVENT, name, strlen(name)));
}

static void put_category(void *to, const char *name)
{
	struct perfetto *p = to;

	protobuf_number(&p->packet.body, CATEGORY_IID,
			packet_name(&p->packet, PACKET_CATEGORY, name, strlen(name)));
}

static void put_number(void *to, const char *name, uint64_t value, bool is_unsigned)
{
	struct perfetto *p = to;

	annotation_number(&p->packet, name, value, is_unsigned);
}

static void put_text(void *to, const char *name, const char *bytes, size_t size)
{
	struct perfetto *p = to;

	annotation_text(&p->packet, name, bytes, size);
}

static void put_json(void *to, const char *name, const char *json, size_t size)
{
	struct perfetto *p = to;

	annotation_json(&p->packet, name, json, size);
}

static void put_value(void *to, uint64_t value)
{
	struct perfetto *p = to;

	protobuf_number(&p->packet.body, COUNTER_VALUE, value);
}

static void put_flow(void *to, uint64_t flow, bool ends)
{
	struct perfetto *p = to;

	protobuf_fixed64(&p->packet.body, ends ? FLOW_ENDS : FLOW, flow);
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

	(void)why;
	r->state = p;
	if (!p || timeline_open(&p->timeline, r, &writer, p, false) ||
	    packet_init(&p->packet, r->out))
		return -ENOMEM;
	put_clocks(r);
	return timeline_begin(&p->timeline);
}

static void perfetto_call(struct render *r, const struct call *call)
{
	struct perfetto *p = r->state;

	timeline_call(&p->timeline, call);
}

static void perfetto_note(struct render *r, const struct note *note)
{
	struct perfetto *p = r->state;

	timeline_note(&p->timeline, note);
}

static void perfetto_end(struct render *r)
{
	struct perfetto *p = r->state;

	if (!p)
		return;
	timeline_close(&p->timeline);
	packet_done(&p->packet);
	free(p);
}

const struct renderer perfetto_renderer = {
	.name = "perfetto",
	.help = "a trace for ui.perfetto.dev: use -o FILE.pftrace",
	.one = true,
	.descriptors = true,
	.target = TARGET_FILE,
	.begin = perfetto_begin,
	.call = perfetto_call,
	.note = perfetto_note,
	.end = perfetto_end,
};
