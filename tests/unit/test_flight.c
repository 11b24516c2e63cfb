// SPDX-License-Identifier: GPL-2.0-or-later
/* The flight recorder: a dump has what was held when it was begun, packed as it was, however much
 * comes while it is made. */
#include "format/tape/tape_reader.h"
#include "tracer/output/flight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
	SIZE = 64 << 10, /* of the recorder */
	TOGETHER = 16,	 /* calls that are delivered at once */
};

static struct flight *make_flight(const char *codec_name)
{
	struct trace_header header = { .cpus = 1, .clock = 1, .start = 1 };
	const struct codec *codec = codec_by_name(codec_name);

	return flight_new(SIZE, &header, codec, codec->level);
}

/* Calls with times that go on from *next, and arguments that do not pack to nothing. */
static void deliver(struct flight *f, uint64_t *next, int times)
{
	struct {
		struct trace_call call;
		uint64_t arg[6];
	} calls[TOGETHER] = { 0 };

	while (times--) {
		for (int i = 0; i < TOGETHER; i++) {
			calls[i].call = (struct trace_call){
				.record = { .length = sizeof(*calls),
					    .type = TRACE_CALL,
					    .time = (*next)++,
					    .tid = 7 },
				.nr = 110,
				.args = 6,
			};
			for (int j = 0; j < 6; j++)
				calls[i].arg[j] = (uint64_t)random() * random();
		}
		assert_int_equal(flight_records(f, 0, calls, sizeof(calls), *next), 0);
	}
}

struct others {
	struct flight *flight;
	uint64_t next;
	int turns;
};

/* Each time more than the recorder holds. */
static void meanwhile(void *context)
{
	struct others *o = context;

	deliver(o->flight, &o->next, 200);
	o->turns++;
}

struct held {
	uint64_t first, last, calls, stored;
};

/* What a tape has, which must be whole and in order. */
static struct held read_tape(const void *data, size_t size)
{
	struct tape_source *source = tape_source_memory(data, size);
	struct tape_error why;
	struct tape_reader *reader = tape_reader_open(source, &why);
	struct tape_block block;
	struct held held = { 0 };
	void *records = NULL;
	size_t room = 0;

	while (tape_reader_next(reader, &block) > 0) {
		const struct trace_record *r;
		size_t at = 0;

		assert_int_equal(tape_reader_load(reader, &block, &records, &room), 0);
		held.stored += block.header.stored;
		while ((r = tape_record_next(records, block.header.raw, &at))) {
			assert_true(!held.calls || r->time == held.last + 1);
			held.first = held.calls++ ? held.first : r->time;
			held.last = r->time;
		}
		assert_non_null(block.index);
		assert_int_equal(block.index->records, block.header.records);
		tape_block_free(&block);
	}
	assert_int_equal(tape_reader_damage(reader)->blocks, 0);
	assert_int_equal(tape_reader_damage(reader)->records, 0);
	assert_false(tape_reader_damage(reader)->truncated);
	free(records);
	tape_reader_free(reader);
	source->close(source);
	return held;
}

/* Writes it out with a codec that packs nothing, which nothing is packed with. */
static struct held dump(struct flight *f, void (*others)(void *context), void *context)
{
	struct trace_header header = { .cpus = 1, .clock = 1, .start = 1 };
	struct flight_taker taker = { .meanwhile = others, .context = context };
	struct held held;
	size_t size;
	void *data;
	struct tape_sink *sink = tape_sink_memory(&data, &size);

	taker.writer = tape_writer_new(sink, &header, codec_by_name("none"), 0);
	assert_int_equal(flight_dump(f, &taker), 0);
	assert_int_equal(tape_writer_finish(taker.writer), 0);
	held = read_tape(data, size);
	assert_int_equal(tape_writer_totals(taker.writer)->calls, held.calls);
	tape_writer_free(taker.writer);
	sink->close(sink);
	free(data);
	return held;
}

static void test_dump(const char *codec)
{
	struct flight *f = make_flight(codec);
	struct others o = { .flight = f, .next = 1 };
	struct tape_totals totals = { 0 };
	struct held alone, beside;
	uint64_t last;

	deliver(f, &o.next, 400);
	flight_totals(f, &totals);
	assert_true(totals.bytes < 2 * SIZE);
	alone = dump(f, NULL, NULL);
	assert_true(alone.stored >= SIZE / 2 && alone.stored < 2 * SIZE);
	last = alone.last;
	assert_int_equal(last, o.next - 1);
	beside = dump(f, meanwhile, &o);
	assert_int_equal(beside.first, alone.first);
	assert_int_equal(beside.last, last);
	assert_int_equal(beside.calls, alone.calls);
	assert_int_equal(beside.stored, alone.stored);
	assert_true(o.turns > 1);
	alone = dump(f, NULL, NULL);
	assert_true(alone.first > last);
	assert_int_equal(alone.last, o.next - 1);
	flight_totals(f, &totals);
	assert_int_equal(totals.calls, o.next - 1);
	flight_free(f);
}

static void test_packed(void **state)
{
	(void)state;
	test_dump("zstd");
}

static void test_plain(void **state)
{
	(void)state;
	test_dump("none");
}

static void test_empty(void **state)
{
	struct flight *f = make_flight("zstd");

	(void)state;
	assert_int_equal(dump(f, NULL, NULL).calls, 0);
	flight_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_packed),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
