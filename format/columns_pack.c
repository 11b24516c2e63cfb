// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns_form.h"

#include <errno.h>
#include <string.h>

static uint64_t zigzag(uint64_t difference)
{
	return difference << 1 ^ -(difference >> 63);
}

/* The lengths of up to 16 values, half a byte each; written together. */
struct lengths {
	uint64_t bits;
	unsigned int count;
};

static inline void put_value(struct section *s, struct lengths *l, uint64_t value)
{
	unsigned int bytes = value ? (71 - __builtin_clzll(value)) / 8 : 0;

	memcpy(s->at, &value, sizeof(value));
	s->at += bytes;
	l->bits |= (uint64_t)bytes << 4 * l->count++;
}

static inline void put_lengths(struct section *s, const struct lengths *l)
{
	memcpy(s->at, &l->bits, sizeof(l->bits));
	s->at += (l->count + 1) / 2;
}

static void put_bytes(struct section *s, const void *data, size_t size)
{
	memcpy(s->at, data, size);
	s->at += size;
}

static struct shape *put_shape(struct columns *c, const struct shape_key *key)
{
	uint64_t words[2];
	struct shape *shape;
	uint8_t *slot;

	memcpy(words, key, sizeof(words));
	slot = &c->shape_hash[(words[0] * 0x9e3779b97f4a7c15 ^ words[1] * 0xc2b2ae3d27d4eb4f) >>
			      54];
	shape = &c->shapes[*slot];
	if (!memcmp(&shape->key, key, sizeof(*key))) {
		*c->section[TRACE_SHAPES].at++ = *slot;
		return shape;
	}
	*slot = c->next_shape++ % ENTRIES;
	shape = &c->shapes[*slot];
	memset(shape, 0, sizeof(*shape));
	shape->key = *key;
	*c->section[TRACE_SHAPES].at++ = ENTRIES;
	put_bytes(&c->section[TRACE_DEFINITIONS], key, sizeof(*key));
	return shape;
}

static void put_thread(struct columns *c, const struct trace_record *r)
{
	uint8_t *slot = &c->thread_hash[(r->tid * 0x9e3779b1u) >> 22];

	if (c->threads[*slot].tid == r->tid && c->threads[*slot].tgid == r->tgid) {
		*c->section[TRACE_THREADS].at++ = *slot;
		return;
	}
	*slot = c->next_thread++ % ENTRIES;
	c->threads[*slot].tid = r->tid;
	c->threads[*slot].tgid = r->tgid;
	*c->section[TRACE_THREADS].at++ = ENTRIES;
	put_bytes(&c->section[TRACE_DEFINITIONS], &r->tid, 2 * sizeof(r->tid));
}

static bool is_call(uint32_t type)
{
	return (type >= TRACE_CALL && type <= TRACE_PAYLOAD) || type == TRACE_STACK;
}

/* Whether the record is exactly its arguments and pieces, so that it can be made again from them.
 */
static bool is_regular(const struct trace_call *call)
{
	size_t length = call->record.length, at = sizeof(*call) + call->args * sizeof(uint64_t);
	const char *base = (const char *)call;

	if (call->args > 8 || at > length)
		return false;
	for (unsigned int i = 0; i < call->pieces; i++) {
		const struct trace_piece *piece = (const void *)(base + at);
		size_t need = sizeof(*piece);

		if (length - at < need)
			return false;
		if (piece->flags & TRACE_P_NESTED)
			need += sizeof(struct trace_nested);
		need += ((size_t)piece->length + 7) & ~(size_t)7;
		if (piece->length > length || length - at < need)
			return false;
		at += need;
	}
	return at == length;
}

static void put_piece(struct columns *c, struct shape *shape, unsigned int i,
		      const struct trace_piece *piece)
{
	uint32_t what = piece->arg | piece->spare << 8 | (uint32_t)piece->flags << 16;
	uint32_t expected = i < PIECES ? shape->piece[i] : 0,
		 total = piece->flags & TRACE_P_STRING ? 0 : piece->length;
	struct section *values = &c->section[TRACE_VALUES];
	const uint64_t *data = (const void *)(piece + 1);
	struct lengths l = { 0, 0 };

	put_value(values, &l, what ^ expected);
	put_value(values, &l, piece->length);
	put_value(values, &l, piece->total ^ total);
	put_value(values, &l, piece->offset);
	if (piece->flags & TRACE_P_NESTED) {
		put_value(values, &l, zigzag(*data - shape->address));
		shape->address = *data++;
	}
	put_lengths(&c->section[TRACE_LENGTHS], &l);
	put_bytes(&c->section[TRACE_BYTES], data, piece->length);
	if (i < PIECES)
		shape->piece[i] = what;
}

static void put_pieces(struct columns *c, struct shape *shape, const struct trace_call *call)
{
	const char *at = (const char *)&call->arg[call->args];

	for (unsigned int i = 0; i < call->pieces; i++) {
		const struct trace_piece *piece = (const void *)at;

		put_piece(c, shape, i, piece);
		at += sizeof(*piece) +
		      (piece->flags & TRACE_P_NESTED ? sizeof(struct trace_nested) : 0) +
		      (((size_t)piece->length + 7) & ~(size_t)7);
	}
}

static void put_call(struct columns *c, const struct trace_call *call)
{
	const struct shape_key key = {
		.type = call->record.type,
		.flags = call->record.flags,
		.form = call->enter ? FORM_TIMED : FORM_CALL,
		.nr = call->nr,
		.arch = call->arch,
		.args = call->args,
		.pieces = call->pieces,
	};
	struct shape *shape = put_shape(c, &key);
	struct section *times = &c->section[TRACE_TIMES], *values = &c->section[TRACE_VALUES];
	struct lengths l = { 0, 0 };

	put_thread(c, &call->record);
	if (call->enter) {
		put_value(times, &l, zigzag(call->enter - c->time));
		put_value(times, &l, zigzag(call->record.time - call->enter));
	} else {
		put_value(times, &l, zigzag(call->record.time - c->time));
	}
	put_value(&c->section[TRACE_RESULTS], &l, zigzag(call->result - shape->result));
	shape->result = call->result;
	for (unsigned int i = 0; i < call->args; i++) {
		put_value(values, &l, zigzag(call->arg[i] - shape->arg[i]));
		shape->arg[i] = call->arg[i];
	}
	put_lengths(&c->section[TRACE_LENGTHS], &l);
	if (call->pieces)
		put_pieces(c, shape, call);
}

static void put_raw(struct columns *c, const struct trace_record *r)
{
	const struct shape_key key = { .type = r->type, .flags = r->flags, .form = FORM_RAW };
	struct lengths l = { 0, 0 };

	put_shape(c, &key);
	put_thread(c, r);
	put_value(&c->section[TRACE_TIMES], &l, zigzag(r->time - c->time));
	put_value(&c->section[TRACE_VALUES], &l, (r->length - sizeof(*r)) / 8);
	put_lengths(&c->section[TRACE_LENGTHS], &l);
	put_bytes(&c->section[TRACE_BYTES], r + 1, r->length - sizeof(*r));
}

int columns_pack(struct columns *c, const void *records, size_t size)
{
	/* The most that `size` bytes of records can make of each section; a record is at least its
	 * head. */
	const size_t count = size / sizeof(struct trace_record) + 1;
	const size_t most[TRACE_SECTIONS] = {
		[TRACE_SHAPES] = count,		 [TRACE_THREADS] = count,
		[TRACE_LENGTHS] = size / 4 + 16, [TRACE_TIMES] = size,
		[TRACE_RESULTS] = size,		 [TRACE_VALUES] = 2 * size,
		[TRACE_DEFINITIONS] = size + 24, [TRACE_BYTES] = size,
	};
	const char *at = records, *end = at + size;

	for (int i = 0; i < TRACE_SECTIONS; i++)
		if (!columns_make_room(&c->section[i], most[i]))
			return -ENOMEM;
	columns_forget(c);
	while (at < end) {
		const struct trace_record *r = (const void *)at;

		if (end - at < (ptrdiff_t)sizeof(*r) || r->length < sizeof(*r) || r->length % 8 ||
		    r->length > (size_t)(end - at))
			return -EBADMSG;
		if (is_call(r->type) && r->length >= sizeof(struct trace_call) &&
		    is_regular((const void *)r))
			put_call(c, (const void *)r);
		else
			put_raw(c, r);
		c->time = r->time;
		at += r->length;
	}
	return 0;
}

const void *columns_section(const struct columns *c, enum trace_section section, size_t *size)
{
	*size = c->section[section].at - c->section[section].base;
	return c->section[section].base;
}
