// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/codec.h"

#include "format/tape/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#if HAVE_ZSTD
#include <zstd.h>
#endif

enum {
	/* Below level 0: short matches are not worth their time in columns, and a small table is
	 * in the first-level cache again soon after the traced programs had it. */
	FAST_MATCH = 7,
	FAST_HASH = 11, /* log2 of its entries */
};

struct codec_state {
	const struct codec *codec;
	int level;
	void *pack, *unpack; /* ZSTD contexts */
};

static const struct codec codecs[] = {
	{ "none", "as it is", TRACE_NONE, 0, 0, 0 },
	{ "zlib", "deflate, levels 1 to 9", TRACE_ZLIB, 1, 1, 9 },
#if HAVE_ZSTD
	{ "zstd", "Zstandard, levels -7 to 19 (below 0: faster)", TRACE_ZSTD, -1, -7, 19 },
#endif
};

const struct codec *codec_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++)
		if (!strcmp(codecs[i].name, name))
			return &codecs[i];
	return NULL;
}

const struct codec *codec_by_id(int id)
{
	for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++)
		if (codecs[i].id == id)
			return &codecs[i];
	return NULL;
}

int codec_parse(const char *text, const struct codec **codec, int *level)
{
	const char *colon = strchrnul(text, ':');
	char name[16] = "", *end;
	long value;

	if ((size_t)(colon - text) >= sizeof(name))
		return -EINVAL;
	memcpy(name, text, colon - text);
	*codec = codec_by_name(name);
	if (!*codec)
		return -EINVAL;
	*level = (*codec)->level;
	if (!*colon)
		return 0;
	value = strtol(colon + 1, &end, 10);
	if (end == colon + 1 || *end || value < (*codec)->lowest || value > (*codec)->highest)
		return -EINVAL;
	*level = value;
	return 0;
}

struct codec_state *codec_state_new(const struct codec *codec, int level)
{
	struct codec_state *state = calloc(1, sizeof(*state));

	if (!state)
		return NULL;
	state->codec = codec;
	state->level = level;
	return state;
}

void codec_state_free(struct codec_state *state)
{
	if (!state)
		return;
#if HAVE_ZSTD
	ZSTD_freeCCtx(state->pack);
	ZSTD_freeDCtx(state->unpack);
#endif
	free(state);
}

size_t codec_bound(const struct codec *codec, size_t size)
{
	switch (codec->id) {
#if HAVE_ZSTD
	case TRACE_ZSTD: return ZSTD_compressBound(size);
#endif
	case TRACE_ZLIB: return compressBound(size);
	}
	return size;
}

#if HAVE_ZSTD
static ZSTD_CCtx *new_context(int level)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();

	if (!context)
		return NULL;
	ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
	if (level < 0) {
		ZSTD_CCtx_setParameter(context, ZSTD_c_minMatch, FAST_MATCH);
		ZSTD_CCtx_setParameter(context, ZSTD_c_hashLog, FAST_HASH);
	}
	return context;
}

static ssize_t zstd_pack(struct codec_state *state, void *to, size_t room, const void *from,
			 size_t size)
{
	size_t n;

	if (!state->pack)
		state->pack = new_context(state->level);
	if (!state->pack)
		return -ENOMEM;
	n = ZSTD_compress2(state->pack, to, room, from, size);
	return ZSTD_isError(n) ? -ENOMEM : (ssize_t)n;
}

static int zstd_unpack(struct codec_state *state, void *to, size_t size, const void *from,
		       size_t packed)
{
	if (!state->unpack)
		state->unpack = ZSTD_createDCtx();
	if (!state->unpack)
		return -ENOMEM;
	return ZSTD_decompressDCtx(state->unpack, to, size, from, packed) == size ? 0 : -EBADMSG;
}
#endif

ssize_t codec_pack(struct codec_state *state, void *to, size_t room, const void *from, size_t size)
{
	uLongf n = room;

	switch (state->codec->id) {
#if HAVE_ZSTD
	case TRACE_ZSTD: return zstd_pack(state, to, room, from, size);
#endif
	case TRACE_ZLIB:
		return compress2(to, &n, from, size, state->level) == Z_OK ? (ssize_t)n : -ENOMEM;
	}
	if (room < size)
		return -ENOSPC;
	memcpy(to, from, size);
	return size;
}

int codec_unpack(struct codec_state *state, void *to, size_t size, const void *from, size_t packed)
{
	uLongf n = size;

	switch (state->codec->id) {
#if HAVE_ZSTD
	case TRACE_ZSTD: return zstd_unpack(state, to, size, from, packed);
#endif
	case TRACE_ZLIB:
		return uncompress(to, &n, from, packed) == Z_OK && n == size ? 0 : -EBADMSG;
	}
	if (size != packed)
		return -EBADMSG;
	memcpy(to, from, size);
	return 0;
}
