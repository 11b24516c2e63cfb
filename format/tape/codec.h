/* SPDX-License-Identifier: GPL-2.0-or-later */
/* codec: packs and unpacks the records of a block. One row per codec; callers: tape_writer,
 * tape_reader. */
#ifndef SYSTAPE_CODEC_H
#define SYSTAPE_CODEC_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct codec_state; /* working memory, reused from block to block; not for two threads at once */

struct codec {
	const char *name, *help;
	int id;			    /* enum trace_codec */
	int level, lowest, highest; /* default level and range */
};

/* The codec by name ("zstd") or by its id; NULL where this build does not have it. */
const struct codec *codec_by_name(const char *name);
const struct codec *codec_by_id(int id);
/* "zstd", "zstd:3", "none": 0, or -EINVAL; *level is set to what was asked or the default. */
int codec_parse(const char *text, const struct codec **codec, int *level);

struct codec_state *codec_state_new(const struct codec *codec, int level);
void codec_state_free(struct codec_state *state);

/* The most bytes that `size` can pack to. */
size_t codec_bound(const struct codec *codec, size_t size);
/* Packs: bytes written to `to`, or a negative errno. */
ssize_t codec_pack(struct codec_state *state, void *to, size_t room, const void *from, size_t size);
/* Unpacks exactly `size` bytes: 0, or -EBADMSG where the data is not that. */
int codec_unpack(struct codec_state *state, void *to, size_t size, const void *from, size_t packed);

#endif
