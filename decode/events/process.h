/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process: what a tape tells of a process, for all of its threads: when it began, its program, its
 * control group. Each has a number of its own, so that a process id that is used again is no
 * confusion. Made by threads.c when somebody asks (thread_process) or a record tells of it.
 */
#ifndef SYSTAPE_PROCESS_H
#define SYSTAPE_PROCESS_H

#include "format/tape/record.h"

#include <stddef.h>
#include <stdint.h>

/* A text that several processes may have. */
struct process_text {
	uint32_t users, size;
	char text[]; /* without NUL */
};

struct process {
	uint32_t users, number;
	uint64_t born; /* on the tape's clock; 0: before the capture, or not seen */
	struct process_text *exe, *cgroup; /* NULL: not known */
};

/* Counts them: beyond a limit, texts are not kept. Outlives them all. */
struct processes {
	uint32_t last;
	size_t bytes;
};

/* With one user; of a fork what the parent has is the child's, NULL: nothing is known. NULL without
 * memory. */
struct process *process_new(struct processes *processes, const struct process *parent,
			    uint64_t born);
struct process *process_ref(struct process *process);
/* Accepts NULL. */
void process_unref(struct processes *processes, struct process *process);
/* A TRACE_EXEC or TRACE_EXISTING: its program and control group. */
void process_take(struct processes *processes, struct process *process,
		  const struct trace_process *record);

#endif
