/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * programs: which program each process runs, as the tape goes along, and the span of each once it
 * has ended. A process that has been forked and executes nothing runs the program of its parent.
 * Called by otlp.
 */
#ifndef SYSTAPE_OTLP_PROGRAMS_H
#define SYSTAPE_OTLP_PROGRAMS_H

#include "decode/events/event.h"
#include "decode/otlp/batch.h"
#include "decode/otlp/record.h"

struct program {
	struct tid_entry entry; /* of the process */
	uint64_t span, parent;
	uint64_t begin;	     /* on the tape's clock */
	uint32_t started_by; /* the parent's process id, 0: not known */
	bool own;	     /* it has executed the program itself, and the span is to be written */
	struct program *unsettled; /* the next one whose parent is still to be found */
	char *about;		   /* attributes that were known at its beginning; may be NULL */
	size_t about_size;
	char *name;
	size_t name_size;
	bool cut;      /* there was no room for all that is known */
	uint64_t left; /* calls that have no span: there were too many */
};

struct programs {
	const struct tape_facts *facts;
	const struct trace_id *trace;
	int64_t shift; /* ns from the tape's time of day to what is written */
	uint64_t now;  /* the latest time that was seen */
	bool command_args;
	struct batch *batch; /* takes the spans; NULL: nobody wants them */
	struct text record;  /* the one at hand */
	struct tid_table table;
	struct program *unsettled;
	uint32_t last; /* the process that has begun a program most recently, and when */
	uint64_t last_time, twice;
	size_t kept; /* bytes */
};

/* 0 or -ENOMEM; programs_end in any case, which writes the spans of those that have not ended. The
 * first four members have been set. */
int programs_begin(struct programs *programs);
void programs_end(struct programs *programs);
/* Ns since 1970, as it is to be written. */
uint64_t programs_time(const struct programs *programs, uint64_t time);
/* A note of kind NOTE_PROCESS. */
void programs_note(struct programs *programs, const struct note *note);
/* What the process runs; NULL without memory. `thread`: one of its own, may be NULL. */
struct program *programs_of(struct programs *programs, uint32_t tgid, const struct thread *thread,
			    uint64_t time);

#endif
