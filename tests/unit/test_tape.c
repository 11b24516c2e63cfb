// SPDX-License-Identifier: GPL-2.0-or-later
/* The tape as a library: what is written is read, over memory, files and pipes; cut and flipped
 * tapes. */
#include "decode/render/renderer_table.h"
#include "decode/stream/stream.h"
#include "format/tape/tape_writer.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	BLOCKS = 5,
	CALLS = 2, /* in each block */
};

struct call_record {
	struct trace_call call;
	uint64_t args[6];
	struct trace_piece piece;
	char path[8];
};

static struct call_record make_call(uint64_t time, uint32_t tid)
{
	struct call_record r = {
		.call = {
			.record = { .length = sizeof(r), .type = TRACE_CALL, .time = time, .tid = tid, .tgid = tid },
			.nr = 2, .args = 6, .pieces = 1, .enter = time - 5, .result = -2,
		},
		.args = { 4096 },
		.piece = { .length = 5, .flags = TRACE_P_STRING },
		.path = "/etc/",
	};

	return r;
}

struct memory_tape {
	void *data;
	size_t size;
	size_t ends[BLOCKS]; /* where each block ends */
};

static struct memory_tape make_tape(const char *codec_name)
{
	struct memory_tape t;
	struct tape_sink *sink = tape_sink_memory(&t.data, &t.size);
	struct trace_header header = {
		.cpus = 2, .clock = 1, .start = 1000, .optional = TRACE_O_FILTERED
	};
	const struct codec *codec = codec_by_name(codec_name);
	struct tape_writer *writer = tape_writer_new(sink, &header, codec, codec->level);

	assert_int_equal(tape_writer_meta(writer, TRACE_META_COMMAND, 0, 0, "systape x", 9), 0);
	for (int block = 0; block < BLOCKS; block++) {
		struct call_record calls[CALLS];
		uint64_t time = 2000 + 100 * block;

		for (int i = 0; i < CALLS; i++)
			calls[i] = make_call(time + i, 10 + block);
		assert_int_equal(
			tape_writer_records(writer, block % 2, calls, sizeof(calls), time + 50), 0);
		t.ends[block] = t.size;
	}
	assert_int_equal(tape_writer_totals(writer)->calls, BLOCKS * CALLS);
	assert_int_equal(tape_writer_finish(writer), 0);
	tape_writer_free(writer);
	sink->close(sink);
	return t;
}

struct outcome {
	int calls; /* shown */
	bool damaged;
	bool refused;
	unsigned int first; /* tid of the first one */
};

static struct outcome decode(struct tape_source *source)
{
	static const struct render_options options = { .separator = "\t" };
	static const struct stream_filter filter = { .calls = NULL };
	struct outcome o = { .calls = 0 };
	struct tape_error why;
	struct tape_reader *reader = tape_reader_open(source, &why);
	struct render render = { .options = &options };
	struct stream *stream;
	struct text out;

	o.refused = !reader;
	if (!reader)
		return o;
	assert_int_equal(text_open(&out, -1), 0);
	stream = stream_new(reader, &filter);
	render.out = &out;
	render.facts = stream_facts(stream);
	stream_run(stream, renderer_by_name("hex_sl"), &render, &why);
	for (size_t i = 0; i + 1 < out.used; i++)
		o.calls += out.data[i] == '\n' || !i;
	for (size_t i = 0, bare = 0; i < out.used; i++, bare = 0)
		if (!i || out.data[i - 1] ==
				  '\n') /* a loss is no call: its line begins with a separator */
			o.calls -= out.data[i] == '\t', (void)bare;
	o.damaged = tape_reader_damage(reader)->blocks || tape_reader_damage(reader)->bytes ||
		    tape_reader_damage(reader)->truncated || tape_reader_damage(reader)->records;
	stream_free(stream);
	text_close(&out);
	tape_reader_free(reader);
	return o;
}

static struct outcome decode_memory(const void *data, size_t size)
{
	struct tape_source *source = tape_source_memory(data, size);
	struct outcome o = decode(source);

	source->close(source);
	return o;
}

/* The same bytes through a pipe. */
static struct outcome decode_pipe(const void *data, size_t size)
{
	struct tape_source *source;
	struct outcome o;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], data, size), size);
	close(ends[1]);
	source = tape_source_fd(ends[0]);
	o = decode(source);
	source->close(source);
	close(ends[0]);
	return o;
}

static void test_round_trip(void **state)
{
	static const char *const codecs[] = { "none", "zlib", "zstd" };

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct memory_tape t;
		struct outcome o;

		if (!codec_by_name(codecs[i]))
			continue;
		t = make_tape(codecs[i]);
		o = decode_memory(t.data, t.size);
		assert_int_equal(o.calls, BLOCKS * CALLS);
		assert_false(o.damaged);
		o = decode_pipe(t.data, t.size);
		assert_int_equal(o.calls, BLOCKS * CALLS);
		assert_false(o.damaged);
		free(t.data);
	}
}

static int whole_blocks(const struct memory_tape *t, size_t size)
{
	int n = 0;

	while (n < BLOCKS && t->ends[n] <= size)
		n++;
	return n;
}

static void test_cut_at_every_byte(void **state)
{
	struct memory_tape t = make_tape("none");

	(void)state;
	for (size_t size = 0; size < t.size; size++) {
		/* A copy of its own, so that the sanitizers see a read behind its end. */
		char *copy = malloc(size + 1);
		struct outcome o;

		memcpy(copy, t.data, size);
		o = decode_memory(copy, size);
		assert_int_equal(o.calls, whole_blocks(&t, size) * CALLS);
		assert_true(o.damaged || o.refused);
		if (size % 7 == 0) {
			o = decode_pipe(copy, size);
			assert_int_equal(o.calls, whole_blocks(&t, size) * CALLS);
		}
		free(copy);
	}
	free(t.data);
}

static void flip_every_bit(const char *codec)
{
	struct memory_tape t = make_tape(codec);
	unsigned char *bytes = t.data;

	for (size_t bit = 0; bit < 8 * t.size; bit++) {
		size_t at = bit / 8;
		int before = whole_blocks(&t, at);
		struct outcome o;

		bytes[at] ^= 1 << bit % 8;
		o = decode_memory(bytes, t.size);
		assert_false(o.refused);
		assert_true(o.calls >= before * CALLS);
		/* One block is lost at most, the others behind the damage are found again. */
		assert_true(o.calls >= (BLOCKS - 1) * CALLS);
		bytes[at] ^= 1 << bit % 8;
	}
	free(t.data);
}

static void test_flip_every_bit(void **state)
{
	(void)state;
	flip_every_bit("none");
	flip_every_bit(codec_by_name("zstd") ? "zstd" : "zlib");
}

static void test_failing_sink(void **state)
{
	(void)state;
	/* A sink that has failed is never written to again, and every call says so. */
	struct tape_sink *sink = tape_sink_fd(-1);
	struct trace_header header = { .cpus = 1 };
	struct tape_writer *w = tape_writer_new(sink, &header, codec_by_name("none"), 0);
	struct call_record call = make_call(5, 1);

	assert_int_equal(tape_writer_records(w, 0, &call, sizeof(call), 6), -EBADF);
	assert_int_equal(tape_writer_finish(w), -EBADF);
	assert_int_equal(tape_writer_totals(w)->bytes, 0);
	tape_writer_free(w);
	sink->close(sink);
}

/* The most raw bytes of a block, of records that are more than fit into one. */
static uint32_t largest_block(uint32_t cpus)
{
	struct trace_header header = { .cpus = cpus };
	size_t size, count = (3 << 20) / sizeof(struct call_record);
	struct call_record *calls = calloc(count, sizeof(*calls));
	void *data;
	struct tape_sink *sink = tape_sink_memory(&data, &size);
	struct tape_writer *w = tape_writer_new(sink, &header, codec_by_name("none"), 0);
	uint32_t most = 0;

	for (size_t i = 0; i < count; i++)
		calls[i] = make_call(2000 + i, 1);
	assert_int_equal(tape_writer_records(w, 0, calls, count * sizeof(*calls), 2000), 0);
	for (size_t at = sizeof(header); at < size;) {
		const struct trace_block *b = (const void *)((const char *)data + at);

		assert_int_equal(b->magic, TRACE_BLOCK_MAGIC);
		most = b->raw > most ? b->raw : most;
		at += b->length + b->stored;
	}
	tape_writer_free(w);
	sink->close(sink);
	free(data);
	free(calls);
	return most;
}

/* What decodes holds a block of each CPU: of many, they are smaller. */
static void test_size_of_blocks(void **state)
{
	const uint32_t one = sizeof(struct call_record);

	(void)state;
	assert_in_range(largest_block(1), (1 << 20) - one, 1 << 20);
	assert_in_range(largest_block(16), (1 << 20) - one, 1 << 20);
	assert_in_range(largest_block(17), (512 << 10) - one, 512 << 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_size_of_blocks),	  cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_cut_at_every_byte), cmocka_unit_test(test_flip_every_bit),
		cmocka_unit_test(test_failing_sink),
	};

	return cmocka_run_group_tests_name("tape", tests, NULL, NULL);
}
