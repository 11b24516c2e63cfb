/* SPDX-License-Identifier: GPL-2.0-or-later */
/* snapshot: threads that exist when the capture begins, as records, read from /proc. Used by the
 * session. */
#ifndef SYSTAPE_SNAPSHOT_H
#define SYSTAPE_SNAPSHOT_H

#include "format/tape/tape_writer.h"

#include <stdbool.h>
#include <sys/types.h>

enum snapshot_extent {
	SNAPSHOT_THREAD,  /* `pids` are single threads */
	SNAPSHOT_PROCESS, /* all threads of a process */
	SNAPSHOT_TREE,	  /* and of its children, and theirs */
};

/*
 * Writes TRACE_EXISTING records of the processes in `pids` (all of the machine if `count` is 0):
 * comm, parent, program, directory and open descriptors. What vanishes meanwhile is left out. They
 * are dated `time`, or now if it is 0. 0 or the writer's error.
 */
int snapshot_write(struct tape_writer *writer, const pid_t *pids, size_t count,
		   enum snapshot_extent extent, uint64_t time);

/* Writes such a record of the process that is about to execute the command: what it hands down. 0
 * or the writer's error. */
int snapshot_command(struct tape_writer *writer, pid_t pid);

/* Calls `each` for every thread of the process: 0, -ESRCH if it is gone, or what `each` returned if
 * not 0. */
int snapshot_threads(pid_t pid, int (*each)(void *context, pid_t tid), void *context);

/* The process that the thread belongs to, 0 if it is gone. */
pid_t snapshot_process(pid_t tid);

#endif
