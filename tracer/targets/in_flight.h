/* SPDX-License-Identifier: GPL-2.0-or-later */
/* in_flight: the call that a thread is inside when the capture begins, from
 * /proc/PID/task/TID/syscall. Used by the session. */
#ifndef SYSTAPE_IN_FLIGHT_H
#define SYSTAPE_IN_FLIGHT_H

#include "format/tape/record.h"
#include "tracer/backend/backend.h"
#include "tracer/proc/snapshot.h"

struct self_threads;

/* Whom the calls are for, and who waits meanwhile. */
struct in_flight_taker {
	backend_deliver *deliver;
	void *to;				      /* its context */
	enum snapshot_pace (*meanwhile)(void *waits); /* now and then */
	void *waits;
};

/*
 * Delivers a TRACE_ENTER for every thread of these processes (of the machine if `count` is 0; those
 * of `out` are left out) that is blocked in a call that the settings ask for. 0 or the error of
 * `deliver`, which is never told that it is enough.
 */
int in_flight_write(const struct backend_settings *settings, const struct self_threads *out,
		    const pid_t *pids, size_t count, bool one_thread,
		    const struct in_flight_taker *taker);

#endif
