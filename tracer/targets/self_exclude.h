/* SPDX-License-Identifier: GPL-2.0-or-later */
/* self_exclude: what must stay out of a capture of the whole machine, else the trace feeds on
 * itself. Used by the session. */
#ifndef SYSTAPE_SELF_EXCLUDE_H
#define SYSTAPE_SELF_EXCLUDE_H

#include "tracer/backend/backend.h"

enum { OWN_MOST = 256 };

/* Who has been left out; beyond OWN_MOST they are left out all the same. */
struct self_threads {
	pid_t tid[OWN_MOST];
	size_t count;
};

/*
 * Leaves out every thread of these processes (0: none), and what they start later; with them the
 * processes that read what this one's standard output and error write into a pipe, and their
 * readers. `out` takes a note of them.
 */
void self_exclude(const struct backend *backend, struct capture *capture, const pid_t *own,
		  size_t count, struct self_threads *out);
bool self_is_excluded(const struct self_threads *out, pid_t tid);

#endif
