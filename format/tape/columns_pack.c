// SPDX-License-Identifier: GPL-2.0-or-later
/* columns: from records to columns. */
#include "format/tape/columns_form.h"

#include <errno.h>
#include <string.h>

static uint64_t zigzag(uint64_t difference)
{
	return difference << 1 ^ -(difference >> 63);
}

/* Where writing is, section by section: a copy on the stack, so that the compiler may keep it in
 * registers; bytes that are written could be anywhere else. */
struct cursors {
	uint8_t *at[TRACE_SECTIONS];
};

/* The lengths of up to 16 values, half a byte each; written together. */
struct lengths {
	uint64_t bits;
	unsigned int count;
};

static inline void put_value(struct cursors *to, enum trace_section section, struct lengths *l,
			     uint64_t value)
{
	unsigned int bytes = value ? (71 - __builtin_clzll(value)) / 8 : 0;

	memcpy(to->at[section], &value, sizeof(value));
	to->at[section] += bytes;
	l->bits |= (uint64_t)bytes << 4 * l->count++;
}

static inline void put_lengths(struct cursors *to, const struct lengths *l)
{
	memcpy(to->at[TRACE_LENGTHS], &l->bits, sizeof(l->bits));
	to->at[TRACE_LENGTHS] += (l->count + 1) / 2;
}

static inline void put_bytes(struct cursors *to, enum trace_section section, const void *data,
			     size_t size)
{
	memcpy(to->at[section], data, size);
	to->at[section] += size;
}

/* The two words of a struct shape_key stand in the record as they are: loaded at once, not put
 * together from their parts, which the processor would have to wait for. */
static inline uint64_t kind_of(const struct trace_record *r, uint32_t form)
{
	uint32_t kind;

	memcpy(&kind, &r->type, sizeof(kind));
	return kind | (uint64_t)form << 32;
}

static inline uint64_t number_of(const struct trace_call *call)
{
	uint64_t number;

	memcpy(&number, &call->nr, sizeof(number));
	return number;
}

static inline struct shape *put_shape(struct columns *c, struct cursors *to,
				      const uint64_t words[2])
{
	struct shape *shape;
	uint8_t *slot;

	slot = &c->shape_hash[(words[0] * 0x9e3779b97f4a7c15 ^ words[1] * 0xc2b2ae3d27d4eb4f) >>
			      54];
	shape = &c->shapes[*slot];
	if (!memcmp(&shape->key, words, sizeof(shape->key))) {
		*to->at[TRACE_SHAPES]++ = *slot;
		return shape;
	}
	*slot = c->next_shape++ % ENTRIES;
	shape = &c->shapes[*slot];
	memset(shape, 0, sizeof(*shape));
	memcpy(&shape->key, words, sizeof(shape->key));
	*to->at[TRACE_SHAPES]++ = ENTRIES;
	put_bytes(to, TRACE_DEFINITIONS, words, sizeof(shape->key));
	return shape;
}

static inline void put_thread(struct columns *c, struct cursors *to, const struct trace_record *r)
{
	uint8_t *slot = &c->thread_hash[(r->tid * 0x9e3779b1u) >> 22];

	if (c->threads[*slot].tid == r->tid && c->threads[*slot].tgid == r->tgid) {
		*to->at[TRACE_THREADS]++ = *slot;
		return;
	}
	*slot = c->next_thread++ % ENTRIES;
	c->threads[*slot].tid = r->tid;
	c->threads[*slot].tgid = r->tgid;
	*to->at[TRACE_THREADS]++ = ENTRIES;
	put_bytes(to, TRACE_DEFINITIONS, &r->tid, 2 * sizeof(r->tid));
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

static inline void put_piece(struct cursors *to, struct shape *shape, unsigned int i,
			     const struct trace_piece *piece)
{
	uint32_t what = piece->arg | piece->spare << 8 | (uint32_t)piece->flags << 16;
	uint32_t expected = i < PIECES ? shape->piece[i] : 0,
		 total = piece->flags & TRACE_P_STRING ? 0 : piece->length;
	const uint64_t *data = (const void *)(piece + 1);
	struct lengths l = { 0, 0 };

	put_value(to, TRACE_VALUES, &l, what ^ expected);
	put_value(to, TRACE_VALUES, &l, piece->length);
	put_value(to, TRACE_VALUES, &l, piece->total ^ total);
	put_value(to, TRACE_VALUES, &l, piece->offset);
	if (piece->flags & TRACE_P_NESTED) {
		put_value(to, TRACE_VALUES, &l, zigzag(*data - shape->address));
		shape->address = *data++;
	}
	put_lengths(to, &l);
	put_bytes(to, TRACE_BYTES, data, piece->length);
	if (i < PIECES)
		shape->piece[i] = what;
}

static inline void put_pieces(struct cursors *to, struct shape *shape,
			      const struct trace_call *call)
{
	const char *at = (const char *)&call->arg[call->args];

	for (unsigned int i = 0; i < call->pieces; i++) {
		const struct trace_piece *piece = (const void *)at;

		put_piece(to, shape, i, piece);
		at += sizeof(*piece) +
		      (piece->flags & TRACE_P_NESTED ? sizeof(struct trace_nested) : 0) +
		      (((size_t)piece->length + 7) & ~(size_t)7);
	}
}

static inline void put_call(struct columns *c, struct cursors *to, const struct trace_call *call)
{
	const uint64_t words[2] = { kind_of(&call->record, call->enter ? FORM_TIMED : FORM_CALL),
				    number_of(call) };
	struct shape *shape = put_shape(c, to, words);
	struct lengths l = { 0, 0 };

	put_thread(c, to, &call->record);
	if (call->enter) {
		put_value(to, TRACE_TIMES, &l, zigzag(call->enter - c->time));
		put_value(to, TRACE_TIMES, &l, zigzag(call->record.time - call->enter));
	} else {
		put_value(to, TRACE_TIMES, &l, zigzag(call->record.time - c->time));
	}
	put_value(to, TRACE_RESULTS, &l, zigzag(call->result - shape->result));
	shape->result = call->result;
	for (unsigned int i = 0; i < call->args; i++) {
		put_value(to, TRACE_VALUES, &l, zigzag(call->arg[i] - shape->arg[i]));
		shape->arg[i] = call->arg[i];
	}
	put_lengths(to, &l);
	if (call->pieces)
		put_pieces(to, shape, call);
}

static inline void put_raw(struct columns *c, struct cursors *to, const struct trace_record *r)
{
	const uint64_t words[2] = { kind_of(r, FORM_RAW), 0 };
	struct lengths l = { 0, 0 };

	put_shape(c, to, words);
	put_thread(c, to, r);
	put_value(to, TRACE_TIMES, &l, zigzag(r->time - c->time));
	put_value(to, TRACE_VALUES, &l, (r->length - sizeof(*r)) / 8);
	put_lengths(to, &l);
	put_bytes(to, TRACE_BYTES, r + 1, r->length - sizeof(*r));
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
	struct cursors to;

	for (int i = 0; i < TRACE_SECTIONS; i++) {
		if (!columns_make_room(&c->section[i], most[i]))
			return -ENOMEM;
		to.at[i] = c->section[i].at;
	}
	columns_forget(c);
	while (at < end) {
		const struct trace_record *r = (const void *)at;

		if (end - at < (ptrdiff_t)sizeof(*r) || r->length < sizeof(*r) || r->length % 8 ||
		    r->length > (size_t)(end - at))
			return -EBADMSG;
		if (is_call(r->type) && r->length >= sizeof(struct trace_call) &&
		    is_regular((const void *)r))
			put_call(c, &to, (const void *)r);
		else
			put_raw(c, &to, r);
		c->time = r->time;
		at += r->length;
	}
	for (int i = 0; i < TRACE_SECTIONS; i++)
		c->section[i].at = to.at[i];
	return 0;
}

const void *columns_section(const struct columns *c, enum trace_section section, size_t *size)
{
	*size = c->section[section].at - c->section[section].base;
	return c->section[section].base;
}
