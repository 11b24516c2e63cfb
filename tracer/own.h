/* SPDX-License-Identifier: GPL-2.0-or-later */
/* own: what must stay out of a capture of the whole machine, else the trace feeds on itself. Used by the session. */
#ifndef SYSTAPE_OWN_H
#define SYSTAPE_OWN_H

#include "tracer/backend.h"

/* Leaves out every thread of the process, and what they start later. */
void own_leave_out(const struct backend *backend, struct capture *capture, pid_t pid);
/* Leaves out the processes that read what this one's standard output and error write into a pipe, and their readers. */
void own_leave_out_pipeline(const struct backend *backend, struct capture *capture);

#endif
