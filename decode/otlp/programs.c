// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of attributes: OpenTelemetry's semantic conventions for processes and for programs of the
 * command line; what they have no name for begins with systape. */
#include "decode/otlp/programs.h"

#include "decode/otlp/attribute.h"
#include "format/flags/flags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

enum {
	MOST = 1 << 19,		    /* processes at once: beyond, all spans are written */
	KEPT_MOST = 64 << 20,	    /* bytes of what is known of them */
	ARGUMENTS_MOST = 256 << 10, /* bytes of one's arguments */
	ID_OF_PROGRAM = 1,
};

uint64_t programs_time(const struct programs *p, uint64_t time)
{
	return tape_time(p->facts, time) + (uint64_t)p->shift;
}

static void see(struct programs *p, uint64_t time)
{
	p->now = time > p->now ? time : p->now;
}

static struct program *find(struct programs *p, uint32_t tgid)
{
	return (struct program *)tid_table_find(&p->table, tgid);
}

/* The parents of those that were there before the tape, once all of them are known. */
static void settle(struct programs *p)
{
	struct program *next;

	for (struct program *one = p->unsettled; one; one = next) {
		const struct program *parent = find(p, one->started_by);

		next = one->unsettled;
		one->unsettled = NULL;
		if (parent && parent != one)
			one->parent = parent->span;
	}
	p->unsettled = NULL;
}

static void put_signal(struct programs *p, int signal)
{
	char number[24], why[48];
	const char *name = flag_signal_name((unsigned int)signal);

	snprintf(number, sizeof(number), "%d", signal);
	name = name ? name : number;
	snprintf(why, sizeof(why), "killed by %s", name);
	attribute_words(&p->record, SPAN_ATTRIBUTE, "process.exit.signal", name);
	attribute_words(&p->record, SPAN_ATTRIBUTE, "error.type", name);
	span_failed(&p->record, why);
}

static void put_exit(struct programs *p, int code)
{
	char number[24], why[48];

	attribute_number(&p->record, SPAN_ATTRIBUTE, "process.exit.code", (uint64_t)code);
	if (!code)
		return;
	snprintf(number, sizeof(number), "%d", code);
	snprintf(why, sizeof(why), "exited with %s", number);
	attribute_words(&p->record, SPAN_ATTRIBUTE, "error.type", number);
	span_failed(&p->record, why);
}

/* `end`: its TRACE_END; NULL: `how` it ended otherwise. */
static void put_span(struct programs *p, const struct program *one, const struct trace_process *end,
		     const char *how, uint64_t time)
{
	struct span span = {
		.trace = p->trace,
		.id = one->span,
		.parent = one->parent,
		.name = one->name_size ? one->name : "unknown",
		.name_size = one->name_size ? one->name_size : 7,
		.begin = programs_time(p, one->begin),
		.end = programs_time(p, time),
	};
	struct text *t = &p->record;

	span_put(t, &span);
	attribute_number(t, SPAN_ATTRIBUTE, "process.pid", one->entry.tid);
	if (one->started_by)
		attribute_number(t, SPAN_ATTRIBUTE, "process.parent_pid", one->started_by);
	if (one->about)
		text_bytes(t, one->about, one->about_size);
	if (one->left)
		attribute_number(t, SPAN_ATTRIBUTE, "systape.calls_without_span", one->left);
	if (one->cut)
		span_dropped(t, 1);
	if (how)
		attribute_words(t, SPAN_ATTRIBUTE, "systape.end", how);
	else if (end->record.flags & TRACE_F_NO_ARGS)
		attribute_words(t, SPAN_ATTRIBUTE, "systape.end", "unknown");
	else if (WIFSIGNALED(end->code))
		put_signal(p, WTERMSIG(end->code));
	else
		put_exit(p, WEXITSTATUS(end->code));
	batch_add(p->batch, t);
}

static void forget_about(struct programs *p, struct program *one)
{
	p->kept -= one->about_size + one->name_size;
	free(one->about);
	free(one->name);
	one->about = one->name = NULL;
	one->about_size = one->name_size = 0;
	one->cut = false;
	one->left = 0;
}

/* The program is no longer run: its span is written. */
static void end_program(struct programs *p, struct program *one, const struct trace_process *end,
			const char *how, uint64_t time)
{
	settle(p);
	see(p, time);
	if (one->own && p->batch)
		put_span(p, one, end, how, time);
	forget_about(p, one);
	one->own = false;
}

static void end_all(struct programs *p, const char *how)
{
	struct tid_entry *next;

	settle(p);
	for (struct tid_entry *e = tid_table_next(&p->table, NULL); e; e = next) {
		next = tid_table_next(&p->table, e);
		end_program(p, (struct program *)e, NULL, how, p->now);
		free(tid_table_take(&p->table, e->tid));
	}
}

static struct program *add(struct programs *p, uint32_t tgid)
{
	struct program *one = find(p, tgid);

	if (one)
		return one;
	if (p->table.count >= MOST)
		end_all(p, "forgotten");
	one = calloc(1, sizeof(*one));
	if (one)
		tid_table_add(&p->table, &one->entry, tgid);
	return one;
}

static char *keep(struct programs *p, const char *bytes, size_t size, size_t *kept)
{
	char *copy = p->kept + size <= KEPT_MOST && size ? malloc(size) : NULL;

	*kept = copy ? size : 0;
	if (copy)
		memcpy(copy, bytes, size);
	p->kept += *kept;
	return copy;
}

/* What a TRACE_EXEC or TRACE_EXISTING says of it; NULL: nothing but the thread's name is known. */
static void put_about(struct programs *p, struct program *one, const struct trace_process *record,
		      const char *comm)
{
	const char *name = comm, *slash;
	size_t size = strnlen(comm, 16), at = sizeof(*record);
	struct text *t = &p->record;
	struct tape_piece piece;

	t->used = 0;
	for (int i = 0;
	     record && i < record->pieces && tape_piece_next(&record->record, &at, &piece); i++) {
		const char *data = piece.data;
		size_t length = piece.piece.length;

		if (piece.piece.arg == TRACE_P_EXE && length) {
			slash = memrchr(data, '/', length);
			name = slash ? slash + 1 : data;
			size = (size_t)(data + length - name);
			attribute_text(t, SPAN_ATTRIBUTE, "process.executable.path", data, length);
		} else if (piece.piece.arg == TRACE_P_CMDLINE && p->command_args) {
			one->cut |= length > ARGUMENTS_MOST;
			attribute_strings(t, SPAN_ATTRIBUTE, "process.command_args", data,
					  length > ARGUMENTS_MOST ? ARGUMENTS_MOST : length);
		}
	}
	attribute_text(t, SPAN_ATTRIBUTE, "process.executable.name", name, size);
	if (!record || record->record.type == TRACE_EXISTING)
		attribute_words(t, SPAN_ATTRIBUTE, "systape.begin",
				record ? "before the tape" : "unknown");
	one->name = keep(p, name, size, &one->name_size);
	one->about = keep(p, t->data, t->used, &one->about_size);
	one->cut |= !one->about;
}

static void begin_program(struct programs *p, struct program *one,
			  const struct trace_process *record, const char *comm, uint64_t time)
{
	/* The same on the same tape, whatever is asked for; two of one process at one time differ.
	 */
	p->twice = p->last == one->entry.tid && p->last_time == time ? p->twice + 1 : 0;
	p->last = one->entry.tid;
	p->last_time = time;
	one->span = record_id(ID_OF_PROGRAM + (p->twice << 8), one->entry.tid, time);
	one->begin = time;
	one->own = true;
	if (p->batch)
		put_about(p, one, record, comm);
	see(p, time);
}

struct program *programs_of(struct programs *p, uint32_t tgid, const struct thread *thread,
			    uint64_t time)
{
	struct program *one = find(p, tgid);
	const struct program *parent;

	settle(p);
	if (one)
		return one;
	one = add(p, tgid);
	if (!one)
		return NULL;
	one->started_by = thread ? thread->parent : 0;
	parent = find(p, one->started_by);
	one->parent = parent && parent != one ? parent->span : 0;
	begin_program(p, one, NULL, thread ? thread->comm : "", time);
	return one;
}

/* A new process runs its parent's program. */
static void on_fork(struct programs *p, const struct note *note)
{
	const struct trace_process *f = note->process;
	const struct program *parent;
	struct program *child;

	if (f->other_tgid == f->record.tgid)
		return;
	child = find(p, f->other_tgid);
	if (child)
		end_program(p, child, NULL, "unknown", note->time);
	if (!programs_of(p, f->record.tgid, note->thread, note->time))
		return;
	child = add(p, f->other_tgid);
	if (!child)
		return;
	parent = find(p, f->record.tgid); /* unless all have been forgotten */
	child->span = parent ? parent->span : 0;
	child->parent = parent ? parent->parent : 0;
	child->started_by = f->record.tgid;
}

static void on_exec(struct programs *p, const struct note *note)
{
	const struct trace_process *r = note->process;
	struct program *one = find(p, r->record.tgid);
	char comm[17] = { 0 };

	memcpy(comm, r->comm, sizeof(r->comm));
	if (one) {
		end_program(p, one, NULL, "exec", note->time);
		one->parent = one->span;
	} else {
		one = add(p, r->record.tgid);
		if (!one)
			return;
		one->started_by = note->thread ? note->thread->parent : 0;
		if (find(p, one->started_by) && one->started_by != one->entry.tid)
			one->parent = find(p, one->started_by)->span;
	}
	begin_program(p, one, r, comm, note->time);
}

/* One that was there before the tape. */
static void on_existing(struct programs *p, const struct note *note)
{
	const struct trace_process *r = note->process;
	char comm[17] = { 0 };
	struct program *one;

	if (r->record.tid != r->record.tgid || find(p, r->record.tgid))
		return;
	one = add(p, r->record.tgid);
	if (!one)
		return;
	memcpy(comm, r->comm, sizeof(r->comm));
	one->started_by = r->parent;
	one->unsettled = p->unsettled;
	p->unsettled = one;
	begin_program(p, one, r, comm, note->time);
}

static void on_end(struct programs *p, const struct note *note)
{
	const struct trace_process *r = note->process;
	struct program *one = find(p, r->record.tgid);

	if (!one || !(r->record.flags & TRACE_F_LEADER))
		return;
	end_program(p, one, r, NULL, note->time);
	free(tid_table_take(&p->table, r->record.tgid));
}

void programs_note(struct programs *p, const struct note *note)
{
	switch (note->process->record.type) {
	case TRACE_FORK: on_fork(p, note); break;
	case TRACE_EXISTING: on_existing(p, note); break;
	case TRACE_EXEC: on_exec(p, note); break;
	case TRACE_END: on_end(p, note); break;
	}
	see(p, note->time);
}

int programs_begin(struct programs *p)
{
	p->now = p->facts->header->start;
	return text_open(&p->record, -1) || tid_table_init(&p->table) ? -ENOMEM : 0;
}

void programs_end(struct programs *p)
{
	if (p->table.buckets)
		end_all(p, "tape");
	tid_table_end(&p->table);
	text_close(&p->record);
}
