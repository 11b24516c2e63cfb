/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fd_tracking: what calls and processes do to descriptors (fds.h). Part of the stream: it is asked
 * before a call is shown, so that the text has each descriptor as it was when strace would have
 * printed it, and told when the call has been shown.
 */
#ifndef SYSTAPE_FD_TRACKING_H
#define SYSTAPE_FD_TRACKING_H

#include "decode/events/event.h"
#include "decode/events/tape_facts.h"

struct follow;

/* Takes the numbers of calls from the tape's tables. NULL without memory. */
struct follow *fd_tracking_new(struct facts *facts);
void fd_tracking_free(struct follow *follow);

/* Whether the call may change descriptors, so that it must be followed even if nobody wants to see
 * it. */
bool fd_tracking_concerns(const struct follow *follow, uint8_t arch, uint32_t nr);
/* Sets call->fds and, if the call is done, call->opened. They hold until fd_tracking_commit. */
void fd_tracking_prepare(struct follow *follow, const struct thread *thread, struct call *call);
/* The call has been shown: what it did is done. */
void fd_tracking_commit(struct follow *follow, const struct thread *thread,
			const struct call *call);

/* The thread's table, which it then has: its process's, or an empty one. */
void fd_tracking_thread(struct threads *threads, struct thread *thread);
/* What the call that begins next finds its descriptors open on. */
void fd_tracking_told(struct thread *thread, const struct trace_call *record);
/* A fork, exec or existing process. `child` is NULL except at a fork. */
void fd_tracking_process(struct threads *threads, struct thread *thread, struct thread *child,
			 const struct trace_process *record);

#endif
