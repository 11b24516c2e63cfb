/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * realtime: how far the time of day is ahead of the tape's clock, which stands still while the
 * machine is suspended and does not follow when somebody sets the time. The recording looks now and
 * then, and writes changes to the tape.
 */
#ifndef SYSTAPE_REALTIME_H
#define SYSTAPE_REALTIME_H

#include "format/tape/tape_writer.h"

#include <stdbool.h>
#include <stddef.h>

enum { WALL_MOST = 64 };

struct realtime {
	int64_t realtime;		       /* as in struct trace_header */
	struct trace_clock changes[WALL_MOST]; /* the newest, the oldest of them first */
	size_t count;
};

/* From the header of the tape on. */
void realtime_begin(struct realtime *wall, int64_t realtime);
/* True if there is a new change, the last of `changes`; with `debug` it is told on standard error.
 */
bool realtime_look(struct realtime *wall, bool debug);

/* Writes the changes from that one on: 0 or the writer's error. A tape that is written at once says
 * when it happens, one from memory says all at its beginning. */
int realtime_write(const struct realtime *wall, size_t from, struct tape_writer *writer);

#endif
