/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * timeline: a tape as slices, instants, counters and flows on tracks, whatever the format: a slice
 * for each call on its thread's track, one for each program on its process's, signals, probes,
 * losses, calls per second. Called by the renderers of time lines, perfetto.c and chrome.c.
 */
#ifndef SYSTAPE_TIMELINE_H
#define SYSTAPE_TIMELINE_H

#include "decode/json/json_values.h"
#include "decode/perfetto/tracks.h"
#include "decode/stream/renderer.h"

struct timeline {
	const struct timeline_writer *writer;
	void *to; /* what the writer is given */
	struct show show;
	struct json_values values;
	struct tracks tracks;
	uint64_t now;		 /* the latest time that was seen */
	uint64_t counted, calls; /* second of the counter, and calls in it */
	uint64_t lost;
	bool begun;
};

/* 0 or -ENOMEM; timeline_close in any case. `safe`: as of json_values_open. */
int timeline_open(struct timeline *timeline, struct render *render,
		  const struct timeline_writer *writer, void *to, bool safe);
/* Once the writer can write: the tracks that belong to no process. 0 or -ENOMEM. */
int timeline_begin(struct timeline *timeline);
void timeline_call(struct timeline *timeline, const struct call *call);
void timeline_note(struct timeline *timeline, const struct note *note);
/* Ends what is still open. */
void timeline_close(struct timeline *timeline);

#endif
