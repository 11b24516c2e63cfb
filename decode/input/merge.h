/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge: the records of all CPUs as one sequence in time order. It holds one unpacked block per
 * CPU, and of a tape that cannot be read twice the packed blocks up to the next point where the
 * recorder said that all is written (`sealed`). Both have a limit, whatever the tape says. Beyond
 * the first, each CPU keeps a part of its block, which is unpacked again for the next part, a
 * bounded number of times: the work stays in proportion to what the tape unpacks to. A tape for
 * which not even that suffices, and one that never seals, is delivered in the best order that is
 * known.
 */
#ifndef SYSTAPE_MERGE_H
#define SYSTAPE_MERGE_H

#include "decode/input/prefetch.h"

struct merge;

/* Merges what the reader delivers; the reader stays the caller's. `want` may be NULL. NULL without
 * memory. */
struct merge *merge_new(struct tape_reader *reader, prefetch_want *want, void *context);
void merge_free(struct merge *merge);
/* Goes on in that tape, the next part of the capture, which stays the caller's; before the first
 * record. False without memory. */
bool merge_add(struct merge *merge, struct tape_reader *reader);
/* Looks into the blocks of a pipe before they are unpacked: of use where `want` refuses some. */
void merge_peek(struct merge *merge);
/* Calls in blocks that were not wanted, as far as anybody looked into those. */
uint64_t merge_passed(const struct merge *merge);
/* Has blocks unpacked ahead by workers, which stay the caller's; before the first record. */
void merge_use(struct merge *merge, struct workers *workers);
/* Other limits than the usual 256 MiB each, in bytes: of unpacked blocks, and of packed ones that
 * wait. */
void merge_limit(struct merge *merge, size_t unpacked, size_t queued);

struct merge_item {
	const struct trace_record
		*record; /* valid until the next call; NULL: records are missing here */
	uint32_t cpu;
	uint64_t missing; /* how many records of this CPU a damaged tape lacks at this place */
};

/* The next record: 1; 0 at the end; a negative errno when the source fails. */
int merge_next(struct merge *merge, struct merge_item *item);

/* The tape on which the record stands that merge_next has handed out last; NULL at a gap. */
const struct tape_reader *merge_reader(const struct merge *merge);

/* How many bytes of the tapes have been read. */
uint64_t merge_bytes(const struct merge *merge);
/* Whether the tapes, as far as they have been read, have neither damage nor lack their ends. */
bool merge_whole(const struct merge *merge);

/* Calls `waiting` before it waits for a live recorder: the time to show what there is. That says
 * after how many ns without a word it is to be called again; 0: not. */
void merge_on_wait(struct merge *merge, uint64_t (*waiting)(void *context), void *context);

#endif
