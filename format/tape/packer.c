// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/packer.h"

#include "format/tape/columns.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	SECTION_LEAST = 64, /* bytes of a section that are worth a codec's head */
	/* Below level 0, where time is dear: a section that got smaller by less than an eighth is
	 * left as it is in the next blocks, for so many times the bytes that were tried. */
	HARDLY = 8,
	LEFT_ALONE = 4,
};

struct packer {
	const struct codec *codec;
	struct codec_state *state;
	struct columns *columns;
	char *packed;
	size_t room;
	int level;
	bool hurries;		      /* a level below 0 */
	size_t alone[TRACE_SECTIONS]; /* bytes of each section that are left as they are */
};

struct packer *packer_new(const struct codec *codec, int level)
{
	struct packer *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->codec = codec;
	p->level = level;
	p->hurries = level < 0;
	p->state = codec_state_new(codec, level);
	p->columns = columns_new();
	if (!p->state || !p->columns) {
		packer_free(p);
		return NULL;
	}
	return p;
}

void packer_free(struct packer *p)
{
	if (!p)
		return;
	codec_state_free(p->state);
	columns_free(p->columns);
	free(p->packed);
	free(p);
}

void packer_hurry(struct packer *p)
{
	struct codec_state *state;

	if (p->level <= p->codec->level)
		return;
	state = codec_state_new(p->codec, p->codec->level);
	if (!state)
		return;
	codec_state_free(p->state);
	p->state = state;
	p->level = p->codec->level;
	p->hurries = p->level < 0;
}

/* 0, or -ENOMEM. */
static int make_room(struct packer *p, size_t size)
{
	char *bigger;

	if (size <= p->room)
		return 0;
	bigger = realloc(p->packed, size * 2);
	if (!bigger)
		return -ENOMEM;
	p->packed = bigger;
	p->room = size * 2;
	return 0;
}

/* Packs a section to `at`, where there is room for whatever becomes of it, and sees whether that
 * was worth it: bytes or a negative errno. */
static ssize_t try_section(struct packer *p, enum trace_section section, size_t at,
			   const void *data, size_t size)
{
	ssize_t n = codec_pack(p->state, p->packed + at, p->room - at, data, size);

	if (p->hurries && n > 0 && (size_t)n > size - size / HARDLY)
		p->alone[section] = LEFT_ALONE * size;
	return n;
}

/* Packs one section behind what is there already; one that does not get smaller stays as it is. */
static int pack_section(struct packer *p, enum trace_section section, size_t *at)
{
	size_t size, room;
	const void *data = columns_section(p->columns, section, &size);
	struct trace_columns *head;
	ssize_t n = size;

	room = codec_bound(p->codec, size) + size;
	if (make_room(p, *at + room))
		return -ENOMEM;
	if (p->alone[section])
		p->alone[section] -= size < p->alone[section] ? size : p->alone[section];
	else if (size >= SECTION_LEAST)
		n = try_section(p, section, *at, data, size);
	if (n < 0)
		return n;
	if ((size_t)n >= size) {
		memcpy(p->packed + *at, data, size);
		n = size;
	}
	head = (void *)p->packed;
	head->raw[section] = size;
	head->stored[section] = n;
	*at += n;
	return 0;
}

static ssize_t pack_columns(struct packer *p, const void *data, size_t size)
{
	size_t at = sizeof(struct trace_columns);
	int error = columns_pack(p->columns, data, size);

	if (!error)
		error = make_room(p, at);
	for (int i = 0; i < TRACE_SECTIONS && !error; i++)
		error = pack_section(p, i, &at);
	return error ? error : (ssize_t)at;
}

static ssize_t pack_plain(struct packer *p, const void *data, size_t size)
{
	if (make_room(p, codec_bound(p->codec, size)))
		return -ENOMEM;
	return codec_pack(p->state, p->packed, p->room, data, size);
}

ssize_t packer_pack(struct packer *p, struct trace_block *block, const void **bytes,
		    const void *data, size_t size)
{
	block->codec = TRACE_NONE;
	block->layout = TRACE_PLAIN;
	*bytes = data;
	if (p->codec->id == TRACE_NONE || !size)
		return size;
	block->codec = p->codec->id;
	block->layout = block->kind == TRACE_RECORDS ? TRACE_COLUMNS : TRACE_PLAIN;
	*bytes = NULL;
	ssize_t stored = block->layout == TRACE_COLUMNS ? pack_columns(p, data, size)
							: pack_plain(p, data, size);
	*bytes = p->packed;
	return stored;
}
