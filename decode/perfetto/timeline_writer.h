/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * timeline_writer: what a format of time lines implements. timeline says what there is, one event
 * at a time: `begin`, what belongs to it, `end`. Times are on the tape's clock. perfetto.c and
 * chrome.c each have one.
 */
#ifndef SYSTAPE_TIMELINE_WRITER_H
#define SYSTAPE_TIMELINE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct track;

enum timeline_event {
	TIMELINE_BEGIN, /* of a slice, which has an end of its own */
	TIMELINE_END,
	TIMELINE_SLICE, /* whole */
	TIMELINE_INSTANT,
	TIMELINE_COUNT,
};

struct timeline_writer {
	/* A process is, from here on, called so; `cmdline`: strings with a NUL each, or NULL. */
	void (*process)(void *to, const struct track *track, const char *comm, const char *cmdline,
			size_t size);
	/* The same of a thread of a process. */
	void (*thread)(void *to, const struct track *track, const struct track *process,
		       const char *comm);
	/* A track that belongs to no process. */
	void (*other)(void *to, const struct track *track);
	void (*begin)(void *to, enum timeline_event event, const struct track *track);
	void (*name)(void *to, const char *name);
	void (*category)(void *to, const char *name); /* may come several times */
	void (*number)(void *to, const char *name, uint64_t value, bool is_unsigned);
	void (*text)(void *to, const char *name, const char *bytes, size_t size);
	void (*json)(void *to, const char *name, const char *json, size_t size);
	void (*value)(void *to, uint64_t value);	  /* of a TIMELINE_COUNT */
	void (*flow)(void *to, uint64_t flow, bool ends); /* begins here, or ends */
	/* `until`: of a TIMELINE_SLICE. */
	void (*end)(void *to, uint64_t time, uint64_t until);
};

#endif
