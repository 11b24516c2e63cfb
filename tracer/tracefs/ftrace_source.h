/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_source: the pages of an instance, each CPU's a source of the assembler: opened, read and
 * closed in one way for all that give it events of ftrace: calls, names, tasks and probes, and the
 * buffer of the boot.
 */
#ifndef SYSTAPE_FTRACE_SOURCE_H
#define SYSTAPE_FTRACE_SOURCE_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_pages.h"

#include <tracefs.h>

struct ftrace_source {
	struct assembler_source source;
	struct ftrace_pages *pages;
	struct ftrace_sources *all;
	struct assembler_name name;	  /* for `tell` */
	struct assembler_program program; /* likewise */
};

/* The sources of one owner, which sets the first four; zero is a set that is empty. */
struct ftrace_sources {
	const struct tracepoints
		*points; /* what events are by their ids; NULL if all are ASSEMBLER_PROBES */
	/* Told of other events: may set the kind (TP_LOST when called) and the data of the
	 * source's head. NULL: they are passed over. */
	void (*tell)(struct ftrace_source *source, const struct ftrace_event *event);
	/* How many are missing at the end that no pages tell of; NULL: none. */
	uint64_t (*missed)(void *owner);
	void *owner;
	struct ftrace_source *at;
	size_t count;
};

/*
 * Opens the pages of every CPU that can ever be in `directory`, an instance's. How many there are,
 * or a negative errno with a sentence.
 */
int ftrace_sources_open(struct ftrace_sources *sources, const char *directory,
			enum assembler_lane lane, struct tape_error *why);
/* Makes an instance, as ftrace_instance_new() does, and opens its pages: the same; *instance is
 * NULL if there is none, else it has to be freed even after an error. */
int ftrace_sources_make(struct ftrace_sources *sources, const struct backend_settings *settings,
			const char *suffix, uint64_t *size, enum assembler_lane lane,
			struct tracefs_instance **instance, struct tape_error *why);
/* Adds all to the assembler: 0 or a negative errno. */
int ftrace_sources_add(struct ftrace_sources *sources, struct event_assembler *assembler);
/* Wakes the epoll descriptor when there are events of one CPU, or of all with -1. */
void ftrace_sources_watch(const struct ftrace_sources *sources, int cpu, int epoll);
void ftrace_sources_close(struct ftrace_sources *sources);

#endif
