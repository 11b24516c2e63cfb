// SPDX-License-Identifier: GPL-2.0-or-later
/* The importer: calls in whose line a message of the tracer, or text of a program, has got. */
#include "import/importer_state.h"
#include "import/log_dress.h"

#include <stdlib.h>
#include <string.h>

enum {
	LINES_MOST = 16, /* that are looked at for the rest of a call */
	BYTES_MOST = 64 << 10,
};

bool bytes_put(struct bytes *b, const void *data, size_t size)
{
	if (b->room - b->used < size) {
		size_t room = 2 * (b->used + size);
		char *bigger = realloc(b->data, room);

		if (!bigger)
			return false;
		b->data = bigger;
		b->room = room;
	}
	if (size)
		memcpy(b->data + b->used, data, size);
	b->used += size;
	return true;
}

static bool add(struct cut *c, const struct log_line *l, const struct piece *p)
{
	uint32_t attached;
	size_t size = log_dress_message(l->text, l->size, &attached);

	if (attached && c->attached_count < sizeof(c->attached) / sizeof(*c->attached))
		c->attached[c->attached_count++] = attached;
	c->newline = p->newline;
	c->lines++;
	return (c->lines == 1 || bytes_put(&c->whole, "\n", 1)) &&
	       bytes_put(&c->whole, p->line, p->size) && bytes_put(&c->text, l->text, size);
}

static void begin(struct importer *im, const struct log_line *l, const struct piece *p)
{
	struct cut *c = &im->cut;

	c->open = true;
	c->lines = c->attached_count = 0;
	c->whole.used = c->text.used = 0;
	c->tid = p->tid;
	c->number = im->counts.lines;
	add(c, l, p);
}

static void tell_attached(struct importer *im, uint32_t parent)
{
	for (unsigned int i = 0; i < im->cut.attached_count; i++)
		importer_attached(im, im->cut.attached[i], parent);
}

/* Whether what there is now is a whole call. */
static bool is_whole(struct importer *im)
{
	struct cut *c = &im->cut;
	struct piece p = { c->whole.data, c->whole.used, c->newline, c->tid };
	struct log_line l;

	log_line_parse(&l, im->words, c->text.data, c->text.used);
	if (l.kind != LOG_CALL && l.kind != LOG_BEGUN && l.kind != LOG_LEFT &&
	    l.kind != LOG_RESUMED)
		return false;
	c->open = false;
	tell_attached(im, l.has_tid ? l.tid : im->main);
	importer_event(im, &l, &p);
	return true;
}

/* Each of its lines for itself: the first is a call without an end. */
void importer_cut_end(struct importer *im)
{
	struct cut *c = &im->cut;
	const char *at = c->whole.data, *end;
	uint64_t number = im->counts.lines;

	if (!c->open)
		return;
	c->open = false;
	end = at + c->whole.used;
	for (unsigned int i = 0; i < c->lines; i++) {
		const char *newline = memchr(at, '\n', end - at);
		struct piece p = { at, (newline ? newline : end) - at, newline || c->newline,
				   c->tid };
		struct log_line l;

		im->counts.lines = c->number + i;
		log_line_parse(&l, im->words, p.line, p.size);
		if (!i && l.kind == LOG_CUT)
			l.kind = LOG_LEFT;
		importer_event(im, &l, &p);
		at = newline ? newline + 1 : end;
	}
	im->counts.lines = number;
}

bool importer_cut(struct importer *im, struct log_line *l, const struct piece *p)
{
	struct cut *c = &im->cut;
	bool apart = l->kind != LOG_TEXT && l->kind != LOG_NOTE && l->kind != LOG_BESIDE;
	struct call_name name;

	if (c->open && !apart && c->lines < LINES_MOST && p->tid == c->tid &&
	    c->whole.used + p->size < BYTES_MOST) {
		add(c, l, p);
		is_whole(im);
		return true;
	}
	importer_cut_end(im);
	if (l->kind != LOG_CUT)
		return false;
	name = call_names_find(im->names, l->text + l->name.at, l->name.size, false);
	if (!name.known) {
		l->kind = LOG_TEXT;
		return false;
	}
	begin(im, l, p);
	return true;
}
