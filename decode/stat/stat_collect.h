/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat_collect: the renderer that adds calls up, of one stream or of several one after another, and
 * hands the table out at the end of each interval. It writes nothing. Called by systape-stat, whose
 * printers read what stands here, and for what else is made of such tables.
 */
#ifndef SYSTAPE_STAT_COLLECT_H
#define SYSTAPE_STAT_COLLECT_H

#include "decode/stat/stat_keys.h"
#include "decode/stat/stat_table.h"

struct stat_collect;

struct stat_options {
	const struct stat_key *key[STAT_WORDS];
	unsigned int keys;
	size_t memory;	   /* bytes for rows and names */
	uint64_t interval; /* ns; 0: none */
	/* The interval is over: what there is of it is to be printed; then it is cleared. */
	void (*turn)(void *context, const struct stat_collect *collect);
	void *context;
};

struct stat_collect {
	const struct stat_options *options;
	struct stat_strings *strings;
	struct stat_table *table;
	struct stat_source source;
	bool files, lives;					/* that a key needs */
	uint64_t no_return, unfinished;				/* calls that are left out */
	uint64_t lost_calls, lost_enters, lost_events, missing; /* missing: records */
	uint64_t calls, timed, cpu_timed;			/* of all rows */
	uint64_t begin, end; /* ns since 1970: of the interval, or of the first and the last call */
	uint64_t last;	     /* ns since 1970: of the last event, where there are intervals; */
	uint64_t heard, due; /* the same when the tape paused; the pause's end, our monotonic ns */
	uint64_t untold;     /* calls of which no CPU time is known, while there is none at all */
	bool no_times;	     /* of the stream at hand: one time per call */
};

/* The options stay the caller's. NULL without memory. */
struct stat_collect *stat_collect_new(const struct stat_options *options);
void stat_collect_free(struct stat_collect *collect);
/* Whether there is anything to print. */
bool stat_collect_any(const struct stat_collect *collect);

/* For stream_run, with render->state a struct stat_collect that stays the caller's. */
extern const struct renderer stat_renderer, stat_files_renderer;
const struct renderer *stat_collect_renderer(const struct stat_collect *collect);

#endif
