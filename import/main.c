// SPDX-License-Identifier: GPL-2.0-or-later
/* systape-import: makes a tape of strace's text. */
#include "decode/message.h"
#include "decode/tape_session.h"
#include "format/standard_streams.h"
#include "import/importer.h"
#include "import/log_input.h"
#include "import/options.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	SHOWN = 100,  /* bytes of a line that is reported */
	OFTEN = 4096, /* lines until the progress is told again */
	LEVEL = 1,    /* of the codec: text has long matches, which below 0 are not looked for */
};

static const char trace_h[] = {
#include "trace_text.h"
};

struct program {
	const struct import_options *options;
	struct tape_session *session;
	struct tape_sink *sink;
	struct tape_writer *writer;
	struct importer *importer;
	struct log_input *input;
	int error; /* of the input, said */
};

static int out_of_memory(void)
{
	decode_say("out of memory");
	return 1;
}

/* A line that was not understood. */
static void report(void *context, uint64_t number, const char *why, const char *line, size_t size)
{
	const struct program *p = context;
	const char *name = p->session->files.count == 1 ? p->session->files.at[0].name : "input";
	struct text text;

	progress_end(&p->session->progress);
	if (text_open(&text, -1))
		return;
	text_escaped(&text, line, size < SHOWN ? size : SHOWN, NULL);
	text_char(&text, '\0');
	decode_say("%s:%" PRIu64 ": %s: %s%s", name, number, why, text.data,
		   size < SHOWN ? "" : "...");
	text_close(&text);
}

/* When the first file was written last, or now. */
static uint64_t file_date(const char *name)
{
	struct timespec now;
	struct stat s;

	if (!(strcmp(name, "-") ? stat(name, &s) : fstat(STDIN_FILENO, &s)) && S_ISREG(s.st_mode))
		return (uint64_t)s.st_mtim.tv_sec * 1000000000 + (uint64_t)s.st_mtim.tv_nsec;
	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void add_text(struct tape_writer *writer, enum trace_meta_key key, const char *text)
{
	tape_writer_meta(writer, key, 0, 0, text, (uint32_t)strlen(text));
}

static bool begin_input(struct program *p)
{
	p->input = log_input_new();
	for (size_t i = 0; p->input && i < p->session->files.count; i++)
		if (!log_input_add(p->input, p->session->files.at[i].fd,
				   p->session->files.at[i].name))
			return false;
	return p->input;
}

/* `all`: the text has every call that changes what descriptors are open on. */
static bool begin_tape(struct program *p, bool all)
{
	const struct codec *codec =
		codec_by_name("zstd") ? codec_by_name("zstd") : codec_by_name("zlib");
	struct trace_header h = { .optional = TRACE_O_TEXT | TRACE_O_FILTERED | TRACE_O_FOLLOW |
					      TRACE_O_SEVERAL | (all ? 0 : TRACE_O_HIDDEN),
				  .arch = TRACE_X86_64,
				  .clock = CLOCK_MONOTONIC,
				  .cpus = 1,
				  .start = p->options->date,
				  .recorder = (uint32_t)getpid(),
				  .page_size = 4096 };

	if (getrandom(h.capture, sizeof(h.capture), 0) != sizeof(h.capture))
		return false;
	p->sink = tape_sink_fd(STDOUT_FILENO);
	p->writer = p->sink ? tape_writer_new(p->sink, &h, codec, LEVEL) : NULL;
	p->importer = p->writer ? importer_new(p->writer, p->options->date, p->options->date_given)
				: NULL;
	if (!p->importer)
		return false;
	add_text(p->writer, TRACE_META_RECORDER, "systape-import " SYSTAPE_VERSION);
	add_text(p->writer, TRACE_META_BACKEND, "text of strace");
	tape_writer_meta(p->writer, TRACE_META_HEADER, 0, 0, trace_h, sizeof(trace_h));
	if (p->options->report)
		importer_on_report(p->importer, report, p);
	return true;
}

static void end(struct program *p)
{
	importer_free(p->importer);
	tape_writer_free(p->writer);
	if (p->sink)
		p->sink->close(p->sink);
	log_input_free(p->input);
}

/* 0, or a negative errno of the output. */
static int copy(struct program *p)
{
	struct log_source_line line;
	const char *ahead = "";
	uint64_t lines = 0;
	int error, got = log_input_next(p->input, &line);
	size_t size = got > 0 ? log_input_ahead(p->input, &ahead) : 0;

	if (!begin_tape(p, importer_sees_closes(ahead, size)))
		return -ENOMEM;
	importer_begin(p->importer, ahead, size);
	for (; got > 0; got = log_input_next(p->input, &line)) {
		if (!importer_line(p->importer, line.line, line.size, line.newline, line.tid))
			break;
		if (!(++lines % OFTEN))
			progress_tell(&p->session->progress, log_input_bytes(p->input),
				      importer_counts(p->importer)->calls);
	}
	error = importer_end(p->importer);
	if (!error)
		error = tape_writer_finish(p->writer);
	if (got < 0) {
		decode_say("cannot read the text: %s", strerror(-got));
		p->error = got;
	}
	return error;
}

static void say_counts(const struct program *p, const struct import_counts *c)
{
	if (p->options->decode.quiet)
		return;
	decode_say("%" PRIu64 " calls, %" PRIu64 " of them without a result, %" PRIu64
		   " signals, %" PRIu64 " ends of threads in %" PRIu64 " lines",
		   c->calls, c->open, c->signals, c->ends, c->lines);
	if (c->text)
		decode_say("%" PRIu64 " lines were not understood and are kept as text%s", c->text,
			   p->options->report ? "" : ": --report names them");
	if (c->nobody && c->nobody < c->calls)
		decode_say("%" PRIu64 " events do not say whose they are: their process is 0",
			   c->nobody);
	if (!c->timed && c->lines)
		decode_say("no line says when it was: all of them are at the date of the %s",
			   p->options->date_given ? "option" : "file");
	else if (c->dated && !p->options->date_given)
		decode_say("the times have no date: that of the file is taken; --date gives "
			   "another");
}

static int import(struct program *p)
{
	const struct import_counts *c;
	int error;

	if (!begin_input(p))
		return out_of_memory();
	error = copy(p);
	progress_end(&p->session->progress);
	if (error)
		return tape_session_status(error);
	if (p->error)
		return 1;
	c = importer_counts(p->importer);
	if (!c->calls && !c->signals && !c->ends) {
		decode_say("nothing of this is strace's text");
		return 1;
	}
	say_counts(p, c);
	if (p->session->supervisor)
		supervisor_whole(p->session->supervisor);
	return 0;
}

static int run(struct import_options *o)
{
	struct tape_session session;
	struct program program = { .options = o, .session = &session };
	int status = 1;

	if (!o->date_given) /* the sandbox does not let anybody ask */
		o->date = file_date(o->decode.tapes[0]);
	if (tape_session_begin(&session, &o->decode))
		status = import(&program);
	end(&program);
	tape_session_end(&session);
	return status;
}

int main(int argc, char **argv)
{
	struct import_options options;
	int status = 2;

	program_invocation_name = "systape-import";
	if (!standard_streams_open())
		return 1;
	switch (import_options_parse(&options, argc, argv)) {
	case IMPORT_RUN: status = run(&options); break;
	case IMPORT_DONE: status = 0; break;
	case IMPORT_WRONG: break;
	}
	decode_options_free(&options.decode);
	return status;
}
