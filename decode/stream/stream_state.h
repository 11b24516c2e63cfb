/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stream_state: what the parts of the stream share: it takes records (stream.c), which are
 * of calls (stream_calls.c) or of all else (stream_process.c). */
#ifndef SYSTAPE_STREAM_STATE_H
#define SYSTAPE_STREAM_STATE_H

#include "decode/descriptors/fd_tracking.h"
#include "decode/events/tape_facts.h"
#include "decode/input/merge.h"
#include "decode/stream/stream.h"
#include "decode/stream/text_args.h"

enum {
	CALLS_KNOWN = 512, /* numbers whose answer of the filter is kept */
};

struct stream {
	struct tape_reader *reader;
	const struct stream_filter *filter;
	struct merge *merge;
	struct threads *threads;
	struct follow *follow; /* NULL: the renderer does not ask for descriptors */
	struct facts facts;
	struct stream_counts counts;
	uint64_t first, now; /* times of the first and of the current record */
	bool first_known, begun;
	const struct trace_header *part; /* of the capture that has been reached; NULL: the first */
	bool several, later_part, behind_gap; /* there are others; it is not the first; the one
						 before it is missing */
	bool refuses;			      /* the filter may refuse calls */
	void (*watch)(void *context, uint64_t bytes, uint64_t calls);
	void *watcher;
	uint64_t seen; /* records, for it */
	const struct renderer *renderer;
	struct render *render;
	struct call_pieces pieces;  /* of the call at hand */
	struct text_args text_args; /* of the call at hand, where calls are text */
	uint32_t command; /* the process that has executed the first program; 0: none yet */
	uint64_t limited; /* calls that count for the filter's limit */
	uint64_t held;	  /* threads whose last result waits for what comes next */
	char unknown[32]; /* name of a call without row */
	bool wanted[DESC_ARCHES][CALLS_KNOWN]; /* by the filter of calls */
};

/* Hands a note to the renderer if it is wanted. */
void stream_give_note(struct stream *stream, const struct note *note);
/* Shows a call that began and has no end. */
void stream_end_pending(struct stream *stream, struct thread *thread, enum call_state state);
/* Shows a result that waited for what comes next: a tracer does not see the result of a call in
 * which the thread was killed. */
void stream_release(struct stream *stream, struct thread *thread, bool killed);
/* Hands on the end of a thread, which is in thread->end. */
void stream_give_end(struct stream *stream, struct thread *thread);

/* Of each record where there are several parts: whether it says again what an earlier part of the
 * capture has said. */
bool stream_told_before(struct stream *stream, const struct trace_record *record);

/* The thread of a record that begins as a struct trace_call: NULL where it is not whole, or without
 * memory. */
struct thread *stream_caller(struct stream *stream, const struct trace_record *record);

/* Records of each kind. */
void stream_call(struct stream *stream, const struct trace_record *record, uint32_t cpu);
void stream_process(struct stream *stream, const struct trace_record *record, uint32_t cpu);
void stream_signal(struct stream *stream, const struct trace_record *record, uint32_t cpu);
void stream_lost(struct stream *stream, const struct trace_record *record, uint32_t cpu);
void stream_text(struct stream *stream, const struct trace_record *record, uint32_t cpu);
void stream_probe(struct stream *stream, const struct trace_record *record, uint32_t cpu);

#endif
