// SPDX-License-Identifier: GPL-2.0-or-later
/* systape-stat: answers of tapes in tables. */
#include "decode/message.h"
#include "decode/stream/stream.h"
#include "decode/tape_session.h"
#include "format/standard_streams.h"
#include "stat/stat_view.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct program {
	const struct program_options *options;
	struct text out;
	bool printed; /* a table */
	uint64_t lost_calls, lost_enters, lost_events, missing, left_out;
};

static void begin_table(struct program *p, const struct stat_collect *collect)
{
	char from[40], to[40];

	if (p->options->top) {
		text_put(&p->out, "\033[H\033[2J");
	} else if (p->printed) {
		text_char(&p->out, '\n');
	}
	if (!p->options->stat.interval)
		return;
	stat_view_moment(collect->begin, from);
	stat_view_moment(collect->end, to);
	text_printf(&p->out, "%s to %s\n", from, to);
}

static void print(void *context, const struct stat_collect *collect)
{
	struct program *p = context;
	struct stat_view view;

	p->lost_calls += collect->lost_calls;
	p->lost_enters += collect->lost_enters;
	p->lost_events += collect->lost_events;
	p->missing += collect->missing;
	p->left_out += collect->unfinished + collect->no_return;
	if (!stat_view_make(&view, p->options, collect)) {
		p->out.error = p->out.error ? p->out.error : -ENOMEM;
	} else if (p->options->form == FORM_JSON) {
		print_json(&p->out, &view);
	} else if (p->options->form == FORM_CSV) {
		print_csv(&p->out, &view, !p->printed);
	} else {
		begin_table(p, collect);
		print_text(&p->out, &view);
	}
	stat_view_free(&view);
	p->printed = true;
	text_flush(&p->out);
}

/* What the rows of CSV cannot say. */
static void report(const struct program *p)
{
	if (p->options->form != FORM_CSV || p->options->decode.quiet)
		return;
	if (p->left_out)
		decode_say("%" PRIu64 " calls that did not end, or do not return, are left out",
			   p->left_out);
	if (p->lost_calls || p->lost_enters || p->lost_events || p->missing)
		decode_say("lost: %" PRIu64 " calls, %" PRIu64 " without their beginning, %" PRIu64
			   " other events, %" PRIu64 " records of a damaged tape",
			   p->lost_calls, p->lost_enters, p->lost_events, p->missing);
}

static int count(const struct program *p, struct tape_session *session,
		 struct stat_collect *collect)
{
	struct render_options options = { .descriptors = collect->files ? SHOW_PATHS : 0 };
	size_t at = 0;
	int error = 0;

	while (!error && at < session->files.count) {
		struct text none;
		struct tape_error why = { "" };
		struct render render = { .out = &none, .options = &options, .state = collect };
		struct stream *stream =
			tape_session_stream(session, at, &p->options->decode.filter, &at);

		if (!stream || text_open(&none, -1)) {
			stream_free(stream);
			return -ENOMEM;
		}
		render.facts = stream_facts(stream);
		error = stream_run(stream, stat_collect_renderer(collect), &render, &why);
		text_close(&none);
		stream_free(stream);
		error = error ? error : p->out.error;
	}
	progress_end(&session->progress);
	return error;
}

static int run_session(struct program *p, struct tape_session *session)
{
	struct stat_collect *collect = stat_collect_new(&p->options->stat);
	int error, closed;

	if (!collect || text_open(&p->out, STDOUT_FILENO)) {
		stat_collect_free(collect);
		decode_say("out of memory");
		return 1;
	}
	error = count(p, session, collect);
	if (error && !p->out.error) {
		decode_say("cannot read the tape: %s", strerror(-error));
	} else if (!p->printed || stat_collect_any(collect)) {
		print(p, collect);
	}
	closed = text_close(&p->out);
	report(p);
	stat_collect_free(collect);
	return closed ? tape_session_status(closed) : error ? 1 : 0;
}

static int run(struct program_options *o)
{
	struct program program = { .options = o };
	struct tape_session session;
	int status = 1;

	o->stat.turn = print;
	o->stat.context = &program;
	if (tape_session_begin(&session, &o->decode)) {
		status = run_session(&program, &session);
		if (tape_session_damage(&session) && !status)
			status = 1;
	}
	tape_session_end(&session);
	return status;
}

int main(int argc, char **argv)
{
	struct program_options options;
	int status = 2;

	program_invocation_name = "systape-stat";
	if (!standard_streams_open())
		return 1;
	switch (program_options_parse(&options, argc, argv)) {
	case PROGRAM_RUN: status = run(&options); break;
	case PROGRAM_DONE: status = 0; break;
	case PROGRAM_WRONG: break;
	}
	decode_options_free(&options.decode);
	return status;
}
