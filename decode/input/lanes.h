/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lanes: one for each CPU of a tape, in the order of their next records: a heap, for a tape can
 * have thousands, and let the turn go from one to the next with every record. Used by merge.
 */
#ifndef SYSTAPE_LANES_H
#define SYSTAPE_LANES_H

#include "decode/input/prefetch.h"

/* One CPU's blocks in file order: the first one is unpacked when its turn comes. */
struct lane {
	struct prefetch_block *queue;
	size_t count, room, first;
	uint32_t cpu;
	struct prefetch_block block; /* the one that is unpacked */
	void *data; /* of it what begins at `from`; NULL: nothing is, or it had to make room */
	size_t from, have, data_room, at, head_at;
	uint64_t left;			 /* records of it behind the head, as its header says */
	unsigned int unpacked;		 /* how often it has been */
	bool open;			 /* a block is being read */
	bool rushes;			 /* the rest of it comes now, whatever its time */
	const struct trace_record *head; /* next record of the unpacked block, NULL if none is */
	uint64_t time;	      /* of the head, or the time at which the queue's first block begins */
	uint64_t missing;     /* before the head */
	size_t number, place; /* in the table, in the heap */
};

struct lanes {
	struct lane **at; /* by number: as their CPUs appeared */
	size_t count, room;
	struct lane **heap;
};

/* The CPU's lane, which may be new: NULL without memory. The reader says how many there can be. */
struct lane *lanes_of(struct lanes *lanes, uint32_t cpu);
/* Frees the table and the lanes, not what these hold. */
void lanes_free(struct lanes *lanes);

/* To be called when a lane's time has changed, or whether it rushes. */
void lanes_moved(struct lanes *lanes, struct lane *lane);
/* The lane whose turn it is: of those with the same time the one that appeared first. NULL without
 * any. */
struct lane *lanes_first(const struct lanes *lanes);
/* The earliest time of any other lane than that one. */
uint64_t lanes_second_time(const struct lanes *lanes);

#endif
