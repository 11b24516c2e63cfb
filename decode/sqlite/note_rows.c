// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sqlite/note_rows.h"

#include "decode/json/json_probe.h"
#include "decode/json/json_process.h"
#include "decode/json/json_string.h"
#include "decode/render/call_outcome.h"
#include "decode/render/wall_time.h"
#include "decode/sqlite/argument_rows.h"
#include "decode/sqlite/sqlite_state.h"
#include "decode/stream/stream.h"

#include <sys/wait.h>

static sqlite3_stmt *statement(struct sqlite *s, enum statement which)
{
	return database_statement(&s->database, which);
}

/* NULL where the tape does not say. */
static void bind_fact(struct sqlite *s, sqlite3_stmt *to, int column, const char *fact)
{
	database_string(&s->database, to, column, *fact ? fact : NULL);
}

static void bind_time(const struct render *r, sqlite3_stmt *to, int column, uint64_t time)
{
	database_known(to, column, time ? tape_time(r->facts, time) : 0);
}

static void bind_cpu(sqlite3_stmt *to, int column, uint32_t cpu)
{
	if (cpu == TRACE_NO_CPU)
		sqlite3_bind_null(to, column);
	else
		database_number(to, column, cpu);
}

void note_rows_tape(struct render *r)
{
	const struct trace_header *h = r->facts->header;
	const char *arch = call_outcome_arch(h->arch);
	struct sqlite *s = r->state;
	sqlite3_stmt *to = statement(s, ADD_TAPE);
	struct wall_time wall = { 0 };
	size_t begun;

	sqlite3_bind_int64(to, 1, s->tape);
	bind_fact(s, to, 2, r->facts->host);
	bind_fact(s, to, 3, r->facts->kernel);
	bind_fact(s, to, 4, arch ? arch : "");
	bind_fact(s, to, 5, r->facts->command);
	bind_fact(s, to, 6, r->facts->recorder);
	bind_fact(s, to, 7, r->facts->backend);
	bind_fact(s, to, 8, h->clock == 1 ? "monotonic" : "");
	bind_time(r, to, 9, h->start);
	s->bytes.used = 0;
	json_hex_digits(&s->bytes, h->capture, sizeof(h->capture));
	begun = s->bytes.used;
	if (h->start)
		wall_time_put(&wall, &s->bytes, tape_time(r->facts, h->start));
	database_ascii(to, 10, h->start ? s->bytes.data + begun : NULL, s->bytes.used - begun);
	database_number(to, 11, h->cpus);
	database_number(to, 12, h->page_size);
	database_number(to, 13, h->recorder);
	database_ascii(to, 14, s->bytes.data, begun);
	database_number(to, 15, h->part);
	database_run(&s->database, ADD_TAPE);
}

void note_rows_counts(struct render *r)
{
	struct sqlite *s = r->state;
	const struct sqlite_counts *c = &s->counts;
	const uint64_t counts[] = { c->calls,	    c->failed,		c->unfinished,
				    c->signals,	    c->processes,	c->probes,
				    c->losses,	    c->lost_calls,	c->lost_enters,
				    c->lost_events, c->missing_records, c->missing_parts };
	sqlite3_stmt *to = statement(s, END_TAPE);
	int column = 1;

	sqlite3_bind_int64(to, column++, s->tape);
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		database_number(to, column++, counts[i]);
	database_number(to, column++, r->counts->calls);
	sqlite3_bind_int(to, column, r->counts->whole && !r->counts->limited);
	database_run(&s->database, END_TAPE);
}

/* What a record of a process tells besides its numbers. */
struct told {
	const char *exe, *cwd, *argv, *env, *numbers;
	size_t exe_size, cwd_size, argv_size, env_size, numbers_size;
	struct trace_owners owners;
	bool owned;
};

static void look(const struct trace_process *p, struct told *t)
{
	struct tape_piece piece;
	size_t at = sizeof(*p);

	*t = (struct told){ 0 };
	for (int i = 0; i < p->pieces && tape_piece_next(&p->record, &at, &piece); i++) {
		const char *data = piece.data;
		size_t size = piece.piece.length;

		switch (piece.piece.arg) {
		case TRACE_P_EXE: t->exe = data, t->exe_size = size; break;
		case TRACE_P_CWD: t->cwd = data, t->cwd_size = size; break;
		case TRACE_P_CMDLINE: t->argv = data, t->argv_size = size; break;
		case TRACE_P_ENVIRONMENT: t->env = data, t->env_size = size; break;
		case TRACE_P_NUMBERS: t->numbers = data, t->numbers_size = size; break;
		case TRACE_P_OWNERS:
			t->owned = size >= sizeof(t->owners);
			if (t->owned)
				memcpy(&t->owners, data, sizeof(t->owners));
			break;
		}
	}
}

/* Strings as a JSON array; NULL where there are none. `text` keeps them until the row is written.
 */
static void bind_strings(sqlite3_stmt *to, int column, struct text *text, const char *strings,
			 size_t size)
{
	text->used = 0;
	if (size)
		json_strings(text, strings, size);
	database_ascii(to, column, size ? text->data : NULL, text->used);
}

/* What the process is called in pid namespaces, where that is more than its pid. */
static void set_numbers(struct sqlite *s, sqlite3_int64 process, const struct told *t)
{
	sqlite3_stmt *to = statement(s, SET_NUMBERS);

	if (!t->numbers)
		return;
	s->bytes.used = 0;
	json_process_numbers(&s->bytes, t->numbers, t->numbers_size);
	sqlite3_bind_int64(to, 1, process);
	database_ascii(to, 2, s->bytes.data, s->bytes.used);
	database_run(&s->database, SET_NUMBERS);
}

/* uids, gids, fds: NULL where the tape does not tell. */
static void bind_owned(struct sqlite *s, sqlite3_stmt *to, const struct trace_process *p,
		       const struct told *t)
{
	size_t size;

	s->bytes.used = s->more.used = 0;
	json_process_ids(&s->bytes, t->owners.uid);
	size = s->bytes.used;
	json_process_ids(&s->bytes, t->owners.gid);
	database_ascii(to, 4, t->owned ? s->bytes.data : NULL, size);
	database_ascii(to, 5, t->owned ? s->bytes.data + size : NULL, s->bytes.used - size);
	json_process_fds(&s->more, p);
	database_ascii(to, 6, json_process_has_fds(p) ? s->more.data : NULL, s->more.used);
}

/* A program that has begun, or had before the capture. */
static void add_program(struct render *r, const struct note *note, struct entity_thread at,
			const struct told *t)
{
	struct sqlite *s = r->state;
	struct database *d = &s->database;
	sqlite3_stmt *to = statement(s, ADD_PROGRAM);
	bool begun = note->process->record.type == TRACE_EXEC;

	sqlite3_bind_int64(to, 1, at.process);
	sqlite3_bind_int64(to, 2, at.thread);
	bind_time(r, to, 3, begun ? note->time : 0);
	database_bytes(d, to, 4, t->exe, t->exe_size);
	bind_strings(to, 5, &s->bytes, t->argv, t->argv_size);
	bind_strings(to, 6, &s->more, t->env, t->env_size);
	sqlite3_bind_int(to, 7, begun && note->process->code & TRACE_EXEC_SCRIPT);
	database_run(d, ADD_PROGRAM);
	to = statement(s, SET_PROGRAM);
	sqlite3_bind_int64(to, 1, at.process);
	database_bytes(d, to, 2, t->exe, t->exe_size);
	bind_strings(to, 3, &s->bytes, t->argv, t->argv_size);
	database_run(d, SET_PROGRAM);
}

static void set_comm(struct sqlite *s, enum statement which, sqlite3_int64 row, const char *comm)
{
	sqlite3_stmt *to = statement(s, which);

	sqlite3_bind_int64(to, 1, row);
	database_string(&s->database, to, 2, comm);
	database_run(&s->database, which);
}

/* Threads have names, processes that of their leader. */
static void on_name(struct sqlite *s, const struct thread *thread, struct entity_thread at)
{
	set_comm(s, SET_THREAD_COMM, at.thread, thread->comm);
	if (thread->entry.tid == thread->tgid)
		set_comm(s, SET_COMM, at.process, thread->comm);
}

/* The row only of one that was there before: a tape may say anything, but nobody is his own
 * ancestor. */
static void set_parent(struct sqlite *s, sqlite3_int64 child, sqlite3_int64 parent, uint32_t pid)
{
	sqlite3_stmt *to = statement(s, SET_PARENT);

	sqlite3_bind_int64(to, 1, child);
	database_known(to, 2, parent < child ? (uint64_t)parent : 0);
	database_known(to, 3, pid);
	database_run(&s->database, SET_PARENT);
}

static void on_fork(struct render *r, const struct trace_process *p, struct entity_thread parent,
		    const struct told *t)
{
	struct sqlite *s = r->state;
	struct threads *threads = r->facts->threads;
	const struct thread *child = threads ? threads_find(threads, p->other_tid) : NULL;
	struct entity_thread at = entities_thread(&s->entities, child);

	if (!at.process || at.process == parent.process)
		return;
	set_parent(s, at.process, parent.process, p->record.tgid);
	set_numbers(s, at.process, t);
}

static void on_existing(struct render *r, const struct note *note, struct entity_thread at,
			const struct told *t)
{
	const struct trace_process *p = note->process;
	struct sqlite *s = r->state;
	struct threads *threads = r->facts->threads;
	const struct thread *parent =
		threads && p->parent ? threads_find(threads, p->parent) : NULL;
	sqlite3_stmt *to = statement(s, SET_FACTS);

	on_name(s, note->thread, at);
	if (p->record.tid != p->record.tgid)
		return;
	set_parent(s, at.process, entities_thread(&s->entities, parent).process, p->parent);
	sqlite3_bind_int64(to, 1, at.process);
	database_bytes(&s->database, to, 2, t->cwd, t->cwd_size);
	if (p->uid != UINT32_MAX)
		database_number(to, 3, p->uid);
	else
		sqlite3_bind_null(to, 3);
	bind_owned(s, to, p, t);
	database_run(&s->database, SET_FACTS);
	set_numbers(s, at.process, t);
	if (t->exe || t->argv)
		add_program(r, note, at, t);
}

static void end_process(struct render *r, const struct note *note, struct entity_thread at)
{
	const struct trace_process *p = note->process;
	struct sqlite *s = r->state;
	sqlite3_stmt *to = statement(s, END_PROCESS);

	sqlite3_bind_int64(to, 1, at.process);
	bind_time(r, to, 2, note->time);
	for (int column = 3; column <= 5; column++)
		sqlite3_bind_null(to, column);
	if (p->record.flags & TRACE_F_NO_ARGS) {
		/* how it ended was not seen */
	} else if (WIFSIGNALED(p->code)) {
		sqlite3_bind_int(to, 4, WTERMSIG(p->code));
		sqlite3_bind_int(to, 5, WCOREDUMP(p->code) ? 1 : 0);
	} else {
		sqlite3_bind_int(to, 3, WEXITSTATUS(p->code));
	}
	database_run(&s->database, END_PROCESS);
}

static void on_end(struct render *r, const struct note *note, struct entity_thread at)
{
	struct sqlite *s = r->state;
	sqlite3_stmt *to = statement(s, END_THREAD);

	sqlite3_bind_int64(to, 1, at.thread);
	bind_time(r, to, 2, note->time);
	database_run(&s->database, END_THREAD);
	on_name(s, note->thread, at);
	if (note->process->record.flags & TRACE_F_LEADER)
		end_process(r, note, at);
}

static void on_process(struct render *r, const struct note *note)
{
	struct sqlite *s = r->state;
	struct entity_thread at = entities_thread(&s->entities, note->thread);
	struct told told;

	if (!at.process)
		return;
	look(note->process, &told);
	switch (note->process->record.type) {
	case TRACE_FORK: on_fork(r, note->process, at, &told); break;
	case TRACE_EXEC:
		on_name(s, note->thread, at);
		set_numbers(s, at.process, &told);
		add_program(r, note, at, &told);
		break;
	case TRACE_COMM: on_name(s, note->thread, at); break;
	case TRACE_END: on_end(r, note, at); break;
	case TRACE_EXISTING: on_existing(r, note, at, &told); break;
	}
}

/* Tape, process, thread, time: the columns that these rows begin with. */
static sqlite3_stmt *begin_row(struct render *r, const struct note *note, enum statement which)
{
	struct sqlite *s = r->state;
	struct entity_thread at = entities_thread(&s->entities, note->thread);
	sqlite3_stmt *to = statement(s, which);

	sqlite3_bind_int64(to, 1, s->tape);
	database_known(to, 2, (uint64_t)at.process);
	database_known(to, 3, (uint64_t)at.thread);
	bind_time(r, to, 4, note->time);
	return to;
}

/* The value of the one member that the JSON writer has made. */
static void bind_member(sqlite3_stmt *to, int column, const struct json_values *json)
{
	struct json_member m;

	if (json_member_get(json, 0, &m))
		database_ascii(to, column, m.value, m.size);
	else
		sqlite3_bind_null(to, column);
}

static void on_signal(struct render *r, const struct note *note)
{
	const struct call none = { .fds = note->thread ? note->thread->fds : NULL };
	const struct trace_signal *signal = note->signal;
	struct sqlite *s = r->state;
	sqlite3_stmt *to = begin_row(r, note, ADD_SIGNAL);
	const char *name;
	char buffer[16];

	name = show_signal_name(signal->signal, buffer, sizeof(buffer));
	database_number(to, 5, signal->signal);
	database_ascii(to, 6, name, name ? strlen(name) : 0);
	sqlite3_bind_null(to, 7);
	if (signal->size) {
		s->show.compat = false; /* the kernel's own copy, whatever the program is */
		s->show.call = &none;
		json_values_begin(&s->show);
		value_argument(&s->show, "info");
		show_struct_data(&s->show, "siginfo", signal->info, signal->size);
		s->show.call = NULL;
		json_values_end(&s->show);
		bind_member(to, 7, &s->values);
	}
	database_run(&s->database, ADD_SIGNAL);
}

static void on_probe(struct render *r, const struct note *note)
{
	struct sqlite *s = r->state;
	sqlite3_stmt *to = begin_row(r, note, ADD_PROBE);

	bind_cpu(to, 5, note->cpu);
	database_string(&s->database, to, 6, note->format->name);
	json_probe_values(&s->show, note);
	json_values_end(&s->show);
	bind_member(to, 7, &s->values);
	database_run(&s->database, ADD_PROBE);
}

static sqlite3_stmt *begin_loss(struct render *r, const struct note *note, const char *reason)
{
	struct sqlite *s = r->state;
	sqlite3_stmt *to = statement(s, ADD_LOSS);

	for (int column = 5; column <= 11; column++)
		sqlite3_bind_null(to, column);
	sqlite3_bind_int64(to, 1, s->tape);
	bind_time(r, to, 2, note->time);
	bind_cpu(to, 3, note->cpu);
	database_ascii(to, 4, reason, strlen(reason));
	return to;
}

static void on_lost(struct render *r, const struct note *note)
{
	const struct trace_lost *lost = note->lost;
	struct sqlite *s = r->state;
	sqlite3_stmt *to = begin_loss(r, note, call_outcome_reason(lost));

	database_number(to, 5, lost->calls);
	database_number(to, 6, lost->enters);
	database_number(to, 7, lost->events);
	bind_time(r, to, 10, lost->first);
	bind_time(r, to, 11, lost->last);
	database_run(&s->database, ADD_LOSS);
	s->counts.lost_calls += lost->calls;
	s->counts.lost_enters += lost->enters;
	s->counts.lost_events += lost->events;
}

/* What the tape lacks, or the capture. */
static void on_missing(struct render *r, const struct note *note)
{
	struct sqlite *s = r->state;
	bool parts = note->kind == NOTE_PARTS;
	sqlite3_stmt *to = begin_loss(r, note, parts ? "parts" : "damage");

	database_number(to, parts ? 9 : 8, note->missing);
	database_run(&s->database, ADD_LOSS);
	if (parts)
		s->counts.missing_parts += note->missing;
	else
		s->counts.missing_records += note->missing;
}

void note_rows(struct render *r, const struct note *note)
{
	struct sqlite *s = r->state;

	if (note->unasked)
		return;
	switch (note->kind) {
	case NOTE_PROCESS:
		s->counts.processes++;
		on_process(r, note);
		break;
	case NOTE_SIGNAL:
		s->counts.signals++;
		on_signal(r, note);
		break;
	case NOTE_PROBE:
		s->counts.probes++;
		on_probe(r, note);
		break;
	case NOTE_LOST:
		s->counts.losses++;
		on_lost(r, note);
		break;
	case NOTE_MISSING:
	case NOTE_PARTS:
		s->counts.losses++;
		on_missing(r, note);
		break;
	case NOTE_TEXT:
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
}
