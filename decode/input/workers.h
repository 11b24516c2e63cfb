/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workers: threads that unpack blocks while the main one renders. main starts them before it enters
 * the sandbox, which refuses calls that a thread makes when it begins; prefetch gives them work. A
 * piece of work belongs to its giver, who takes it back.
 */
#ifndef SYSTAPE_WORKERS_H
#define SYSTAPE_WORKERS_H

#include "format/tape/tape_block.h"

#include <stdbool.h>

struct workers;

struct work {
	/* Called by a worker, with memory of that thread's own. */
	void (*run)(struct work *work, struct tape_unpackers *unpackers);
	/* Of the workers: */
	struct work *next;
	enum { WORK_WAITS, WORK_RUNS, WORK_DONE } state;
};

/* Starts `count` threads and waits until they run; NULL where none can be had. */
struct workers *workers_start(unsigned int count);
/* Ends them; all work must have been taken back. NULL is accepted. */
void workers_stop(struct workers *workers);

void workers_give(struct workers *workers, struct work *work);
/* Takes work back: true if it is done (waiting for it if it has begun), false if nobody has begun
 * it. */
bool workers_take_back(struct workers *workers, struct work *work);

#endif
