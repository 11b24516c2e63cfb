/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_side: a capture of probe hits beside that of the calls, whatever backend those come from:
 * private instances with the events of ftrace_probe.c, their hits as TRACE_PROBE records. Used by
 * probe_merge.c.
 */
#ifndef SYSTAPE_FTRACE_SIDE_H
#define SYSTAPE_FTRACE_SIDE_H

#include "format/tape/tape_writer.h"
#include "tracer/backend/backend.h"

struct side;

/* Makes events and instances; nothing is recorded yet. NULL with a sentence. */
struct side *side_open(const struct backend_settings *settings, struct tape_error *why);
/* Writes each probe's format. 0 or a negative errno. */
int side_describe(struct side *side, struct tape_writer *writer);
/* As a backend's. */
int side_target(struct side *side, pid_t tid, enum backend_target how);
int side_start(struct side *side, struct tape_error *why);
void side_stop(struct side *side);
/* Delivers every hit before `limit`, in time order for each CPU. `last`: all there are, and the
 * misses. */
int side_drain(struct side *side, uint64_t limit, bool last, backend_deliver *deliver,
	       void *context);
/* Adds hits and lost events. */
void side_stats(struct side *side, struct backend_stats *stats);
/* Removes instances and events from the kernel. NULL accepted. */
void side_close(struct side *side);

#endif
