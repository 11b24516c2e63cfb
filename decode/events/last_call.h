/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * last_call: whether a call whose result is on the tape was its thread's last, for a tracer: it
 * sees no result of a call within which the thread was killed. Part of the stream.
 */
#ifndef SYSTAPE_LAST_CALL_H
#define SYSTAPE_LAST_CALL_H

#include "decode/events/threads.h"

#include <signal.h>

/* The kernel would make the call again: a thread that is killed within a call has such a result,
 * too. */
static inline bool last_call_restarts(int64_t result)
{
	enum { ERESTARTSYS = 512, ERESTART_RESTARTBLOCK = 516 }; /* the kernel's linux/errno.h */

	return result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK;
}

bool last_call_kills_own(const struct trace_call *record, struct threads *threads);
/* A call that has sent SIGKILL, and maybe to its own process: to this number, to a group, or to a
 * number that no other process of the tape has. */
static inline bool last_call_kills(const struct trace_call *record, struct threads *threads)
{
	return !record->result && record->record.type == TRACE_CALL && record->args > 1 &&
	       ((uint32_t)record->arg[1] == SIGKILL ||
		(record->args > 2 && (uint32_t)record->arg[2] == SIGKILL)) &&
	       last_call_kills_own(record, threads);
}
/* Whether a thread with such a result, and nothing behind it but its end with this wait status, was
 * killed within the call. */
bool last_call_ended(int64_t result, int32_t status);

#endif
