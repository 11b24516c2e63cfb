// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/columns_form.h"

#include <errno.h>
#include <string.h>

/* Nothing is read behind a section's slack, nothing is written behind the block's end. */

static uint64_t unzigzag(uint64_t value)
{
	return value >> 1 ^ -(value & 1);
}

void *columns_room(struct columns *c, enum trace_section section, size_t size)
{
	struct section *s = &c->section[section];

	if (!columns_make_room(s, size))
		return NULL;
	memset(s->end, 0, SLACK);
	return s->base;
}

/* The lengths of the next values: up to 16, half a byte each. */
static inline uint64_t get_lengths(struct section *s, unsigned int count)
{
	uint64_t bits;

	memcpy(&bits, s->at, sizeof(bits));
	s->at += (count + 1) / 2;
	return bits;
}

/* Reads at most 8 bytes: within the slack as long as what came before was within the section. */
static inline uint64_t get_value(struct section *s, uint64_t *lengths)
{
	static const uint64_t masks[16] = {
		0,	    0xff,	  0xffff,	  0xffffff,
		0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff,
		~0ull,	    ~0ull,	  ~0ull,	  ~0ull,
		~0ull,	    ~0ull,	  ~0ull,	  ~0ull,
	};
	unsigned int bytes = *lengths & 15;
	uint64_t value;

	*lengths >>= 4;
	memcpy(&value, s->at, sizeof(value));
	s->at += bytes;
	return value & masks[bytes];
}

static inline bool overrun(const struct section *s)
{
	return s->at > s->end;
}

static struct shape *get_shape(struct columns *c)
{
	struct section *ids = &c->section[TRACE_SHAPES],
		       *definitions = &c->section[TRACE_DEFINITIONS];
	unsigned int id = *ids->at++;
	struct shape *shape;

	if (id < ENTRIES)
		return &c->shapes[id];
	shape = &c->shapes[c->next_shape++ % ENTRIES];
	memset(shape, 0, sizeof(*shape));
	memcpy(&shape->key, definitions->at, sizeof(shape->key));
	definitions->at += sizeof(shape->key);
	return shape;
}

static void get_thread(struct columns *c, struct trace_record *r)
{
	struct section *ids = &c->section[TRACE_THREADS],
		       *definitions = &c->section[TRACE_DEFINITIONS];
	unsigned int id = *ids->at++;

	if (id >= ENTRIES) {
		id = c->next_thread++ % ENTRIES;
		memcpy(&c->threads[id], definitions->at, sizeof(c->threads[id]));
		definitions->at += sizeof(c->threads[id]);
	}
	r->tid = c->threads[id].tid;
	r->tgid = c->threads[id].tgid;
}

/* One piece at `to`: how long it is, 0 where it does not fit or is not there. */
static size_t get_piece(struct columns *c, struct shape *shape, unsigned int i, char *to,
			size_t room)
{
	uint64_t lengths = get_lengths(&c->section[TRACE_LENGTHS], 4);
	struct section *values = &c->section[TRACE_VALUES], *bytes = &c->section[TRACE_BYTES];
	uint32_t what = (i < PIECES ? shape->piece[i] : 0) ^ (uint32_t)get_value(values, &lengths);
	struct trace_piece piece = { .arg = what, .spare = what >> 8, .flags = what >> 16 };
	size_t need = sizeof(piece);
	bool nested = piece.flags & TRACE_P_NESTED;

	piece.length = get_value(values, &lengths);
	piece.total =
		get_value(values, &lengths) ^ (piece.flags & TRACE_P_STRING ? 0 : piece.length);
	piece.offset = get_value(values, &lengths);
	if (i < PIECES)
		shape->piece[i] = what;
	if (nested) {
		c->section[TRACE_LENGTHS].at++;
		shape->address += unzigzag(get_value(values, &lengths));
		need += sizeof(struct trace_nested);
	}
	need += ((size_t)piece.length + 7) & ~(size_t)7;
	if (overrun(values) || overrun(&c->section[TRACE_LENGTHS]) || need > room ||
	    piece.length > (size_t)(bytes->end - bytes->at))
		return 0;
	memcpy(to, &piece, sizeof(piece));
	to += sizeof(piece);
	if (nested) {
		memcpy(to, &shape->address, sizeof(shape->address));
		to += sizeof(shape->address);
	}
	if (piece.length % 8) /* what pads it is 0 */
		memset(to + (piece.length & ~7u), 0, 8);
	memcpy(to, bytes->at, piece.length);
	bytes->at += piece.length;
	return need;
}

static size_t get_call(struct columns *c, struct shape *shape, char *to, size_t room)
{
	const unsigned int args = shape->key.args, timed = shape->key.form == FORM_TIMED;
	struct section *times = &c->section[TRACE_TIMES], *values = &c->section[TRACE_VALUES];
	struct trace_call *call = (void *)to;
	size_t at = sizeof(*call) + args * sizeof(uint64_t), part;
	uint64_t lengths;

	if (args > 8 || at > room)
		return 0;
	lengths = get_lengths(&c->section[TRACE_LENGTHS], 2 + timed + args);
	get_thread(c, &call->record);
	call->record.type = shape->key.type;
	call->record.flags = shape->key.flags;
	call->nr = shape->key.nr;
	call->arch = shape->key.arch;
	call->args = args;
	call->pieces = shape->key.pieces;
	c->time += unzigzag(get_value(times, &lengths));
	call->enter = timed ? c->time : 0;
	if (timed)
		c->time += unzigzag(get_value(times, &lengths));
	call->record.time = c->time;
	shape->result += unzigzag(get_value(&c->section[TRACE_RESULTS], &lengths));
	call->result = shape->result;
	for (unsigned int i = 0; i < args; i++) {
		shape->arg[i] += unzigzag(get_value(values, &lengths));
		call->arg[i] = shape->arg[i];
	}
	if (overrun(values) || overrun(times) || overrun(&c->section[TRACE_RESULTS]) ||
	    overrun(&c->section[TRACE_LENGTHS]))
		return 0;
	for (unsigned int i = 0; i < shape->key.pieces; i++, at += part) {
		part = get_piece(c, shape, i, to + at, room - at);
		if (!part)
			return 0;
	}
	call->record.length = at;
	return at;
}

static size_t get_raw(struct columns *c, const struct shape *shape, char *to, size_t room)
{
	uint64_t lengths = get_lengths(&c->section[TRACE_LENGTHS], 2), words;
	struct section *bytes = &c->section[TRACE_BYTES];
	struct trace_record *r = (void *)to;

	if (room < sizeof(*r))
		return 0;
	get_thread(c, r);
	r->type = shape->key.type;
	r->flags = shape->key.flags;
	c->time += unzigzag(get_value(&c->section[TRACE_TIMES], &lengths));
	r->time = c->time;
	words = get_value(&c->section[TRACE_VALUES], &lengths);
	if (words > (room - sizeof(*r)) / 8 || words * 8 > (size_t)(bytes->end - bytes->at))
		return 0;
	r->length = sizeof(*r) + words * 8;
	memcpy(r + 1, bytes->at, words * 8);
	bytes->at += words * 8;
	return r->length;
}

int columns_unpack(struct columns *c, void *records, size_t size)
{
	char *to = records;
	size_t at = 0, part;

	columns_forget(c);
	while (at < size) {
		struct shape *shape;

		/* Each section is at its end at most: what one record reads behind it stays within
		 * the slack. */
		for (int i = 0; i < TRACE_SECTIONS; i++)
			if (overrun(&c->section[i]))
				return -EBADMSG;
		shape = get_shape(c);
		part = shape->key.form == FORM_RAW ? get_raw(c, shape, to + at, size - at)
						   : get_call(c, shape, to + at, size - at);
		if (!part)
			return -EBADMSG;
		at += part;
	}
	for (int i = 0; i < TRACE_SECTIONS; i++)
		if (c->section[i].at != c->section[i].end)
			return -EBADMSG;
	return 0;
}
