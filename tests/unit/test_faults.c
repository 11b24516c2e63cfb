// SPDX-License-Identifier: GPL-2.0-or-later
/* Outputs that fail: at every k-th write, half-way through a write, for good: the tape stays one,
 * and every call is counted. */
#include "format/tape/tape_reader.h"
#include "format/tape/tape_writer.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	CALLS = 3000,
};

struct faulty {
	struct tape_sink sink;
	char *data;
	size_t size, room;
	int writes, every; /* each such write fails, after half of it */
	size_t full;	   /* bytes that fit, 0: any number */
};

static int faulty_write(struct tape_sink *sink, const void *data, size_t size)
{
	struct faulty *f = (void *)sink;
	bool fails = f->every && ++f->writes % f->every == 0;
	size_t part = fails ? size / 2 : size;

	if (f->full && f->size + part + (sink->ending ? 0 : sink->reserve) > f->full)
		return -ENOSPC;
	if (f->size + part > f->room) {
		f->room = 2 * (f->size + part);
		f->data = realloc(f->data, f->room);
	}
	memcpy(f->data + f->size, data, part);
	f->size += part;
	return fails ? -EIO : 0;
}

static int faulty_cut(struct tape_sink *sink, uint64_t size)
{
	((struct faulty *)sink)->size = size;
	return 0;
}

struct seen {
	uint64_t calls, lost, blocks;
	bool damaged, truncated;
};

static struct seen read_back(const void *data, size_t size)
{
	struct tape_source *source = tape_source_memory(data, size);
	struct tape_error why;
	struct tape_reader *reader = tape_reader_open(source, &why);
	struct tape_block block;
	struct seen seen = { .calls = 0 };
	void *records = NULL;
	size_t room = 0;

	assert_non_null(reader);
	while (tape_reader_next(reader, &block) > 0) {
		const struct trace_record *r;
		size_t at = 0;

		seen.blocks++;
		if (tape_reader_load(reader, &block, &records, &room))
			block.header.raw = 0; /* cut off, and counted as damage */
		while ((r = tape_record_next(records, block.header.raw, &at))) {
			seen.calls += r->type == TRACE_CALL;
			if (r->type == TRACE_LOST)
				seen.lost += ((const struct trace_lost *)r)->calls;
		}
		tape_block_free(&block);
	}
	seen.damaged = tape_reader_damage(reader)->blocks || tape_reader_damage(reader)->bytes ||
		       tape_reader_damage(reader)->records;
	seen.truncated = tape_reader_damage(reader)->truncated;
	free(records);
	tape_reader_free(reader);
	source->close(source);
	return seen;
}

/* Writes CALLS calls, one to seven in a batch, on two CPUs. */
static struct tape_totals record(struct faulty *f, const char *codec, bool ends)
{
	struct trace_header header = { .cpus = 2, .clock = 1 };
	struct tape_writer *w;
	struct tape_totals totals;
	struct trace_call batch[7];
	int every = f->every, n = 0;

	f->every = 0; /* a header that cannot be written is no tape */
	f->sink.write = faulty_write;
	w = tape_writer_new(&f->sink, &header, codec_by_name(codec), 1);
	assert_non_null(w);
	f->every = every;
	for (int i = 0; n < CALLS; i++) {
		int count = 1 + i % 7;

		if (count > CALLS - n)
			count = CALLS - n;
		for (int k = 0; k < count; k++)
			batch[k] = (struct trace_call){
				.record = { .length = sizeof(*batch),
					    .type = TRACE_CALL,
					    .time = 100 + n++,
					    .tid = 5 },
			};
		if (tape_writer_records(w, i & 1, batch, count * sizeof(*batch), 100 + n) && ends)
			tape_writer_discard(w);
	}
	f->every = 0; /* the end can be written */
	tape_writer_finish(w);
	totals = *tape_writer_totals(w);
	tape_writer_free(w);
	return totals;
}

static void every_kth_write(void **state)
{
	static const char *const codecs[] = { "none", "zlib" };

	(void)state;
	for (int every = 1; every < 60; every++) {
		for (int c = 0; c < 2; c++) {
			struct faulty f = { .sink.cut = faulty_cut, .every = every };
			struct tape_totals totals = record(&f, codecs[c], false);
			struct seen seen = read_back(f.data, f.size);

			assert_int_equal(seen.calls + seen.lost, CALLS);
			assert_int_equal(seen.calls, totals.calls);
			assert_int_equal(seen.lost, totals.unwritten_calls);
			assert_true(every < 3 || seen.calls > 0);
			assert_true(seen.lost > 0);
			assert_false(seen.damaged);
			assert_false(seen.truncated);
			free(f.data);
		}
	}
}

/* The capture ends at the first failure: all that follows is counted, and the tape has its end. */
static void ends_at_the_first(void **state)
{
	(void)state;
	for (int every = 1; every < 200; every += 7) {
		struct faulty f = { .sink.cut = faulty_cut, .every = every };
		struct tape_totals totals = record(&f, "none", true);
		struct seen seen = read_back(f.data, f.size);

		assert_int_equal(seen.calls + seen.lost, CALLS);
		assert_int_equal(seen.lost, totals.unwritten_calls);
		assert_false(seen.damaged);
		assert_false(seen.truncated);
		free(f.data);
	}
}

/* A full disk: what was kept free for the end is enough for it, wherever the disk ends. */
static void full_anywhere(void **state)
{
	(void)state;
	for (size_t full = 5000; full < 150000; full += 997) {
		struct faulty f = { .sink.cut = faulty_cut, .full = full };
		struct seen seen;

		record(&f, "none", full & 1);
		assert_true(f.size <= full);
		seen = read_back(f.data, f.size);
		assert_int_equal(seen.calls + seen.lost, CALLS);
		assert_false(seen.damaged);
		assert_false(seen.truncated);
		free(f.data);
	}
}

/* A pipe takes nothing back: the first failure is the end, and the counts are exact all the same.
 */
static void pipe_that_breaks(void **state)
{
	(void)state;
	for (int every = 1; every < 200; every += 3) {
		struct faulty f = { .every = every };
		struct tape_totals totals = record(&f, "none", false);
		struct seen seen = read_back(f.data, f.size);

		assert_int_equal(totals.calls + totals.unwritten_calls, CALLS);
		assert_int_equal(seen.calls, totals.calls);
		assert_true(seen.truncated);
		free(f.data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kth_write),
		cmocka_unit_test(ends_at_the_first),
		cmocka_unit_test(full_anywhere),
		cmocka_unit_test(pipe_that_breaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
