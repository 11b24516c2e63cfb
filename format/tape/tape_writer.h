/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_writer: writes a tape to a sink: header, metadata, blocks of records, index. The recorder
 * calls it for what its backends deliver, `systape-decode -l bin` for what it reads. It never
 * seeks. Layout: record.h.
 */
#ifndef SYSTAPE_TAPE_WRITER_H
#define SYSTAPE_TAPE_WRITER_H

#include "format/tape/codec.h"
#include "format/tape/record.h"
#include "format/tape/sink.h"
#include "format/tape/tape_totals.h"

struct tape_writer;

/*
 * Starts a tape with the fields of `header` that the recorder knows (magic, version, length, endian
 * and crc are filled in here) and writes it. The sink stays the caller's. NULL without memory; a
 * failed write is returned by every later call.
 */
struct tape_writer *tape_writer_new(struct tape_sink *sink, const struct trace_header *header,
				    const struct codec *codec, int level);
void tape_writer_free(struct tape_writer *writer);

/* Adds one piece of metadata; kept until the next block or flush is written. 0 or a negative errno.
 */
int tape_writer_meta(struct tape_writer *writer, enum trace_meta_key key, uint32_t arch,
		     uint32_t nr, const void *data, uint32_t size);
/* Writes the metadata collected so far as a block. 0 or a negative errno. */
int tape_writer_flush(struct tape_writer *writer);

/*
 * Writes `size` bytes of whole records of one CPU, in time order, as one or more blocks. `sealed`
 * is the time before which, for any CPU, no record follows behind these. 0; -EBADMSG if the records
 * are not records; otherwise the sink's error. What could not be written is counted, and stands as
 * TRACE_LOST on the tape where it goes on; where the sink can take a half-written block back, later
 * records may be tried as if nothing had happened.
 */
int tape_writer_records(struct tape_writer *writer, uint32_t cpu, const void *records, size_t size,
			uint64_t sealed);
/*
 * Writes a block of records as another writer has packed it: `stored` are its bytes, `records` what
 * they unpack to, which is edited no more. Returns as tape_writer_records.
 */
int tape_writer_block(struct tape_writer *writer, const struct trace_block *block,
		      const void *stored, const void *records);
/*
 * Has `edit` look at all records before they are counted or written: it returns those that take
 * their place, valid until its next call, and their size; NULL without memory, after which nothing
 * is written.
 */
typedef const void *tape_edit(void *context, const void *records, size_t size, size_t *left);
void tape_writer_edit(struct tape_writer *writer, tape_edit *edit, void *context);
/* What `before`, which is finished, has lost and could not write is written by this one. */
void tape_writer_succeed(struct tape_writer *writer, struct tape_writer *before);
/* From here on time is dear: packer_hurry(). */
void tape_writer_hurry(struct tape_writer *writer);
/* From here on records are only counted, as lost. */
void tape_writer_discard(struct tape_writer *writer);
/* An empty block that only says that everything before `sealed` has been written. */
int tape_writer_seal(struct tape_writer *writer, uint64_t sealed);

/* Writes the losses that stand on no tape yet, and the index; nothing may follow. 0 or a negative
 * errno. */
int tape_writer_finish(struct tape_writer *writer);

const struct tape_totals *tape_writer_totals(const struct tape_writer *writer);

#endif
