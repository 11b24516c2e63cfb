/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctf_streams: the files of a CTF trace but for its metadata: events in packets, a stream for each
 * CPU. Within a stream times only grow, so an event that is told later than it was, as the
 * beginning of a call that is chosen by its end, goes to a further stream of its CPU. No file stays
 * open. Called by ctf.
 */
#ifndef SYSTAPE_CTF_STREAMS_H
#define SYSTAPE_CTF_STREAMS_H

#include "decode/text/text.h"
#include "format/output/output_file.h"

enum {
	CTF_CPUS = 4096, /* one more than the highest that has a stream of its own */
	CTF_MAGIC = (int)0xc1fc1fc1,
};

struct ctf_stream;

struct ctf_streams {
	const struct output_folder *folder;
	const struct output_rules *rules;
	const uint8_t *uuid;	     /* 16 bytes */
	uint64_t start;		     /* when the capture began */
	struct ctf_stream **streams; /* by CPU; the last one: of events whose CPU is not known */
	struct ctf_stream *current;
	uint64_t displaced; /* events whose times stand later than they were */
	int error;	    /* the first; `why` says it */
	struct tape_error *why;
};

/* 0 or -ENOMEM; ctf_streams_done in any case. The rest is the caller's to set. */
int ctf_streams_init(struct ctf_streams *streams);
void ctf_streams_done(struct ctf_streams *streams);
/* An event's header, behind which its fields are to be written; then ctf_streams_end. NULL after an
 * error. */
struct text *ctf_streams_begin(struct ctf_streams *streams, uint32_t cpu, uint32_t event,
			       uint64_t time);
void ctf_streams_end(struct ctf_streams *streams);
/* So many events of a CPU, or whole packets, have been lost until then. */
void ctf_streams_lost(struct ctf_streams *streams, uint32_t cpu, uint64_t time, uint64_t events,
		      uint64_t packets);
/* Writes what there is: 0 or the first error. */
int ctf_streams_finish(struct ctf_streams *streams);
/* A whole file of the trace: the same. */
int ctf_streams_file(struct ctf_streams *streams, const char *name, const struct text *text,
		     bool more);

/* Bytes of a number, the least first. */
static inline void ctf_put(struct text *text, uint64_t value, unsigned int bytes)
{
	for (; bytes && text_room(text, 1); bytes--, value >>= 8)
		text->data[text->used++] = (char)(value & 255);
}

#endif
