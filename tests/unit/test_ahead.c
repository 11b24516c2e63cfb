// SPDX-License-Identifier: GPL-2.0-or-later
/* Blocks that are unpacked ahead by other threads: what is delivered, and what is said of damage,
 * is the same as without them, from a file and from a pipe, of whole tapes and of damaged ones. */
#include "decode/input/merge.h"
#include "format/tape/tape_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

enum {
	CPUS = 4,
	ROUNDS = 60,
	CALLS = 300, /* in a block */
};

struct tape {
	char *data;
	size_t size;
};

static void add_block(struct tape_writer *w, int cpu, int round)
{
	struct {
		struct trace_call call;
		uint64_t args[2];
	} calls[CALLS];

	for (int i = 0; i < CALLS; i++) {
		uint64_t time = 1000000ull * round + 3000 * i + 100 * cpu + i % 7;

		calls[i].call = (struct trace_call){
			.record = { .length = sizeof(*calls),
				    .type = TRACE_CALL,
				    .time = time,
				    .tid = cpu + i % 5,
				    .tgid = 1 },
			.nr = i % 11,
			.args = 2,
			.enter = time - 50,
			.result = i,
		};
		calls[i].args[0] = i;
		calls[i].args[1] = round;
	}
	assert_int_equal(tape_writer_records(w, cpu, calls, sizeof(calls),
					     cpu == CPUS - 1 ? 1000000ull * round : 0),
			 0);
}

static struct tape make(const char *codec)
{
	struct trace_header header = { .cpus = CPUS, .clock = 1 };
	struct tape t;
	struct tape_sink *sink = tape_sink_memory((void **)&t.data, &t.size);
	struct tape_writer *w = tape_writer_new(sink, &header, codec_by_name(codec), 1);

	for (int round = 1; round <= ROUNDS; round++)
		for (int cpu = 0; cpu < CPUS; cpu++)
			add_block(w, cpu, round);
	assert_int_equal(tape_writer_finish(w), 0);
	tape_writer_free(w);
	sink->close(sink);
	return t;
}

/* What a decoder learns from a tape. */
struct learned {
	uint32_t sum;
	uint64_t records, missing;
	struct tape_damage damage;
};

static struct learned learn(const struct tape *t, unsigned int threads, bool pipe, size_t room)
{
	struct tape_source *source = tape_source_memory(t->data, t->size);
	struct workers *workers = threads ? workers_start(threads) : NULL;
	struct learned l = { .records = 0 };
	struct merge_item item;
	struct tape_reader *reader;
	struct tape_error why;
	struct merge *merge;

	if (pipe)
		source->read_at = NULL;
	reader = tape_reader_open(source, &why);
	assert_non_null(reader);
	merge = merge_new(reader, NULL, NULL);
	if (room)
		merge_limit(merge, room, room);
	merge_use(merge, workers);
	while (merge_next(merge, &item) > 0) {
		l.missing += item.missing;
		if (!item.record)
			continue;
		l.records++;
		l.sum = crc32(l.sum, (const void *)item.record, item.record->length);
	}
	l.damage = *tape_reader_damage(reader);
	merge_free(merge);
	workers_stop(workers);
	tape_reader_free(reader);
	source->close(source);
	return l;
}

static void same_damage(const struct tape_damage *got, const struct tape_damage *want)
{
	assert_int_equal(got->blocks, want->blocks);
	assert_int_equal(got->bytes, want->bytes);
	assert_int_equal(got->records, want->records);
	assert_int_equal(got->truncated, want->truncated);
}

static void compare(const struct tape *t, size_t room)
{
	for (int pipe = 0; pipe < 2; pipe++) {
		struct learned want = learn(t, 0, pipe, room);

		for (unsigned int threads = 1; threads < 4; threads++) {
			struct learned got = learn(t, threads, pipe, room);

			assert_int_equal(got.records, want.records);
			assert_int_equal(got.missing, want.missing);
			assert_int_equal(got.sum, want.sum);
			same_damage(&got.damage, &want.damage);
		}
	}
}

static void whole(void **state)
{
	struct tape t = make("zlib");

	(void)state;
	assert_int_equal(learn(&t, 2, false, 0).records, ROUNDS * CPUS * CALLS);
	compare(&t, 0);
	compare(&t, 10000); /* blocks make room for one another, and are unpacked again */
	free(t.data);
}

static void damaged(void **state)
{
	struct tape t = make("zlib");
	size_t size = t.size;

	(void)state;
	for (size_t at = 200; at < t.size; at += t.size / 17)
		t.data[at] ^= 0x40;
	assert_true(learn(&t, 0, false, 0).damage.blocks > 3);
	compare(&t, 0);
	t.size = size * 2 / 3;
	compare(&t, 0);
	free(t.data);
}

/* Who gives up in the middle leaves nothing behind. */
static void left_early(void **state)
{
	struct tape t = make("none");
	struct tape_source *source = tape_source_memory(t.data, t.size);
	struct workers *workers = workers_start(2);
	struct tape_error why;
	struct tape_reader *reader = tape_reader_open(source, &why);
	struct merge *merge = merge_new(reader, NULL, NULL);
	struct merge_item item;

	(void)state;
	merge_use(merge, workers);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(merge_next(merge, &item), 1);
	merge_free(merge);
	workers_stop(workers);
	tape_reader_free(reader);
	source->close(source);
	free(t.data);
}

/* What is seen of a block in a pipe is what the index says of it. */
static void peeked(void **state)
{
	struct tape t = make("zlib");
	struct tape_source *file = tape_source_memory(t.data, t.size),
			   *pipe = tape_source_memory(t.data, t.size);
	struct tape_block indexed, block;
	struct tape_reader *a, *b;
	struct trace_index entry;
	struct tape_error why;
	uint64_t ended;
	int blocks = 0;

	(void)state;
	pipe->read_at = NULL;
	a = tape_reader_open(file, &why);
	b = tape_reader_open(pipe, &why);
	while (tape_reader_next(b, &block) > 0) {
		assert_int_equal(tape_reader_next(a, &indexed), 1);
		if (block.header.kind == TRACE_RECORDS) {
			assert_true(tape_reader_peek(b, &block, &entry, &ended));
			assert_int_equal(ended, CALLS);
			assert_non_null(indexed.index);
			assert_int_equal(entry.types, indexed.index->types);
			assert_memory_equal(entry.calls, indexed.index->calls, sizeof(entry.calls));
			assert_memory_equal(entry.threads, indexed.index->threads,
					    sizeof(entry.threads));
			((char *)block.stored)[block.header.stored / 2] ^= 1;
			assert_false(tape_reader_peek(b, &block, &entry, &ended));
			blocks++;
		}
		tape_block_free(&block);
		tape_block_free(&indexed);
	}
	assert_int_equal(blocks, ROUNDS * CPUS);
	tape_reader_free(a);
	tape_reader_free(b);
	file->close(file);
	pipe->close(pipe);
	free(t.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(damaged),
		cmocka_unit_test(left_early),
		cmocka_unit_test(peeked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
