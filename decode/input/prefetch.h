/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prefetch: the blocks of a tape in file order, as the reader has them, some of them being unpacked
 * by workers before their turn comes. How many is bounded, by number and by bytes. Without workers
 * it hands everything through. Who asks (merge) sees no difference but the time.
 */
#ifndef SYSTAPE_PREFETCH_H
#define SYSTAPE_PREFETCH_H

#include "decode/input/workers.h"
#include "format/tape/tape_reader.h"

struct prefetch;
struct prefetch_job;

struct prefetch_block {
	struct tape_block block;    /* its index entry is valid until the next prefetch_next */
	struct tape_reader *reader; /* of the file that it stands in */
	struct prefetch_job *job;   /* NULL: nobody unpacks it ahead */
	uint64_t calls;		    /* that end in it, if it was looked into */
};

/* Decides from a block's header and index entry (may be NULL) whether its records are wanted. */
typedef bool prefetch_want(void *context, const struct trace_block *block,
			   const struct trace_index *index);

/* The reader stays the caller's. `want` may be NULL. NULL without memory. */
struct prefetch *prefetch_new(struct tape_reader *reader, prefetch_want *want, void *context);
void prefetch_free(struct prefetch *ahead);
/* Where the tapes so far end, this one goes on; the reader stays the caller's. Before the first
 * block is read; false without memory. */
bool prefetch_add(struct prefetch *ahead, struct tape_reader *reader);
/* Before the first block is read; they stay the caller's. */
void prefetch_use(struct prefetch *ahead, struct workers *workers);

/* Makes index entries for the blocks of a tape that comes through a pipe: of use where some blocks
 * are not wanted. */
void prefetch_peek(struct prefetch *ahead);

/* As tape_reader_next. Free the block with prefetch_drop. */
int prefetch_next(struct prefetch *ahead, struct prefetch_block *block);
/* As tape_reader_load. */
int prefetch_load(struct prefetch *ahead, struct prefetch_block *block, void **data, size_t *room);
void prefetch_drop(struct prefetch *ahead, struct prefetch_block *block);
/* How many bytes of the tapes have been read. */
uint64_t prefetch_bytes(const struct prefetch *ahead);
/* Whether no tape is damaged or without its end, as far as is known. */
bool prefetch_whole(const struct prefetch *ahead);
/* As tape_reader_would_wait. */
bool prefetch_would_wait(struct prefetch *ahead, uint64_t ns);

#endif
