// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape_reader.h"

#include "format/codec.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	WINDOW = 64 << 10,	/* what is read ahead when looking for the next block */
	CPUS_MAX = 1 << 16,	/* no tape has more */
	INDEX_MAX = 1 << 22,	/* entries; a longer tape is read without */
};

struct tape_reader {
	struct tape_source *source;
	struct trace_header header;
	struct tape_damage damage;
	char *window;
	size_t ahead;		/* bytes in the window */
	uint64_t position;	/* of the window's first byte */
	struct codec_state *unpackers[3];
	uint64_t *expected;	/* records_before of each CPU's next block; the last one is TRACE_NO_CPU's */
	uint32_t cpus;
	struct trace_index *index;
	size_t index_count, index_at;
	bool complete;
};

static struct tape_reader *fail(struct tape_reader *r, struct tape_error *error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	tape_reader_free(r);
	return NULL;
}

/* Has at least `size` bytes in the window, if the source has them: how many there are, or a negative errno. */
static ssize_t fetch(struct tape_reader *r, size_t size)
{
	ssize_t n;

	if (r->ahead >= size)
		return r->ahead;
	n = r->source->read(r->source, r->window + r->ahead, size - r->ahead);
	if (n < 0)
		return n;
	r->ahead += n;
	return r->ahead;
}

static void consume(struct tape_reader *r, size_t size)
{
	memmove(r->window, r->window + size, r->ahead - size);
	r->ahead -= size;
	r->position += size;
}

static bool crc_holds(const void *data, size_t size, size_t crc_at)
{
	static const unsigned char zero[4];
	const unsigned char *bytes = data;
	uint32_t stored, crc = crc32(0, bytes, crc_at);

	memcpy(&stored, bytes + crc_at, sizeof(stored));
	crc = crc32(crc, zero, sizeof(zero));
	return crc32(crc, bytes + crc_at + 4, size - crc_at - 4) == stored;
}

static bool is_block(const char *at)
{
	struct trace_block b;

	memcpy(&b, at, sizeof(b));
	return b.magic == TRACE_BLOCK_MAGIC && b.length >= sizeof(b) && b.raw <= TRACE_BLOCK_MAX &&
	       b.stored <= TRACE_BLOCK_MAX + (TRACE_BLOCK_MAX >> 2) &&
	       crc_holds(&b, sizeof(b), offsetof(struct trace_block, crc));
}

/* Says what is wrong with the first bytes of what is not a (whole) tape. */
static struct tape_reader *refuse(struct tape_reader *r, struct tape_error *error, size_t have)
{
	struct trace_header *h = &r->header;

	if (!have)
		return fail(r, error, "it is empty");
	if (have < sizeof(*h) || memcmp(h->magic, TRACE_MAGIC, sizeof(h->magic)))
		return fail(r, error, have < sizeof(*h) && !memcmp(h->magic, TRACE_MAGIC, have < 8 ? have : 8) ?
			    "the tape ends within its header" : "it is not a tape of systape");
	if (h->endian == 0x04030201)
		return fail(r, error, "it was recorded on a machine of the other byte order");
	if (h->version > TRACE_VERSION)
		return fail(r, error, "it has tape version %u, this program reads up to %u; use a newer one",
			    h->version, TRACE_VERSION);
	return fail(r, error, "its header needs the unknown feature bits %#llx; use a newer program",
		    (unsigned long long)h->required);
}

static void load_index(struct tape_reader *r)
{
	struct trace_trailer t;
	struct tape_block b = { .offset = 0 };
	char chunk[sizeof(t) + 1];
	uint64_t low = 0, high = 1ull << 62;
	void *data = NULL;
	size_t room = 0;

	if (!r->source->read_at)
		return;
	while (low < high) { /* the size, by bisection: sources do not tell it */
		uint64_t middle = low + (high - low) / 2;

		if (r->source->read_at(r->source, chunk, 1, middle) == 1)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < sizeof(t) || r->source->read_at(r->source, &t, sizeof(t), low - sizeof(t)) != sizeof(t) ||
	    memcmp(t.magic, TRACE_MAGIC, sizeof(t.magic)))
		return;
	for (b.offset = t.index; b.offset < low - sizeof(t); b.offset += b.header.stored) {
		char header[sizeof(struct trace_block)];

		if (r->source->read_at(r->source, header, sizeof(header), b.offset) != sizeof(header) ||
		    !is_block(header))
			break;
		memcpy(&b.header, header, sizeof(header));
		b.offset += b.header.length;
		if (b.header.kind != TRACE_INDEX || b.header.raw % sizeof(*r->index) ||
		    r->index_count + b.header.records > INDEX_MAX || tape_reader_load(r, &b, &data, &room))
			break;
		r->index = reallocarray(r->index, r->index_count + b.header.records + 1, sizeof(*r->index));
		if (!r->index)
			break;
		memcpy(&r->index[r->index_count], data, b.header.raw);
		r->index_count += b.header.raw / sizeof(*r->index);
	}
	if (!r->index)
		r->index_count = 0;
	free(data);
	r->damage = (struct tape_damage){ .blocks = 0 }; /* counted when the blocks themselves are met */
}

struct tape_reader *tape_reader_open(struct tape_source *source, struct tape_error *error)
{
	struct tape_reader *r = calloc(1, sizeof(*r));
	struct trace_header *h;
	ssize_t n;

	if (!r || !(r->window = malloc(WINDOW)))
		return fail(r, error, "out of memory");
	r->source = source;
	n = fetch(r, sizeof(*h));
	if (n < 0)
		return fail(r, error, "%s", strerror(-n));
	h = &r->header;
	memcpy(h, r->window, n < (ssize_t)sizeof(*h) ? (size_t)n : sizeof(*h));
	if (n < (ssize_t)sizeof(*h) || memcmp(h->magic, TRACE_MAGIC, sizeof(h->magic)) ||
	    h->endian != TRACE_ENDIAN || h->version > TRACE_VERSION || h->required) {
		/* One damaged byte in an otherwise good tape must not cost the tape. */
		ssize_t more = fetch(r, sizeof(*h) + sizeof(struct trace_block));

		if (n < (ssize_t)sizeof(*h) || more < (ssize_t)(sizeof(*h) + sizeof(struct trace_block)) ||
		    crc_holds(h, sizeof(*h), offsetof(struct trace_header, crc)) || !is_block(r->window + sizeof(*h)))
			return refuse(r, error, n);
	}
	if (crc_holds(h, sizeof(*h), offsetof(struct trace_header, crc))) {
		n = h->length < sizeof(*h) ? 0 : h->length - sizeof(*h);
	} else {
		*h = (struct trace_header){ .version = TRACE_VERSION, .cpus = 1, .clock = 1 };
		r->damage.bytes += sizeof(*h);
		n = 0;
	}
	consume(r, sizeof(*h));
	if (n && (fetch(r, n) < n))
		return fail(r, error, "the tape ends within its header");
	consume(r, n);
	r->cpus = h->cpus < CPUS_MAX ? h->cpus : CPUS_MAX;
	r->expected = calloc((size_t)r->cpus + 1, sizeof(*r->expected));
	if (!r->expected)
		return fail(r, error, "out of memory");
	load_index(r);
	return r;
}

void tape_reader_free(struct tape_reader *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < sizeof(r->unpackers) / sizeof(*r->unpackers); i++)
		codec_state_free(r->unpackers[i]);
	free(r->window);
	free(r->expected);
	free(r->index);
	free(r);
}

const struct trace_header *tape_reader_header(const struct tape_reader *r)
{
	return &r->header;
}

const struct tape_damage *tape_reader_damage(const struct tape_reader *r)
{
	return &r->damage;
}

bool tape_reader_would_wait(struct tape_reader *r)
{
	return r->ahead < sizeof(struct trace_block) && r->source->would_wait && r->source->would_wait(r->source);
}

/* Moves the window to the next block header: 1, 0 at the end, or a negative errno. */
static int find_block(struct tape_reader *r)
{
	ssize_t n = fetch(r, sizeof(struct trace_block));

	if (n < 0)
		return n;
	if (n >= (ssize_t)sizeof(struct trace_block) && is_block(r->window))
		return 1;
	if (n == sizeof(struct trace_trailer) && !memcmp(r->window + 8, TRACE_MAGIC, 8)) {
		r->complete = true;
		return 0;
	}
	r->damage.blocks += n > 0;
	while (n > 0) {
		n = fetch(r, WINDOW);
		for (size_t at = 0; n >= 0 && at + sizeof(struct trace_block) <= (size_t)n; at++) {
			if (!is_block(r->window + at))
				continue;
			r->damage.bytes += at;
			consume(r, at);
			return 1;
		}
		if (n < WINDOW)
			break;
		r->damage.bytes += n - sizeof(struct trace_block) + 1;
		consume(r, n - sizeof(struct trace_block) + 1);
	}
	if (n < 0)
		return n;
	r->complete = n >= 16 && !memcmp(r->window + n - 8, TRACE_MAGIC, 8);
	r->damage.bytes += n;
	return 0;
}

/* Takes the block's bytes along, or notes where they are and goes past them: 1, 0 where the tape ends, or an error. */
static int take_stored(struct tape_reader *r, struct tape_block *block)
{
	size_t stored = block->header.stored, ahead = stored < r->ahead ? stored : r->ahead;
	ssize_t n;

	block->offset = r->position;
	if (r->source->read_at) {
		consume(r, ahead);
		r->position += stored - ahead;
		return stored == ahead || !r->source->skip(r->source, stored - ahead) ? 1 : -EIO;
	}
	block->stored = malloc(stored + 1);
	if (!block->stored)
		return -ENOMEM;
	memcpy(block->stored, r->window, ahead);
	consume(r, ahead);
	n = r->source->read(r->source, (char *)block->stored + ahead, stored - ahead);
	if (n < 0)
		return n;
	r->position += n;
	return (size_t)n == stored - ahead;
}

static void check_sequence(struct tape_reader *r, struct tape_block *block)
{
	struct trace_block *h = &block->header;
	uint32_t cpu = h->cpu == TRACE_NO_CPU ? r->cpus : h->cpu;
	uint64_t *more;

	if (cpu > CPUS_MAX)
		return;
	if (cpu >= r->cpus && h->cpu != TRACE_NO_CPU) { /* hotplugged beyond what was possible at the start */
		more = reallocarray(r->expected, (size_t)cpu + 2, sizeof(*more));
		if (!more)
			return;
		more[cpu + 1] = more[r->cpus];
		memset(&more[r->cpus], 0, (cpu + 1 - r->cpus) * sizeof(*more));
		r->expected = more;
		r->cpus = cpu + 1;
	}
	if (h->records_before > r->expected[cpu])
		block->missing = h->records_before - r->expected[cpu];
	r->damage.records += block->missing;
	r->expected[cpu] = h->records_before + h->records;
}

int tape_reader_next(struct tape_reader *r, struct tape_block *block)
{
	for (;;) {
		int found = find_block(r);

		memset(block, 0, sizeof(*block));
		if (found <= 0) {
			r->damage.truncated |= !r->complete;
			return found;
		}
		memcpy(&block->header, r->window, sizeof(block->header));
		consume(r, sizeof(block->header));
		if (block->header.length > sizeof(block->header)) {
			size_t more = block->header.length - sizeof(block->header);

			if (fetch(r, more) < (ssize_t)more)
				continue;
			consume(r, more);
		}
		found = take_stored(r, block);
		if (found <= 0 || block->header.kind == TRACE_INDEX) {
			tape_block_free(block);
			if (found < 0)
				return found;
			if (!found) {
				r->damage.blocks++;
				r->damage.records += block->header.records;
			}
			continue;
		}
		if (block->header.kind == TRACE_RECORDS)
			check_sequence(r, block);
		while (r->index_at < r->index_count && r->index[r->index_at].offset <
		       block->offset - block->header.length)
			r->index_at++;
		if (r->index_at < r->index_count && r->index[r->index_at].offset ==
		    block->offset - block->header.length)
			block->index = &r->index[r->index_at];
		return 1;
	}
}

void tape_block_free(struct tape_block *block)
{
	free(block->stored);
	block->stored = NULL;
}

static struct codec_state *unpacker(struct tape_reader *r, unsigned int id)
{
	const struct codec *codec = codec_by_id(id);

	if (!codec || id >= sizeof(r->unpackers) / sizeof(*r->unpackers))
		return NULL;
	if (!r->unpackers[id])
		r->unpackers[id] = codec_state_new(codec, codec->level);
	return r->unpackers[id];
}

int tape_reader_load(struct tape_reader *r, struct tape_block *block, void **data, size_t *room)
{
	struct trace_block *h = &block->header;
	struct codec_state *state = unpacker(r, h->codec);
	void *stored = block->stored, *own = NULL;
	int error = -EBADMSG;

	if (*room < h->raw || !*data) {
		free(*data);
		*room = h->raw + 1;
		*data = malloc(*room);
	}
	if (!stored)
		stored = own = malloc((size_t)h->stored + 1);
	if (!*data || !stored) {
		*room = 0;
		error = -ENOMEM;
	} else if ((own && r->source->read_at(r->source, own, h->stored, block->offset) != (ssize_t)h->stored)) {
		r->damage.truncated = true;
	} else if (state && crc32(0, stored, h->stored) == h->stored_crc) {
		error = codec_unpack(state, *data, h->raw, stored, h->stored);
	}
	free(own);
	if (error) {
		r->damage.blocks++;
		r->damage.records += h->records;
	}
	return error;
}

const struct trace_record *tape_record_next(const void *data, size_t size, size_t *at)
{
	const struct trace_record *r = (const void *)((const char *)data + *at);

	if (*at > size || size - *at < sizeof(*r) || r->length < sizeof(*r) || r->length % 8 ||
	    r->length > size - *at)
		return NULL;
	*at += r->length;
	return r;
}

bool tape_piece_next(const struct trace_record *record, size_t *at, struct tape_piece *piece)
{
	const char *base = (const char *)record;
	size_t need = sizeof(piece->piece), left = *at <= record->length ? record->length - *at : 0;

	if (left < need)
		return false;
	memcpy(&piece->piece, base + *at, sizeof(piece->piece));
	piece->address = 0;
	if (piece->piece.flags & TRACE_P_NESTED) {
		need += sizeof(struct trace_nested);
		if (left < need)
			return false;
		memcpy(&piece->address, base + *at + sizeof(piece->piece), sizeof(piece->address));
	}
	if (piece->piece.length > left - need)
		return false;
	piece->data = base + *at + need;
	need += ((size_t)piece->piece.length + 7) & ~(size_t)7;
	*at += need < left ? need : left;
	return true;
}
