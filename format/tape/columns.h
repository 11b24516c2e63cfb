/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * columns: the records of a block as columns (TRACE_COLUMNS in record.h), and back. Values of one
 * sort stand together and are written as differences, so that a codec finds little left to say.
 * tape_writer packs, tape_reader unpacks; what is unpacked is believed in nothing. The form is
 * described in systape-tape(5).
 */
#ifndef SYSTAPE_COLUMNS_H
#define SYSTAPE_COLUMNS_H

#include "format/tape/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct columns; /* working memory, reused from block to block; not for two threads at once */

/* NULL without memory; free with columns_free (NULL accepted). */
struct columns *columns_new(void);
void columns_free(struct columns *columns);

/* Reads `size` bytes of whole records into the sections below: 0, -ENOMEM, or -EBADMSG where they
 * are not records. */
int columns_pack(struct columns *columns, const void *records, size_t size);
/* A section after columns_pack; valid until the next call. */
const void *columns_section(const struct columns *columns, enum trace_section section,
			    size_t *size);

/* Memory for `size` bytes of the section, to be filled before columns_unpack; NULL without memory.
 */
void *columns_room(struct columns *columns, enum trace_section section, size_t size);
/* Makes exactly `size` bytes of records from the sections: 0, or -EBADMSG. */
int columns_unpack(struct columns *columns, void *records, size_t size);
/*
 * What calls and threads `count` records have, added to `entry`, and how many calls end among them,
 * to *ended; of the sections only TRACE_SHAPES, TRACE_THREADS and TRACE_DEFINITIONS are looked at.
 * False where there is something else than calls, or no sense.
 */
bool columns_peek(struct columns *columns, size_t count, struct trace_index *entry,
		  uint64_t *ended);

#endif
