/* SPDX-License-Identifier: GPL-2.0-or-later */
/* own: what must stay out of a capture of the whole machine, else the trace feeds on itself. Used
 * by the session. */
#ifndef SYSTAPE_OWN_H
#define SYSTAPE_OWN_H

#include "tracer/backend.h"

enum { OWN_MOST = 256 };

/* Who has been left out; beyond OWN_MOST they are left out all the same. */
struct own_threads {
	pid_t tid[OWN_MOST];
	size_t count;
};

/* Leaves out every thread of the process, and what they start later; `out` takes a note of them. */
void own_leave_out(const struct backend *backend, struct capture *capture, pid_t pid,
		   struct own_threads *out);
/* Leaves out the processes that read what this one's standard output and error write into a pipe,
 * and their readers. */
void own_leave_out_pipeline(const struct backend *backend, struct capture *capture,
			    struct own_threads *out);
bool own_is_left_out(const struct own_threads *out, pid_t tid);

#endif
