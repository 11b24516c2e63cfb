// SPDX-License-Identifier: GPL-2.0-or-later
/* systape-diff: what differs between two tapes. */
#include "decode/message.h"
#include "decode/tape_session.h"
#include "diff/report.h"
#include "format/standard_streams.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SAME, DIFFERENT, TROUBLE }; /* as diff(1) */

static int trouble(const char *what)
{
	decode_say("%s", what);
	return TROUBLE;
}

/* Reads all captures of one side. */
static int read_side(const struct diff_options *o, struct tape_session *session,
		     const struct capture_files *files, struct diff_tape *tape)
{
	size_t at = 0;
	int error = 0;

	while (!error && at < files->count) {
		struct text none;
		struct tape_error why = { "" };
		struct render render = { .out = &none, .options = &o->tape.render, .state = tape };
		struct stream *stream =
			tape_session_stream_of(session, files, at, &o->decode.filter, &at);

		if (!stream || text_open(&none, -1)) {
			stream_free(stream);
			return -ENOMEM;
		}
		render.facts = stream_facts(stream);
		error = stream_run(stream, &diff_renderer, &render, &why);
		text_close(&none);
		stream_free(stream);
		error = error ? error : tape->error;
	}
	return error;
}

/* What makes a comparison less than exact. */
static void warn(const struct diff_tape *tape, char side)
{
	const struct stat_collect *c = tape->collect;
	uint64_t lost = c->lost_calls + c->lost_enters + c->lost_events + c->missing;

	if (lost)
		decode_say("%c lacks %" PRIu64 " events that were lost: what differs may be those",
			   side, lost);
	if (tape->left_out)
		decode_say("of %c, %zu events are not compared one by one: --events and --memory "
			   "say how many are",
			   side, tape->left_out);
	if (stat_table_others(c->table)->sums.calls)
		decode_say("of %c, %" PRIu64 " calls are in no table: --memory says how much fits",
			   side, stat_table_others(c->table)->sums.calls);
}

static int compare(const struct diff_options *o, struct diff_tape tapes[2])
{
	struct text out;
	bool any = false;
	int error, closed;

	if (text_open(&out, o->decode.quiet ? -1 : STDOUT_FILENO))
		return trouble("out of memory");
	error = report_make(&out, o, tapes, &any);
	closed = text_close(&out);
	if (error)
		return trouble("out of memory");
	if (closed)
		return tape_session_status(closed) ? TROUBLE : any;
	for (int side = 0; side < 2; side++)
		warn(&tapes[side], "AB"[side]);
	return any ? DIFFERENT : SAME;
}

static int run_session(const struct diff_options *o, struct tape_session *session,
		       struct stat_strings *strings, struct temporary_names *names)
{
	const struct capture_files *files[] = { &session->files, &session->others };
	struct diff_tape tapes[2] = { { 0 }, { 0 } };
	int error = 0, status;

	for (int side = 0; !error && side < 2; side++) {
		error = diff_tape_init(&tapes[side], side, &o->tape, strings, names);
		error = error ? error : read_side(o, session, files[side], &tapes[side]);
	}
	progress_end(&session->progress);
	if (error)
		decode_say("cannot compare the tapes: %s", strerror(-error));
	status = error ? TROUBLE : compare(o, tapes);
	diff_tape_free(&tapes[0]);
	diff_tape_free(&tapes[1]);
	return status;
}

static int run(struct diff_options *o)
{
	struct stat_strings *strings = stat_strings_new();
	struct temporary_names *names = temporary_names_new();
	struct tape_session session;
	int status = TROUBLE;

	o->decode.captures = true;
	if (!strings || !names) {
		stat_strings_free(strings);
		temporary_names_free(names);
		return trouble("out of memory");
	}
	if (tape_session_begin(&session, &o->decode)) {
		status = run_session(o, &session, strings, names);
		if (tape_session_damage(&session))
			status = TROUBLE;
	}
	tape_session_end(&session);
	temporary_names_free(names);
	stat_strings_free(strings);
	return status;
}

int main(int argc, char **argv)
{
	struct diff_options options;
	int status = TROUBLE;

	program_invocation_name = "systape-diff";
	if (!standard_streams_open())
		return TROUBLE;
	switch (diff_options_parse(&options, argc, argv)) {
	case DIFF_RUN: status = run(&options); break;
	case DIFF_DONE: status = SAME; break;
	case DIFF_WRONG: break;
	}
	diff_options_free(&options);
	return status;
}
