// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/input/lanes.h"

#include <stdlib.h>

struct lane *lanes_of(struct lanes *s, uint32_t cpu)
{
	size_t room = s->room ? 2 * s->room : 8;
	struct lane **more, *l;

	for (size_t i = 0; i < s->count; i++)
		if (s->at[i]->cpu == cpu)
			return s->at[i];
	if (s->count == s->room) {
		more = reallocarray(s->at, room, sizeof(struct lane *));
		if (!more)
			return NULL;
		s->at = more;
		more = reallocarray(s->heap, room, sizeof(struct lane *));
		if (!more)
			return NULL;
		s->heap = more;
		s->room = room;
	}
	l = calloc(1, sizeof(*l));
	if (!l)
		return NULL;
	l->cpu = cpu;
	l->time = UINT64_MAX;
	l->number = l->place = s->count;
	s->heap[s->count] = l; /* the last of all: it has nothing yet */
	return s->at[s->count++] = l;
}

void lanes_free(struct lanes *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->at[i]);
	free(s->at);
	free(s->heap);
}

static bool before(const struct lane *a, const struct lane *b)
{
	if (a->rushes != b->rushes)
		return a->rushes;
	return a->time != b->time ? a->time < b->time : a->number < b->number;
}

static void put(struct lanes *s, struct lane *l, size_t place)
{
	s->heap[place] = l;
	l->place = place;
}

void lanes_moved(struct lanes *s, struct lane *l)
{
	size_t place = l->place, child;

	while (place && before(l, s->heap[(place - 1) / 2])) {
		put(s, s->heap[(place - 1) / 2], place);
		place = (place - 1) / 2;
	}
	while ((child = 2 * place + 1) < s->count) {
		if (child + 1 < s->count && before(s->heap[child + 1], s->heap[child]))
			child++;
		if (!before(s->heap[child], l))
			break;
		put(s, s->heap[child], place);
		place = child;
	}
	put(s, l, place);
}

struct lane *lanes_first(const struct lanes *s)
{
	return s->count ? s->heap[0] : NULL;
}

uint64_t lanes_second_time(const struct lanes *s)
{
	uint64_t time = s->count > 1 ? s->heap[1]->time : UINT64_MAX;

	return s->count > 2 && s->heap[2]->time < time ? s->heap[2]->time : time;
}
