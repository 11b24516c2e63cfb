// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/split.h"

#include "decode/render/split_files.h"
#include "decode/values/show_families.h"
#include "decode/values/show_lookup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	LOSSES_KEPT = 16, /* of those that a file has not been told of; older ones become one */
};

/* A loss, and the sum of all up to it. */
struct kept_loss {
	struct note note;
	struct trace_lost lost;
	struct split_loss sum;
};

struct split {
	const struct renderer *inner;
	enum split_by by;
	struct split_files *files;
	struct show_lookup *names; /* one for all renderers */
	struct render *outer;
	struct tape_error *why; /* the caller's, for the one sentence */
	struct kept_loss loss[LOSSES_KEPT];
	uint64_t losses;   /* so far; the newest is loss[(losses - 1) % LOSSES_KEPT] */
	uint64_t left_out; /* calls of threads that would be too many */
};

static void end_renderer(void *context, struct split_file *f)
{
	struct split *s = context;

	if (s->inner->end)
		s->inner->end(&f->render);
}

int split_prepare(struct render *outer, const struct renderer *inner, struct split_target *target)
{
	struct split *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	s->inner = inner;
	s->files = split_files_new(target, end_renderer, s);
	s->names = show_lookup_new(show_families);
	s->by = target->by;
	s->outer = outer;
	outer->state = s;
	return s->files && s->names ? 0 : -ENOMEM;
}

static void keep_error(struct split *s, int error)
{
	if (error && !s->outer->out->error)
		s->outer->out->error = error;
}

static int begin_render(struct split *s, struct split_file *f, struct tape_error *why)
{
	f->render = (struct render){ .out = &f->out,
				     .options = s->outer->options,
				     .facts = s->outer->facts,
				     .names = s->names };
	return s->inner->begin ? s->inner->begin(&f->render, why) : 0;
}

static const struct split_loss *all_losses(const struct split *s)
{
	static const struct split_loss none;

	return s->losses ? &s->loss[(s->losses - 1) % LOSSES_KEPT].sum : &none;
}

static bool same(const struct split_loss *a, const struct split_loss *b)
{
	return a->calls == b->calls && a->enters == b->enters && a->events == b->events &&
	       a->missing == b->missing;
}

/*
 * What was lost since the file's last line. Files are told when they have something to say
 * themselves: a tape that loses much and has many threads would be written as often as there are
 * both.
 */
static void tell_losses(struct split *s, struct split_file *f)
{
	uint64_t i = s->losses > LOSSES_KEPT ? s->losses - LOSSES_KEPT : 0;

	for (; i < s->losses && s->inner->note; i++) {
		const struct kept_loss *k = &s->loss[i % LOSSES_KEPT];
		struct trace_lost lost = k->lost;
		struct note note = k->note;

		if (k->sum.calls <= f->told.calls && k->sum.enters <= f->told.enters &&
		    k->sum.events <= f->told.events && k->sum.missing <= f->told.missing)
			continue;
		note.lost = &lost;
		lost.calls = k->sum.calls - f->told.calls;
		lost.enters = k->sum.enters - f->told.enters;
		lost.events = k->sum.events - f->told.events;
		note.missing = k->sum.missing - f->told.missing;
		s->inner->note(&f->render, &note);
		f->told = k->sum;
	}
	f->told = *all_losses(s);
}

/* The thread's file, open, with its renderer; NULL at an error, which the outer text keeps, or if
 * there are too many. */
static struct split_file *ready(struct split *s, uint32_t tid, uint32_t tgid)
{
	struct split_file *f = split_files_get(s->files, tid, tgid);
	int error = f ? split_files_open(s->files, f, s->why) : 0;

	if (f && !error && !f->begun) {
		if (!f->retired)
			f->told = *all_losses(s);
		error = begin_render(s, f, s->why);
		f->begun = true;
	}
	keep_error(s, error);
	if (!f || error)
		return NULL;
	if (!same(&f->told, all_losses(s)))
		tell_losses(s, f);
	return f;
}

static void end_file(struct split *s, struct split_file *f)
{
	keep_error(s, split_files_close(s->files, f, s->why));
}

/* The inner renderer begins with each file; here it only says whether it can. */
static int split_begin(struct render *outer, struct tape_error *why)
{
	struct split *s = outer->state;
	struct split_file trial = { .out.fd = -1 };
	int error = text_open(&trial.out, -1);

	s->why = why;
	if (!error)
		error = begin_render(s, &trial, why);
	end_renderer(s, &trial);
	text_close(&trial.out);
	return error;
}

static void split_begun(struct render *outer, const struct call *call)
{
	struct split *s = outer->state;
	struct split_file *f = s->inner->begun ? ready(s, call->tid, call->tgid) : NULL;

	if (f)
		s->inner->begun(&f->render, call);
}

static void split_call(struct render *outer, const struct call *call)
{
	struct split *s = outer->state;
	struct split_file *f = ready(s, call->tid, call->tgid);

	if (f)
		s->inner->call(&f->render, call);
	else
		s->left_out++;
}

/* A loss concerns everybody. */
static void keep_loss(struct split *s, const struct note *note)
{
	struct split_loss sum = *all_losses(s);
	struct kept_loss *k = &s->loss[s->losses++ % LOSSES_KEPT];

	k->note = *note;
	k->lost = note->lost ? *note->lost : (struct trace_lost){ .calls = 0 };
	sum.calls += k->lost.calls;
	sum.enters += k->lost.enters;
	sum.events += k->lost.events;
	sum.missing += note->missing;
	k->sum = sum;
}

/* Whether it is the last that the file's thread, or the last of its process, has to say. */
static bool is_end(const struct split *s, const struct note *note)
{
	if (note->kind == NOTE_RENAMED) /* it goes on as another */
		return s->by != SPLIT_PROCESS;
	return note->kind == NOTE_PROCESS && note->process->record.type == TRACE_END &&
	       (s->by != SPLIT_PROCESS || note->process->record.flags & TRACE_F_LEADER);
}

static void split_note(struct render *outer, const struct note *note)
{
	struct split *s = outer->state;
	struct split_file *f;

	if (!s->inner->note)
		return;
	if (!note->thread) {
		keep_loss(s, note);
		return;
	}
	f = ready(s, note->thread->entry.tid, note->thread->tgid);
	if (!f)
		return;
	s->inner->note(&f->render, note);
	if (is_end(s, note))
		end_file(s, f);
}

static void flush_file(void *context, struct split_file *f)
{
	struct split *s = context;

	if (f->rank != SPLIT_OPEN || !f->begun)
		return;
	if (s->inner->flush)
		s->inner->flush(&f->render);
	else
		text_flush(&f->out);
}

static void split_flush(struct render *outer)
{
	struct split *s = outer->state;

	split_files_each(s->files, flush_file, s);
}

/* Everybody hears of the last losses, too. */
static void finish_file(void *context, struct split_file *f)
{
	struct split *s = context;

	if (f->begun && !same(&f->told, all_losses(s)) && !s->outer->out->error)
		ready(s, f->tid, f->tgid);
	end_file(s, f);
}

static void split_end(struct render *outer)
{
	struct split *s = outer->state;

	split_files_each(s->files, finish_file, s);
	split_files_free(s->files);
	show_lookup_free(s->names);
	if (s->left_out && s->why && !*s->why->text)
		snprintf(s->why->text, sizeof(s->why->text),
			 "cannot write more than %d files: %" PRIu64
			 " calls of further threads are left out; choose threads with -p, or write "
			 "one text without -ff",
			 SPLIT_FILES_MOST, s->left_out);
	free(s);
}

const struct renderer split_renderer = {
	.name = "split",
	.help = "one file for each thread or process",
	.as_tracer = true,
	.descriptors = true,
	.begin = split_begin,
	.begun = split_begun,
	.call = split_call,
	.note = split_note,
	.flush = split_flush,
	.end = split_end,
};
