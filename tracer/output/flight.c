// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/flight.h"

#include "format/filter/filter.h"
#include "format/tape/tape_reader.h"
#include "tracer/output/record_scan.h"
#include "tracer/system/clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	REELS = 8,	   /* full ones; one more is being filled */
	CHUNK = 256 << 10, /* bytes of records */
};

struct reel {
	int holders; /* the flight recorder, as long as it belongs to the newest; a dump */
	void *data;
	size_t size;
	struct tape_sink *sink;
	struct tape_writer *writer;
};

struct flight {
	struct trace_header header;
	const struct codec *codec;
	int level;
	uint64_t most;		       /* bytes of one reel */
	struct reel *reels[REELS + 1]; /* the oldest first */
	int count;
	tape_edit *edit;
	void *edit_context;
	struct filter *wants; /* NULL, or failing calls for which a dump is wanted */
	bool turned, wanted;
	struct tape_totals gone; /* of reels that are finished */
};

static void let_go(struct reel *reel)
{
	if (!reel || --reel->holders > 0)
		return;
	tape_writer_free(reel->writer);
	if (reel->sink)
		reel->sink->close(reel->sink);
	free(reel->data);
	free(reel);
}

static int begin_reel(struct flight *f)
{
	struct reel *reel = calloc(1, sizeof(*reel));

	if (!reel)
		return -ENOMEM;
	reel->holders = 1;
	reel->sink = tape_sink_memory(&reel->data, &reel->size);
	if (reel->sink)
		reel->writer = tape_writer_new(reel->sink, &f->header, f->codec, f->level);
	if (!reel->writer) {
		let_go(reel);
		return -ENOMEM;
	}
	tape_writer_edit(reel->writer, f->edit, f->edit_context);
	f->reels[f->count++] = reel;
	return 0;
}

struct flight *flight_new(uint64_t size, const struct trace_header *header,
			  const struct codec *codec, int level)
{
	struct flight *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	f->header = *header;
	f->codec = codec;
	f->level = level;
	f->most = size /
		  (REELS + 2); /* the one being filled may have twice the memory that it needs */
	if (!begin_reel(f))
		return f;
	flight_free(f);
	return NULL;
}

void flight_free(struct flight *f)
{
	if (!f)
		return;
	for (int i = 0; i < f->count; i++)
		let_go(f->reels[i]);
	filter_free(f->wants);
	free(f);
}

void flight_edit(struct flight *f, tape_edit *edit, void *context)
{
	f->edit = edit;
	f->edit_context = context;
	tape_writer_edit(flight_writer(f), edit, context);
}

bool flight_dump_on(struct flight *f, const char *calls, struct tape_error *why)
{
	char error[120];

	f->wants = filter_new();
	if (!f->wants || !filter_trace(f->wants, calls, error, sizeof(error)))
		return f->wants;
	snprintf(why->text, sizeof(why->text), "--dump-on: %s", error);
	return false;
}

bool flight_wanted(const struct flight *f)
{
	return f->wanted;
}

struct tape_writer *flight_writer(struct flight *f)
{
	return f->reels[f->count - 1]->writer;
}

static void end_reel(struct flight *f, struct reel *reel)
{
	const struct tape_totals *t = tape_writer_totals(reel->writer);
	void *fitted;

	tape_writer_finish(reel->writer);
	f->gone.calls += t->calls;
	f->gone.records += t->records;
	f->gone.unwritten_calls += t->unwritten_calls;
	tape_writer_free(reel->writer);
	reel->sink->close(reel->sink);
	reel->writer = NULL;
	reel->sink = NULL;
	fitted = realloc(reel->data, reel->size);
	if (fitted)
		reel->data = fitted;
}

/* Without memory for another reel the one at hand grows on. */
static void next_reel(struct flight *f)
{
	if (f->count == REELS + 1) { /* the oldest goes */
		let_go(f->reels[0]);
		memmove(&f->reels[0], &f->reels[1], REELS * sizeof(*f->reels));
		f->count--;
	}
	if (begin_reel(f))
		return;
	end_reel(f, f->reels[f->count - 2]);
	f->turned = true;
}

int flight_records(struct flight *f, uint32_t cpu, const void *records, size_t size,
		   uint64_t sealed)
{
	const char *data = records;
	int error = 0;

	if (f->wants && !f->wanted)
		f->wanted = record_scan_failure(records, size, f->wants);
	while (size && !error) { /* no reel gets much too long, even where nothing is packed */
		size_t part = tape_records_part(data, size, f->most < CHUNK ? f->most : CHUNK);

		error = tape_writer_records(flight_writer(f), cpu, data, part,
					    part == size ? sealed : 0);
		if (tape_writer_totals(flight_writer(f))->bytes >= f->most)
			next_reel(f);
		data += part;
		size -= part;
	}
	return error;
}

bool flight_turn(struct flight *f)
{
	bool turned = f->turned;

	f->turned = false;
	return turned;
}

/* The first `size` bytes of a reel, which may grow, and be moved, while it is read. */
struct reel_source {
	struct tape_source source;
	struct reel *reel;
	size_t size, at;
};

static ssize_t reel_read_at(struct tape_source *source, void *data, size_t size, uint64_t offset)
{
	struct reel_source *s = (void *)source;
	size_t left = offset < s->size ? s->size - offset : 0, n = size < left ? size : left;

	if (n)
		memcpy(data, (const char *)s->reel->data + offset, n);
	return n;
}

static ssize_t reel_read(struct tape_source *source, void *data, size_t size)
{
	struct reel_source *s = (void *)source;
	ssize_t n = reel_read_at(source, data, size, s->at);

	s->at += n;
	return n;
}

static int reel_skip(struct tape_source *source, uint64_t size)
{
	((struct reel_source *)source)->at += size;
	return 0;
}

/* Copies a block as it stands there: packing it again would take as long as it did to record it. */
static int copy_block(const struct reel *reel, struct tape_reader *reader,
		      const struct tape_block *block, struct tape_writer *to, void **data,
		      size_t *room)
{
	const char *stored = (const char *)reel->data + block->offset;

	return tape_reader_load(reader, block, data, room)
		       ? 0
		       : tape_writer_block(to, &block->header, stored, *data);
}

static void rest(const struct flight_taker *taker, uint64_t *rested)
{
	if (!taker->meanwhile || clock_ms() - *rested < taker->pause)
		return;
	taker->meanwhile(taker->context);
	*rested = clock_ms();
}

/* Copies the records of one reel; the snapshot at its beginning only if nothing comes before it. */
static int copy_reel(struct reel_source *from, const struct flight_taker *taker, uint64_t *rested,
		     bool first)
{
	struct tape_error why;
	struct tape_reader *reader = tape_reader_open(&from->source, &why);
	struct tape_block block;
	void *data = NULL;
	size_t room = 0;
	int error = reader ? 0 : -ENOMEM;

	while (!error && tape_reader_next(reader, &block) > 0) {
		const struct trace_block *h = &block.header;

		if (h->kind == TRACE_RECORDS && h->records && (first || h->cpu != TRACE_NO_CPU))
			error = copy_block(from->reel, reader, &block, taker->writer, &data, &room);
		tape_block_free(&block);
		rest(taker, rested);
	}
	free(data);
	tape_reader_free(reader);
	return error;
}

int flight_dump(struct flight *f, const struct flight_taker *taker)
{
	struct reel_source from[REELS + 1];
	uint64_t rested = clock_ms();
	int count = f->count, error = 0;

	f->wanted = false;

	for (int i = 0; i < count; i++) {
		from[i] = (struct reel_source){
			.source = { .read = reel_read, .read_at = reel_read_at, .skip = reel_skip },
			.reel = f->reels[i],
			.size = f->reels[i]->size,
		};
		f->reels[i]->holders++;
	}
	for (int i = 0; i < count; i++) {
		struct reel *reel = from[i].reel;

		if (!error)
			error = copy_reel(&from[i], taker, &rested, !i);
		let_go(reel);
	}
	return error;
}

void flight_totals(const struct flight *f, struct tape_totals *t)
{
	const struct tape_totals *at_hand = tape_writer_totals(f->reels[f->count - 1]->writer);

	t->bytes = 0;
	for (int i = 0; i < f->count; i++)
		t->bytes += f->reels[i]->size;
	t->calls = f->gone.calls + at_hand->calls;
	t->records = f->gone.records + at_hand->records;
	t->unwritten_calls = f->gone.unwritten_calls + at_hand->unwritten_calls;
}
