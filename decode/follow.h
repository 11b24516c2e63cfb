/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * follow: what calls and processes do to descriptors (fds.h). Part of the stream: it is asked
 * before a call is shown, so that the text has each descriptor as it was when strace would have
 * printed it, and told when the call has been shown.
 */
#ifndef SYSTAPE_FOLLOW_H
#define SYSTAPE_FOLLOW_H

#include "decode/event.h"
#include "decode/facts.h"

struct follow;

/* Takes the numbers of calls from the tape's tables. NULL without memory. */
struct follow *follow_new(struct facts *facts);
void follow_free(struct follow *follow);

/* Whether the call may change descriptors, so that it must be followed even if nobody wants to see
 * it. */
bool follow_concerns(const struct follow *follow, uint8_t arch, uint32_t nr);
/* Sets call->fds and, if the call is done, call->opened. They hold until follow_commit. */
void follow_prepare(struct follow *follow, const struct thread *thread, struct call *call);
/* The call has been shown: what it did is done. */
void follow_commit(struct follow *follow, const struct thread *thread, const struct call *call);

/* The thread's table, which it then has: its process's, or an empty one. */
void follow_thread(struct threads *threads, struct thread *thread);
/* What the call that begins next finds its descriptors open on. */
void follow_told(struct thread *thread, const struct trace_call *record);
/* A fork, exec or existing process. `child` is NULL except at a fork. */
void follow_process(struct threads *threads, struct thread *thread, struct thread *child,
		    const struct trace_process *record);

#endif
