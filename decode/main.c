// SPDX-License-Identifier: GPL-2.0-or-later
/* systape-decode: shows tapes. */
#include "decode/capture_files.h"
#include "decode/message.h"
#include "decode/options.h"
#include "decode/render/bin.h"
#include "decode/render/summary.h"
#include "decode/sandbox.h"
#include "decode/stream/stream.h"
#include "format/standard_streams.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
	THREADS_MOST = 4,    /* that are started unasked */
	LONG_FILE = 4 << 20, /* bytes, for which they are */
};

static int __attribute__((format(printf, 1, 2))) fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	decode_vsay(format, args);
	va_end(args);
	return 1;
}

/* 1 if the tape was damaged; what could be read has been shown. */
static int report_damage(const struct capture_file *file)
{
	const struct tape_damage *d = tape_reader_damage(file->reader);

	if (d->blocks || d->records || d->bytes)
		return fail("%s is damaged: %" PRIu64 " blocks with %" PRIu64
			    " records cannot be read, %" PRIu64
			    " bytes belong to no block; the rest is shown",
			    file->name, d->blocks, d->records, d->bytes);
	if (d->truncated)
		return fail("%s has no end: its recorder was stopped before it could finish, or "
			    "the file was cut; all that is "
			    "there is shown",
			    file->name);
	return 0;
}

static void report_counts(const struct decode_options *o, const struct stream_counts *c)
{
	uint64_t lost = c->lost_calls + c->lost_enters + c->lost_events;
	char more[100] = "", shown[60] = "", read[40] = "";

	if (o->quiet)
		return;
	if (lost != c->lost_calls)
		snprintf(more, sizeof(more),
			 ", %" PRIu64 " without their beginning, %" PRIu64 " other events lost",
			 c->lost_enters, c->lost_events);
	if (c->shown != c->calls)
		snprintf(shown, sizeof(shown), "; of these, %" PRIu64 " shown", c->shown);
	if (c->limited)
		snprintf(read, sizeof(read), ", up to where --limit ended it");
	decode_say("%" PRIu64 " calls, %" PRIu64 " lost%s on the tape%s%s", c->calls, c->lost_calls,
		   more, read, shown);
}

/* strace writes pids into the logs of runs that follow children. */
static void settle_pids(struct decode_options *o, const struct trace_header *header)
{
	bool several = header->optional & (TRACE_O_FOLLOW | TRACE_O_SEVERAL) ||
		       !(header->optional & TRACE_O_FILTERED);

	if (o->render.pids == PIDS_AUTO)
		o->render.pids = several && o->split.by != SPLIT_THREAD && o->split.by != SPLIT_BOTH
					 ? PIDS_ALWAYS
					 : PIDS_NEVER;
}

static int output_status(int error)
{
	if (!error || error == -EPIPE)
		return error ? 1 : 0;
	return fail("cannot write the output: %s", strerror(-error));
}

/* The files as one stream. */
static struct stream *stream_of(const struct capture_files *files, const struct decode_options *o)
{
	struct stream *stream = stream_new(files->at[0].reader, &o->filter);

	for (size_t i = 1; stream && i < files->count; i++) {
		if (stream_add(stream, files->at[i].reader))
			continue;
		stream_free(stream);
		return NULL;
	}
	return stream;
}

static int run_renderer(struct decode_options *o, const struct capture_files *files,
			struct workers *workers)
{
	const struct trace_header *header = tape_reader_header(files->at[0].reader);
	struct stream *stream = stream_of(files, o);
	struct tape_error why = { "" };
	struct render render = { .options = &o->render };
	struct text out;
	int error, status;

	if (!stream || text_open(&out, o->split.by ? -1 : STDOUT_FILENO) ||
	    (o->split.by && split_prepare(&render, o->renderer, &o->split)) ||
	    (o->summary && summary_prepare(&render, o->renderer)))
		return fail("out of memory");
	stream_use(stream, workers);
	settle_pids(o, header);
	render.out = &out;
	render.facts = stream_facts(stream);
	render.counts = stream_counts(stream);
	error = stream_run(stream,
			   o->split.by	? &split_renderer
			   : o->summary ? &summary_renderer
					: o->renderer,
			   &render, &why);
	text_close(&out);
	if (*render.remark.text)
		decode_say("%s", render.remark.text);
	if (o->filter.slower && header->optional & TRACE_O_NO_ENTER_TIME)
		decode_say("the tape has one time per call (systape --fast): --slower finds "
			   "nothing");
	if (o->render.duration && header->optional & TRACE_O_NO_ENTER_TIME)
		decode_say(
			"the tape has one time per call (systape --fast): -T has nothing to show");
	status = *why.text ? fail("%s", why.text) : output_status(error);
	if (o->split.displaced)
		decode_say("%" PRIu64 " files have a number behind their names: what stands under "
			   "these belongs to others, or is no file",
			   o->split.displaced);
	if (!status || error == -EPIPE)
		report_counts(o, stream_counts(stream));
	stream_free(stream);
	return status;
}

static int run_header(const struct capture_file *file, const struct decode_options *o)
{
	struct stream *stream = stream_new(file->reader, &o->filter);
	struct text out;
	int status = 0;

	if (!stream || text_open(&out, STDOUT_FILENO))
		return fail("out of memory");
	stream_metadata(stream);
	if (stream_header_text(stream))
		text_lines(&out, stream_header_text(stream));
	else
		status = fail("%s holds no trace.h", file->name);
	if (text_close(&out))
		status = 1;
	stream_free(stream);
	return status;
}

static int run_binary(struct tape_reader *reader)
{
	struct tape_sink *sink = tape_sink_fd(STDOUT_FILENO);
	int error;

	if (!sink)
		return fail("out of memory");
	if (isatty(STDOUT_FILENO)) {
		sink->close(sink);
		return fail(
			"the binary format does not go to a terminal; send it to a file or a pipe");
	}
	error = bin_copy(reader, sink);
	sink->close(sink);
	return output_status(error);
}

/* Standard output becomes the file of -o; with -ff, its folder is opened. */
static bool open_output(struct decode_options *o)
{
	static const struct timespec pause = { .tv_nsec = 20000000 };
	struct tape_error why;
	int fd;

	if (!o->output || (!o->split.by && !strcmp(o->output, "-")))
		return !standard_streams_closed(STDOUT_FILENO) ||
		       !fail("cannot write to standard output: it is closed; name a file with -o");
	if (o->split.by) {
		o->split.folder = output_folder_open(o->output, &why);
		return o->split.folder || !fail("%s", why.text);
	}
	while ((fd = output_file_open(o->output, o->split.append ? OUTPUT_APPEND : OUTPUT_OVER,
				      &o->split.rules, &why)) == -ENXIO)
		nanosleep(&pause, NULL); /* until somebody reads the pipe */
	if (fd >= 0 && dup2(fd, STDOUT_FILENO) == STDOUT_FILENO && !close(fd))
		return true;
	fail("%s", why.text);
	return false;
}

/* What else was inherited is nobody's: a decoder behind a recorder lives as long as that. */
static void close_others(const struct capture_files *files, int folder)
{
	int first = STDERR_FILENO + 1;

	for (;;) {
		int next = folder >= first ? folder : INT_MAX; /* that is kept */

		for (size_t i = 0; i < files->count; i++)
			if (files->at[i].fd >= first && files->at[i].fd < next)
				next = files->at[i].fd;
		if (next == INT_MAX)
			break;
		if (next > first)
			syscall(SYS_close_range, first, next - 1, 0);
		first = next + 1;
	}
	syscall(SYS_close_range, first, ~0u, 0); /* since Linux 5.9 */
}

/* Input and output are open: nothing else is needed from here on. */
static void close_off(const struct decode_options *o, const struct sandbox_needs *needs)
{
	bool confined;
	const char *why_not = sandbox_enter(needs, &confined);

	if (!o->debug)
		return;
	if (why_not)
		decode_say("no sandbox: %s", why_not);
	else
		decode_say("in a seccomp sandbox: no %s, network or program is within reach",
			   confined	 ? "file (but to write in one folder)"
			   : o->split.by ? "file (but to write)"
					 : "file");
}

/* Threads beside the main one. Where nobody asks for a number, a short file is not worth them, and
 * a live stream has no more than one thread's work. */
static unsigned int helpers(const struct decode_options *o, const struct capture_files *files)
{
	cpu_set_t cpus;
	int count;

	if (o->binary || o->header_text)
		return 0;
	if (o->threads)
		return o->threads - 1;
	if (capture_files_size(files) < LONG_FILE || sched_getaffinity(0, sizeof(cpus), &cpus))
		return 0;
	count = CPU_COUNT(&cpus);
	return count > THREADS_MOST ? THREADS_MOST - 1 : count - 1;
}

static int show(struct decode_options *o, const struct capture_files *files,
		struct workers *workers)
{
	int status;

	if (o->header_text)
		return run_header(&files->at[0], o);
	status = o->binary ? run_binary(files->at[0].reader) : run_renderer(o, files, workers);
	if (capture_files_gaps(files) && !status)
		status = 1;
	for (size_t i = 0; i < files->count; i++)
		if (report_damage(&files->at[i]) && !status)
			status = 1;
	return status;
}

static int run(struct decode_options *o)
{
	int status;
	struct capture_files files;
	struct workers *workers;
	struct sandbox_needs needs = { .folder = -1 };
	unsigned int threads;

	if (!capture_files_open(&files, o->tapes, o->tape_count) || !open_output(o)) {
		capture_files_close(&files);
		return 1;
	}
	needs.folder = o->split.folder ? output_folder_descriptor(o->split.folder) : -1;
	needs.gives = o->split.rules.group != (gid_t)-1;
	close_others(&files, needs.folder);
	if (!sandbox_give_up_root(&needs) && o->debug)
		decode_say("the privileges of root cannot be given up: %s", strerror(errno));
	threads = helpers(o, &files);
	workers = threads ? workers_start(threads) : NULL;
	close_off(o, &needs);
	status = capture_files_read(&files) ? show(o, &files, workers) : 1;
	workers_stop(workers);
	capture_files_close(&files);
	return status;
}

int main(int argc, char **argv)
{
	struct decode_options options;
	int status = 2;

	program_invocation_name = "systape-decode";
	if (!standard_streams_open())
		return 1;

	switch (decode_options_parse(&options, argc, argv)) {
	case DECODE_RUN: status = run(&options); break;
	case DECODE_DONE: status = 0; break;
	case DECODE_WRONG: break;
	}
	decode_options_free(&options);
	return status;
}
