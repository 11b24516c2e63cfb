/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * program_calls: which calls a program makes, by ABI. What a process does before it executes the
 * program is its runtime's and does not count; what its children do does. Called by seccomp.
 */
#ifndef SYSTAPE_PROGRAM_CALLS_H
#define SYSTAPE_PROGRAM_CALLS_H

#include "decode/events/event.h"

enum {
	PROGRAM_ARCHES = TRACE_X32 + 1,
	PROGRAM_CALLS = 1024, /* one more than the highest number that is kept */
};

struct call_set {
	uint64_t word[PROGRAM_ARCHES][PROGRAM_CALLS / 64];
};

struct program_calls {
	const char *program; /* which one; NULL: any */
	bool executed;	     /* it has been */
	struct call_set seen;
	char *name[PROGRAM_ARCHES][PROGRAM_CALLS]; /* of each that any process has made */
	uint64_t unnamed;			   /* calls that the tape has no name for */
	struct tid_table processes;
	bool full; /* no memory for one of them */
};

/* 0 or -ENOMEM; program_calls_done in any case. `program` stays the caller's. */
int program_calls_init(struct program_calls *calls, const char *program);
void program_calls_done(struct program_calls *calls);
void program_calls_add(struct program_calls *calls, const struct call *call);
/* A NOTE_PROCESS. */
void program_calls_process(struct program_calls *calls, const struct note *note);
/* The capture is over: what a process has done that has executed nothing counts; the next capture
 * has other processes. */
void program_calls_settle(struct program_calls *calls);

static inline bool call_set_has(const struct call_set *set, unsigned int arch, uint32_t nr)
{
	return set->word[arch][nr / 64] >> (nr % 64) & 1;
}

#endif
