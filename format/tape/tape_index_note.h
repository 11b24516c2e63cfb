/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tape_index_note: what an entry of the index says of a block's records. The writer makes entries
 * with it, and who looks into a block without unpacking all of it (columns_peek.c). */
#ifndef SYSTAPE_TAPE_INDEX_NOTE_H
#define SYSTAPE_TAPE_INDEX_NOTE_H

#include "format/tape/record.h"

/* Notes in a block's entry which call, threads and type one more of its records has. */
void tape_index_note(struct trace_index *entry, const struct trace_record *record);

#endif
