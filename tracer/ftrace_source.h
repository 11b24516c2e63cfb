/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_source: what every event of ftrace has in common, as the mill takes it. Used by all that
 * give it the events of an instance: calls, names, tasks and probes, and the buffer of the boot.
 */
#ifndef SYSTAPE_FTRACE_SOURCE_H
#define SYSTAPE_FTRACE_SOURCE_H

#include "tracer/ftrace_pages.h"
#include "tracer/mill.h"

#include <string.h>

enum {
	COMMON_PID = 4, /* where common_pid stands in every event since 2.6.31 */
};

/* Fills in all of `head` but its kind and what goes with that: the event's own bytes are the data,
 * which live as long as those of `event`. ftrace does not tell the thread's process. */
static inline void ftrace_source_head(struct mill_event *head, const struct ftrace_event *event)
{
	head->time = event->time;
	head->data = event->data;
	head->size = event->size;
	head->lost = event->lost;
	head->tgid = 0;
	memcpy(&head->tid, (const char *)event->data + COMMON_PID, sizeof(head->tid));
}

#endif
