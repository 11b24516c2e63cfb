// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_writer.h"

#include "format/tape/packer.h"
#include "format/tape/tape_index_note.h"
#include "format/tape/tape_loss.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	BLOCK_TARGET = 1 << 20, /* raw bytes: a codec finds more again in more of them */
	BLOCK_SMALLER = 512 << 10,
	CPUS_LARGER = 16,  /* of more, blocks are smaller: what decodes holds one of each CPU */
	LAST_TRIES = 4,	   /* for what ends a tape */
	INDEX_PART = 8192, /* entries held back, 1.5 MB: then a part of the index is written */
};

struct cpu_state {
	uint32_t sequence;
	uint64_t lost, records;
	struct trace_lost unwritten; /* not on the tape yet */
};

struct tape_writer {
	struct tape_sink *sink;
	struct packer *packer;
	char *whole; /* a block as it is written */
	size_t whole_room;
	struct cpu_state *cpus; /* the last one is TRACE_NO_CPU's */
	uint32_t cpu_count;
	char *meta;
	size_t meta_size, meta_room;
	struct trace_index *index;
	size_t index_count;
	uint64_t index_before; /* offset of the index's part before, 0: none */
	uint32_t index_parts;
	struct tape_totals totals;
	uint64_t sealed;
	bool discards;
	tape_edit *edit; /* NULL: records are written as they come */
	void *edit_context;
	int error; /* of a sink that can take nothing back: for good */
};

static int put(struct tape_writer *w, const void *data, size_t size)
{
	if (!w->error && size)
		w->error = w->sink->write(w->sink, data, size);
	if (!w->error)
		w->totals.bytes += size;
	return w->error;
}

/* Makes room for `needed` elements of `each` bytes: 0 or -ENOMEM. */
static int grow(void *array, size_t *room, size_t needed, size_t each)
{
	void **data = array, *bigger;
	size_t want = needed * 2;

	if (needed <= *room)
		return 0;
	bigger = realloc(*data, want * each);
	if (!bigger)
		return -ENOMEM;
	*data = bigger;
	*room = want;
	return 0;
}

struct tape_writer *tape_writer_new(struct tape_sink *sink, const struct trace_header *header,
				    const struct codec *codec, int level)
{
	struct tape_writer *w = calloc(1, sizeof(*w));
	struct trace_header h = *header;

	if (!w)
		return NULL;
	w->sink = sink;
	w->packer = packer_new(codec, level);
	w->cpu_count = header->cpus;
	w->cpus = calloc((size_t)header->cpus + 1, sizeof(*w->cpus));
	w->index = calloc(INDEX_PART, sizeof(*w->index));
	if (!w->packer || !w->cpus || !w->index) {
		tape_writer_free(w);
		return NULL;
	}
	memcpy(h.magic, TRACE_MAGIC, sizeof(h.magic));
	h.version = TRACE_VERSION;
	h.length = sizeof(h);
	h.endian = TRACE_ENDIAN;
	h.crc = 0;
	h.crc = crc32(0, (const void *)&h, sizeof(h));
	put(w, &h, sizeof(h));
	return w;
}

void tape_writer_free(struct tape_writer *w)
{
	if (!w)
		return;
	packer_free(w->packer);
	free(w->whole);
	free(w->cpus);
	free(w->meta);
	free(w->index);
	free(w);
}

/* More CPUs than were expected (hotplug): the states grow, TRACE_NO_CPU's moves to the new end. */
static struct cpu_state *cpu_state(struct tape_writer *w, uint32_t cpu)
{
	if (cpu == TRACE_NO_CPU)
		return &w->cpus[w->cpu_count];
	if (cpu >= w->cpu_count) {
		struct cpu_state *more = realloc(w->cpus, ((size_t)cpu + 2) * sizeof(*more)), none;

		if (!more)
			return NULL;
		w->cpus = more;
		none = more[w->cpu_count];
		memset(&more[w->cpu_count], 0, (cpu + 1 - w->cpu_count) * sizeof(*more));
		more[cpu + 1] = none;
		w->cpu_count = cpu + 1;
	}
	return &w->cpus[cpu];
}

/* Walks the records that make the next block: its size, with `b` and `entry` filled in; 0 if they
 * are not records. */
static size_t measure(struct tape_writer *w, const char *data, size_t size, struct trace_block *b,
		      struct trace_index *entry)
{
	size_t at = 0, most = w->cpu_count > CPUS_LARGER ? BLOCK_SMALLER : BLOCK_TARGET;

	while (at < size) {
		const struct trace_record *r = (const void *)(data + at);

		if (size - at < sizeof(*r) || r->length < sizeof(*r) || r->length % 8 ||
		    r->length > size - at)
			return 0;
		if (at && at + r->length > most)
			break;
		if (!b->records++)
			b->first = r->time;
		b->last = r->time;
		tape_totals_count(&w->totals, r);
		tape_index_note(entry, r);
		at += r->length;
	}
	return at;
}

/* One write for a block: it is on the tape in one piece or, where the sink can take it back, not at
 * all. */
static int put_once(struct tape_writer *w, size_t size)
{
	uint64_t start = w->totals.bytes;
	int error = put(w, w->whole, size);

	if (error && w->sink->cut && !w->sink->cut(w->sink, start)) {
		w->totals.bytes = start;
		w->error = 0;
	}
	return error;
}

static int put_whole(struct tape_writer *w, const struct trace_block *b, const void *bytes,
		     size_t stored)
{
	int error, tries = w->sink->ending ? LAST_TRIES : 1;

	if (grow(&w->whole, &w->whole_room, sizeof(*b) + stored, 1))
		return w->error = -ENOMEM;
	memcpy(w->whole, b, sizeof(*b));
	if (stored)
		memcpy(w->whole + sizeof(*b), bytes, stored);
	do
		error = put_once(w, sizeof(*b) + stored);
	while (error && !w->error && --tries);
	if (!error) {
		w->totals.blocks++;
		w->totals.raw += b->raw;
	}
	return error;
}

/* A block whose bytes are packed already. */
static int put_stored(struct tape_writer *w, struct trace_block *b, const void *bytes,
		      size_t stored)
{
	b->magic = TRACE_BLOCK_MAGIC;
	b->length = sizeof(*b);
	b->stored = stored;
	b->stored_crc = crc32(0, bytes, stored);
	b->crc = 0;
	b->crc = crc32(0, (const void *)b, sizeof(*b));
	return put_whole(w, b, bytes, stored);
}

static int put_block(struct tape_writer *w, struct trace_block *b, const void *data, size_t size)
{
	const void *bytes;
	ssize_t stored;

	b->raw = size;
	stored = packer_pack(w->packer, b, &bytes, data, size);
	if (stored < 0)
		return w->error = stored;
	return put_stored(w, b, bytes, stored);
}

/* Writes the entries collected so far: a long tape has its index in several parts, each of which
 * names the one before. */
static void put_index(struct tape_writer *w)
{
	uint64_t offset = w->totals.bytes;
	struct trace_block b = {
		.kind = TRACE_INDEX,
		.cpu = TRACE_NO_CPU,
		.records = w->index_count,
		.sequence = w->index_parts++,
		.records_before = w->index_before,
		.sealed = w->sealed,
	};

	if (!put_block(w, &b, w->index, w->index_count * sizeof(*w->index)))
		w->index_before = offset;
	w->index_count = 0; /* entries that cannot be written: those blocks are found without */
}

int tape_writer_meta(struct tape_writer *w, enum trace_meta_key key, uint32_t arch, uint32_t nr,
		     const void *data, uint32_t size)
{
	size_t length = sizeof(struct trace_meta) + (((size_t)size + 7) & ~7ul);
	struct trace_meta *m;

	if (length > TRACE_RECORD_MAX)
		return -E2BIG;
	if (w->meta_size + length > BLOCK_SMALLER)
		tape_writer_flush(w);
	if (grow(&w->meta, &w->meta_room, w->meta_size + length, 1))
		return w->error = -ENOMEM;
	m = (void *)(w->meta + w->meta_size);
	memset(m, 0, length);
	m->record.length = length;
	m->record.type = TRACE_META;
	m->key = key;
	m->nr = nr;
	m->arch = arch;
	m->size = size;
	memcpy(m + 1, data, size);
	w->meta_size += length;
	return w->error;
}

int tape_writer_flush(struct tape_writer *w)
{
	size_t size = w->meta_size, at = 0;
	int error;
	struct trace_block b = { .kind = TRACE_METADATA, .cpu = TRACE_NO_CPU, .sealed = w->sealed };

	if (!size)
		return w->error;
	for (; at < size; at += ((struct trace_record *)(w->meta + at))->length)
		b.records++;
	error = put_block(w, &b, w->meta, size);
	if (!error)
		w->meta_size = 0;
	return error;
}

/* What the index, the losses, and the blocks around them take at most. */
static void tell_reserve(struct tape_writer *w)
{
	w->sink->reserve = (w->index_count + 8) * sizeof(*w->index) +
			   ((uint64_t)w->cpu_count + 1) *
				   (sizeof(struct trace_block) + sizeof(struct trace_lost)) +
			   4096;
}

/* Records of one CPU. */
struct batch {
	uint32_t cpu;
	const char *data;
	size_t size;
	uint64_t sealed;
	const struct trace_block *packed; /* NULL, or the block that they are, stored there */
	const void *stored;
};

static int put_batch(struct tape_writer *w, struct trace_block *b, const struct batch *batch,
		     size_t part)
{
	if (!batch->packed)
		return put_block(w, b, batch->data, part);
	b->codec = batch->packed->codec;
	b->layout = batch->packed->layout;
	b->raw = part;
	return put_stored(w, b, batch->stored, batch->packed->stored);
}

/* One block of the first of the records: how many bytes they were, with `*error` if it could not
 * be written; 0 if they are no records, or not the packed block. */
static size_t put_records(struct tape_writer *w, struct cpu_state *state, const struct batch *batch,
			  int *error)
{
	struct trace_index entry = { .offset = w->totals.bytes, .cpu = batch->cpu };
	struct tape_totals before = w->totals;
	struct trace_block b = {
		.kind = TRACE_RECORDS,
		.cpu = batch->cpu,
		.sequence = state->sequence,
		.lost_before = state->lost,
		.records_before = state->records,
	};
	size_t part = measure(w, batch->data, batch->size, &b, &entry);

	if (!part || (batch->packed && part < batch->size))
		return 0;
	b.sealed = part == batch->size ? batch->sealed : w->sealed;
	*error = put_batch(w, &b, batch, part);
	if (*error) {
		before.bytes = w->totals.bytes;
		w->totals = before;
		return part;
	}
	w->sealed = b.sealed;
	state->sequence++;
	state->lost += w->totals.lost_calls - before.lost_calls;
	state->records += b.records;
	w->totals.records += b.records;
	entry.first = b.first;
	entry.last = b.last;
	entry.sealed = b.sealed;
	entry.stored = b.stored;
	entry.raw = b.raw;
	entry.records = b.records;
	w->index[w->index_count++] = entry;
	if (w->index_count == INDEX_PART)
		put_index(w);
	tell_reserve(w);
	return part;
}

static void lose(struct tape_writer *w, struct cpu_state *state, const void *records, size_t size)
{
	struct trace_lost was = state->unwritten;

	tape_loss_add(&state->unwritten, records, size);
	w->totals.unwritten_calls += state->unwritten.calls - was.calls;
	w->totals.unwritten_enters += state->unwritten.enters - was.enters;
	w->totals.unwritten_events += state->unwritten.events - was.events;
}

/* Writes the CPU's losses before what follows them. */
static int put_unwritten(struct tape_writer *w, struct cpu_state *state, uint32_t cpu)
{
	struct trace_lost l = state->unwritten;
	struct batch batch = {
		.cpu = cpu, .data = (const char *)&l, .size = sizeof(l), .sealed = w->sealed
	};
	int error = 0;

	if (!(l.calls | l.enters | l.events))
		return 0;
	l.record.length = sizeof(l);
	l.record.type = TRACE_LOST;
	l.reason = TRACE_LOST_OUTPUT;
	put_records(w, state, &batch, &error);
	if (!error)
		memset(&state->unwritten, 0, sizeof(state->unwritten));
	return error;
}

static int put_all(struct tape_writer *w, struct batch *batch)
{
	struct cpu_state *state = cpu_state(w, batch->cpu);
	int error = 0, worst = 0;

	if (!state)
		return w->error = -ENOMEM;
	if (w->discards || w->error) {
		lose(w, state, batch->data, batch->size);
		return w->error;
	}
	worst = tape_writer_flush(w);
	while (batch->size) {
		size_t part;

		error = put_unwritten(w, state, batch->cpu);
		part = error ? batch->size : put_records(w, state, batch, &error);
		if (!part)
			return -EBADMSG;
		if (error) {
			lose(w, state, batch->data, part);
			worst = error;
		}
		batch->data += part;
		batch->size -= part;
	}
	return worst;
}

int tape_writer_records(struct tape_writer *w, uint32_t cpu, const void *records, size_t size,
			uint64_t sealed)
{
	struct batch batch = { .cpu = cpu, .data = records, .size = size, .sealed = sealed };

	if (w->edit)
		batch.data = w->edit(w->edit_context, records, size, &batch.size);
	if (!batch.data)
		return w->error = -ENOMEM;
	return put_all(w, &batch);
}

int tape_writer_block(struct tape_writer *w, const struct trace_block *block, const void *stored,
		      const void *records)
{
	struct batch batch = { block->cpu, records, block->raw, block->sealed, block, stored };

	return put_all(w, &batch);
}

void tape_writer_edit(struct tape_writer *w, tape_edit *edit, void *context)
{
	w->edit = edit;
	w->edit_context = context;
}

void tape_writer_succeed(struct tape_writer *w, struct tape_writer *before)
{
	for (uint32_t i = 0; i <= before->cpu_count; i++) {
		struct trace_lost *from = &before->cpus[i].unwritten;
		struct cpu_state *to = cpu_state(w, i == before->cpu_count ? TRACE_NO_CPU : i);

		if (!to)
			continue;
		to->unwritten = *from;
		memset(from, 0, sizeof(*from));
	}
}

void tape_writer_hurry(struct tape_writer *w)
{
	packer_hurry(w->packer);
}

void tape_writer_discard(struct tape_writer *w)
{
	w->discards = true;
}

int tape_writer_seal(struct tape_writer *w, uint64_t sealed)
{
	struct trace_block b = {
		.kind = TRACE_RECORDS,
		.cpu = TRACE_NO_CPU,
		.sealed = sealed,
		.sequence = w->cpus[w->cpu_count].sequence++,
		.records_before = w->cpus[w->cpu_count].records,
	};

	tape_writer_flush(w);
	w->sealed = sealed;
	return put_block(w, &b, NULL, 0);
}

int tape_writer_finish(struct tape_writer *w)
{
	struct trace_trailer trailer;

	w->sink->ending = true;
	tape_writer_flush(w);
	for (uint32_t i = 0; i <= w->cpu_count; i++)
		put_unwritten(w, &w->cpus[i], i == w->cpu_count ? TRACE_NO_CPU : i);
	put_index(w);
	trailer.index = w->index_before;
	memcpy(trailer.magic, TRACE_MAGIC, sizeof(trailer.magic));
	if (!w->whole)
		return w->error;
	memcpy(w->whole, &trailer, sizeof(trailer)); /* put_index has made room for more */
	for (int tries = LAST_TRIES; tries; tries--) {
		int error = put_once(w, sizeof(trailer));

		if (!error || w->error || tries == 1)
			return error;
	}
	return w->error;
}

const struct tape_totals *tape_writer_totals(const struct tape_writer *w)
{
	return &w->totals;
}
