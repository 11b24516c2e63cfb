/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_source: one CPU's pages of an instance as a source of the assembler, and what every event
 * of ftrace has in common there. Used by all that give the assembler events of an instance: calls,
 * names, tasks and probes, and the buffer of the boot.
 */
#ifndef SYSTAPE_FTRACE_SOURCE_H
#define SYSTAPE_FTRACE_SOURCE_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_pages.h"

#include <string.h>

struct ftrace_source {
	struct assembler_source source;
	struct ftrace_pages *pages; /* the owner's, to close */
};

/*
 * Opens the pages of a CPU in `directory`, an instance's: 1, 0 if no such CPU can ever be, or -EIO
 * with a sentence. `next` gives the assembler the next event; what is lost behind the last one is
 * what the pages say.
 */
int ftrace_source_open(struct ftrace_source *s, const char *directory, uint32_t cpu,
		       enum assembler_lane lane, bool (*next)(struct assembler_source *),
		       struct tape_error *why);

/* What the pages say was lost behind the last event. */
uint64_t ftrace_source_lost(struct assembler_source *source);

/* Fills in all of `head` but its kind and what goes with that: the event's own bytes are the data,
 * which live as long as those of `event`. ftrace does not tell the thread's process. */
static inline void ftrace_source_head(struct assembler_event *head,
				      const struct ftrace_event *event)
{
	head->time = event->time;
	head->data = event->data;
	head->size = event->size;
	head->lost = event->lost;
	head->tgid = 0;
	memcpy(&head->tid, (const char *)event->data + COMMON_PID, sizeof(head->tid));
}

/* The event's id in this kernel. */
static inline uint16_t ftrace_source_id(const struct ftrace_event *event)
{
	uint16_t id;

	memcpy(&id, event->data, sizeof(id));
	return id;
}

#endif
