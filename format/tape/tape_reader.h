/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_reader: reads a tape from a source, block by block, believing nothing: sizes are bounded,
 * checksums compared, damaged parts skipped, counted and described. The decoders' stream and the
 * tests call it.
 */
#ifndef SYSTAPE_TAPE_READER_H
#define SYSTAPE_TAPE_READER_H

#include "format/tape/record.h"
#include "format/tape/sink.h"

#include <stdbool.h>

struct tape_reader;
struct tape_unpackers;

/* A sentence for the person, without program name and full stop. */
struct tape_error {
	char text[200];
};

struct tape_damage {
	uint64_t blocks;  /* that could not be read */
	uint64_t bytes;	  /* that belong to no block */
	uint64_t records; /* in unreadable blocks, as their headers say, or as a later block's
			     header proves */
	bool truncated; /* the tape ends within a block, which is not counted above, or without its
			   index */
};

/* A block: its header, and where its stored bytes are. Zero it before the first use. */
struct tape_block {
	struct trace_block header;
	const struct trace_index *index; /* its entry, until the next block is read; NULL: none */
	uint64_t offset;		 /* of the stored bytes */
	uint64_t missing; /* records of this CPU that stood between its block before and this one */
	void *stored;	  /* owned by the block; NULL: still in the (seekable) source */
};

/*
 * Reads and checks the header. The source stays the caller's. NULL with a sentence in *error if it
 * is not a tape, is one of another byte order, or needs something that this reader does not know.
 */
struct tape_reader *tape_reader_open(struct tape_source *source, struct tape_error *error);
void tape_reader_free(struct tape_reader *reader);

const struct trace_header *tape_reader_header(const struct tape_reader *reader);
const struct tape_damage *tape_reader_damage(const struct tape_reader *reader);
/* About when the tape's last record was made, on its clock; 0: not known before it is read. */
uint64_t tape_reader_end(const struct tape_reader *reader);

/*
 * The next block of records or metadata, in file order: 1; 0 at the end; -EIO if the source fails.
 * The stored bytes are taken along where the source cannot go back. Free the block with
 * tape_block_free.
 */
int tape_reader_next(struct tape_reader *reader, struct tape_block *block);
void tape_block_free(struct tape_block *block);

/*
 * Unpacks a block's records into `*data`, which has room for `*room` bytes and grows by realloc: 0,
 * or a negative errno where the block is damaged (counted by then).
 */
int tape_reader_load(struct tape_reader *reader, const struct tape_block *block, void **data,
		     size_t *room);

/*
 * The same in two halves, for who unpacks blocks in several threads: the first one may run in any
 * of them, each with `unpackers` of its own; what it returned is given to the second one, in the
 * thread that reads.
 */
int tape_reader_unpack(const struct tape_reader *reader, struct tape_unpackers *unpackers,
		       const struct tape_block *block, void **data, size_t *room);
int tape_reader_judge(struct tape_reader *reader, const struct tape_block *block, int error);

/*
 * What a block holds, for one that has no index entry and whose stored bytes were taken along:
 * fills in types, calls and threads of `entry`, and how many calls end in it. False where that
 * cannot be told without unpacking it.
 */
bool tape_reader_peek(struct tape_reader *reader, const struct tape_block *block,
		      struct trace_index *entry, uint64_t *ended);

/* Counts records of a block that was read, but in which something else than records follows. */
void tape_reader_add_damage(struct tape_reader *reader, uint64_t records);

/* True if the next call of tape_reader_next would wait for a live recorder. */
bool tape_reader_would_wait(struct tape_reader *reader, uint64_t ns);

/*
 * The record at `*at` of `size` bytes of records, and moves `*at` behind it; NULL at the end or at
 * a record whose length is impossible (*at stays below size then).
 */
static inline const struct trace_record *tape_record_next(const void *data, size_t size, size_t *at)
{
	const struct trace_record *r = (const void *)((const char *)data + *at);

	if (*at > size || size - *at < sizeof(*r) || r->length < sizeof(*r) || r->length % 8 ||
	    r->length > TRACE_RECORD_MAX || r->length > size - *at)
		return NULL;
	*at += r->length;
	return r;
}

/*
 * How many of `size` bytes of records go together when `most` are wanted: whole records, one at
 * least; all that is there where it makes no records.
 */
static inline size_t tape_records_part(const void *data, size_t size, size_t most)
{
	size_t at = 0;

	while (at < size && at < most)
		if (!tape_record_next(data, size, &at))
			return size;
	return at;
}

/*
 * The next piece behind a record that has `pieces` of them, from `*at` (start with the offset of
 * the first piece); false at the end or where lengths are impossible. `data` points into the
 * record.
 */
struct tape_piece {
	struct trace_piece piece;
	uint64_t address; /* from struct trace_nested, or 0 */
	const void *data;
};
bool tape_piece_next(const struct trace_record *record, size_t *at, struct tape_piece *piece);

#endif
