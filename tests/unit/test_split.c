// SPDX-License-Identifier: GPL-2.0-or-later
/* -ff of a tape with more threads than there can be files: what is open, in memory and on the disk
 * stays within limits, and each file has its thread's lines and no others. */
#include "decode/render/renderer_table.h"
#include "decode/render/split.h"
#include "decode/render/split_files.h"
#include "decode/stream/stream.h"
#include "format/tape/tape_writer.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	EXTRA = 100,
	THREADS = SPLIT_FILES_MOST + EXTRA,
	DESCRIPTORS = 40,
};

static char folder[] = "/dev/shm/systape-split.XXXXXX";

static void put_calls(struct tape_writer *w, uint32_t first, uint32_t last, uint64_t *time)
{
	struct trace_call call = { .record = { .length = sizeof(call), .type = TRACE_CALL },
				   .nr = 110 }; /* getppid: no arguments */

	for (uint32_t tid = first; tid <= last; tid++) {
		call.record.time = call.enter = ++*time;
		call.record.tid = call.record.tgid = tid;
		call.result = tid;
		assert_int_equal(tape_writer_records(w, 0, &call, sizeof(call), *time), 0);
	}
}

static void put_loss(struct tape_writer *w, uint64_t calls, uint64_t *time)
{
	struct trace_lost lost = { .record = { .length = sizeof(lost), .type = TRACE_LOST },
				   .calls = calls };

	lost.record.time = ++*time;
	assert_int_equal(tape_writer_records(w, 0, &lost, sizeof(lost), *time), 0);
}

/* Decodes with -ff: the number of calls; the sentence goes to *why. */
static uint64_t split(void *data, size_t size, const char *format, struct tape_error *why)
{
	struct tape_source *source = tape_source_memory(data, size);
	struct stream_filter filter = { .calls = NULL };
	struct render_options options = { .separator = "\t", .string_size = 32, .column = 40 };
	struct render render = { .options = &options };
	struct tape_reader *reader = tape_reader_open(source, why);
	struct stream *stream = stream_new(reader, &filter);
	struct split_target target = { .rules.group = (gid_t)-1, .by = SPLIT_THREAD };
	char prefix[sizeof(folder) + 8];
	struct text out;
	uint64_t calls;

	snprintf(prefix, sizeof(prefix), "%s/f", folder);
	*why = (struct tape_error){ "" };
	assert_int_equal(text_open(&out, -1), 0);
	target.folder = output_folder_open(prefix, why);
	assert_non_null(target.folder);
	assert_int_equal(split_prepare(&render, renderer_by_name(format), &target), 0);
	render.out = &out;
	render.facts = stream_facts(stream);
	stream_run(stream, &split_renderer, &render, why);
	text_close(&out);
	output_folder_close(target.folder);
	calls = stream_counts(stream)->calls;
	stream_free(stream);
	tape_reader_free(reader);
	source->close(source);
	return calls;
}

static const char *content(uint32_t tid)
{
	static char text[600];
	char name[sizeof(folder) + 24];
	ssize_t n;
	int fd;

	snprintf(name, sizeof(name), "%s/f.%u", folder, tid);
	fd = open(name, O_RDONLY);
	n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	text[n < 0 ? 0 : n] = '\0';
	return text;
}

/* Removes them all: how many there were. */
static size_t empty_folder(void)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	size_t n = 0;

	while ((e = readdir(d)))
		if (*e->d_name != '.' && !unlinkat(dirfd(d), e->d_name, 0))
			n++;
	closedir(d);
	return n;
}

static long peak_kib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static struct tape_writer *begin(struct tape_sink **sink, void **data, size_t *size)
{
	struct trace_header header = { .cpus = 1, .clock = 1 };

	*sink = tape_sink_memory(data, size);
	return tape_writer_new(*sink, &header, codec_by_name("zlib"), 1);
}

static void end(struct tape_writer *w, struct tape_sink *sink)
{
	assert_int_equal(tape_writer_finish(w), 0);
	tape_writer_free(w);
	sink->close(sink);
}

static void more_threads_than_files(void **state)
{
	struct rlimit few = { DESCRIPTORS, DESCRIPTORS };
	char wanted[400], sentence[200];
	struct tape_sink *sink;
	struct tape_error why;
	uint64_t time = 0;
	long before;
	void *data;
	size_t size;
	struct tape_writer *w = begin(&sink, &data, &size);

	(void)state;
	put_calls(w, 1, THREADS, &time);
	put_loss(w, 3, &time);
	put_calls(w, 1, 10, &time); /* long retired by then */
	end(w, sink);
	setrlimit(RLIMIT_NOFILE, &few);
	before = peak_kib();
	assert_int_equal(split(data, size, "strace", &why), THREADS + 10);
#ifndef __SANITIZE_ADDRESS__
	assert_true(peak_kib() - before < 64 << 10);
#else
	(void)before;
#endif
	snprintf(sentence, sizeof(sentence), "cannot write more than %d files: %d calls of further",
		 SPLIT_FILES_MOST, EXTRA);
	assert_memory_equal(why.text, sentence, strlen(sentence));
	snprintf(
		wanted, sizeof(wanted),
		"getppid()%31s= 7\n!!! lost here on CPU 0: 3 calls, 0 beginnings of calls, 0 other "
		"events !!!\ngetppid()%31s= 7\n",
		"", "");
	assert_string_equal(content(7), wanted);
	snprintf(wanted, sizeof(wanted), "getppid()%31s= %d\n", "", 1000);
	assert_string_equal(content(1000), wanted);
	assert_int_equal(empty_folder(), SPLIT_FILES_MOST);
	free(data);
}

/* Losses without end, and many files: each is told once, of the sum. */
static void more_losses_than_lines(void **state)
{
	struct tape_sink *sink;
	struct tape_error why;
	uint64_t time = 0, sum = 0;
	void *data;
	size_t size;
	struct tape_writer *w = begin(&sink, &data, &size);

	(void)state;
	put_calls(w, 1, 300, &time);
	for (int i = 0; i < 1000; i++)
		put_loss(w, 2, &time);
	put_calls(w, 300, 300, &time);
	end(w, sink);
	split(data, size, "hex_sl", &why);
	assert_string_equal(why.text, "");
	for (const char *at = content(300); (at = strstr(at, "LOST")); at++)
		sum++;
	assert_int_equal(sum, 16);
	assert_non_null(strstr(content(300), "00000000000007B2")); /* 2000 - 15 * 2 */
	assert_non_null(strstr(content(1), "00000000000007B2"));
	assert_int_equal(empty_folder(), 300);
	free(data);
}

/* A name that is somebody's link is not followed: one sentence. */
static void link_in_the_way(void **state)
{
	char name[sizeof(folder) + 24], victim[sizeof(folder) + 24];
	struct tape_sink *sink;
	struct tape_error why;
	uint64_t time = 0;
	void *data;
	size_t size;
	struct tape_writer *w = begin(&sink, &data, &size);

	(void)state;
	put_calls(w, 1, 1, &time);
	end(w, sink);
	snprintf(name, sizeof(name), "%s/f.1", folder);
	snprintf(victim, sizeof(victim), "%s/victim", folder);
	assert_int_equal(symlink(victim, name), 0);
	split(data, size, "strace", &why);
	assert_non_null(strstr(why.text, "cannot write to "));
	assert_int_equal(access(victim, F_OK), -1);
	assert_int_equal(empty_folder(), 1);
	free(data);
}

static int remove_folder(void **state)
{
	(void)state;
	empty_folder();
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_threads_than_files),
		cmocka_unit_test(more_losses_than_lines),
		cmocka_unit_test(link_in_the_way),
	};

	if (access("/dev/shm", W_OK)) /* in memory, else in /tmp */
		memmove(folder, "/tmp/systape-split.XXXXXX", sizeof("/tmp/systape-split.XXXXXX"));
	if (!mkdtemp(folder))
		return 1;
	return cmocka_run_group_tests(tests, NULL, remove_folder);
}
