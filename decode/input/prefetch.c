// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/input/prefetch.h"

#include <stdlib.h>

enum {
	STAGED_MOST = 8,	 /* blocks read before their turn */
	UNPACKED_MOST = 4 << 20, /* bytes that they and those that have not been loaded unpack to */
};

/* One block that a worker unpacks; kept, with its memory, for the next one. */
struct prefetch_job {
	struct work work;
	const struct tape_reader *reader;
	struct tape_block block;
	void *data;
	size_t room;
	int error;
	struct prefetch_job *next; /* where it is not in use */
};

/* What the reader has said: a block, the end, or an error. */
struct staged {
	int got;
	struct prefetch_block block;
	struct trace_index index; /* a copy: the reader's own entry does not live as long */
};

struct prefetch {
	struct tape_reader **readers; /* of the tapes, one after another */
	uint64_t bytes;		      /* of the blocks that have been read */
	size_t reader_count, reading;
	struct workers *workers;
	prefetch_want *want;
	void *context;
	struct staged staged[STAGED_MOST];
	size_t first, count;
	bool ended, peeks;
	size_t unpacked;	  /* bytes */
	struct trace_index index; /* of the block that was handed out last */
	struct prefetch_job *spare;
};

struct prefetch *prefetch_new(struct tape_reader *reader, prefetch_want *want, void *context)
{
	struct prefetch *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->want = want;
	a->context = context;
	if (prefetch_add(a, reader))
		return a;
	free(a);
	return NULL;
}

bool prefetch_add(struct prefetch *a, struct tape_reader *reader)
{
	struct tape_reader **more =
		reallocarray(a->readers, a->reader_count + 1, sizeof(struct tape_reader *));

	if (!more)
		return false;
	a->readers = more;
	more[a->reader_count++] = reader;
	return true;
}

void prefetch_use(struct prefetch *a, struct workers *workers)
{
	a->workers = workers;
}

void prefetch_peek(struct prefetch *a)
{
	a->peeks = true;
}

uint64_t prefetch_bytes(const struct prefetch *a)
{
	return a->bytes;
}

bool prefetch_whole(const struct prefetch *a)
{
	for (size_t i = 0; i < a->reader_count; i++) {
		const struct tape_damage *d = tape_reader_damage(a->readers[i]);

		if (d->blocks || d->records || d->bytes || d->truncated)
			return false;
	}
	return true;
}

void prefetch_free(struct prefetch *a)
{
	if (!a)
		return;
	for (; a->count; a->count--, a->first++)
		prefetch_drop(a, &a->staged[a->first % STAGED_MOST].block);
	while (a->spare) {
		struct prefetch_job *job = a->spare;

		a->spare = job->next;
		free(job->data);
		free(job);
	}
	free(a->readers);
	free(a);
}

static void unpack(struct work *work, struct tape_unpackers *unpackers)
{
	struct prefetch_job *job = (struct prefetch_job *)work;

	job->error =
		tape_reader_unpack(job->reader, unpackers, &job->block, &job->data, &job->room);
}

/* Has a worker unpack the block, if there is memory; else it is unpacked when its turn comes. */
static void begin_job(struct prefetch *a, struct prefetch_block *b)
{
	struct prefetch_job *job = a->spare;

	if (job)
		a->spare = job->next;
	else
		job = calloc(1, sizeof(*job));
	if (!job)
		return;
	job->work.run = unpack;
	job->reader = b->reader;
	job->block = b->block;
	b->job = job;
	a->unpacked += b->block.header.raw;
	workers_give(a->workers, &job->work);
}

/* True if the job is done; it is ready for another block afterwards, but for its data. */
static bool end_job(struct prefetch *a, struct prefetch_block *b)
{
	struct prefetch_job *job = b->job;

	b->job = NULL;
	a->unpacked -= b->block.header.raw;
	job->next = a->spare;
	a->spare = job;
	return workers_take_back(a->workers, &job->work);
}

/* The next block of the reader; what is known of its content is copied into `index`. */
static int read_block(struct prefetch *a, struct prefetch_block *b, struct trace_index *index)
{
	struct tape_block *block = &b->block;
	int got = tape_reader_next(a->readers[a->reading], block);

	while (!got && a->reading + 1 < a->reader_count)
		got = tape_reader_next(a->readers[++a->reading], block);
	b->reader = a->readers[a->reading];
	if (got > 0)
		a->bytes += block->header.length + block->header.stored;
	b->job = NULL;
	b->calls = 0;
	if (got <= 0)
		return got;
	if (block->index)
		*index = *block->index;
	else if (!a->peeks || !tape_reader_peek(b->reader, block, index, &b->calls))
		return got;
	block->index = index;
	return got;
}

/* Reads one block before its turn. */
static void stage(struct prefetch *a)
{
	struct staged *s = &a->staged[(a->first + a->count++) % STAGED_MOST];
	struct tape_block *block = &s->block.block;

	s->got = read_block(a, &s->block, &s->index);
	if (s->got <= 0) {
		a->ended = true;
		return;
	}
	if (block->header.records &&
	    (block->missing || !a->want || a->want(a->context, &block->header, block->index)))
		begin_job(a, &s->block);
}

int prefetch_next(struct prefetch *a, struct prefetch_block *b)
{
	struct staged *s;

	if (!a->workers)
		return read_block(a, b, &a->index);
	while (!a->ended && a->count < STAGED_MOST && a->unpacked < UNPACKED_MOST &&
	       (!a->count || !tape_reader_would_wait(a->readers[a->reading], 0)))
		stage(a);
	if (!a->count) { /* what has been handed out is as much as may be unpacked */
		return a->ended ? 0 : read_block(a, b, &a->index);
	}
	s = &a->staged[a->first++ % STAGED_MOST];
	a->count--;
	*b = s->block;
	if (b->block.index) {
		a->index = s->index;
		b->block.index = &a->index;
	}
	return s->got;
}

int prefetch_load(struct prefetch *a, struct prefetch_block *b, void **data, size_t *room)
{
	struct prefetch_job *job = b->job;
	void *other = *data;
	size_t other_room = *room;

	if (!job || !end_job(a, b))
		return tape_reader_load(b->reader, &b->block, data, room);
	*data = job->data;
	*room = job->room;
	job->data = other;
	job->room = other_room;
	return tape_reader_judge(b->reader, &b->block, job->error);
}

void prefetch_drop(struct prefetch *a, struct prefetch_block *b)
{
	if (b->job)
		end_job(a, b);
	tape_block_free(&b->block);
}

bool prefetch_would_wait(struct prefetch *a, uint64_t ns)
{
	return !a->count && tape_reader_would_wait(a->readers[a->reading], ns);
}
