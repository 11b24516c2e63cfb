/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ahead: the blocks of a tape in file order, as the reader has them, some of them being unpacked by
 * workers before their turn comes. How many is bounded, by number and by bytes. Without workers it
 * hands everything through. Who asks (merge) sees no difference but the time.
 */
#ifndef SYSTAPE_AHEAD_H
#define SYSTAPE_AHEAD_H

#include "decode/workers.h"
#include "format/tape_reader.h"

struct ahead;
struct ahead_job;

struct ahead_block {
	struct tape_block block; /* its index entry is valid until the next ahead_next */
	struct ahead_job *job;	 /* NULL: nobody unpacks it ahead */
	uint64_t calls;		 /* that end in it, if it was looked into */
};

/* Decides from a block's header and index entry (may be NULL) whether its records are wanted. */
typedef bool ahead_want(void *context, const struct trace_block *block,
			const struct trace_index *index);

/* The reader stays the caller's. `want` may be NULL. NULL without memory. */
struct ahead *ahead_new(struct tape_reader *reader, ahead_want *want, void *context);
void ahead_free(struct ahead *ahead);
/* Before the first block is read; they stay the caller's. */
void ahead_use(struct ahead *ahead, struct workers *workers);

/* Makes index entries for the blocks of a tape that comes through a pipe: of use where some blocks
 * are not wanted. */
void ahead_peek(struct ahead *ahead);

/* As tape_reader_next. Free the block with ahead_drop. */
int ahead_next(struct ahead *ahead, struct ahead_block *block);
/* As tape_reader_load. */
int ahead_load(struct ahead *ahead, struct ahead_block *block, void **data, size_t *room);
void ahead_drop(struct ahead *ahead, struct ahead_block *block);
/* As tape_reader_would_wait. */
bool ahead_would_wait(struct ahead *ahead);

#endif
