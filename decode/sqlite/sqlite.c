// SPDX-License-Identifier: GPL-2.0-or-later
/* The SQLite renderer: a database, with a row for each event. Here: calls. */
#include "decode/descriptors/call_path.h"
#include "decode/json/json_result.h"
#include "decode/render/call_outcome.h"
#include "decode/sqlite/argument_rows.h"
#include "decode/sqlite/note_rows.h"
#include "decode/sqlite/sqlite_state.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	CALL_COLUMNS = 24,
	CALLS_AT_ONCE = 16,
	ARGUMENT_COLUMNS = 6,
	ARGUMENTS_AT_ONCE = 64,
};

static int begin_state(struct render *r)
{
	struct sqlite *s = calloc(1, sizeof(*s));
	int error;

	r->state = s;
	if (!s)
		return -ENOMEM;
	error = database_open(&s->database, r->out->fd, r->scratch);
	s->strings = s->source.strings = stat_strings_new();
	if (!s->strings || text_open(&s->bytes, -1) || text_open(&s->more, -1))
		return -ENOMEM;
	if (!error &&
	    (!row_batch_open(&s->call_rows, &s->database, "calls", CALL_COLUMNS, CALLS_AT_ONCE) ||
	     !row_batch_open(&s->argument_rows, &s->database, "arguments", ARGUMENT_COLUMNS,
			     ARGUMENTS_AT_ONCE)))
		error = s->database.error ? s->database.error : -ENOMEM;
	return error;
}

static int sqlite_begin(struct render *r, struct tape_error *why)
{
	struct sqlite *s = r->state;
	int error = s ? 0 : begin_state(r);

	(void)why;
	s = r->state;
	if (error)
		return error;
	s->open = true;
	s->counts = (struct sqlite_counts){ 0 };
	if (show_init(&s->show, &s->bytes, r->options, r->facts, show_families, r->names) ||
	    json_values_open(&s->values, &s->show, false))
		return -ENOMEM;
	stat_source_begin(&s->source, r->facts);
	s->tape++;
	entities_begin(&s->entities, &s->database, r->facts, s->tape);
	note_rows_tape(r);
	return s->database.error;
}

static void close_capture(struct sqlite *s)
{
	if (!s->open)
		return;
	s->open = false;
	show_done(&s->show);
	json_values_close(&s->values);
	stat_source_end(&s->source);
}

static void sqlite_end(struct render *r)
{
	struct sqlite *s = r->state;

	if (!s)
		return;
	note_rows_counts(r);
	close_capture(s);
}

static int sqlite_finish(struct render *r, bool whole, struct tape_error *why)
{
	struct sqlite *s = r->state;
	int error;

	(void)why;
	if (!s)
		return 0;
	close_capture(s);
	row_batch_flush(&s->call_rows);
	row_batch_flush(&s->argument_rows);
	if (whole)
		database_finish(&s->database);
	row_batch_close(&s->call_rows);
	row_batch_close(&s->argument_rows);
	entities_end(&s->entities);
	database_close(&s->database);
	error = s->database.error;
	stat_strings_free(s->strings);
	text_close(&s->bytes);
	text_close(&s->more);
	free(s);
	r->state = NULL;
	return error;
}

/* retval, error, errno, latency, cpu_time */
static void add_outcome(struct row_batch *row, const struct call *call)
{
	struct call_outcome o = call_outcome_of(call);
	char room[32];
	uint64_t ns;

	if (o.returned)
		row_number(row, o.value);
	else
		row_null(row);
	if (o.name || !o.error)
		row_words(row, o.name);
	else
		row_text(row, room,
			 (size_t)snprintf(room, sizeof(room), "errno %llu",
					  (unsigned long long)o.error));
	row_known(row, o.error);
	if (o.timed)
		row_number(row, o.latency);
	else
		row_null(row);
	if (call->state == CALL_DONE && call_cpu_time(call, &ns))
		row_number(row, ns);
	else
		row_null(row);
}

/* bytes_read, bytes_written: what went between the file and memory, or another file. */
static void add_moved(struct row_batch *row, const struct call *call, const struct file_use *use)
{
	bool moved = call->state == CALL_DONE && !call->failed && call->result >= 0;
	bool one = use->in < 0 || use->out < 0;

	if (moved && use->in >= 0 && (one || use->in == use->fd))
		row_number(row, (uint64_t)call->result);
	else
		row_null(row);
	if (moved && use->out >= 0 && (one || use->out == use->fd))
		row_number(row, (uint64_t)call->result);
	else
		row_null(row);
}

/* file, socket: what the call is about, as -l json has it. */
static void add_file(struct sqlite *s, struct row_batch *row, const struct call *call)
{
	char room[FILE_NAME_ROOM], path[CALL_PATH];
	struct file_found found = { 0 };
	const struct file_use *use;
	size_t size;

	stat_source_call(&s->source, call, false, room);
	use = &s->source.kind->use;
	if (use->path < 0 || use->new_one)
		found = file_use_find(call, use, room);
	if (found.file && found.file->socket) {
		row_null(row);
		row_known(row, (uint64_t)entities_socket(&s->entities, found.file));
	} else {
		size = call_path(call, path);
		row_known(row, size ? (uint64_t)entities_file(&s->entities, path, size) : 0);
		row_null(row);
	}
	add_moved(row, call, use);
}

/* cpu, comm, name, nr, arch, state */
static void add_names(struct row_batch *row, const struct call *call)
{
	const char *arch = call_outcome_arch(call->arch);

	if (call->cpu == TRACE_NO_CPU)
		row_null(row);
	else
		row_number(row, call->cpu);
	row_bytes(row, call->comm, strlen(call->comm));
	row_text(row, call->name, strlen(call->name));
	row_number(row, call->nr);
	row_words(row, arch ? arch : "unknown");
	row_words(row, call_outcome_state(call->state));
}

static void put_arguments(struct sqlite *s, const struct call *call)
{
	json_values_begin(&s->show);
	show_call_args(&s->show, call);
	json_values_end(&s->show);
}

/* The value of the one member of an object that is told, or NULL. */
static void add_member(struct sqlite *s, struct row_batch *row, bool told)
{
	struct json_member m;

	if (told)
		json_values_end(&s->show);
	if (told && json_member_get(&s->values, 0, &m))
		row_text(row, m.value, m.size);
	else
		row_null(row);
}

/* details, result, fds: as -l json has them. The arguments are gone then. */
static void add_told(struct sqlite *s, struct row_batch *row, const struct call *call)
{
	const struct text *details = &s->values.details;
	bool detailed = details->used, words;

	if (detailed) /* they were told with the arguments */
		row_text(row, details->data, details->used);
	words = json_result_words(&s->show, call);
	if (!detailed && details->used)
		row_text(row, details->data, details->used);
	else if (!detailed)
		row_null(row);
	add_member(s, row, words);
	add_member(s, row, json_result_fds(&s->show, call));
}

static void sqlite_call(struct render *r, const struct call *call)
{
	struct sqlite *s = r->state;
	struct row_batch *row = &s->call_rows;
	struct entity_thread thread = entities_thread(&s->entities, call->thread);
	uint64_t time = call_time(call);

	s->calls++;
	put_arguments(s, call);
	if (call_has_args(call))
		argument_rows(&s->argument_rows, s->calls, &s->values, &s->bytes);
	row_number(row, s->calls);
	row_number(row, (uint64_t)s->tape);
	row_known(row, (uint64_t)thread.process);
	row_known(row, (uint64_t)thread.thread);
	row_known(row, time ? tape_time(r->facts, time) : 0);
	add_names(row, call);
	add_outcome(row, call);
	add_file(s, row, call);
	row_known(row, call_ip(call));
	add_told(s, row, call);
	row_end(row);
	s->counts.calls++;
	s->counts.failed += call->state == CALL_DONE && call->failed;
	s->counts.unfinished += call->state == CALL_UNFINISHED || call->state == CALL_DETACHED;
	if (s->database.error)
		r->out->error = s->database.error; /* ends the stream */
}

static void sqlite_note(struct render *r, const struct note *note)
{
	struct sqlite *s = r->state;

	note_rows(r, note);
	if (s->database.error)
		r->out->error = s->database.error;
}

/* A database is of use when it is whole. */
static void sqlite_flush(struct render *r)
{
	(void)r;
}

const struct renderer sqlite_renderer = {
	.name = "sqlite",
	.help = "an SQLite database, the file of -o; see systape-sql(5)",
	.one = true,
	.captures = true,
	.target = TARGET_REWRITTEN,
	.descriptors = true,
	.whole = true,
	.begin = sqlite_begin,
	.call = sqlite_call,
	.note = sqlite_note,
	.flush = sqlite_flush,
	.end = sqlite_end,
	.finish = sqlite_finish,
};
