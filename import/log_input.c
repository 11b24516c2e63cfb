// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/log_input.h"

#include "import/log_line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ROOM = 1 << 20, /* of a file's bytes that are at hand; longer lines come in parts */
	PID_MOST = 1 << 22,
};

#define DAY (86400ull * 1000000000)

struct source {
	int fd;
	uint32_t tid;
	char *data;
	size_t at, used; /* the line at hand begins at `at` */
	size_t line;	 /* bytes of it, with its newline */
	bool newline, ended, has;
	uint64_t time, days; /* of the line, or of the one before that said it */
};

struct log_input {
	struct source *sources;
	size_t count;
	struct source *last; /* whose line came last */
	bool any;
	uint64_t bytes;
};

struct log_input *log_input_new(void)
{
	return calloc(1, sizeof(struct log_input));
}

void log_input_free(struct log_input *in)
{
	if (!in)
		return;
	for (size_t i = 0; i < in->count; i++)
		free(in->sources[i].data);
	free(in->sources);
	free(in);
}

/* NAME.1234 */
static uint32_t tid_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	char *end;
	unsigned long tid = dot && dot[1] >= '1' && dot[1] <= '9' ? strtoul(dot + 1, &end, 10) : 0;

	return tid && !*end && tid <= PID_MOST ? (uint32_t)tid : 0;
}

bool log_input_add(struct log_input *in, int fd, const char *name)
{
	struct source *more = reallocarray(in->sources, in->count + 1, sizeof(*more));

	if (!more)
		return false;
	in->sources = more;
	more[in->count] = (struct source){ .fd = fd, .tid = tid_of(name), .data = malloc(ROOM) };
	return more[in->count++].data;
}

/* The time of a line, where it has one: what counts among files. */
static void take_time(const struct log_input *in, struct source *s)
{
	struct log_line l = { .text = s->data + s->at, .size = s->line - s->newline };
	uint64_t time;

	if (in->count == 1)
		return;
	log_lead_parse(&l);
	if (!l.clock)
		return;
	time = l.time + s->days;
	if (l.clock == CLOCK_OF_DAY && time + DAY / 2 < s->time) {
		s->days += DAY;
		time += DAY;
	}
	s->time = time > s->time ? time : s->time;
}

/* Reads until there is a line: 0 or a negative errno. */
static int fill(struct log_input *in, struct source *s)
{
	size_t looked = 0;

	s->has = false;
	for (;;) {
		const char *newline =
			memchr(s->data + s->at + looked, '\n', s->used - s->at - looked);
		ssize_t got;

		s->newline = newline;
		if (newline || s->ended || s->used - s->at == ROOM) {
			s->line =
				newline ? (size_t)(newline + 1 - s->data) - s->at : s->used - s->at;
			s->has = s->line;
			if (s->has)
				take_time(in, s);
			return 0;
		}
		looked = s->used - s->at;
		if (s->at) {
			memmove(s->data, s->data + s->at, looked);
			s->used = looked;
			s->at = 0;
		}
		got = read(s->fd, s->data + s->used, ROOM - s->used);
		if (got < 0 && errno != EINTR)
			return -errno;
		s->ended = !got;
		s->used += got > 0 ? (size_t)got : 0;
		in->bytes += got > 0 ? (uint64_t)got : 0;
	}
}

int log_input_next(struct log_input *in, struct log_source_line *line)
{
	struct source *next = NULL;
	int error;

	for (size_t i = 0; i < in->count; i++) {
		struct source *s = &in->sources[i];

		if (s == in->last || !in->any) {
			s->at += s == in->last ? s->line : 0;
			error = fill(in, s);
			if (error)
				return error;
		}
		if (s->has && (!next || s->time < next->time))
			next = s;
	}
	in->last = next;
	if (!next)
		return 0;
	*line = (struct log_source_line){ .line = next->data + next->at,
					  .size = next->line - next->newline,
					  .newline = next->newline,
					  .tid = next->tid,
					  .source = (size_t)(next - in->sources),
					  .first = !in->any };
	in->any = true;
	return 1;
}

size_t log_input_ahead(const struct log_input *in, const char **text)
{
	*text = in->last->data + in->last->at;
	return in->last->used - in->last->at;
}

uint64_t log_input_bytes(const struct log_input *in)
{
	return in->bytes;
}
