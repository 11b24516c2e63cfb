// SPDX-License-Identifier: GPL-2.0-or-later
/* columns: from columns back to records. */
#include "format/tape/columns_form.h"

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

/*
 * Where reading is, section by section: a copy on the stack, so that the compiler may keep it in
 * registers; bytes that are written could be anywhere else.
 */
struct cursors {
	const uint8_t *at[TRACE_SECTIONS];
	uint64_t time; /* of the record before */
};

/* The lengths of the next values: up to 16, half a byte each. */
static inline uint64_t get_lengths(struct cursors *at, unsigned int count)
{
	uint64_t bits;

	memcpy(&bits, at->at[TRACE_LENGTHS], sizeof(bits));
	at->at[TRACE_LENGTHS] += (count + 1) / 2;
	return bits;
}

/* Reads at most 8 bytes: within the slack as long as what came before was within the section. */
static inline uint64_t get_value(struct cursors *at, enum trace_section section, uint64_t *lengths)
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
	memcpy(&value, at->at[section], sizeof(value));
	at->at[section] += bytes;
	return value & masks[bytes];
}

static inline bool overrun(const struct columns *c, const struct cursors *at,
			   enum trace_section section)
{
	return at->at[section] > c->section[section].end;
}

static struct shape *new_shape(struct columns *c, const uint8_t *definition)
{
	struct shape *shape = &c->shapes[c->next_shape++ % ENTRIES];

	memset(shape, 0, sizeof(*shape));
	memcpy(&shape->key, definition, sizeof(shape->key));
	return shape;
}

static inline struct shape *get_shape(struct columns *c, struct cursors *at)
{
	unsigned int id = *at->at[TRACE_SHAPES]++;

	if (id < ENTRIES)
		return &c->shapes[id];
	at->at[TRACE_DEFINITIONS] += sizeof(struct shape_key);
	return new_shape(c, at->at[TRACE_DEFINITIONS] - sizeof(struct shape_key));
}

static inline void get_thread(struct columns *c, struct cursors *at, struct trace_record *r)
{
	unsigned int id = *at->at[TRACE_THREADS]++;

	if (id >= ENTRIES) {
		id = c->next_thread++ % ENTRIES;
		memcpy(&c->threads[id], at->at[TRACE_DEFINITIONS], sizeof(c->threads[id]));
		at->at[TRACE_DEFINITIONS] += sizeof(c->threads[id]);
	}
	r->tid = c->threads[id].tid;
	r->tgid = c->threads[id].tgid;
}

/* `size` bytes and what pads them to a multiple of 8. */
static inline void copy_padded(char *to, const uint8_t *from, size_t size)
{
	uint64_t word;

	if (size > 64) {
		memset(to + (size & ~(size_t)7), 0, size % 8 ? 8 : 0);
		memcpy(to, from, size);
		return;
	}
	for (; size >= 8; size -= 8, to += 8, from += 8)
		memcpy(to, from, 8);
	if (!size)
		return;
	memcpy(&word, from, 8); /* within the slack */
	word &= ~0ull >> (64 - 8 * size);
	memcpy(to, &word, 8);
}

/* One piece at `to`: how long it is, 0 where it does not fit or is not there. */
static inline size_t get_piece(const struct columns *c, struct cursors *at, struct shape *shape,
			       unsigned int i, char *to, size_t room)
{
	uint64_t lengths = get_lengths(at, 4);
	uint32_t what = (i < PIECES ? shape->piece[i] : 0) ^
			(uint32_t)get_value(at, TRACE_VALUES, &lengths);
	struct trace_piece piece = { .arg = what, .spare = what >> 8, .flags = what >> 16 };
	size_t need = sizeof(piece);
	bool nested = piece.flags & TRACE_P_NESTED;

	piece.length = get_value(at, TRACE_VALUES, &lengths);
	piece.total = get_value(at, TRACE_VALUES, &lengths) ^
		      (piece.flags & TRACE_P_STRING ? 0 : piece.length);
	piece.offset = get_value(at, TRACE_VALUES, &lengths);
	if (i < PIECES)
		shape->piece[i] = what;
	if (nested) {
		at->at[TRACE_LENGTHS]++;
		shape->address += unzigzag(get_value(at, TRACE_VALUES, &lengths));
		need += sizeof(struct trace_nested);
	}
	need += ((size_t)piece.length + 7) & ~(size_t)7;
	if (overrun(c, at, TRACE_VALUES) || overrun(c, at, TRACE_LENGTHS) || need > room ||
	    piece.length > (size_t)(c->section[TRACE_BYTES].end - at->at[TRACE_BYTES]))
		return 0;
	memcpy(to, &piece, sizeof(piece));
	to += sizeof(piece);
	if (nested) {
		memcpy(to, &shape->address, sizeof(shape->address));
		to += sizeof(shape->address);
	}
	copy_padded(to, at->at[TRACE_BYTES], piece.length);
	at->at[TRACE_BYTES] += piece.length;
	return need;
}

static inline size_t get_call(struct columns *c, struct cursors *at, struct shape *shape, char *to,
			      size_t room)
{
	const unsigned int args = shape->key.args, timed = shape->key.form == FORM_TIMED;
	struct trace_call *call = (void *)to;
	size_t size = sizeof(*call) + args * sizeof(uint64_t), part;
	uint64_t lengths;

	if (args > 8 || size > room)
		return 0;
	lengths = get_lengths(at, 2 + timed + args);
	get_thread(c, at, &call->record);
	call->record.type = shape->key.type;
	call->record.flags = shape->key.flags;
	call->nr = shape->key.nr;
	call->arch = shape->key.arch;
	call->args = args;
	call->pieces = shape->key.pieces;
	at->time += unzigzag(get_value(at, TRACE_TIMES, &lengths));
	call->enter = timed ? at->time : 0;
	if (timed)
		at->time += unzigzag(get_value(at, TRACE_TIMES, &lengths));
	call->record.time = at->time;
	shape->result += unzigzag(get_value(at, TRACE_RESULTS, &lengths));
	call->result = shape->result;
	for (unsigned int i = 0; i < args; i++) {
		shape->arg[i] += unzigzag(get_value(at, TRACE_VALUES, &lengths));
		call->arg[i] = shape->arg[i];
	}
	for (unsigned int i = 0; i < shape->key.pieces; i++, size += part) {
		part = get_piece(c, at, shape, i, to + size, room - size);
		if (!part)
			return 0;
	}
	call->record.length = size;
	return size;
}

static inline size_t get_raw(struct columns *c, struct cursors *at, const struct shape *shape,
			     char *to, size_t room)
{
	uint64_t lengths = get_lengths(at, 2), words;
	struct trace_record *r = (void *)to;

	if (room < sizeof(*r))
		return 0;
	get_thread(c, at, r);
	r->type = shape->key.type;
	r->flags = shape->key.flags;
	at->time += unzigzag(get_value(at, TRACE_TIMES, &lengths));
	r->time = at->time;
	words = get_value(at, TRACE_VALUES, &lengths);
	if (words > (room - sizeof(*r)) / 8 ||
	    words * 8 > (size_t)(c->section[TRACE_BYTES].end - at->at[TRACE_BYTES]))
		return 0;
	r->length = sizeof(*r) + words * 8;
	memcpy(r + 1, at->at[TRACE_BYTES], words * 8);
	at->at[TRACE_BYTES] += words * 8;
	return r->length;
}

static bool any_overrun(const struct columns *c, const struct cursors *at)
{
	for (int i = 0; i < TRACE_SECTIONS; i++)
		if (overrun(c, at, i))
			return true;
	return false;
}

int columns_unpack(struct columns *c, void *records, size_t size)
{
	struct cursors at = { .time = 0 };
	char *to = records;
	size_t done = 0, part;
	unsigned int count = 0;

	columns_forget(c);
	for (int i = 0; i < TRACE_SECTIONS; i++)
		at.at[i] = c->section[i].base;
	while (done < size) {
		struct shape *shape;

		/* Each section is at its end at most: what the next records read behind it stays
		 * within the slack. */
		if (count++ % UNCHECKED == 0 && any_overrun(c, &at))
			return -EBADMSG;
		shape = get_shape(c, &at);
		part = shape->key.form == FORM_RAW
			       ? get_raw(c, &at, shape, to + done, size - done)
			       : get_call(c, &at, shape, to + done, size - done);
		if (!part)
			return -EBADMSG;
		done += part;
	}
	for (int i = 0; i < TRACE_SECTIONS; i++)
		if (at.at[i] != c->section[i].end)
			return -EBADMSG;
	return 0;
}
