/* SPDX-License-Identifier: GPL-2.0-or-later */
/* perf_source: a perf ring as a source of the assembler: samples, losses, and perf's own notes on
 * tasks. Used by the perf backend. */
#ifndef SYSTAPE_PERF_SOURCE_H
#define SYSTAPE_PERF_SOURCE_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/perf_event/perf_ring.h"

/* Which target an event was opened for. Sorted by id: the kernel counts upwards. */
struct perf_id {
	uint64_t id;
	uint32_t tid;
};

struct perf_ids {
	struct perf_id *at;
	size_t count, room;
	bool needed; /* a thread may have the events of two targets */
};

struct perf_source {
	struct assembler_source source;
	struct perf_ring ring;
	const struct tracepoints *points;
	const struct perf_ids *ids; /* NULL: its events do not tell */
	uint64_t lost;		    /* told of, before the next event */
	uint64_t taken;		    /* samples, and those told of as lost */
	uint64_t hits;		    /* that the kernel counted: set before the end */
	uint64_t strayed;	    /* of those lost: no ring has them, though it had room */
	/* A note on a task, put as the tracepoint would have. */
	struct perf_note {
		uint64_t common;
		uint32_t tid, other;
		uint64_t flags;
		char text[16];
	} note;
	bool added;  /* to the assembler */
	bool second; /* a fork is two events: the other is to come */
};

/* The ring is there already. `ids` NULL: the events do not have theirs in what they tell. */
void perf_source_init(struct perf_source *source, uint32_t cpu, enum assembler_lane lane,
		      const struct tracepoints *points, const struct perf_ids *ids);
/* Sets the places of the fields of process tracepoints to those of struct perf_note. */
void perf_source_use_notes(struct tracepoints *points);

#endif
