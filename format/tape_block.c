// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape_block.h"

#include "format/codec.h"
#include "format/columns.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

void tape_unpackers_free(struct tape_unpackers *u)
{
	for (size_t i = 0; i < TAPE_CODECS; i++) {
		codec_state_free(u->state[i]);
		u->state[i] = NULL;
	}
	columns_free(u->columns);
	u->columns = NULL;
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

/* Unpacks the sections of `from` and makes records of them: 0, -EBADMSG, or -ENOMEM. */
static int unpack_columns(struct tape_unpackers *u, struct codec_state *state,
			  const struct trace_block *h, const char *from, void *to)
{
	size_t left = h->stored, room = 2 * (size_t)TRACE_BLOCK_MAX;
	struct trace_columns head;

	if (!u->columns)
		u->columns = columns_new();
	if (!u->columns)
		return -ENOMEM;
	if (left < sizeof(head))
		return -EBADMSG;
	memcpy(&head, from, sizeof(head));
	from += sizeof(head);
	left -= sizeof(head);
	for (int i = 0; i < TRACE_SECTIONS; i++) {
		uint32_t raw = head.raw[i], stored = head.stored[i];
		void *section;

		if (stored > left || raw > room)
			return -EBADMSG;
		section = columns_room(u->columns, i, raw);
		if (!section)
			return -ENOMEM;
		if (stored == raw)
			memcpy(section, from, raw);
		else if (codec_unpack(state, section, raw, from, stored))
			return -EBADMSG;
		from += stored;
		left -= stored;
		room -= raw;
	}
	return columns_unpack(u->columns, to, h->raw);
}

int tape_block_unpack(struct tape_unpackers *u, const struct trace_block *header,
		      const void *stored, void *data)
{
	const struct codec *codec = codec_by_id(header->codec);
	struct codec_state **state = &u->state[header->codec < TAPE_CODECS ? header->codec : 0];

	if (!codec || header->codec >= TAPE_CODECS ||
	    crc32(0, stored, header->stored) != header->stored_crc)
		return -EBADMSG;
	if (!*state)
		*state = codec_state_new(codec, codec->level);
	if (!*state)
		return -ENOMEM;
	if (header->layout == TRACE_COLUMNS)
		return unpack_columns(u, *state, header, stored, data);
	if (header->layout != TRACE_PLAIN)
		return -EBADMSG;
	return codec_unpack(*state, data, header->raw, stored, header->stored);
}
