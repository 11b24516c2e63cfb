// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/merge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	UNPACKED_MOST = 256 << 20, /* bytes of unpacked blocks */
	QUEUED_MOST = 256 << 20,   /* bytes of blocks that wait, packed, for a seal */
};

/* One CPU's blocks in file order: the first one is unpacked when its turn comes. */
struct lane {
	struct ahead_block *queue;
	size_t count, room, first;
	uint32_t cpu;
	struct ahead_block block; /* the one that is unpacked */
	void *data;		  /* NULL: nothing is, or it had to make room and will be again */
	size_t data_room, at, head_at;
	uint64_t left;			 /* records of it behind the head, as its header says */
	bool open;			 /* a block is being read */
	const struct trace_record *head; /* next record of the unpacked block, NULL if none is */
	uint64_t time;	  /* of the head, or the time at which the queue's first block begins */
	uint64_t missing; /* before the head */
};

struct merge {
	struct tape_reader *reader;
	struct ahead *ahead;
	ahead_want *want;
	void *context;
	struct lane *lanes;
	size_t count;
	struct lane *taken; /* the lane whose head was delivered last, NULL for none */
	uint64_t other;	    /* the earliest time of any lane but the one chosen last */
	uint64_t until;	    /* what that lane has before this time is delivered without a choice */
	uint64_t sealed;
	uint64_t passed;	 /* calls */
	size_t unpacked, queued; /* bytes */
	size_t unpacked_most, queued_most;
	bool ended;
	void (*waiting)(void *context);
	void *waiting_context;
};

struct merge *merge_new(struct tape_reader *reader, ahead_want *want, void *context)
{
	struct merge *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->reader = reader;
	m->want = want;
	m->context = context;
	m->ahead = ahead_new(reader, want, context);
	if (!m->ahead) {
		free(m);
		return NULL;
	}
	merge_limit(m, UNPACKED_MOST, QUEUED_MOST);
	return m;
}

void merge_use(struct merge *m, struct workers *workers)
{
	ahead_use(m->ahead, workers);
}

void merge_peek(struct merge *m)
{
	ahead_peek(m->ahead);
}

uint64_t merge_passed(const struct merge *m)
{
	return m->passed;
}

void merge_limit(struct merge *m, size_t unpacked, size_t queued)
{
	m->unpacked_most = unpacked;
	m->queued_most = queued;
}

void merge_free(struct merge *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++) {
		struct lane *l = &m->lanes[i];

		for (size_t b = l->first; b < l->count; b++)
			ahead_drop(m->ahead, &l->queue[b]);
		ahead_drop(m->ahead, &l->block);
		free(l->queue);
		free(l->data);
	}
	free(m->lanes);
	ahead_free(m->ahead);
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

static bool push(struct lane *l, const struct ahead_block *block)
{
	if (l->first && l->first == l->count)
		l->first = l->count = 0;
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 8;
		struct ahead_block *more;

		if (l->first > l->count / 2) { /* move down instead of growing */
			memmove(l->queue, l->queue + l->first,
				(l->count - l->first) * sizeof(*more));
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
		l->time = block->block.header.first;
	return true;
}

/* What a waiting block costs in memory. */
static size_t weight(const struct ahead_block *b)
{
	return sizeof(*b) + (b->block.stored ? b->block.header.stored : 0);
}

/* Reads headers until something is known to be complete: 1, 0 at the end, or an error. */
static int read_ahead(struct merge *m)
{
	struct ahead_block b;
	struct tape_block *block = &b.block;
	struct lane *l;
	int got;

	if (m->waiting && ahead_would_wait(m->ahead))
		m->waiting(m->waiting_context);
	got = ahead_next(m->ahead, &b);

	if (got <= 0) {
		m->ended = true;
		m->sealed = UINT64_MAX;
		return got;
	}
	if (block->header.sealed > m->sealed)
		m->sealed = block->header.sealed;
	if (!block->header.records ||
	    (m->want && !m->want(m->context, &block->header, block->index) && !block->missing)) {
		m->passed += b.calls;
		ahead_drop(m->ahead, &b);
		return 1;
	}
	l = lane_of(m, block->header.cpu);
	block->index = NULL;
	if (l && push(l, &b)) {
		m->queued += weight(&b);
		return 1;
	}
	ahead_drop(m->ahead, &b);
	return -ENOMEM;
}

/* Drops the unpacked block whose turn comes last. */
static bool make_room(struct merge *m, const struct lane *keep)
{
	struct lane *last = NULL;

	for (size_t i = 0; i < m->count; i++) {
		struct lane *l = &m->lanes[i];

		if (l != keep && l->data && (!last || l->time > last->time))
			last = l;
	}
	if (!last)
		return false;
	m->unpacked -= last->data_room;
	free(last->data);
	last->data = NULL;
	last->data_room = 0;
	last->head = NULL;
	return true;
}

/* Unpacks the lane's open block; a damaged one is counted and closed. */
static bool unpack(struct merge *m, struct lane *l)
{
	bool damaged;

	m->unpacked -= l->data_room;
	while (m->unpacked + l->block.block.header.raw > m->unpacked_most && make_room(m, l))
		;
	damaged = ahead_load(m->ahead, &l->block, &l->data, &l->data_room);
	m->unpacked += l->data_room;
	return !damaged;
}

/* Moves the head to the next record of the open block: false behind the last one. */
static bool next_in_block(struct merge *m, struct lane *l)
{
	if (!l->open)
		return false;
	if (!l->data && !unpack(m, l)) {
		l->missing += l->left;
	} else {
		l->head_at = l->at;
		l->head = tape_record_next(l->data, l->block.block.header.raw, &l->at);
		if (l->head) {
			l->left -= l->left > 0;
			return true;
		}
		if (l->at < l->block.block.header.raw) { /* what follows is no record */
			l->missing += l->left;
			tape_reader_add_damage(m->reader, l->left);
		}
	}
	ahead_drop(m->ahead, &l->block);
	l->open = false;
	return false;
}

/* Opens the lane's next block. */
static void open_block(struct merge *m, struct lane *l)
{
	l->block = l->queue[l->first++];
	m->queued -= weight(&l->block);
	l->missing += l->block.block.missing;
	l->at = 0;
	l->left = l->block.block.header.records;
	l->open = unpack(m, l);
	if (!l->open) {
		l->missing += l->left;
		ahead_drop(m->ahead, &l->block);
	}
}

/* Moves the lane to its next record; unpacks its next block if need be. */
static void advance(struct merge *m, struct lane *l)
{
	l->head = NULL;
	while (!next_in_block(m, l) && l->first < l->count)
		open_block(m, l);
	l->time = l->head ? l->head->time : UINT64_MAX;
}

/* The head again, whose block had to make room. */
static void recall(struct merge *m, struct lane *l)
{
	l->at = l->head_at;
	l->left++;
	advance(m, l);
}

/* The lane whose next record is the earliest, with the time up to which it stays so. */
static struct lane *choose(struct merge *m)
{
	struct lane *best = NULL;

	m->other = UINT64_MAX;
	for (size_t i = 0; i < m->count; i++) {
		struct lane *l = &m->lanes[i];

		if (!l->head && !l->open && l->first == l->count && !l->missing)
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
	return l->time < m->sealed || m->ended || m->queued > m->queued_most;
}

/* Up to when the lane that was chosen stays the one: until it needs another block, nothing of this
 * changes. */
static uint64_t chosen_until(const struct merge *m)
{
	bool all = m->ended || m->queued > m->queued_most;
	uint64_t other = m->other < UINT64_MAX ? m->other + 1 : UINT64_MAX;

	return all || other < m->sealed ? other : m->sealed;
}

/* The lane's next record, if it stands in the open block and is the next one of all. */
static inline const struct trace_record *quick(const struct merge *m, struct lane *l)
{
	const struct trace_record *r;
	size_t at = l->at;

	if (!l->open || !l->data)
		return NULL;
	r = tape_record_next(l->data, l->block.block.header.raw, &at);
	if (!r || r->time >= m->until)
		return NULL;
	l->head_at = l->at;
	l->at = at;
	l->left -= l->left > 0;
	l->time = r->time;
	return l->head = r;
}

/* The lane to deliver from next; NULL at the end or at an error. */
static struct lane *next_lane(struct merge *m, int *error)
{
	struct lane *l;

	if (m->taken) {
		l = m->taken;
		m->taken = NULL;
		advance(m, l);
		if (l->head && !l->missing && l->time <= m->other && complete(m, l))
			return l;
	}
	for (;;) {
		l = choose(m);
		if (l && complete(m, l)) {
			if (l->head || l->missing)
				return l;
			if (l->open && !l->data)
				recall(m, l);
			else
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
	struct lane *l = m->taken;

	if (l && quick(m, l)) {
		*item = (struct merge_item){ .record = l->head, .cpu = l->cpu };
		return 1;
	}
	l = next_lane(m, &error);
	if (!l)
		return error < 0 ? error : 0;
	m->until = chosen_until(m);
	item->cpu = l->cpu;
	item->missing = l->missing;
	item->record = NULL;
	if (!l->missing) {
		item->record = l->head;
		m->taken = l;
	}
	l->missing = 0;
	return 1;
}

void merge_on_wait(struct merge *m, void (*waiting)(void *context), void *context)
{
	m->waiting = waiting;
	m->waiting_context = context;
}
