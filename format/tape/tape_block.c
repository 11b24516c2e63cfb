// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_block.h"

#include "format/tape/codec.h"
#include "format/tape/columns.h"

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

static const unsigned int all_sections = (1 << TRACE_SECTIONS) - 1,
			  peeked_sections =
				  1 << TRACE_SHAPES | 1 << TRACE_THREADS | 1 << TRACE_DEFINITIONS;

/* Unpacks those of the sections of `from` whose bits are set: 0, -EBADMSG, or -ENOMEM. */
static int unpack_sections(struct tape_unpackers *u, struct codec_state *state,
			   const struct trace_block *h, const char *from, unsigned int wanted)
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
		section = wanted >> i & 1 ? columns_room(u->columns, i, raw) : NULL;
		if (wanted >> i & 1 && !section)
			return -ENOMEM;
		if (section && stored == raw)
			memcpy(section, from, raw);
		else if (section && codec_unpack(state, section, raw, from, stored))
			return -EBADMSG;
		from += stored;
		left -= stored;
		room -= raw;
	}
	return 0;
}

/* The state of the block's codec; NULL where it has no sense, or there is no memory. */
static struct codec_state *state_for(struct tape_unpackers *u, const struct trace_block *header,
				     const void *stored, int *error)
{
	const struct codec *codec = codec_by_id(header->codec);
	struct codec_state **state = &u->state[header->codec < TAPE_CODECS ? header->codec : 0];

	*error = -EBADMSG;
	if (!codec || header->codec >= TAPE_CODECS ||
	    crc32(0, stored, header->stored) != header->stored_crc)
		return NULL;
	*error = -ENOMEM;
	if (!*state)
		*state = codec_state_new(codec, codec->level);
	return *state;
}

bool tape_block_peek(struct tape_unpackers *u, const struct trace_block *header, const void *stored,
		     struct trace_index *entry, uint64_t *ended)
{
	struct codec_state *state;
	int error;

	if (header->layout != TRACE_COLUMNS || header->kind != TRACE_RECORDS)
		return false;
	state = state_for(u, header, stored, &error);
	return state && !unpack_sections(u, state, header, stored, peeked_sections) &&
	       columns_peek(u->columns, header->records, entry, ended);
}

int tape_block_unpack(struct tape_unpackers *u, const struct trace_block *header,
		      const void *stored, void *data)
{
	int error;
	struct codec_state *state = state_for(u, header, stored, &error);

	if (!state)
		return error;
	if (header->layout == TRACE_COLUMNS) {
		error = unpack_sections(u, state, header, stored, all_sections);
		return error ? error : columns_unpack(u->columns, data, header->raw);
	}
	if (header->layout != TRACE_PLAIN)
		return -EBADMSG;
	return codec_unpack(state, data, header->raw, stored, header->stored);
}
