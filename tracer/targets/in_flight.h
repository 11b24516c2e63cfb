/* SPDX-License-Identifier: GPL-2.0-or-later */
/* in_flight: the call that a thread is inside when the capture begins, from
 * /proc/PID/task/TID/syscall. Used by the session. */
#ifndef SYSTAPE_IN_FLIGHT_H
#define SYSTAPE_IN_FLIGHT_H

#include "format/tape/record.h"
#include "tracer/backend/backend.h"

struct self_threads;

/*
 * Delivers a TRACE_ENTER for every thread of these processes (of the machine if `count` is 0; those
 * of `out` are left out) that is blocked in a call that the settings ask for. 0 or the error of
 * `deliver`.
 */
int in_flight_write(const struct backend_settings *settings, const struct self_threads *out,
		    const pid_t *pids, size_t count, bool one_thread, backend_deliver *deliver,
		    void *context);

#endif
