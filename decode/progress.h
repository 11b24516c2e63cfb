/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress: one line on standard error, where that is a terminal, about work that takes longer than
 * a second: how much of the input is done, how fast, how long it will take. It is written over
 * until the work is done, and then removed. Nobody sees it where the output goes to a terminal or
 * a pipe. main calls it.
 */
#ifndef SYSTAPE_DECODE_PROGRESS_H
#define SYSTAPE_DECODE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool wanted, shown;
	uint64_t total;				     /* bytes of the input, 0: nobody knows */
	uint64_t bytes, calls, before, calls_before; /* of the input at hand, and of those before */
	uint64_t begun, next; /* ns: when the work began, when the line is to be written again */
};

/* The work begins now. */
void progress_begin(struct progress *progress, bool quiet, uint64_t total);
/* Another of several inputs that are read one after another. */
void progress_next(struct progress *progress);
/* So far: bytes of the input at hand, and calls in them. To be called often. */
void progress_tell(struct progress *progress, uint64_t bytes, uint64_t calls);
/* It is done: messages may follow. */
void progress_end(struct progress *progress);

#endif
