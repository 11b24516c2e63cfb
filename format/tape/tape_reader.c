// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_reader.h"

#include "format/tape/tape_block.h"
#include "format/tape/tape_index.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	WINDOW = 64 << 10, /* what is read ahead when looking for the next block */
};

struct tape_reader {
	struct tape_source *source;
	struct trace_header header;
	struct tape_damage damage;
	char *window;
	size_t ahead;	   /* bytes in the window */
	uint64_t position; /* of the window's first byte */
	struct tape_unpackers unpackers;
	uint64_t *expected; /* records_before of each CPU's next block; the last one is
			       TRACE_NO_CPU's */
	uint32_t cpus;
	struct tape_index *index;
	bool complete;
};

static struct tape_reader *fail(struct tape_reader *r, struct tape_error *error, const char *format,
				...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	tape_reader_free(r);
	return NULL;
}

/* Has at least `size` bytes in the window, if the source has them: how many there are, or a
 * negative errno. */
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

/* Says what is wrong with the first bytes of what is not a (whole) tape. */
static struct tape_reader *refuse(struct tape_reader *r, struct tape_error *error, size_t have)
{
	struct trace_header *h = &r->header;

	if (!have)
		return fail(r, error, "it is empty");
	if (have < sizeof(*h) || memcmp(h->magic, TRACE_MAGIC, sizeof(h->magic)))
		return fail(r, error,
			    have < sizeof(*h) && !memcmp(h->magic, TRACE_MAGIC, have < 8 ? have : 8)
				    ? "the tape ends within its header"
				    : "it is not a tape of systape");
	if (h->endian == 0x04030201)
		return fail(r, error, "it was recorded on a machine of the other byte order");
	if (h->version > TRACE_VERSION)
		return fail(r, error,
			    "it has tape version %u, this program reads up to %u; use a newer one",
			    h->version, TRACE_VERSION);
	return fail(r, error,
		    "its header needs the unknown feature bits %#llx; use a newer program",
		    (unsigned long long)h->required);
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

		if (n < (ssize_t)sizeof(*h) ||
		    more < (ssize_t)(sizeof(*h) + sizeof(struct trace_block)) ||
		    tape_crc_holds(h, sizeof(*h), offsetof(struct trace_header, crc)) ||
		    !tape_block_valid(r->window + sizeof(*h)))
			return refuse(r, error, n);
	}
	if (tape_crc_holds(h, sizeof(*h), offsetof(struct trace_header, crc))) {
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
	if (h->cpus > TAPE_CPUS_MAX)
		h->cpus = TAPE_CPUS_MAX;
	r->cpus = h->cpus;
	r->expected = calloc((size_t)r->cpus + 1, sizeof(*r->expected));
	if (!r->expected)
		return fail(r, error, "out of memory");
	r->index = tape_index_open(source);
	return r;
}

void tape_reader_free(struct tape_reader *r)
{
	if (!r)
		return;
	tape_unpackers_free(&r->unpackers);
	tape_index_free(r->index);
	free(r->window);
	free(r->expected);
	free(r);
}

const struct trace_header *tape_reader_header(const struct tape_reader *r)
{
	return &r->header;
}

uint64_t tape_reader_end(const struct tape_reader *r)
{
	return r->index ? tape_index_end(r->index) : 0;
}

const struct tape_damage *tape_reader_damage(const struct tape_reader *r)
{
	return &r->damage;
}

bool tape_reader_would_wait(struct tape_reader *r, uint64_t ns)
{
	return r->ahead < sizeof(struct trace_block) && r->source->would_wait &&
	       r->source->would_wait(r->source, ns);
}

/* Moves the window to the next block header: 1, 0 at the end, or a negative errno. */
static int find_block(struct tape_reader *r)
{
	ssize_t n = fetch(r, sizeof(struct trace_block));

	if (n < 0)
		return n;
	if (n >= (ssize_t)sizeof(struct trace_block) && tape_block_valid(r->window))
		return 1;
	if (n == sizeof(struct trace_trailer) && !memcmp(r->window + 8, TRACE_MAGIC, 8)) {
		r->complete = true;
		return 0;
	}
	r->damage.blocks += n > 0;
	while (n > 0) {
		n = fetch(r, WINDOW);
		for (size_t at = 0; n >= 0 && at + sizeof(struct trace_block) <= (size_t)n; at++) {
			if (!tape_block_valid(r->window + at))
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

/* Takes the block's bytes along, or notes where they are and goes past them: 1, 0 where the tape
 * ends, or an error. */
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

	if (cpu >= r->cpus &&
	    h->cpu != TRACE_NO_CPU) { /* hotplugged beyond what was possible at the start */
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
			r->damage.truncated |= !found;
			continue;
		}
		if (block->header.kind == TRACE_RECORDS)
			check_sequence(r, block);
		if (r->index)
			block->index =
				tape_index_find(r->index, block->offset - block->header.length);
		return 1;
	}
}

void tape_block_free(struct tape_block *block)
{
	free(block->stored);
	block->stored = NULL;
}

int tape_reader_unpack(const struct tape_reader *r, struct tape_unpackers *unpackers,
		       const struct tape_block *block, void **data, size_t *room)
{
	const struct trace_block *h = &block->header;
	void *stored = block->stored, *own = NULL;
	int error;

	if (*room < h->raw || !*data) {
		free(*data);
		*room = h->raw + 1;
		*data = malloc(*room);
	}
	if (!stored)
		stored = own = malloc((size_t)h->stored + 1);
	if (!*data || !stored) {
		*room = *data ? *room : 0;
		error = -ENOMEM;
	} else if (own && r->source->read_at(r->source, own, h->stored, block->offset) !=
				  (ssize_t)h->stored) {
		error = -ENODATA;
	} else {
		error = tape_block_unpack(unpackers, h, stored, *data);
	}
	free(own);
	return error;
}

int tape_reader_judge(struct tape_reader *r, const struct tape_block *block, int error)
{
	if (error == -ENODATA) {
		r->damage.truncated = true; /* the recorder was killed as it wrote this block */
		return -EBADMSG;
	}
	if (error) {
		r->damage.blocks++;
		r->damage.records += block->header.records;
	}
	return error;
}

int tape_reader_load(struct tape_reader *r, const struct tape_block *block, void **data,
		     size_t *room)
{
	return tape_reader_judge(r, block, tape_reader_unpack(r, &r->unpackers, block, data, room));
}

bool tape_reader_peek(struct tape_reader *r, const struct tape_block *block,
		      struct trace_index *entry, uint64_t *ended)
{
	memset(entry, 0, sizeof(*entry));
	*ended = 0;
	return block->stored &&
	       tape_block_peek(&r->unpackers, &block->header, block->stored, entry, ended);
}

void tape_reader_add_damage(struct tape_reader *r, uint64_t records)
{
	r->damage.records += records;
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
