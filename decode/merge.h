/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge: the records of all CPUs as one sequence in time order. It holds one unpacked block per
 * CPU, and of a tape that cannot be read twice the packed blocks up to the next point where the
 * recorder said that all is written (`sealed`). Both have a limit, whatever the tape says: beyond
 * it, blocks are unpacked again when their turn comes, and a tape that never seals is delivered in
 * the best order that is known.
 */
#ifndef SYSTAPE_MERGE_H
#define SYSTAPE_MERGE_H

#include "format/tape_reader.h"

struct merge;

/* Decides from a block's header and index entry (may be NULL) whether its records are wanted. */
typedef bool merge_want(void *context, const struct trace_block *block,
			const struct trace_index *index);

/* Merges what the reader delivers; the reader stays the caller's. `want` may be NULL. NULL without
 * memory. */
struct merge *merge_new(struct tape_reader *reader, merge_want *want, void *context);
void merge_free(struct merge *merge);
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

/* Calls `waiting` before it waits for a live recorder: the time to show what there is. */
void merge_on_wait(struct merge *merge, void (*waiting)(void *context), void *context);

#endif
