/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_block: one block of a tape, taken as what a stranger wrote: is it one, and what does it
 * unpack to. The reader and its index call it.
 */
#ifndef SYSTAPE_TAPE_BLOCK_H
#define SYSTAPE_TAPE_BLOCK_H

#include "format/tape/record.h"

#include <stdbool.h>
#include <stddef.h>

struct codec_state;
struct columns;

enum {
	TAPE_CPUS_MAX = 8192, /* no kernel has more (NR_CPUS), and no tape */
	TAPE_CODECS = 3,
};

/* Working memory for each codec and layout that was met; zero it before the first use. */
struct tape_unpackers {
	struct codec_state *state[TAPE_CODECS];
	struct columns *columns;
};
void tape_unpackers_free(struct tape_unpackers *unpackers);

/* Whether the CRC-32 of a structure, with its CRC of 4 bytes at `crc_at` as 0, is the one that
 * stands there. */
bool tape_crc_holds(const void *data, size_t size, size_t crc_at);

/* Whether a block's header stands at `at` (sizeof(struct trace_block) bytes, any alignment), within
 * all bounds. */
bool tape_block_valid(const void *at);

/* columns_peek of a stored block that is whole; false of one of another layout, too. */
bool tape_block_peek(struct tape_unpackers *unpackers, const struct trace_block *header,
		     const void *stored, struct trace_index *entry, uint64_t *ended);

/* Unpacks `stored` into `data`, which has room for header->raw bytes: 0, -ENOMEM or -EBADMSG. */
int tape_block_unpack(struct tape_unpackers *unpackers, const struct trace_block *header,
		      const void *stored, void *data);

#endif
