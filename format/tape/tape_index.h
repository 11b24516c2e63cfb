/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_index: the index of a tape that can be read at any place, held one index block at a time, so
 * that its size does not grow with the tape. The reader asks it for each block that it meets. What
 * it says only lets blocks be skipped.
 */
#ifndef SYSTAPE_TAPE_INDEX_H
#define SYSTAPE_TAPE_INDEX_H

#include "format/tape/record.h"
#include "format/tape/sink.h"

struct tape_index;

/* NULL if the source cannot go back, or the tape has no index (or a damaged one), or memory is
 * short. */
struct tape_index *tape_index_open(struct tape_source *source);
void tape_index_free(struct tape_index *index);
/* About when the tape's last record was made; 0: the index does not say. */
uint64_t tape_index_end(const struct tape_index *index);

/*
 * The entry of the block whose header begins at `offset`, or NULL; offsets are asked for in
 * ascending order. Valid until the next call.
 */
const struct trace_index *tape_index_find(struct tape_index *index, uint64_t offset);

#endif
