/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * perf_events: the events that the perf backend has opened, and their rings: one per CPU and lane,
 * which belongs to an event that never happens, so that it is there before those that write into it
 * and does not end with the thread of the first of them.
 */
#ifndef SYSTAPE_PERF_EVENTS_H
#define SYSTAPE_PERF_EVENTS_H

#include "tracer/perf/perf_source.h"
#include "tracer/perf_event/perf_open.h"

struct perf_event {
	int fd, cpu;
	enum tracepoint_kind kind; /* TP_KINDS: notes on tasks */
};

struct perf_events {
	const struct backend_settings *settings;
	struct tracepoints *points;
	struct event_assembler *assembler;
	struct perf_source *sources; /* [cpu * ASSEMBLER_LANES + lane] */
	struct perf_event *at;
	size_t count;
	struct perf_ids ids;
	char *filters[2]; /* of beginnings and of ends, NULL: none; set before the first is enabled
			   */
	int cpus, bell;
	int hotplug;	/* descriptor, or negative */
	uint32_t whole; /* kinds that are open on whole CPUs, a bit each */
	uint64_t room;	/* bytes of rings per CPU */
	bool notes;	/* in place of process tracepoints */
};

/* Takes `events` as zeroed but for settings, points, assembler, cpus and room: 0 or -ENOMEM. */
int perf_events_init(struct perf_events *events);
void perf_events_free(struct perf_events *events);

/*
 * Opens an event (TP_KINDS: notes on tasks) on every CPU there is; CPUs that are offline are left
 * out. Those of a CPU as a whole are still to be enabled. Those of a thread are on from the
 * beginning, as events that are inherited must be: enabled one after the other, they may stay off
 * in a thread that is being made, and its parent comes to have these (the kernel exchanges equal
 * contexts at a switch). 0 or a negative errno.
 */
int perf_events_add(struct perf_events *events, enum tracepoint_kind kind, pid_t tid,
		    enum perf_follow follow);
/* Sets the filter and enables: 0 or a negative errno. */
int perf_events_enable(struct perf_events *events, struct perf_event *event);
/*
 * Opens them on the CPUs that have come up, where the kernel has given up those that were there.
 * How much happened in between nobody knows: it is counted as one lost event.
 */
void perf_events_renew(struct perf_events *events);
/* No events any more. */
void perf_events_stop(struct perf_events *events);
/* After the stop and a drain: an event that was being written at that moment may have been counted
 * and not been read; waits until it is there. */
void perf_events_settle(const struct perf_events *events);
/* From process tracepoints, which are refused, to notes on tasks. */
void perf_events_use_notes(struct perf_events *events);

#endif
