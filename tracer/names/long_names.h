/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * long_names: ftrace's buffers take no event that is larger than a page, and do not say that they
 * left one out: a file name of more than about 4030 bytes would be missing. Perf's rings take 8192
 * bytes (Linux 5.17), so the same probes are opened as perf events too, with a filter that only
 * long names pass. Used by ftrace_names.c.
 */
#ifndef SYSTAPE_LONG_NAMES_H
#define SYSTAPE_LONG_NAMES_H

#include "tracer/names/name_event.h"

enum {
	/* The probes fetch the name's byte here as a field LONG_NAMES_FIELD: it is 0 in a shorter
	 * name, but for what an earlier one may have left there; the name comes twice then. */
	LONG_NAMES_FROM = 3900,
};
#define LONG_NAMES_FIELD "far"

struct long_names;

/*
 * Opens those of the events that have brought names, and adds a source for each CPU to the
 * assembler, which must be freed after this is closed. `events` stay the caller's. NULL with a
 * sentence.
 */
struct long_names *long_names_open(const struct backend_settings *settings,
				   struct event_assembler *assembler,
				   const struct name_event *events, size_t count,
				   struct tape_error *why);
/* NULL is accepted by all of these. */
/* Adds to the epoll descriptor what tells that a ring fills. */
void long_names_watch(struct long_names *names, int bell);
void long_names_start(struct long_names *names);
void long_names_stop(struct long_names *names);
void long_names_close(struct long_names *names);

#endif
