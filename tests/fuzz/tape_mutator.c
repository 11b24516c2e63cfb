// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/fuzz/tape_mutator.h"

#include "format/tape/codec.h"
#include "format/tape/columns.h"
#include "format/tape/record.h"

#include <stdbool.h>
#include <string.h>
#include <zlib.h>

enum {
	BLOCKS = 64,
	RECORDS = 512,
	PIECES = 64,
};

struct tape {
	uint8_t *data;
	size_t size, most;
	size_t block[BLOCKS]; /* offsets of block headers */
	size_t blocks;
	uint64_t state; /* of the random numbers */
};

static uint64_t roll(struct tape *t, uint64_t below)
{
	t->state ^= t->state << 13;
	t->state ^= t->state >> 7;
	t->state ^= t->state << 17;
	return below ? t->state % below : t->state;
}

/* Numbers at which programs stumble. */
static uint64_t odd_number(struct tape *t)
{
	static const uint64_t odd[] = {
		0,
		1,
		2,
		3,
		4,
		7,
		8,
		9,
		16,
		24,
		31,
		32,
		33,
		40,
		48,
		63,
		64,
		127,
		128,
		255,
		256,
		511,
		512,
		4095,
		4096,
		65535,
		1 << 20,
		(1 << 20) + 8,
		4 << 20,
		INT32_MAX,
		1ull << 31,
		UINT32_MAX,
		1ull << 32,
		INT64_MAX,
		1ull << 63,
		UINT64_MAX,
		UINT64_MAX - 7,
		UINT64_MAX - 4095,
		0x5401,
		0xffffff9c,
	};

	return roll(t, 4) ? odd[roll(t, sizeof(odd) / sizeof(*odd))] : roll(t, 0);
}

static struct trace_block *header_of(struct tape *t, size_t block)
{
	return (void *)(t->data + t->block[block]);
}

static void find_blocks(struct tape *t)
{
	size_t at = sizeof(struct trace_header);

	t->blocks = 0;
	while (t->blocks < BLOCKS && at + sizeof(struct trace_block) <= t->size) {
		struct trace_block *b = (void *)(t->data + at);

		if (b->magic != TRACE_BLOCK_MAGIC || b->stored > t->size - at - sizeof(*b))
			break;
		t->block[t->blocks++] = at;
		at += sizeof(*b) + b->stored;
	}
}

/* A block of plain records, at random; -1 if there is none. */
static int pick_block(struct tape *t)
{
	for (int try = 0; try < 8 && t->blocks; try++) {
		size_t i = roll(t, t->blocks);

		if (header_of(t, i)->codec == TRACE_NONE &&
		    header_of(t, i)->stored >= sizeof(struct trace_record))
			return i;
	}
	return -1;
}

/* A record of the block, at random: where it begins in the tape; 0 if there is none. */
static size_t pick_record(struct tape *t, int block)
{
	size_t starts[RECORDS], n = 0, at = t->block[block] + sizeof(struct trace_block);
	size_t end = at + header_of(t, block)->stored;

	while (n < RECORDS && at + sizeof(struct trace_record) <= end) {
		uint32_t length = ((struct trace_record *)(t->data + at))->length;

		if (length < sizeof(struct trace_record) || length > end - at)
			break;
		starts[n++] = at;
		at += length;
	}
	return n ? starts[roll(t, n)] : 0;
}

/* A piece of a record, at random, or 0. */
static size_t pick_piece(struct tape *t, size_t record)
{
	const struct trace_record *r = (void *)(t->data + record);
	size_t starts[PIECES], n = 0, at = sizeof(struct trace_process);

	if (r->type < TRACE_FORK && r->length >= sizeof(struct trace_call))
		at = sizeof(struct trace_call) + ((const struct trace_call *)r)->args * 8;
	while (n < PIECES && at + sizeof(struct trace_piece) <= r->length) {
		const struct trace_piece *p = (void *)(t->data + record + at);
		size_t length = sizeof(*p) + (p->flags & TRACE_P_NESTED ? 8 : 0) +
				(((size_t)p->length + 7) & ~7ul);

		if (length > r->length - at)
			break;
		starts[n++] = record + at;
		at += length;
	}
	return n ? starts[roll(t, n)] : 0;
}

/* Makes the block larger or smaller by `size` bytes at `at`. */
static int resize(struct tape *t, int block, size_t at, long size)
{
	if (size > 0 && t->size + size > t->most)
		return -1;
	if (size > 0)
		memmove(t->data + at + size, t->data + at, t->size - at);
	else
		memmove(t->data + at, t->data + at - size, t->size - at + size);
	t->size += size;
	header_of(t, block)->stored += size;
	header_of(t, block)->raw += size;
	return 0;
}

static void change_record(struct tape *t, size_t at)
{
	struct trace_record *r = (void *)(t->data + at);
	struct trace_call *c = (void *)r;
	int call = r->length >= sizeof(*c);

	switch (roll(t, call ? 13 : 6)) {
	case 0: r->type = roll(t, 16); break;
	case 1: r->flags ^= 1u << roll(t, 8); break;
	case 2: r->time = roll(t, 2) ? odd_number(t) : r->time + roll(t, 1000); break;
	case 3: r->tid = roll(t, 2) ? roll(t, 4) : odd_number(t); break;
	case 4: r->tgid = roll(t, 2) ? roll(t, 4) : odd_number(t); break;
	case 5: r->length = roll(t, 2) ? odd_number(t) : r->length + 8 * (roll(t, 9) - 4); break;
	case 6: c->nr = roll(t, 4) ? roll(t, 512) : odd_number(t); break;
	case 7: c->arch = roll(t, 5); break;
	case 8: c->args = roll(t, 9); break;
	case 9: c->pieces = odd_number(t); break;
	case 10: c->result = roll(t, 2) ? -(int64_t)roll(t, 4100) : (int64_t)odd_number(t); break;
	case 11: c->enter = odd_number(t); break;
	default:
		if (r->length >= sizeof(*c) + 6 * 8)
			c->arg[roll(t, 6)] = roll(t, 3) ? odd_number(t) : c->arg[roll(t, 6)];
	}
}

static void change_piece(struct tape *t, size_t record, size_t at)
{
	struct trace_piece *p = (void *)(t->data + at);
	struct trace_call *c = (void *)(t->data + record);
	size_t left = record + c->record.length - at;

	switch (roll(t, 8)) {
	case 0: p->length = roll(t, 2) ? odd_number(t) : roll(t, 64); break;
	case 1: p->total = odd_number(t); break;
	case 2: p->offset = roll(t, 2) ? roll(t, 64) : odd_number(t); break;
	case 3: p->arg = roll(t, 8); break;
	case 4: p->flags ^= 1u << roll(t, 5); break;
	case 5: /* points to where an argument points, or somewhat behind */
		if (left >= sizeof(*p) + 8 && c->record.length >= sizeof(*c) + 48) {
			uint64_t address = c->arg[roll(t, 6)] + 8 * roll(t, 8);

			memcpy(p + 1, &address, sizeof(address));
		}
		break;
	default:
		if (p->length && p->length <= left - sizeof(*p))
			LLVMFuzzerMutate((void *)(p + 1), p->length, p->length);
	}
}

static void change_block(struct tape *t)
{
	struct trace_block *b = t->blocks ? header_of(t, roll(t, t->blocks)) : NULL;

	if (!b)
		return;
	switch (roll(t, 9)) {
	case 0: b->kind = roll(t, 4); break;
	case 1: b->codec = roll(t, 4); break;
	case 2: b->cpu = roll(t, 2) ? roll(t, 4) : odd_number(t); break;
	case 3: b->sealed = odd_number(t); break;
	case 4: b->records_before = odd_number(t); break;
	case 5: b->records = odd_number(t); break;
	case 6: b->raw = odd_number(t); break;
	case 7: b->first = odd_number(t); break;
	default: b->sequence = odd_number(t);
	}
}

static void change_header(struct tape *t)
{
	struct trace_header *h = (void *)t->data;

	switch (roll(t, 7)) {
	case 0: h->cpus = odd_number(t); break;
	case 1: h->optional = roll(t, 16); break;
	case 2: h->realtime = odd_number(t); break;
	case 3: h->length = odd_number(t); break;
	case 4: h->arch = roll(t, 5); break;
	case 5: h->required = roll(t, 64) == 0; break;
	default: h->recorder = roll(t, 0); /* the target's options */
	}
}

/* Packs a plain block by a codec. */
static void repack(struct tape *t, int block)
{
	static uint8_t room[1 << 16];
	const struct codec *codec = codec_by_id(1 + roll(t, 2));
	struct codec_state *state = codec ? codec_state_new(codec, 1) : NULL;
	struct trace_block *b = header_of(t, block);
	uint32_t raw = b->raw, stored = b->stored;
	size_t at = t->block[block] + sizeof(*b);
	ssize_t n = state ? codec_pack(state, room, sizeof(room), t->data + at, stored) : -1;

	codec_state_free(state);
	if (n <= 0 || n > stored)
		return;
	resize(t, block, at, n - (long)stored);
	memcpy(t->data + at, room, n);
	b->codec = codec->id;
	b->raw = raw;
}

/* Writes a plain block as columns, not packed, so that they can be changed. */
static void make_columns(struct tape *t, int block)
{
	static uint8_t room[1 << 16];
	struct columns *columns = columns_new();
	struct trace_block *b = header_of(t, block);
	struct trace_columns *head = (void *)room;
	size_t at = t->block[block] + sizeof(*b), n = sizeof(*head);
	uint32_t raw = b->raw, stored = b->stored;
	static uint64_t records[1 << 13];

	if (stored <= sizeof(records)) {
		memcpy(records, t->data + at, stored);
		if (columns_pack(columns, records, stored))
			stored = 0;
	}
	for (int i = 0; i < TRACE_SECTIONS && stored && stored <= sizeof(records); i++) {
		size_t size;
		const void *data = columns_section(columns, i, &size);

		if (n + size > sizeof(room)) {
			n = sizeof(room) + 1;
			break;
		}
		if (size)
			memcpy(room + n, data, size);
		head->raw[i] = head->stored[i] = size;
		n += size;
	}
	columns_free(columns);
	if (!stored || stored > sizeof(records) || n > sizeof(room) ||
	    resize(t, block, at, (long)n - (long)stored))
		return;
	memcpy(t->data + at, room, n);
	b->layout = TRACE_COLUMNS;
	b->raw = raw;
}

static void change_columns(struct tape *t, int block)
{
	struct trace_block *b = header_of(t, block);
	struct trace_columns *head = (void *)(b + 1);
	size_t at = sizeof(*head);
	int section = roll(t, TRACE_SECTIONS);

	if (b->stored < sizeof(*head))
		return;
	if (!roll(t, 8)) {
		head->raw[section] = head->stored[section] = odd_number(t);
		return;
	}
	if (!roll(t, 8)) {
		b->raw += 8 * (roll(t, 9) - 4);
		return;
	}
	for (int i = 0; i < section; i++)
		at += head->stored[i];
	if (head->stored[section] && at + head->stored[section] <= b->stored)
		LLVMFuzzerMutate((uint8_t *)head + at, head->stored[section],
				 head->stored[section]);
}

/* A record again and again, each a little later than the one before. */
static void multiply(struct tape *t, int block, size_t record)
{
	uint32_t length = ((struct trace_record *)(t->data + record))->length;
	struct trace_record *r;

	for (uint64_t n = 8 << roll(t, 5); n && !resize(t, block, record, length); n--) {
		r = (void *)(t->data + record);
		memcpy(r, t->data + record + length, length);
		r->time -= 2;
		header_of(t, block)->records++;
	}
}

/* A copy of a plain block for another CPU, at the end, whose records take turns with the first's.
 */
static void add_lane(struct tape *t, int block)
{
	struct trace_block *b = header_of(t, block);
	size_t size = sizeof(*b) + b->stored, at = sizeof(*b), end = t->block[t->blocks - 1];

	end += sizeof(*b) + header_of(t, t->blocks - 1)->stored;
	if (end + size > t->most)
		return;
	memmove(t->data + end, t->data + t->block[block], size); /* an index behind it is no loss */
	t->size = end + size;
	b = (void *)(t->data + end);
	b->cpu = roll(t, 4) ? t->blocks : roll(t, 64);
	b->sequence = 0;
	b->records_before = 0;
	while (at + sizeof(struct trace_record) <= size) {
		struct trace_record *r = (void *)(t->data + end + at);

		if (r->length < sizeof(*r) || r->length > size - at)
			break;
		r->time += 1 + roll(t, 3);
		at += r->length;
	}
}

/* Descriptors far apart, and what goes through the whole table: dup2, fcntl, close_range, fork,
 * execve, rename. */
static void crowd_descriptors(struct tape *t, int block, size_t record)
{
	static const uint16_t calls[] = { 33, 72, 436, 57, 59, 82, 87, 3, 292 };
	struct trace_record *first = (void *)(t->data + record);
	uint32_t length = first->length;

	if (length < sizeof(struct trace_call) + 24)
		return;
	for (uint64_t n = 1 + roll(t, 8); n && !resize(t, block, record, length); n--) {
		struct trace_call *c = (void *)(t->data + record);

		memcpy(c, t->data + record + length, length);
		c->nr = calls[roll(t, sizeof(calls) / sizeof(*calls))];
		c->record.type = roll(t, 8) ? TRACE_CALL : TRACE_FORK + roll(t, 3);
		c->result = roll(t, 2) ? (int64_t)roll(t, 1 << 20) : 0;
		c->arg[0] = roll(t, 4);
		c->arg[1] = roll(t, 2) ? roll(t, 1 << 20) : odd_number(t);
		header_of(t, block)->records++;
	}
}

static void change(struct tape *t)
{
	int block = pick_block(t);
	bool plain = block >= 0 && header_of(t, block)->layout == TRACE_PLAIN;
	size_t record = plain ? pick_record(t, block) : 0,
	       piece = record ? pick_piece(t, record) : 0;
	uint32_t length = record ? ((struct trace_record *)(t->data + record))->length : 0;

	if (block >= 0 && header_of(t, block)->layout == TRACE_COLUMNS) {
		change_columns(t, block);
		return;
	}
	if (plain && roll(t, 8) == 0) {
		if (record && roll(t, 4) == 0)
			multiply(t, block, record);
		else if (record && roll(t, 3) == 0)
			crowd_descriptors(t, block, record);
		else
			add_lane(t, block);
		return;
	}
	switch (roll(t, 20)) {
	case 0: change_header(t); break;
	case 1:
	case 2: change_block(t); break;
	case 3:
		if (block >= 0 && roll(t, 2))
			repack(t, block);
		else if (block >= 0)
			make_columns(t, block);
		break;
	case 4:
	case 5: /* once more, or a copy of another */
		if (record && !resize(t, block, record, length))
			memcpy(t->data + record, t->data + record + length, length);
		break;
	case 6:
		if (record)
			resize(t, block, record, -(long)length);
		break;
	case 7:
	case 8:
	case 9:
	case 10:
		if (record)
			LLVMFuzzerMutate(t->data + record + sizeof(struct trace_record),
					 length - sizeof(struct trace_record),
					 length - sizeof(struct trace_record));
		break;
	case 11:
	case 12:
	case 13:
	case 14:
	case 15:
		if (piece)
			change_piece(t, record, piece);
		else if (record)
			change_record(t, record);
		break;
	default:
		if (record)
			change_record(t, record);
	}
}

static void mend(struct tape *t)
{
	struct trace_header *h = (void *)t->data;

	h->crc = 0;
	h->crc = crc32(0, t->data, sizeof(*h));
	for (size_t i = 0; i < t->blocks; i++) {
		struct trace_block *b = header_of(t, i);

		b->stored_crc = crc32(0, (void *)(b + 1), b->stored);
		b->crc = 0;
		b->crc = crc32(0, (void *)b, sizeof(*b));
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	struct tape t = {
		.data = data, .size = size, .most = most, .state = seed * 0x9e3779b97f4a7c15ull + 1
	};

	if (size < sizeof(struct trace_header) + sizeof(struct trace_block) || !roll(&t, 20))
		return LLVMFuzzerMutate(data, size, most);
	for (uint64_t changes = 1 + roll(&t, 4); changes; changes--) {
		find_blocks(&t);
		change(&t);
	}
	find_blocks(&t);
	mend(&t);
	return t.size;
}
