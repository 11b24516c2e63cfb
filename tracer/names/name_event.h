/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_event: the events that bring file names, in the kernel's layout: where in each of them the
 * name and its address stand. Filled by ftrace_names.c, which makes the probes; read there and by
 * long_names.c.
 */
#ifndef SYSTAPE_NAME_EVENT_H
#define SYSTAPE_NAME_EVENT_H

#include "tracer/tracefs/ftrace_source.h"

#include <stddef.h>

struct name_event {
	uint32_t id;
	uint32_t address, text; /* offsets; the text's place is a dynamic field's */
	uint32_t seen;		/* which trials it brought names of, a bit each */
};

/* Takes the places from the lines of ftrace_probe_format(), whatever their order: false if one of
 * the two fields is not there, or of another kind. */
bool name_event_parse(struct name_event *event, const char *fields);
/* An event's raw data as a name, whose text stays in `data`: its number in `events`, or -1 where it
 * is none. */
int name_event_read(const struct name_event *events, size_t count, const void *data, uint32_t size,
		    struct assembler_name *hit);
/* The same of an event that a source tells its owner of: it becomes the source's head. */
void name_event_tell(struct ftrace_source *source, const struct name_event *events, size_t count,
		     const struct ftrace_event *event);

#endif
