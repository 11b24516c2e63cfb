/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flight: the flight recorder: the newest of a capture in memory, as a row of small tapes of which
 * the oldest goes when there are too many. The recording writes into it and has it written out.
 */
#ifndef SYSTAPE_FLIGHT_H
#define SYSTAPE_FLIGHT_H

#include "format/tape/tape_reader.h"
#include "format/tape/tape_writer.h"

#include <stdbool.h>

struct flight;

/* Holds at most about `size` bytes, packed by the codec. NULL without memory; free with flight_free
 * (NULL accepted). */
struct flight *flight_new(uint64_t size, const struct trace_header *header,
			  const struct codec *codec, int level);
/* As tape_writer_edit: for all that comes after it. */
void flight_edit(struct flight *flight, tape_edit *edit, void *context);
void flight_free(struct flight *flight);

/* Wants a dump whenever one of these calls fails, until it is made: false with a sentence. */
bool flight_dump_on(struct flight *flight, const char *calls, struct tape_error *why);
bool flight_wanted(const struct flight *flight);

/* Takes records as tape_writer_records does. */
int flight_records(struct flight *flight, uint32_t cpu, const void *records, size_t size,
		   uint64_t sealed);
/* True once after a small tape was begun: it needs a snapshot. */
bool flight_turn(struct flight *flight);
/* The small tape at hand. */
struct tape_writer *flight_writer(struct flight *flight);
/* Where a dump goes to. */
struct flight_taker {
	struct tape_writer *writer;
	/* At most a block after `pause` ms, to deliver more; NULL: nothing waits. */
	void (*meanwhile)(void *context);
	void *context;
	unsigned int pause;
};
/* Copies all records that it holds now, packed as they are, the oldest first: 0 or a negative
 * errno. They stay; what is delivered meanwhile is not among them, and has none of their room until
 * they are copied. */
int flight_dump(struct flight *flight, const struct flight_taker *taker);
/* Sets bytes to what is held, calls and records to all that ever came. */
void flight_totals(const struct flight *flight, struct tape_totals *totals);

#endif
