/* SPDX-License-Identifier: GPL-2.0-or-later */
/* snapshot: threads that exist when the capture begins, as records, read from /proc. Used by the
 * recording. */
#ifndef SYSTAPE_SNAPSHOT_H
#define SYSTAPE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum snapshot_extent {
	SNAPSHOT_THREAD,  /* `pids` are single threads */
	SNAPSHOT_PROCESS, /* all threads of a process */
	SNAPSHOT_TREE,	  /* and of its children, and theirs */
};

/* How to go on. */
enum snapshot_pace {
	SNAPSHOT_END,
	SNAPSHOT_WHOLE,
	SNAPSHOT_BRIEF, /* of many descriptors the first ones: that record is marked as cut */
};

/* Who the records are for. Reading takes a second where others have made it long: meanwhile rings
 * fill and signals wait. */
struct snapshot_taker {
	int (*records)(void *context, const void *records, size_t size); /* nonzero ends it */
	/* Now and then. NULL: nothing waits. */
	enum snapshot_pace (*meanwhile)(void *context);
	bool descriptors; /* is more of them of interest than names and devices? */
	void *context;
};

/*
 * Makes TRACE_EXISTING records of the processes in `pids` (all of the machine if `count` is 0):
 * comm, parent, program, directory and open descriptors. What vanishes meanwhile is left out. They
 * are dated `time`, or now if it is 0. Descriptors beyond a bound, of one process and of all, and
 * those of a large table that several share and that is there already, are left out; the record is
 * marked as cut. 0 or the taker's error.
 */
int snapshot_write(const struct snapshot_taker *taker, const pid_t *pids, size_t count,
		   enum snapshot_extent extent, uint64_t time);

/* Makes such a record of the process that is about to execute the command: what it hands down. 0
 * or the taker's error. */
int snapshot_command(const struct snapshot_taker *taker, pid_t pid);

#endif
