/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * packer: makes the bytes of a block as they stand on the tape, in the layout and with the codec
 * that suit its kind. Used by the tape's writer.
 */
#ifndef SYSTAPE_PACKER_H
#define SYSTAPE_PACKER_H

#include "format/tape/codec.h"
#include "format/tape/record.h"

#include <sys/types.h>

struct packer;

/* A packer with the codec at this level, to be freed with packer_free(); NULL without memory. */
struct packer *packer_new(const struct codec *codec, int level);
void packer_free(struct packer *packer);
/* From here on no level is used that takes more time than the codec's default. */
void packer_hurry(struct packer *packer);

/*
 * Packs the `size` bytes of a block of `block->kind`: how many bytes there are to be written, with
 * *bytes pointing at them (at `data` itself where nothing is packed; valid until the next call),
 * and the codec and layout of *block filled in; or a negative errno.
 */
ssize_t packer_pack(struct packer *packer, struct trace_block *block, const void **bytes,
		    const void *data, size_t size);

#endif
