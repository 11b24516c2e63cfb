// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/tape_session.h"

#include "decode/message.h"
#include "decode/sandbox.h"
#include "decode/sender.h"
#include "decode/turns.h"
#include "format/standard_streams.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
	THREADS_MOST = 4,    /* that are started unasked */
	LONG_FILE = 4 << 20, /* bytes, for which they are */
};

/* Says why not. */
static bool __attribute__((format(printf, 1, 2))) said(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	decode_vsay(format, args);
	va_end(args);
	return false;
}

/* An output that is rewritten: from here on another process, outside of the sandbox, will give it
 * its name. */
static bool open_pending(struct tape_session *s, const struct decode_options *o)
{
	struct tape_error why;
	struct output_pending *pending = output_pending_open(o->output, &o->split.rules, &why);
	int fd;

	for (int i = 0; pending && decode_target(o) == TARGET_REWRITTEN && i < RENDER_SCRATCH;
	     i++) {
		s->scratch[i] = output_pending_scratch(pending, &why);
		if (s->scratch[i] < 0) {
			output_pending_close(pending);
			pending = NULL;
		}
	}
	if (!pending)
		return said("%s", why.text);
	fd = output_pending_descriptor(pending);
	s->supervisor = supervisor_start(pending, &why);
	if (!s->supervisor)
		return said("%s", why.text);
	return dup2(fd, STDOUT_FILENO) == STDOUT_FILENO || said("%s", strerror(errno));
}

static bool is_file(const struct decode_options *o)
{
	return o->output && strcmp(o->output, "-") != 0;
}

/* From here on another process, outside of the sandbox, sends what this one writes. */
static bool open_sender(struct tape_session *s, struct decode_options *o)
{
	struct tape_error why;

	s->sends = o->render.otlp.batches = sender_start(o, &why);
	return s->sends || said("%s", why.text);
}

/* Whether the output is a file that is to have its name when it is whole. */
static bool is_pending(const struct decode_options *o)
{
	enum render_target target = decode_target(o);

	return target == TARGET_REWRITTEN ||
	       ((o->no_tapes || target == TARGET_FILE || target == TARGET_SERVER) && is_file(o));
}

/* The same of a folder of files; nothing goes to standard output. */
static bool open_pending_folder(struct tape_session *s, const struct decode_options *o)
{
	struct tape_error why;
	struct output_pending *pending =
		output_pending_open_folder(o->output, &o->split.rules, &why);

	if (!pending)
		return said("%s", why.text);
	s->folder = output_pending_folder(pending);
	s->supervisor = supervisor_start(pending, &why);
	return s->supervisor || said("%s", why.text);
}

/* Standard output becomes the file of -o; with -ff, its folder is opened. */
static bool open_output(struct tape_session *s, struct decode_options *o)
{
	static const struct timespec pause = { .tv_nsec = 20000000 };
	struct tape_error why;
	int fd;

	if (is_pending(o))
		return open_pending(s, o);
	if (decode_target(o) == TARGET_FOLDER)
		return open_pending_folder(s, o);
	if (decode_target(o) == TARGET_SERVER && !o->output)
		return open_sender(s, o);
	if (decode_target(o) == TARGET_FILE && isatty(STDOUT_FILENO))
		return said("-l %s is nothing for a terminal: name a file with -o",
			    o->renderer->name);
	if (!o->output || (!o->split.by && !strcmp(o->output, "-")))
		return !standard_streams_closed(STDOUT_FILENO) ||
		       said("cannot write to standard output: it is closed; name a file with -o");
	if (o->split.by) {
		o->split.folder = output_folder_open(o->output, &why);
		return o->split.folder || said("%s", why.text);
	}
	while ((fd = output_file_open(o->output, o->split.append ? OUTPUT_APPEND : OUTPUT_OVER,
				      &o->split.rules, &why)) == -ENXIO)
		nanosleep(&pause, NULL); /* until somebody reads the pipe */
	if (fd >= 0 && dup2(fd, STDOUT_FILENO) == STDOUT_FILENO && !close(fd))
		return true;
	return said("%s", why.text);
}

static int nearer(int fd, int first, int next)
{
	return fd >= first && fd < next ? fd : next;
}

/* The least of theirs from `first` on, if it is before `next`, else that. */
static int first_descriptor(const struct capture_files *files, int first, int next)
{
	for (size_t i = 0; i < files->count; i++)
		next = nearer(files->at[i].fd, first, next);
	return next;
}

/* What else was inherited is nobody's: a decoder behind a recorder lives as long as that. */
static void close_others(const struct tape_session *s, int folder)
{
	int first = STDERR_FILENO + 1;

	for (;;) {
		int next = nearer(folder, first, INT_MAX); /* that is kept */

		for (int i = 0; s->supervisor && i < RENDER_SCRATCH; i++)
			next = nearer(s->scratch[i], first, next);
		next = first_descriptor(&s->files, first, next);
		next = first_descriptor(&s->others, first, next);
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
			   confined		? "file (but to write in one folder)"
			   : needs->folder >= 0 ? "file (but to write)"
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

/* Processes beside each other need no threads besides. */
static void start_turns(struct tape_session *s, const struct decode_options *o)
{
	unsigned int others = helpers(o, &s->files);

	if (others && !o->no_tapes && !o->split.by && !o->summary && o->renderer &&
	    o->renderer->divisible)
		s->turns = turns_start(others + 1, &s->files);
}

bool tape_session_begin(struct tape_session *s, struct decode_options *o)
{
	struct sandbox_needs needs = { .folder = -1 };
	unsigned int threads;
	bool speaks;

	*s = (struct tape_session){ 0 };
	if (!capture_files_open(&s->files, o->tapes, o->tape_count - o->others) ||
	    (o->others &&
	     !capture_files_open(&s->others, o->tapes + o->tape_count - o->others, o->others)) ||
	    !open_output(s, o))
		return false;
	if (o->split.folder)
		s->folder = o->split.folder;
	needs.folder = s->folder ? output_folder_descriptor(s->folder) : -1;
	needs.gives = o->split.rules.group != (gid_t)-1;
	needs.rewrites = s->supervisor && !s->folder;
	close_others(s, needs.folder);
	start_turns(s, o);
	if (!sandbox_give_up_root(&needs) && o->debug)
		decode_say("the privileges of root cannot be given up: %s", strerror(errno));
	speaks = !s->turns || turns_speaks(s->turns);
	if (s->supervisor || s->sends || !speaks)
		supervisor_bind();
	threads = s->turns ? 0 : helpers(o, &s->files);
	s->workers = threads ? workers_start(threads) : NULL;
	progress_begin(&s->progress, o->quiet || !speaks, capture_files_size(&s->files));
	close_off(o, &needs);
	return o->no_tapes || (capture_files_read(&s->files, o->captures) &&
			       (!o->others || capture_files_read(&s->others, o->captures)));
}

static void watch(void *context, uint64_t bytes, uint64_t calls)
{
	progress_tell(context, bytes, calls);
}

struct stream *tape_session_stream_of(struct tape_session *s, const struct capture_files *files,
				      size_t first, const struct stream_filter *filter,
				      size_t *next)
{
	struct stream *stream = stream_new(files->at[first].reader, filter);

	*next = first + 1;
	while (stream && *next < files->count && capture_files_same(files, first, *next)) {
		if (!stream_add(stream, files->at[*next].reader)) {
			stream_free(stream);
			return NULL;
		}
		++*next;
	}
	if (stream)
		stream_use(stream, s->workers);
	progress_next(&s->progress);
	if (stream && s->progress.wanted)
		stream_watch(stream, watch, &s->progress);
	return stream;
}

struct stream *tape_session_stream(struct tape_session *s, size_t first,
				   const struct stream_filter *filter, size_t *next)
{
	return tape_session_stream_of(s, &s->files, first, filter, next);
}

/* Whether the tape was damaged; what could be read has been shown. */
static bool report_damage(const struct capture_file *file)
{
	const struct tape_damage *d = tape_reader_damage(file->reader);

	if (d->blocks || d->records || d->bytes)
		return decode_say("%s is damaged: %" PRIu64 " blocks with %" PRIu64
				  " records cannot be read, %" PRIu64
				  " bytes belong to no block; the rest is shown",
				  file->name, d->blocks, d->records, d->bytes),
		       true;
	if (d->truncated)
		return decode_say(
			       "%s has no end: its recorder was stopped before it could finish, or "
			       "the file was cut; all that is "
			       "there is shown",
			       file->name),
		       true;
	return false;
}

bool tape_session_damage(const struct tape_session *s)
{
	bool any = capture_files_gaps(&s->files) | capture_files_gaps(&s->others);

	for (size_t i = 0; i < s->files.count; i++)
		any |= report_damage(&s->files.at[i]);
	for (size_t i = 0; i < s->others.count; i++)
		any |= report_damage(&s->others.at[i]);
	return any;
}

int tape_session_status(int error)
{
	if (error && error != -EPIPE)
		decode_say("cannot write the output: %s", strerror(-error));
	return error ? 1 : 0;
}

void tape_session_end(struct tape_session *s)
{
	progress_end(&s->progress);
	workers_stop(s->workers);
	turns_free(s->turns);
	capture_files_close(&s->files);
	capture_files_close(&s->others);
}
