/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attach: makes the threads of running processes targets. Threads come and go while they are looked
 * for, so there are two steps: those that are there before anything is set up, and, once the
 * kernel's events are kept, those that have been made meanwhile by threads that were not followed
 * yet. Used by the session.
 */
#ifndef SYSTAPE_ATTACH_H
#define SYSTAPE_ATTACH_H

#include "tracer/backend/backend.h"

struct attach;

/* `one_thread`: only the thread whose id the process's is. NULL without memory. */
struct attach *attach_new(const struct backend *backend, struct capture *capture, bool one_thread);
void attach_free(struct attach *attach);

/* Before the start: every thread that the process has. 0, -ESRCH when there is no such process, or
 * another negative errno. */
int attach_process(struct attach *attach, pid_t pid);
/* How many threads those are. */
size_t attach_count(const struct attach *attach);
/* After the start: the threads that have come since, and a word on those that have ended. 0 or a
 * negative errno. */
int attach_rest(struct attach *attach);

#endif
