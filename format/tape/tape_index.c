// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_index.h"

#include "format/tape/tape_block.h"

#include <stdlib.h>
#include <string.h>

enum {
	PARTS_MAX = 1 << 16, /* index blocks; a longer tape is read without its index */
};

struct tape_index {
	struct tape_source *source;
	struct tape_unpackers unpackers;
	uint64_t *parts; /* offsets of the index blocks that are still to come, the next one last */
	size_t part_count, part_room;
	struct trace_index *entries;
	size_t count, at;
	uint64_t last; /* offset of the last index block */
};

static uint64_t source_size(struct tape_source *source)
{
	uint64_t low = 0, high = 1ull << 62;
	char byte;

	while (low < high) { /* by bisection: sources do not tell it */
		uint64_t middle = low + (high - low) / 2;

		if (source->read_at(source, &byte, 1, middle) == 1)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool read_header(struct tape_index *x, uint64_t offset, struct trace_block *header)
{
	return x->source->read_at(x->source, header, sizeof(*header), offset) == sizeof(*header) &&
	       tape_block_valid(header) && header->kind == TRACE_INDEX;
}

static bool add_part(struct tape_index *x, uint64_t offset)
{
	if (x->part_count == x->part_room) {
		size_t room = x->part_room ? 2 * x->part_room : 16;
		uint64_t *more = x->part_room < PARTS_MAX
					 ? reallocarray(x->parts, room, sizeof(*more))
					 : NULL;

		if (!more)
			return false;
		x->parts = more;
		x->part_room = room;
	}
	x->parts[x->part_count++] = offset;
	return true;
}

static void reverse(uint64_t *parts, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		uint64_t other = parts[i];

		parts[i] = parts[count - 1 - i];
		parts[count - 1 - i] = other;
	}
}

/* The last index blocks stand back to back at the end; each part written before names the one
 * before it. */
static bool find_parts(struct tape_index *x, uint64_t last, uint64_t end)
{
	struct trace_block header;
	uint64_t offset = last, before = 0;

	while (offset < end && read_header(x, offset, &header)) {
		if (offset == last)
			before = header.records_before;
		if (!add_part(x, offset))
			return false;
		x->last = offset;
		offset += (uint64_t)header.length + header.stored;
	}
	reverse(x->parts, x->part_count);
	for (offset = last; before && before < offset; before = header.records_before) {
		offset = before;
		if (!read_header(x, offset, &header) || !add_part(x, offset))
			return false;
	}
	return x->part_count;
}

struct tape_index *tape_index_open(struct tape_source *source)
{
	struct tape_index *x = source->read_at ? calloc(1, sizeof(*x)) : NULL;
	struct trace_trailer t;
	uint64_t size;

	if (!x)
		return NULL;
	x->source = source;
	size = source_size(source);
	if (size > sizeof(t) &&
	    source->read_at(source, &t, sizeof(t), size - sizeof(t)) == sizeof(t) &&
	    !memcmp(t.magic, TRACE_MAGIC, sizeof(t.magic)) &&
	    find_parts(x, t.index, size - sizeof(t)))
		return x;
	tape_index_free(x);
	return NULL;
}

void tape_index_free(struct tape_index *x)
{
	if (!x)
		return;
	tape_unpackers_free(&x->unpackers);
	free(x->parts);
	free(x->entries);
	free(x);
}

/* Unpacks the part there; of a damaged one there is nothing. */
static void load(struct tape_index *x, uint64_t offset)
{
	struct trace_block h;
	void *stored;

	free(x->entries);
	x->entries = NULL;
	x->count = x->at = 0;
	if (!read_header(x, offset, &h))
		return;
	stored = malloc((size_t)h.stored + 1);
	x->entries = malloc((size_t)h.raw + 1);
	if (stored && x->entries &&
	    x->source->read_at(x->source, stored, h.stored, offset + h.length) ==
		    (ssize_t)h.stored &&
	    !tape_block_unpack(&x->unpackers, &h, stored, x->entries))
		x->count = h.raw / sizeof(*x->entries);
	free(stored);
}

/* A damaged one is left out: its blocks have no entry. */
static void load_part(struct tape_index *x)
{
	load(x, x->parts[--x->part_count]);
}

uint64_t tape_index_end(const struct tape_index *x)
{
	struct tape_index last = { .source = x->source };
	uint64_t end = 0;

	load(&last, x->last);
	for (size_t i = 0; i < last.count; i++)
		end = last.entries[i].last > end ? last.entries[i].last : end;
	tape_unpackers_free(&last.unpackers);
	free(last.entries);
	return end;
}

const struct trace_index *tape_index_find(struct tape_index *x, uint64_t offset)
{
	for (;;) {
		while (x->at < x->count && x->entries[x->at].offset < offset)
			x->at++;
		if (x->at < x->count)
			return x->entries[x->at].offset == offset ? &x->entries[x->at] : NULL;
		if (!x->part_count)
			return NULL;
		load_part(x);
	}
}
