// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/merge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One CPU's blocks in file order: the first one is unpacked when its turn comes. */
struct lane {
	struct tape_block *queue;
	size_t count, room, first;
	uint32_t cpu;
	void *data;
	size_t data_room, size, at;
	const struct trace_record *head; /* next record of the unpacked block, NULL if none is */
	uint64_t time;		/* of the head, or the time at which the queue's first block begins */
	uint64_t missing;	/* before the head */
};

struct merge {
	struct tape_reader *reader;
	merge_want *want;
	void *context;
	struct lane *lanes;
	size_t count;
	ssize_t taken;		/* the lane whose head was delivered last, -1 for none */
	uint64_t other;		/* the earliest time of any lane but the one chosen last */
	uint64_t sealed;
	bool ended;
	void (*waiting)(void *context);
	void *waiting_context;
};

struct merge *merge_new(struct tape_reader *reader, merge_want *want, void *context)
{
	struct merge *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->reader = reader;
	m->want = want;
	m->context = context;
	m->taken = -1;
	return m;
}

void merge_free(struct merge *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++) {
		struct lane *l = &m->lanes[i];

		for (size_t b = l->first; b < l->count; b++)
			tape_block_free(&l->queue[b]);
		free(l->queue);
		free(l->data);
	}
	free(m->lanes);
	free(m);
}

static struct lane *lane_of(struct merge *m, uint32_t cpu)
{
	struct lane *more;

	for (size_t i = 0; i < m->count; i++)
		if (m->lanes[i].cpu == cpu)
			return &m->lanes[i];
	more = reallocarray(m->lanes, m->count + 1, sizeof(*more));
	if (!more)
		return NULL;
	m->lanes = more;
	more[m->count] = (struct lane){ .cpu = cpu, .time = UINT64_MAX };
	return &more[m->count++];
}

static bool push(struct lane *l, const struct tape_block *block)
{
	if (l->first && l->first == l->count)
		l->first = l->count = 0;
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 8;
		struct tape_block *more;

		if (l->first > l->count / 2) { /* move down instead of growing */
			memmove(l->queue, l->queue + l->first, (l->count - l->first) * sizeof(*more));
			l->count -= l->first;
			l->first = 0;
		} else {
			more = reallocarray(l->queue, room, sizeof(*more));
			if (!more)
				return false;
			l->queue = more;
			l->room = room;
		}
	}
	l->queue[l->count++] = *block;
	if (!l->head && l->count - l->first == 1)
		l->time = block->header.first;
	return true;
}

/* Reads headers until something is known to be complete: 1, 0 at the end, or an error. */
static int read_ahead(struct merge *m)
{
	struct tape_block block;
	struct lane *l;
	int got;

	if (m->waiting && tape_reader_would_wait(m->reader))
		m->waiting(m->waiting_context);
	got = tape_reader_next(m->reader, &block);

	if (got <= 0) {
		m->ended = true;
		m->sealed = UINT64_MAX;
		return got;
	}
	if (block.header.sealed > m->sealed)
		m->sealed = block.header.sealed;
	if (!block.header.records || (m->want && !m->want(m->context, &block.header, block.index) && !block.missing)) {
		tape_block_free(&block);
		return 1;
	}
	l = lane_of(m, block.header.cpu);
	if (l && push(l, &block))
		return 1;
	tape_block_free(&block);
	return -ENOMEM;
}

/* Moves the lane to its next record; unpacks its next block if need be. */
static void advance(struct merge *m, struct lane *l)
{
	l->head = l->data ? tape_record_next(l->data, l->size, &l->at) : NULL;
	while (!l->head && l->first < l->count) {
		struct tape_block *block = &l->queue[l->first++];

		l->missing += block->missing;
		l->at = 0;
		l->size = block->header.raw;
		if (tape_reader_load(m->reader, block, &l->data, &l->data_room))
			l->missing += block->header.records;
		else
			l->head = tape_record_next(l->data, l->size, &l->at);
		tape_block_free(block);
	}
	l->time = l->head ? l->head->time : UINT64_MAX;
}

/* The lane whose next record is the earliest, with the time up to which it stays so. */
static struct lane *choose(struct merge *m)
{
	struct lane *best = NULL;

	m->other = UINT64_MAX;
	for (size_t i = 0; i < m->count; i++) {
		struct lane *l = &m->lanes[i];

		if (!l->head && l->first == l->count && !l->missing)
			continue;
		if (!best || l->time < best->time) {
			if (best && best->time < m->other)
				m->other = best->time;
			best = l;
		} else if (l->time < m->other) {
			m->other = l->time;
		}
	}
	return best;
}

static bool complete(struct merge *m, const struct lane *l)
{
	return l->time < m->sealed || m->ended;
}

/* The lane to deliver from next; NULL at the end or at an error. */
static struct lane *next_lane(struct merge *m, int *error)
{
	struct lane *l;

	if (m->taken >= 0) {
		l = &m->lanes[m->taken];
		m->taken = -1;
		advance(m, l);
		if (l->head && !l->missing && l->time <= m->other && complete(m, l))
			return l;
	}
	for (;;) {
		l = choose(m);
		if (l && complete(m, l)) {
			if (l->head || l->missing)
				return l;
			advance(m, l);
			continue;
		}
		if (m->ended)
			return NULL;
		*error = read_ahead(m);
		if (*error < 0)
			return NULL;
	}
}

int merge_next(struct merge *m, struct merge_item *item)
{
	int error = 0;
	struct lane *l = next_lane(m, &error);

	if (!l)
		return error < 0 ? error : 0;
	item->cpu = l->cpu;
	item->missing = l->missing;
	item->record = NULL;
	if (!l->missing) {
		item->record = l->head;
		m->taken = l - m->lanes;
	}
	l->missing = 0;
	return 1;
}

void merge_on_wait(struct merge *m, void (*waiting)(void *context), void *context)
{
	m->waiting = waiting;
	m->waiting_context = context;
}
