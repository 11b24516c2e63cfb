// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/turns.h"

#include "decode/message.h"
#include "decode/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	EVENTS = 2048,	 /* of a turn: a few hundred KiB of text */
	LARGE = 1 << 20, /* bytes that are not kept longer than needed */
	MOST = 64,	 /* processes */
	GONE = -ESRCH,	 /* the one before in the ring has ended without a word */
};

struct turns {
	unsigned int count, self; /* processes; which one this is */
	unsigned int turn;	  /* whose it is */
	unsigned int events;	  /* of this turn */
	int from, to;		  /* the ring, to this one and from it */
	bool held;		  /* all that comes before has been written */
	bool said;		  /* the next one knows of the error */
	int error, fd;		  /* of the output */
	void (*pipes)(int);	  /* SIGPIPE, as it was */
	const struct renderer *inner;
	struct renderer renderer;
};

static bool mine(const struct turns *t)
{
	return t->turn == t->self;
}

/* Waits until the one before has written what it had to. */
static void take(struct turns *t)
{
	ssize_t n = sizeof(t->error);

	if (t->held || t->error)
		return;
	do
		n = read(t->from, &t->error, sizeof(t->error));
	while (n < 0 && errno == EINTR);
	if (n != sizeof(t->error))
		t->error = GONE;
	t->held = true;
}

/* It is the next one's turn to write; or all are to end. */
static void give(struct turns *t)
{
	ssize_t n;

	t->said = t->error;
	t->held = false;
	do
		n = write(t->to, &t->error, sizeof(t->error));
	while (n < 0 && errno == EINTR);
	if (n < 0 && !t->error)
		t->error = GONE;
}

static void write_out(struct turns *t, struct text *out)
{
	take(t);
	if (!t->error) {
		out->fd = t->fd;
		text_flush(out);
		out->fd = -1;
		t->error = out->error;
	}
	out->error = t->error;
	out->used = 0;
}

static void drop_or_write(struct turns *t, struct text *out)
{
	if (!mine(t))
		out->used = 0;
	else if (out->used > LARGE)
		write_out(t, out);
}

/* One more event has been seen. */
static void count(struct render *r)
{
	struct turns *t = r->turns;

	drop_or_write(t, r->out);
	if (++t->events < EVENTS || (t->inner->settled && !t->inner->settled(r)))
		return;
	if (mine(t)) {
		write_out(t, r->out);
		give(t);
		r->out->error = t->error;
	}
	t->events = 0;
	t->turn = (t->turn + 1) % t->count;
}

static int turns_begin(struct render *r, struct tape_error *why)
{
	int error = r->turns->inner->begin(r, why);

	drop_or_write(r->turns, r->out);
	return error;
}

static void turns_begun(struct render *r, const struct call *call)
{
	const struct renderer *inner = r->turns->inner;

	if (mine(r->turns))
		inner->begun(r, call);
	else if (inner->skip)
		inner->skip(r, call);
	count(r);
}

static void turns_call(struct render *r, const struct call *call)
{
	const struct renderer *inner = r->turns->inner;

	if (mine(r->turns))
		inner->call(r, call);
	else if (inner->skip)
		inner->skip(r, call);
	count(r);
}

/* They are few, and may change what is said of calls. */
static void turns_note(struct render *r, const struct note *note)
{
	r->turns->inner->note(r, note);
	count(r);
}

static void turns_end(struct render *r)
{
	r->turns->inner->end(r);
	drop_or_write(r->turns, r->out);
}

const struct renderer *turns_renderer(struct turns *t, const struct renderer *inner,
				      struct render *r)
{
	if (r->turns != t) {
		t->fd = r->out->fd;
		r->out->fd = -1;
		r->turns = t;
	}
	t->inner = inner;
	t->renderer = *inner;
	t->renderer.begin = inner->begin ? turns_begin : NULL;
	t->renderer.begun = inner->begun ? turns_begun : NULL;
	t->renderer.call = turns_call;
	t->renderer.note = inner->note ? turns_note : NULL;
	t->renderer.flush = NULL;
	t->renderer.due = NULL;
	t->renderer.end = inner->end ? turns_end : NULL;
	return &t->renderer;
}

static void ring_close(int (*pipes)[2], unsigned int count)
{
	while (count--) {
		close(pipes[count][0]);
		close(pipes[count][1]);
	}
}

static bool ring_open(int (*pipes)[2], unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		if (!pipe2(pipes[i], O_CLOEXEC))
			continue;
		ring_close(pipes, i);
		return false;
	}
	return true;
}

/* Only with both ends in two processes does one hear of the other's end. */
static void ring_keep(struct turns *t, int (*pipes)[2])
{
	unsigned int next = (t->self + 1) % t->count;

	for (unsigned int i = 0; i < t->count; i++) {
		if (i != t->self)
			close(pipes[i][0]);
		if (i != next)
			close(pipes[i][1]);
	}
	t->from = pipes[t->self][0];
	t->to = pipes[next][1];
}

/* False in the first: not all can be started. Those that were end when the ring is closed. */
static bool start_others(struct turns *t)
{
	pid_t parent = getpid(), child = 0;

	for (unsigned int i = 1; i < t->count && child >= 0; i++) {
		child = fork();
		if (child)
			continue;
		supervisor_bind();
		if (getppid() != parent)
			_exit(1);
		t->self = i;
		return true;
	}
	return child >= 0;
}

struct turns *turns_start(unsigned int count, const struct capture_files *files)
{
	struct turns *t = calloc(1, sizeof(*t));
	int pipes[MOST][2];

	if (!t || count > MOST || !capture_files_again(files) || !ring_open(pipes, count)) {
		free(t);
		return NULL;
	}
	t->count = count;
	/* What they have inherited stays as it was, read by nobody. */
	if (!start_others(t) || !capture_files_again(files)) {
		if (t->self)
			_exit(1);
		ring_close(pipes, count);
		free(t);
		return NULL;
	}
	t->held = !t->self;
	t->pipes = signal(SIGPIPE, SIG_IGN);
	ring_keep(t, pipes);
	if (t->self)
		decode_silence();
	return t;
}

bool turns_speaks(const struct turns *t)
{
	return !t->self;
}

int turns_finish(struct turns *t, struct render *r, int error, struct tape_error *why)
{
	if (mine(t))
		write_out(t, r->out);
	take(t); /* all is written */
	t->error = t->error ? t->error : error;
	if (t->self) {
		if (!t->said)
			give(t);
		_exit(t->error ? 1 : 0);
	}
	if (t->error == GONE)
		snprintf(why->text, sizeof(why->text),
			 "a process of this program has ended early: the output is not whole");
	signal(SIGPIPE, t->pipes);
	if (t->error == -EPIPE)
		raise(SIGPIPE);
	return t->error;
}

void turns_free(struct turns *t)
{
	free(t);
}
