// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/split.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	BUCKETS = 1024,
	FILE_ROOM = 16 << 10, /* bytes kept of each file before they are written */
};

/* One file. It stays known when its thread has ended: a later thread with the same number is
 * written behind it. */
struct part {
	uint32_t tid, tgid;
	bool made;  /* the file exists */
	bool begun; /* the renderer has begun */
	struct text out;
	struct render render;
	struct part *next; /* in its bucket */
};

struct split {
	const struct renderer *inner;
	const char *prefix;
	enum split_by by;
	bool append;
	struct part *buckets[BUCKETS];
};

int split_prepare(struct render *outer, const struct renderer *inner, const char *prefix,
		  enum split_by by, bool append)
{
	struct split *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	s->inner = inner;
	s->prefix = prefix;
	s->by = by;
	s->append = append;
	outer->state = s;
	return 0;
}

/* Gives descriptors back when there are too many files: they are opened again when they are written
 * to. */
static void close_all(struct split *s)
{
	for (size_t i = 0; i < BUCKETS; i++) {
		for (struct part *p = s->buckets[i]; p; p = p->next) {
			if (p->out.fd < 0 || !p->begun)
				continue;
			text_flush(&p->out);
			close(p->out.fd);
			p->out.fd = -1;
		}
	}
}

static int open_file(struct split *s, struct part *p)
{
	char *path;
	int fd, n;

	switch (s->by) {
	case SPLIT_PROCESS: n = asprintf(&path, "%s.%u", s->prefix, p->tgid); break;
	case SPLIT_BOTH: n = asprintf(&path, "%s.%u.%u", s->prefix, p->tid, p->tgid); break;
	default: n = asprintf(&path, "%s.%u", s->prefix, p->tid);
	}
	if (n < 0)
		return -ENOMEM;
	for (int again = 0; again < 2; again++) {
		fd = open(path,
			  O_WRONLY | O_CREAT | O_CLOEXEC |
				  (p->made || s->append ? O_APPEND : O_TRUNC),
			  0666);
		if (fd >= 0 || (errno != EMFILE && errno != ENFILE))
			break;
		close_all(s);
	}
	n = errno;
	free(path);
	p->made = p->made || fd >= 0;
	return fd >= 0 ? fd : -n;
}

static struct part *part_of(struct split *s, uint32_t tid, uint32_t tgid)
{
	uint32_t key = s->by == SPLIT_PROCESS ? tgid : tid;
	struct part **bucket = &s->buckets[key % BUCKETS], *p;

	for (p = *bucket; p; p = p->next)
		if (key == (s->by == SPLIT_PROCESS ? p->tgid : p->tid) &&
		    (s->by != SPLIT_BOTH || p->tgid == tgid))
			return p;
	p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->tid = tid;
	p->tgid = tgid;
	p->out.fd = -1;
	p->next = *bucket;
	return *bucket = p;
}

static int begin_part(struct split *s, const struct render *outer, struct part *p,
		      struct tape_error *why)
{
	int error = text_open_sized(&p->out, -1, FILE_ROOM);

	p->begun = true;
	p->render =
		(struct render){ .out = &p->out, .options = outer->options, .facts = outer->facts };
	p->render.one_thread = s->by != SPLIT_PROCESS;
	if (!error && s->inner->begin)
		error = s->inner->begin(&p->render, why);
	return error;
}

/* The part, with its file open and its renderer begun; NULL at an error, which the outer text
 * keeps. */
static struct render *ready(struct render *outer, uint32_t tid, uint32_t tgid)
{
	struct split *s = outer->state;
	struct part *p = part_of(s, tid, tgid);
	struct tape_error why;
	int error = p ? 0 : -ENOMEM;

	if (p && !p->begun)
		error = begin_part(s, outer, p, &why);
	if (!error && p->out.fd < 0) {
		p->out.fd = open_file(s, p);
		error = p->out.fd < 0 ? p->out.fd : 0;
	}
	if (!error)
		error = p->out.error;
	if (error && !outer->out->error)
		outer->out->error = error;
	return error ? NULL : &p->render;
}

static void end_part(struct split *s, struct render *outer, struct part *p)
{
	int error;

	if (!p->begun)
		return;
	if (s->inner->end)
		s->inner->end(&p->render);
	if (p->out.fd < 0 && p->out.used)
		p->out.fd = open_file(s, p);
	error = text_close(&p->out);
	if (error && !outer->out->error)
		outer->out->error = error;
	if (p->out.fd >= 0)
		close(p->out.fd);
	p->out.fd = -1;
	p->begun = false;
}

/* The inner renderer begins with each file; here it only says whether it can. */
static int split_begin(struct render *outer, struct tape_error *why)
{
	struct split *s = outer->state;
	struct part trial = { .out.fd = -1 };
	int error = begin_part(s, outer, &trial, why);

	if (s->inner->end)
		s->inner->end(&trial.render);
	text_close(&trial.out);
	return error;
}

static void split_begun(struct render *outer, const struct call *call)
{
	struct split *s = outer->state;
	struct render *r = s->inner->begun ? ready(outer, call->tid, call->tgid) : NULL;

	if (r)
		s->inner->begun(r, call);
}

static void split_call(struct render *outer, const struct call *call)
{
	struct split *s = outer->state;
	struct render *r = ready(outer, call->tid, call->tgid);

	if (r)
		s->inner->call(r, call);
}

/* A loss concerns everybody whose file is open. */
static void note_for_all(struct split *s, const struct note *note)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct part *p = s->buckets[i]; p; p = p->next)
			if (p->begun)
				s->inner->note(&p->render, note);
}

/* A thread that becomes another speaks for the last time in its own file. */
static void leave_part(struct render *outer, const struct note *note)
{
	struct split *s = outer->state;
	struct render *r = ready(outer, note->thread->tid, note->thread->tgid);

	if (r)
		s->inner->note(r, note);
	if (r && s->by != SPLIT_PROCESS)
		end_part(s, outer, part_of(s, note->thread->tid, note->thread->tgid));
}

static void split_note(struct render *outer, const struct note *note)
{
	struct split *s = outer->state;
	const struct thread *thread = note->thread;
	struct render *r;

	if (!s->inner->note)
		return;
	if (!thread) {
		note_for_all(s, note);
		return;
	}
	if (note->kind == NOTE_RENAMED) {
		leave_part(outer, note);
		return;
	}
	r = ready(outer, thread->tid, thread->tgid);
	if (!r)
		return;
	s->inner->note(r, note);
	if (note->kind == NOTE_PROCESS && note->process->record.type == TRACE_END &&
	    (s->by != SPLIT_PROCESS || note->process->record.flags & TRACE_F_LEADER))
		end_part(s, outer, part_of(s, thread->tid, thread->tgid));
}

static void split_flush(struct render *outer)
{
	struct split *s = outer->state;

	for (size_t i = 0; i < BUCKETS; i++)
		for (struct part *p = s->buckets[i]; p; p = p->next)
			if (p->begun)
				text_flush(&p->out);
}

static void split_end(struct render *outer)
{
	struct split *s = outer->state;

	for (size_t i = 0; i < BUCKETS; i++) {
		while (s->buckets[i]) {
			struct part *p = s->buckets[i];

			s->buckets[i] = p->next;
			end_part(s, outer, p);
			free(p);
		}
	}
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
