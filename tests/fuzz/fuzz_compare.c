// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * systape-diff: of the blocks of a tape, which the mutator copies and changes, some belong to A,
 * some to B, some to both. The report is text of known marks, or lines of strict JSON (json-c); a
 * tape beside itself is the same; and what A beside B says to differ, B beside A does. The header's
 * process id chooses options, so that the mutator can change them.
 */
#include "decode/stream/stream.h"
#include "diff/report.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/proportion.h"
#include "tests/fuzz/tape_mutator.h"

#include <stdlib.h>
#include <string.h>

struct side {
	uint8_t *bytes;
	size_t size;
	struct tape_source *source;
	struct tape_reader *reader;
};

/* Blocks of records, in turns; all else is of both. */
static void deal(const uint8_t *bytes, size_t size, uint32_t bits, struct side sides[2])
{
	size_t at = sizeof(struct trace_header);
	unsigned int dealt = 0;

	for (int i = 0; i < 2; i++) {
		sides[i].bytes = malloc(size);
		memcpy(sides[i].bytes, bytes, at);
		sides[i].size = at;
	}
	while (at + sizeof(struct trace_block) <= size) {
		struct trace_block block;
		size_t length;
		bool both;

		memcpy(&block, bytes + at, sizeof(block));
		if (block.magic != TRACE_BLOCK_MAGIC || block.stored > size - at - sizeof(block))
			break;
		length = sizeof(block) + block.stored;
		both = block.kind != TRACE_RECORDS || block.cpu == TRACE_NO_CPU || bits & 1;
		for (unsigned int i = 0; i < 2; i++) {
			if (!both && dealt % 2 != i)
				continue;
			memcpy(sides[i].bytes + sides[i].size, bytes + at, length);
			sides[i].size += length;
		}
		dealt += !both;
		at += length;
	}
}

static void judge(const struct text *out, bool json, bool any)
{
	const char *at = out->data, *end = out->data + out->used, *stop;

	if (any != (out->used > 0))
		refuse(any ? "nothing" : "something", at, out->used);
	for (; at < end; at = stop + 1) {
		size_t size;

		stop = judge_line(at, end, false);
		size = (size_t)(stop - at);
		if (json)
			judge_json(at, size);
		else if (size < 2 || (!strchr("-+~@ ", *at) && stop[-1] != ':'))
			refuse("a line of no mark", at, size);
	}
}

/* Reads a side: false if it is damaged, which main takes for trouble. */
static bool keep(struct side *side, const struct diff_options *o, struct diff_tape *tape)
{
	struct tape_error why = { "" };
	struct text none;
	struct render r = { .out = &none, .options = &o->tape.render, .state = tape };
	struct stream *stream;

	side->source = tape_source_memory(side->bytes, side->size);
	if (side->size & 8)
		side->source->read_at = NULL; /* as from a pipe */
	side->reader = tape_reader_open(side->source, &why);
	if (!side->reader)
		return false;
	stream = stream_new(side->reader, &o->decode.filter);
	if (!stream || text_open(&none, -1))
		abort();
	r.facts = stream_facts(stream);
	stream_run(stream, &diff_renderer, &r, &why);
	text_close(&none);
	stream_free(stream);
	return !tape->error;
}

static void leave(struct side *side)
{
	tape_reader_free(side->reader);
	if (side->source)
		side->source->close(side->source);
}

/* Whether anything differs between two of the sides. */
static bool compare(const struct diff_options *o, struct side a, struct side b)
{
	struct stat_strings *strings = stat_strings_new();
	struct temporary_names *names = temporary_names_new();
	struct diff_tape tapes[2] = { { 0 }, { 0 } };
	struct side sides[2] = { a, b };
	struct text out;
	bool any = false, whole = true;

	if (text_open(&out, -1))
		abort();
	for (int i = 0; i < 2 && whole; i++)
		whole = !diff_tape_init(&tapes[i], i, &o->tape, strings, names) &&
			keep(&sides[i], o, &tapes[i]);
	if (whole && !report_make(&out, o, tapes, &any))
		judge(&out, o->json, any);
	for (int i = 0; i < 2; i++) {
		diff_tape_free(&tapes[i]);
		leave(&sides[i]);
	}
	text_close(&out);
	temporary_names_free(names);
	stat_strings_free(strings);
	return any;
}

static void run(const uint8_t *bytes, size_t size, uint32_t bits)
{
	static const char *const ignored[] = { "fd", "flags", "st_ino", NULL };
	struct diff_options o = {
		.tape = { .render = { .string_size = bits >> 24,
				      .verbose = true,
				      .descriptors = SHOW_PATHS | SHOW_SOCKETS },
			  .ignored = ignored + (bits & 2 ? 0 : 3),
			  .events = !(bits & 4) || !(bits & 8),
			  .most = bits & 16 && bits & 32 ? 100 : 1000000,
			  .memory = 64 << 20 },
		.decode.filter.failed_only = bits & 64 && bits & 128,
		.latency = bits & 256 ? 1000 : 0,
		.lines = bits & 512 ? 3 : 0,
		.json = bits & 1024,
	};
	struct side sides[2] = { { 0 } };

	deal(bytes, size, bits >> 11, sides);
	if (bits & 4096) {
		if (compare(&o, sides[0], sides[0]))
			refuse("a difference to itself", "", 0);
	} else if (compare(&o, sides[0], sides[1]) != compare(&o, sides[1], sides[0])) {
		refuse("a difference on one side", "", 0);
	}
	free(sides[0].bytes);
	free(sides[1].bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct trace_header header;

	if (size < sizeof(header))
		return 0;
	memcpy(&header, bytes, sizeof(header));
	proportion_begin();
	run(bytes, size, header.recorder);
	proportion_end(bytes, size);
	return 0;
}
