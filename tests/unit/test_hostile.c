// SPDX-License-Identifier: GPL-2.0-or-later
/* Tapes that were made to hurt their reader: memory stays bounded, what is good in them is still
 * delivered. */
#include "decode/input/merge.h"
#include "decode/render/renderer_table.h"
#include "decode/stream/stream.h"
#include "format/tape/tape_writer.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>

#include <cmocka.h>

struct tape {
	void *data;
	size_t size;
	struct tape_sink *sink;
	struct tape_writer *writer;
};

static void tape_begin(struct tape *t, uint32_t cpus, const char *codec)
{
	struct trace_header header = { .cpus = cpus, .clock = 1 };

	t->sink = tape_sink_memory(&t->data, &t->size);
	t->writer = tape_writer_new(t->sink, &header, codec_by_name(codec), 1);
	assert_non_null(t->writer);
}

static void tape_end(struct tape *t)
{
	assert_int_equal(tape_writer_finish(t->writer), 0);
	tape_writer_free(t->writer);
	t->sink->close(t->sink);
}

/* getppid: no arguments. */
static struct trace_call call_at(uint64_t time, uint32_t tid, enum trace_type type)
{
	return (struct trace_call){
		.record = { .length = sizeof(struct trace_call),
			    .type = type,
			    .time = time,
			    .tid = tid,
			    .tgid = tid },
		.nr = 110,
	};
}

static void fix(struct trace_block *b)
{
	b->crc = 0;
	b->crc = crc32(0, (const void *)b, sizeof(*b));
}

#ifdef __SANITIZE_ADDRESS__
#define MARGIN (1l << 30) /* freed memory is kept for a while: limits mean little */
#else
#define MARGIN 0l
#endif

static long peak_kib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

/* Renders to /dev/null: the counts. */
static struct stream_counts decode(const struct tape *t, const char *format)
{
	struct tape_source *source = tape_source_memory(t->data, t->size);
	struct stream_filter filter = { .calls = NULL };
	struct render_options options = { .separator = "\t", .string_size = 32, .column = 40 };
	struct render render = { .options = &options };
	struct stream_counts counts;
	struct tape_error why = { "" };
	struct tape_reader *reader = tape_reader_open(source, &why);
	struct stream *stream;
	struct text out;
	int fd = open("/dev/null", O_WRONLY);

	assert_non_null(reader);
	stream = stream_new(reader, &filter);
	assert_int_equal(text_open(&out, fd), 0);
	render.out = &out;
	render.facts = stream_facts(stream);
	assert_int_equal(stream_run(stream, renderer_by_name(format), &render, &why), 0);
	counts = *stream_counts(stream);
	text_close(&out);
	close(fd);
	stream_free(stream);
	tape_reader_free(reader);
	source->close(source);
	return counts;
}

/* An index block that says one number of entries in its header and holds another. */
static void index_that_lies(void **state)
{
	struct trace_call call = call_at(5, 1, TRACE_CALL);
	struct trace_block *b;
	struct tape t;

	(void)state;
	tape_begin(&t, 1, "none");
	for (int i = 0; i < 40; i++)
		tape_writer_records(t.writer, 0, &call, sizeof(call), 5);
	tape_end(&t);
	b = (void *)((char *)t.data + t.size - sizeof(struct trace_trailer) -
		     40 * sizeof(struct trace_index) - sizeof(*b));
	assert_int_equal(b->kind, TRACE_INDEX);
	b->records = 0;
	fix(b);
	assert_int_equal(decode(&t, "hex").calls, 40);
	free(t.data);
}

/* The index of a long tape is written in parts: every block has its entry. */
static void index_in_parts(void **state)
{
	struct trace_call call = call_at(5, 1, TRACE_CALL);
	struct tape_source *source;
	struct tape_reader *reader;
	struct tape_error why;
	struct tape_block block;
	struct tape t;
	int blocks = 0, entries = 0;

	(void)state;
	tape_begin(&t, 2, "none");
	for (uint64_t i = 0; i < 20000; i++) {
		call.record.time = i;
		tape_writer_records(t.writer, i & 1, &call, sizeof(call), i);
	}
	tape_end(&t);
	source = tape_source_memory(t.data, t.size);
	reader = tape_reader_open(source, &why);
	assert_non_null(reader);
	while (tape_reader_next(reader, &block) > 0) {
		blocks++;
		entries += block.index && block.index->first == block.header.first;
		tape_block_free(&block);
	}
	assert_int_equal(blocks, 20000);
	assert_int_equal(entries, 20000);
	assert_false(tape_reader_damage(reader)->truncated);
	tape_reader_free(reader);
	source->close(source);
	free(t.data);
}

/* Two hundred CPUs with 4 MiB each from a tape of some kilobytes, merged within 32 MiB. */
static void many_large_blocks(void **state)
{
	enum { CPUS = 200, RECORDS = 4, LENGTH = 1 << 20 };
	char *records = calloc(RECORDS, LENGTH);
	struct tape_source *source;
	struct tape_reader *reader;
	struct merge *merge;
	struct merge_item item;
	struct tape_error why;
	struct tape t;
	uint64_t last = 0;
	long before = peak_kib();
	int count = 0;

	(void)state;
	tape_begin(&t, CPUS, "zlib");
	for (uint32_t cpu = 0; cpu < CPUS; cpu++) {
		for (int i = 0; i < RECORDS; i++) {
			struct trace_record *r = (void *)(records + i * LENGTH);

			*r = (struct trace_record){ .length = LENGTH,
						    .type = 99,
						    .time = 1000 * i + (cpu * 7) % CPUS };
			tape_writer_records(t.writer, cpu, r, LENGTH, 0);
		}
	}
	tape_end(&t);
	source = tape_source_memory(t.data, t.size);
	reader = tape_reader_open(source, &why);
	merge = merge_new(reader, NULL, NULL);
	merge_limit(merge, 32 << 20, 1 << 20);
	while (merge_next(merge, &item) > 0) {
		assert_non_null(item.record);
		assert_true(item.record->time >= last);
		last = item.record->time;
		count++;
	}
	assert_int_equal(count, CPUS * RECORDS);
	assert_true(peak_kib() - before < (100 << 10) + MARGIN);
	merge_free(merge);
	tape_reader_free(reader);
	source->close(source);
	free(records);
	free(t.data);
}

static ssize_t (*real_read)(struct tape_source *source, void *data, size_t size);
static size_t bytes_read;

static ssize_t counting_read(struct tape_source *source, void *data, size_t size)
{
	ssize_t n = real_read(source, data, size);

	bytes_read += n > 0 ? n : 0;
	return n;
}

/* Nothing is ever sealed: records come all the same, and what waits stays within its limit. */
static void never_sealed(void **state)
{
	struct tape_source *source;
	struct tape_reader *reader;
	struct merge *merge;
	struct merge_item item;
	struct tape_error why;
	struct tape t;
	int count = 0;

	(void)state;
	tape_begin(&t, 1, "none");
	for (uint64_t i = 1; i <= 50000; i++) {
		struct trace_call call = call_at(i, 1, TRACE_CALL);

		tape_writer_records(t.writer, i % 3, &call, sizeof(call), 0);
	}
	tape_end(&t);
	source = tape_source_memory(t.data, t.size);
	source->read_at = NULL; /* as a pipe: packed blocks are held */
	real_read = source->read;
	source->read = counting_read;
	bytes_read = 0;
	reader = tape_reader_open(source, &why);
	merge = merge_new(reader, NULL, NULL);
	merge_limit(merge, 1 << 20, 1 << 20);
	while (merge_next(merge, &item) > 0)
		if (!count++)
			assert_true(bytes_read < t.size / 3);
	assert_int_equal(count, 50000);
	merge_free(merge);
	tape_reader_free(reader);
	source->close(source);
	free(t.data);
}

/* A million threads, each of them in the middle of a call. */
static void many_threads(void **state)
{
	enum { THREADS = 1000000, BATCH = 4000 };
	struct trace_call *calls = calloc(BATCH, sizeof(*calls));
	struct stream_counts counts;
	struct tape t;
	long before;

	(void)state;
	tape_begin(&t, 1, "zlib");
	for (uint32_t tid = 1; tid <= THREADS;) {
		for (int i = 0; i < BATCH; i++, tid++)
			calls[i] = call_at(tid, tid * 4096 + tid / 7, TRACE_ENTER);
		tape_writer_records(t.writer, 0, calls, BATCH * sizeof(*calls), tid);
	}
	tape_end(&t);
	free(calls);
	before = peak_kib();
	counts = decode(&t, "hex");
	assert_int_equal(counts.unfinished, THREADS);
	assert_int_equal(counts.shown, THREADS);
	assert_true(peak_kib() - before < (120 << 10) + MARGIN);
	free(t.data);
}

/* Twenty thousand threads with beginnings of 64 KiB: 1.2 GiB if they were all kept. */
static void large_beginnings(void **state)
{
	enum { THREADS = 20000, LENGTH = 64 << 10 };
	struct trace_call *call = calloc(1, LENGTH);
	struct tape t;
	long before;

	(void)state;
	tape_begin(&t, 1, "zlib");
	for (uint32_t tid = 1; tid <= THREADS; tid++) {
		*call = call_at(tid, tid, TRACE_ENTER);
		call->record.length = LENGTH;
		tape_writer_records(t.writer, 0, call, LENGTH, tid);
	}
	tape_end(&t);
	free(call);
	before = peak_kib();
	assert_int_equal(decode(&t, "hex").unfinished, THREADS);
	assert_true(peak_kib() - before < (200 << 10) + MARGIN);
	free(t.data);
}

/* A process that was there, with a long name behind one descriptor. */
static void put_existing(struct tape *t, uint32_t tid, uint32_t fd)
{
	enum { PATH = 4096 };
	static uint64_t
		room[(sizeof(struct trace_process) + sizeof(struct trace_piece) + PATH) / 8];
	struct trace_process *p = (void *)room;
	struct trace_piece *piece = (void *)(p + 1);

	*p = (struct trace_process){ .record = { .length = sizeof(room),
						 .type = TRACE_EXISTING,
						 .time = tid,
						 .tid = tid,
						 .tgid = tid },
				     .pieces = 1 };
	*piece = (struct trace_piece){ .length = PATH, .arg = TRACE_P_FD, .offset = fd };
	memset(piece + 1, 'x', PATH);
	tape_writer_records(t->writer, 0, p, p->record.length, tid);
}

static void put_fork(struct tape *t, uint32_t tid, uint32_t child)
{
	struct trace_process p = { .record = { .length = sizeof(p),
					       .type = TRACE_FORK,
					       .time = tid,
					       .tid = tid,
					       .tgid = tid },
				   .other_tid = child,
				   .other_tgid = child };

	tape_writer_records(t->writer, 0, &p, sizeof(p), tid);
}

/* A hundred copies of a table of 16 MiB, and names of 240 MiB: descriptors are forgotten, calls are
 * not. */
static void many_descriptors(void **state)
{
	enum { PROCESSES = 60000, COPIES = 100, LIMIT = 180 << 10 };
	struct trace_call call;
	struct tape t;
	long before;

	(void)state;
	tape_begin(&t, 1, "zlib");
	put_existing(&t, 1, (1 << 20) - 1);
	for (uint32_t tid = 2; tid <= PROCESSES; tid++) {
		if (tid <= COPIES)
			put_fork(&t, 1, tid);
		put_existing(&t, tid, 3);
		call = call_at(tid, tid, TRACE_CALL);
		tape_writer_records(t.writer, 0, &call, sizeof(call), tid);
	}
	tape_end(&t);
	before = peak_kib();
	assert_int_equal(decode(&t, "strace").calls, PROCESSES - 1);
	assert_true(peak_kib() - before < LIMIT + MARGIN);
	free(t.data);
}

/* Rows without end, and a header that claims 2^32-1 CPUs. */
static void many_rows(void **state)
{
	struct trace_call call = call_at(5, 1, TRACE_CALL);
	struct trace_header *h;
	struct tape t;
	long before;

	(void)state;
	tape_begin(&t, 1, "zlib");
	for (int i = 0; i < 400000; i++)
		tape_writer_meta(t.writer, TRACE_META_CALL, 0, i % 400, "getppid() = pid", 15);
	tape_writer_records(t.writer, 0, &call, sizeof(call), 6);
	tape_end(&t);
	h = t.data;
	h->cpus = UINT32_MAX;
	h->crc = 0;
	h->crc = crc32(0, t.data, sizeof(*h));
	before = peak_kib();
	assert_int_equal(decode(&t, "strace").calls, 1);
	assert_true(peak_kib() - before < (100 << 10) + MARGIN);
	free(t.data);
}

/* A block that claims more than a block may have, or a CPU that no kernel has, is none. */
static void impossible_blocks(void **state)
{
	struct trace_call call = call_at(5, 1, TRACE_CALL);

	(void)state;
	for (int what = 0; what < 3; what++) {
		struct trace_block *b;
		struct tape t;

		tape_begin(&t, 1, "none");
		tape_writer_records(t.writer, 0, &call, sizeof(call), 5);
		tape_writer_records(t.writer, 0, &call, sizeof(call), 5);
		tape_end(&t);
		b = (void *)((char *)t.data + sizeof(struct trace_header));
		if (what == 0)
			b->raw = UINT32_MAX;
		else if (what == 1)
			b->stored = UINT32_MAX;
		else
			b->cpu = 1u << 31;
		fix(b);
		assert_int_equal(decode(&t, "list").calls, 1);
		free(t.data);
	}
}

static ssize_t (*real_read_at)(struct tape_source *source, void *data, size_t size,
			       uint64_t offset);

static ssize_t counting_read_at(struct tape_source *source, void *data, size_t size,
				uint64_t offset)
{
	ssize_t n = real_read_at(source, data, size, offset);

	bytes_read += n > 0 ? n : 0;
	return n;
}

/*
 * `cpus` blocks of `records` records each, whose turn goes from one to the next with every record,
 * merged within `room`. How often the tape was read, in all; and if it is `sorted`, the time never
 * goes back. Of every CPU all is there, in its order.
 */
static size_t interleaved(uint32_t cpus, uint32_t records, size_t room, bool sorted)
{
	uint64_t *next = calloc(cpus, sizeof(*next)), last = 0, count = 0;
	struct trace_call *calls = calloc(records, sizeof(*calls));
	struct tape_source *source;
	struct tape_reader *reader;
	struct merge_item item;
	struct tape_error why;
	struct merge *merge;
	struct tape t;

	tape_begin(&t, cpus, "none");
	for (uint32_t cpu = 0; cpu < cpus; cpu++) {
		for (uint64_t i = 0; i < records; i++)
			calls[i] = call_at(i * cpus + cpu + 1, 1, TRACE_CALL);
		tape_writer_records(t.writer, cpu, calls, records * sizeof(*calls), 0);
	}
	tape_end(&t);
	source = tape_source_memory(t.data, t.size);
	real_read_at = source->read_at;
	source->read_at = counting_read_at;
	bytes_read = 0;
	reader = tape_reader_open(source, &why);
	merge = merge_new(reader, NULL, NULL);
	merge_limit(merge, room, 1 << 30);
	while (merge_next(merge, &item) > 0) {
		uint64_t i = (item.record->time - 1) / cpus;

		assert_int_equal((item.record->time - 1) % cpus, item.cpu);
		assert_int_equal(i, next[item.cpu]++);
		assert_true(!sorted || item.record->time > last);
		last = item.record->time;
		count++;
	}
	assert_int_equal(count, (uint64_t)cpus * records);
	merge_free(merge);
	tape_reader_free(reader);
	source->close(source);
	count = bytes_read / t.size;
	free(t.data);
	free(next);
	free(calls);
	return count;
}

/* Blocks are not unpacked again and again, however little memory there is for all of them. */
static void interleaved_lanes(void **state)
{
	(void)state;
	assert_in_range(interleaved(40, 2000, 64 << 20, true), 0, 3); /* there is room for all */
	assert_in_range(interleaved(40, 2000, 1 << 20, true), 0, 16);
	assert_in_range(interleaved(40, 2000, 64 << 10, false), 0, 40);
	assert_in_range(interleaved(300, 1000, 64 << 10, false), 0, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(index_that_lies),   cmocka_unit_test(index_in_parts),
		cmocka_unit_test(many_large_blocks), cmocka_unit_test(never_sealed),
		cmocka_unit_test(large_beginnings),  cmocka_unit_test(many_threads),
		cmocka_unit_test(many_rows),	     cmocka_unit_test(many_descriptors),
		cmocka_unit_test(impossible_blocks), cmocka_unit_test(interleaved_lanes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
