// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/input/merge.h"

#include "decode/input/lanes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	UNPACKED_MOST = 256 << 20, /* bytes of unpacked blocks */
	QUEUED_MOST = 256 << 20,   /* bytes of blocks that wait, packed, for a seal */
	PARTS_MOST = 8,		   /* of a block, that are kept and unpacked one after another */
	UNPACKS_MOST = 8,	   /* of a block, before it has to come out of order */
};

struct merge {
	struct prefetch *ahead;
	prefetch_want *want;
	void *context;
	struct lanes lanes;
	struct lane *taken; /* the lane whose head was delivered last, NULL for none */
	uint64_t other;	    /* the earliest time of any lane but the one chosen last */
	uint64_t until;	    /* what that lane has before this time is delivered without a choice */
	uint64_t sealed;
	uint64_t passed;	 /* calls */
	size_t unpacked, queued; /* bytes */
	size_t unpacked_most, queued_most;
	bool ended;
	uint64_t (*waiting)(void *context);
	void *waiting_context;
};

struct merge *merge_new(struct tape_reader *reader, prefetch_want *want, void *context)
{
	struct merge *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->want = want;
	m->context = context;
	m->ahead = prefetch_new(reader, want, context);
	if (!m->ahead) {
		free(m);
		return NULL;
	}
	merge_limit(m, UNPACKED_MOST, QUEUED_MOST);
	return m;
}

bool merge_add(struct merge *m, struct tape_reader *reader)
{
	return prefetch_add(m->ahead, reader);
}

const struct tape_reader *merge_reader(const struct merge *m)
{
	return m->taken ? m->taken->block.reader : NULL;
}

void merge_use(struct merge *m, struct workers *workers)
{
	prefetch_use(m->ahead, workers);
}

void merge_peek(struct merge *m)
{
	prefetch_peek(m->ahead);
}

uint64_t merge_bytes(const struct merge *m)
{
	return prefetch_bytes(m->ahead);
}

bool merge_whole(const struct merge *m)
{
	return prefetch_whole(m->ahead);
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
	for (size_t i = 0; i < m->lanes.count; i++) {
		struct lane *l = m->lanes.at[i];

		for (size_t b = l->first; b < l->count; b++)
			prefetch_drop(m->ahead, &l->queue[b]);
		prefetch_drop(m->ahead, &l->block);
		free(l->queue);
		free(l->data);
	}
	lanes_free(&m->lanes);
	prefetch_free(m->ahead);
	free(m);
}

static bool push(struct lane *l, const struct prefetch_block *block)
{
	if (l->first && l->first == l->count)
		l->first = l->count = 0;
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 8;
		struct prefetch_block *more;

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
	if (!l->head && !l->open && l->count - l->first == 1)
		l->time = block->block.header.first;
	return true;
}

/* What a waiting block costs in memory. */
static size_t weight(const struct prefetch_block *b)
{
	return sizeof(*b) + (b->block.stored ? b->block.header.stored : 0);
}

/* Until there is something to read, unless nobody wants to know how long that takes. */
static void wait(struct merge *m)
{
	uint64_t ns = 0;

	while (m->waiting && prefetch_would_wait(m->ahead, ns)) {
		ns = m->waiting(m->waiting_context);
		if (!ns)
			break;
	}
}

/* Reads headers until something is known to be complete: 1, 0 at the end, or an error. */
static int read_ahead(struct merge *m)
{
	struct prefetch_block b;
	struct tape_block *block = &b.block;
	struct lane *l;
	int got;

	wait(m);
	got = prefetch_next(m->ahead, &b);
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
		prefetch_drop(m->ahead, &b);
		return 1;
	}
	l = lanes_of(&m->lanes, block->header.cpu);
	block->index = NULL;
	if (l && push(l, &b)) {
		m->queued += weight(&b);
		lanes_moved(&m->lanes, l);
		return 1;
	}
	prefetch_drop(m->ahead, &b);
	return -ENOMEM;
}

/* How much of its block a lane keeps where memory is short. */
static size_t share(const struct merge *m, const struct lane *l)
{
	size_t most = m->unpacked_most / 4 * 3 / m->lanes.count, /* records are taken whole */
		least = l->block.block.header.raw / PARTS_MOST;

	return most > least ? most : least;
}

/* As whole records. */
static size_t needed(const struct merge *m, const struct lane *l)
{
	size_t start = l->head ? l->head_at : l->at;

	return tape_records_part((char *)l->data + start, l->have - start, share(m, l));
}

/* Whether a lane can give memory: a part of its block, or all of it for now. */
static bool can_give(const struct merge *m, const struct lane *l)
{
	return l->data && (!l->open || l->unpacked < UNPACKS_MOST || l->data_room > share(m, l));
}

static void drop_data(struct merge *m, struct lane *l)
{
	m->unpacked -= l->data_room;
	free(l->data);
	l->data = NULL;
	l->data_room = 0;
}

/* Keeps of an open block only what comes next; without memory for that, all stays. */
static void cut(struct merge *m, struct lane *l, size_t size)
{
	size_t start = l->head ? l->head_at : l->at;
	void *part = malloc(size ? size : 1);

	if (!part)
		return;
	memcpy(part, (char *)l->data + start, size);
	drop_data(m, l);
	l->data = part;
	l->data_room = size;
	m->unpacked += size;
	l->from += start;
	l->have = size;
	l->at -= start;
	l->head_at = 0;
	if (l->head)
		l->head = part;
}

/* Takes memory from the lane whose turn comes last. */
static bool make_room(struct merge *m, const struct lane *keep)
{
	struct lane *last = NULL;
	size_t size;

	for (size_t i = 0; i < m->lanes.count; i++) {
		struct lane *l = m->lanes.at[i];

		if (l != keep && (!last || l->time > last->time) && can_give(m, l))
			last = l;
	}
	if (!last)
		return false;
	size = last->open ? needed(m, last) : 0;
	if (last->open && size < last->data_room) {
		cut(m, last, size);
		return last->data_room == size;
	}
	if (last->open && last->unpacked >= UNPACKS_MOST)
		return false;
	drop_data(m, last);
	if (last->head) { /* it is read again */
		last->from += last->head_at;
		last->left++;
	} else {
		last->from += last->at;
	}
	last->head = NULL;
	return true;
}

/*
 * Unpacks the lane's open block, to go on `from` there. Where the memory for all lanes does not
 * suffice, each keeps a part of its block; and where not even that does, this one is delivered to
 * its end: no tape may have its blocks unpacked again and again.
 */
static bool unpack(struct merge *m, struct lane *l)
{
	size_t raw = l->block.block.header.raw;
	bool damaged;

	m->unpacked -= l->data_room;
	damaged = prefetch_load(m->ahead, &l->block, &l->data, &l->data_room);
	m->unpacked += l->data_room;
	if (damaged)
		return false;
	l->unpacked++;
	l->at = l->from < raw ? l->from : raw;
	l->from = 0;
	l->have = raw;
	if (m->unpacked > m->unpacked_most && !l->rushes)
		cut(m, l, needed(m, l));
	while (m->unpacked > m->unpacked_most && !l->rushes && make_room(m, l))
		;
	l->rushes |= m->unpacked > m->unpacked_most && m->lanes.count > 1;
	return true;
}

/* Moves the head to the next record of the open block: false behind the last one. */
static bool next_in_block(struct merge *m, struct lane *l)
{
	size_t raw = l->block.block.header.raw;

	while (l->open) {
		if (!l->data && !unpack(m, l)) {
			l->missing += l->left;
			break;
		}
		l->head_at = l->at;
		l->head = tape_record_next(l->data, l->have, &l->at);
		if (l->head) {
			l->left -= l->left > 0;
			return true;
		}
		if (l->at == l->have && l->from + l->have < raw) { /* the next part of it */
			l->from += l->at;
			drop_data(m, l);
			continue;
		}
		if (l->at < l->have) { /* what follows is no record */
			l->missing += l->left;
			tape_reader_add_damage(l->block.reader, l->left);
		}
		break;
	}
	if (l->open)
		prefetch_drop(m->ahead, &l->block);
	l->open = l->rushes = false;
	return false;
}

/* Opens the lane's next block. */
static void open_block(struct merge *m, struct lane *l)
{
	l->block = l->queue[l->first++];
	m->queued -= weight(&l->block);
	l->missing += l->block.block.missing;
	l->from = 0;
	l->unpacked = 0;
	l->left = l->block.block.header.records;
	l->open = unpack(m, l);
	if (!l->open) {
		l->missing += l->left;
		prefetch_drop(m->ahead, &l->block);
	}
}

/* Moves the lane to its next record; unpacks its next block if need be. */
static void advance(struct merge *m, struct lane *l)
{
	l->head = NULL;
	while (!next_in_block(m, l) && l->first < l->count)
		open_block(m, l);
	l->time = l->head ? l->head->time : UINT64_MAX;
	lanes_moved(&m->lanes, l);
}

/* Behind all times: a lane that still has something to say. */
static struct lane *last_words(struct merge *m)
{
	for (size_t i = 0; i < m->lanes.count; i++) {
		struct lane *l = m->lanes.at[i];

		if (l->head || l->open || l->first < l->count || l->missing)
			return l;
	}
	return NULL;
}

/* The lane whose next record is the earliest, with the time up to which it stays so. */
static struct lane *choose(struct merge *m)
{
	struct lane *l = lanes_first(&m->lanes);

	m->other = lanes_second_time(&m->lanes);
	return l && l->time == UINT64_MAX ? last_words(m) : l;
}

static bool complete(struct merge *m, const struct lane *l)
{
	return l->rushes || l->time < m->sealed || m->ended || m->queued > m->queued_most;
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
	r = tape_record_next(l->data, l->have, &at);
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
		if (l->head && !l->missing && (l->rushes || l->time <= m->other) && complete(m, l))
			return l;
	}
	for (;;) {
		l = choose(m);
		if (l && complete(m, l)) {
			if (l->head || l->missing)
				return l;
			advance(m, l); /* its block had to make room, or is to be opened */
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
	m->until = l->rushes ? UINT64_MAX : chosen_until(m);
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

void merge_on_wait(struct merge *m, uint64_t (*waiting)(void *context), void *context)
{
	m->waiting = waiting;
	m->waiting_context = context;
}
