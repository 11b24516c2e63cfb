/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream: from a tape to events: merges CPUs, pairs beginnings with ends, names calls by the tape's
 * own rows, keeps threads, filters, counts. Called by main; calls the renderer.
 */
#ifndef SYSTAPE_STREAM_H
#define SYSTAPE_STREAM_H

#include "decode/input/workers.h"
#include "decode/stream/renderer.h"
#include "decode/stream/stream_filter.h"

struct stream_counts {
	uint64_t calls; /* with a result, or without return */
	uint64_t shown;
	uint64_t failed;
	uint64_t unfinished;
	uint64_t hits; /* of probes */
	bool limited;  /* the rest of the tape was not read: --limit */
	bool left;     /* nor is the rest of the first command shown: --until-execve */
	bool whole;    /* it has been read to its end, which is there, and nothing is damaged */
	uint64_t lost_calls, lost_enters, lost_events;
};

struct stream;

/* Reads the metadata at the tape's beginning. The reader stays the caller's. NULL without memory.
 */
struct stream *stream_new(struct tape_reader *reader, const struct stream_filter *filter);
void stream_free(struct stream *stream);
/* Where the tapes so far end, this one goes on: the next part of the same capture, which stays the
 * caller's; before stream_run. False without memory. */
bool stream_add(struct stream *stream, struct tape_reader *reader);
/* Has blocks unpacked ahead by workers, which stay the caller's; before stream_run. */
void stream_use(struct stream *stream, struct workers *workers);

/* Is told now and then how many bytes of the tapes have been read, and calls in them; before
 * stream_run. */
void stream_watch(struct stream *stream,
		  void (*watch)(void *context, uint64_t bytes, uint64_t calls), void *context);

const struct tape_facts *stream_facts(const struct stream *stream);

/*
 * Hands every event to the renderer: 0, or a negative errno of the source, the output, or of a
 * renderer that cannot begin, which has put a sentence into *why.
 */
int stream_run(struct stream *stream, const struct renderer *renderer, struct render *render,
	       struct tape_error *why);
/* Reads only the metadata at the tape's beginning; stream_run may not follow. */
void stream_metadata(struct stream *stream);
/* The trace.h that the tape was written with, NULL if it has none (known after either). */
const char *stream_header_text(const struct stream *stream);
const struct stream_counts *stream_counts(const struct stream *stream);

#endif
