// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/columns_form.h"

#include <stdlib.h>
#include <string.h>

struct columns *columns_new(void)
{
	return calloc(1, sizeof(struct columns));
}

void columns_free(struct columns *c)
{
	if (!c)
		return;
	for (int i = 0; i < TRACE_SECTIONS; i++)
		free(c->section[i].base);
	free(c);
}

bool columns_make_room(struct section *s, size_t size)
{
	if (s->room < size + SLACK) {
		free(s->base);
		s->room = size + SLACK;
		s->base = malloc(s->room);
		if (!s->base)
			s->room = 0;
	}
	s->at = s->base;
	s->end = s->base ? s->base + size : NULL;
	return s->base;
}

void columns_forget(struct columns *c)
{
	memset(c->shapes, 0, sizeof(c->shapes));
	memset(c->threads, 0, sizeof(c->threads));
	memset(c->shape_hash, 0, sizeof(c->shape_hash));
	memset(c->thread_hash, 0, sizeof(c->thread_hash));
	c->next_shape = c->next_thread = 0;
	c->time = 0;
}
