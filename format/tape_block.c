// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape_block.h"

#include "format/codec.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

void tape_unpackers_free(struct tape_unpackers *u)
{
	for (size_t i = 0; i < TAPE_CODECS; i++) {
		codec_state_free(u->state[i]);
		u->state[i] = NULL;
	}
}

bool tape_crc_holds(const void *data, size_t size, size_t crc_at)
{
	static const unsigned char zero[4];
	const unsigned char *bytes = data;
	uint32_t stored, crc = crc32(0, bytes, crc_at);

	memcpy(&stored, bytes + crc_at, sizeof(stored));
	crc = crc32(crc, zero, sizeof(zero));
	return crc32(crc, bytes + crc_at + 4, size - crc_at - 4) == stored;
}

bool tape_block_valid(const void *at)
{
	struct trace_block b;

	memcpy(&b, at, sizeof(b));
	return b.magic == TRACE_BLOCK_MAGIC && b.length >= sizeof(b) && b.raw <= TRACE_BLOCK_MAX &&
	       b.stored <= TRACE_BLOCK_MAX + (TRACE_BLOCK_MAX >> 2) &&
	       (b.cpu < TAPE_CPUS_MAX || b.cpu == TRACE_NO_CPU) &&
	       tape_crc_holds(&b, sizeof(b), offsetof(struct trace_block, crc));
}

int tape_block_unpack(struct tape_unpackers *u, const struct trace_block *header, const void *stored, void *data)
{
	const struct codec *codec = codec_by_id(header->codec);

	if (!codec || header->codec >= TAPE_CODECS || crc32(0, stored, header->stored) != header->stored_crc)
		return -EBADMSG;
	if (!u->state[header->codec])
		u->state[header->codec] = codec_state_new(codec, codec->level);
	if (!u->state[header->codec])
		return -ENOMEM;
	return codec_unpack(u->state[header->codec], data, header->raw, stored, header->stored);
}
