// SPDX-License-Identifier: GPL-2.0-or-later
/* systape-decode: shows tapes. */
#include "decode/message.h"
#include "decode/options.h"
#include "decode/render/bin.h"
#include "decode/render/summary.h"
#include "decode/stream/stream.h"
#include "decode/tape_session.h"
#include "decode/turns.h"
#include "format/standard_streams.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

static int __attribute__((format(printf, 1, 2))) fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	decode_vsay(format, args);
	va_end(args);
	return 1;
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
static bool asks_for_columns(const struct render_options *o)
{
	return o->time || o->relative_time || o->duration || o->pointer || o->numbers || o->comms ||
	       o->column != 40;
}

/* By all captures alike, so that their lines have the same columns. */
static void settle_pids(struct decode_options *o, const struct capture_files *files)
{
	const struct trace_header *header = tape_reader_header(files->at[0].reader);
	bool several = false;

	for (size_t i = 0; i < files->count; i++) {
		uint64_t optional = tape_reader_header(files->at[i].reader)->optional;

		several |= optional & (TRACE_O_FOLLOW | TRACE_O_SEVERAL) ||
			   !(optional & TRACE_O_FILTERED);
	}
	/* Lines of strace's text are shown as they were. */
	if (header->optional & TRACE_O_TEXT && !asks_for_columns(&o->render))
		return;
	if (o->render.pids == PIDS_AUTO)
		o->render.pids = several && o->split.by != SPLIT_THREAD && o->split.by != SPLIT_BOTH
					 ? PIDS_ALWAYS
					 : PIDS_NEVER;
}

static void add_counts(struct stream_counts *sum, const struct stream_counts *c)
{
	sum->calls += c->calls;
	sum->shown += c->shown;
	sum->lost_calls += c->lost_calls;
	sum->lost_enters += c->lost_enters;
	sum->lost_events += c->lost_events;
	sum->limited |= c->limited;
	sum->left |= c->left;
}

/* When those files end, of which the last may not say it. */
static uint64_t end_of(const struct tape_session *session, size_t from, size_t to)
{
	uint64_t end = 0;

	for (; from < to; from++) {
		uint64_t one = tape_reader_end(session->files.at[from].reader);

		end = one > end ? one : end;
	}
	return end;
}

/* The files of one capture from *at on, which becomes the first of another one. */
static int run_capture(const struct decode_options *o, struct tape_session *session, size_t *at,
		       struct render *render, struct stream_counts *sum, struct tape_error *why)
{
	size_t first = *at;
	struct stream *stream = tape_session_stream(session, first, &o->filter, at);
	const struct renderer *renderer = o->split.by  ? &split_renderer
					  : o->summary ? &summary_renderer
						       : o->renderer;
	int error;

	render->further = first;
	if (render->further && !renderer->finish)
		render->state = NULL; /* freed behind the capture before */
	if (!stream || (o->summary && summary_prepare(render, o->renderer))) {
		stream_free(stream);
		return -ENOMEM;
	}
	render->several = first || *at < session->files.count;
	render->end = o->render.otlp.relative ? end_of(session, first, *at) : 0;
	render->facts = stream_facts(stream);
	render->counts = stream_counts(stream);
	if (session->turns)
		renderer = turns_renderer(session->turns, renderer, render);
	error = stream_run(stream, renderer, render, why);
	add_counts(sum, stream_counts(stream));
	stream_free(stream);
	return error;
}

static int run_captures(const struct decode_options *o, struct tape_session *session,
			struct render *render, struct stream_counts *sum, struct tape_error *why)
{
	size_t at = 0;
	int error, finished = 0;

	do
		error = run_capture(o, session, &at, render, sum, why);
	while (!error && !*why->text && at < session->files.count);
	if (o->renderer->finish)
		finished = o->renderer->finish(render, !error && !*why->text, why);
	error = error ? error : finished;
	if (!error && !*why->text && session->supervisor)
		supervisor_whole(session->supervisor);
	return error;
}

static int run_renderer(struct decode_options *o, struct tape_session *session)
{
	const struct trace_header *header = tape_reader_header(session->files.at[0].reader);
	struct stream_counts counts = { 0 };
	struct tape_error why = { "" };
	struct render render = { .options = &o->render,
				 .scratch = session->scratch,
				 .folder = session->folder,
				 .rules = &o->split.rules };
	struct text out;
	int error, status;

	if (text_open(&out, o->split.by ? -1 : STDOUT_FILENO) ||
	    (o->split.by && split_prepare(&render, o->renderer, &o->split)))
		return fail("out of memory");
	settle_pids(o, &session->files);
	render.out = &out;
	error = run_captures(o, session, &render, &counts, &why);
	if (session->turns)
		error = turns_finish(session->turns, &render, error, &why);
	text_close(&out);
	progress_end(&session->progress);
	if (*render.remark.text)
		decode_say("%s", render.remark.text);
	if (o->filter.slower && header->optional & TRACE_O_NO_ENTER_TIME)
		decode_say("the tape has one time per call (systape --fast): --slower finds "
			   "nothing");
	if (o->render.duration && header->optional & TRACE_O_NO_ENTER_TIME)
		decode_say(
			"the tape has one time per call (systape --fast): -T has nothing to show");
	status = *why.text ? fail("%s", why.text) : tape_session_status(error);
	if (o->split.displaced)
		decode_say("%" PRIu64 " files have a number behind their names: what stands under "
			   "these belongs to others, or is no file",
			   o->split.displaced);
	if (!status || error == -EPIPE)
		report_counts(o, &counts);
	if (!status && o->left_status && (counts.limited || counts.left))
		status = DECODE_LEFT;
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
	return tape_session_status(error);
}

static int show(struct decode_options *o, struct tape_session *session)
{
	const struct capture_files *files = &session->files;
	int status;

	if (o->header_text)
		return run_header(&files->at[0], o);
	status = o->binary ? run_binary(files->at[0].reader) : run_renderer(o, session);
	return tape_session_damage(session) && !status ? 1 : status;
}

static int run(struct decode_options *o)
{
	struct tape_session session;
	int status = tape_session_begin(&session, o) ? show(o, &session) : 1;

	tape_session_end(&session);
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
