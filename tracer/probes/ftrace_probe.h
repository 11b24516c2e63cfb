/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_probe: the kernel's dynamic events that -e asks for: made in tracefs in a group named
 * after this process, their formats read, their misses counted, removed at the end, and those of
 * recorders that were killed removed at the start. Tracepoints need no making; they are listed here
 * all the same. Used by ftrace_side.c.
 */
#ifndef SYSTAPE_FTRACE_PROBE_H
#define SYSTAPE_FTRACE_PROBE_H

#include "tracer/backend/backend.h"
#include "tracer/probes/probe_spec.h"

enum {
	FTRACE_PROBES_MOST = 256, /* of one capture, patterns counted out */
};

struct ftrace_probe {
	char *name;		    /* as it is shown: kprobe:vfs_read */
	char system[64], event[96]; /* below events/ */
	char *definition; /* what dynamic_events was told; NULL: the kernel's own tracepoint */
	char *condition;  /* NULL: none */
	char *fields; /* a line each: "field NAME KIND OFFSET SIZE COUNT", see systape-tape(5) */
	uint32_t id;
	uint64_t missed; /* told of already */
};

struct ftrace_probes {
	struct ftrace_probe *at;
	size_t count, first; /* first: the number of the first event, where one process has several
				such lists */
};

/* Adds the events of all specs below `root`: 0, or a negative errno with a sentence, and none is
 * added. */
int ftrace_probes_make(struct ftrace_probes *probes, const struct backend_settings *settings,
		       const char *root, struct tape_error *why);
/* Frees them, and removes the events, which must not be enabled anywhere any more, where no
 * guardian does. */
void ftrace_probes_free(const struct backend_settings *settings, struct ftrace_probes *probes);
/* Hits that the kernel could not take, by its profile: the new ones since the last call. */
uint64_t ftrace_probes_missed(struct ftrace_probes *probes, const char *root);
/* The process whose events are in that group below events/, 0 if no recorder's. */
pid_t ftrace_probe_owner(const char *system);

#endif
