/* SPDX-License-Identifier: GPL-2.0-or-later */
/* perf_open: perf_event_open() for the tracepoints, and what its refusals mean. Used by the perf
 * backend. */
#ifndef SYSTAPE_PERF_OPEN_H
#define SYSTAPE_PERF_OPEN_H

#include "tracer/backend/backend.h"
#include "tracer/system/tracepoint.h"

/* How the processes of a target are followed. */
enum perf_follow { PERF_WHOLE_CPU, PERF_TASK, PERF_TASK_THREADS, PERF_TASK_CHILDREN };

struct perf_how {
	pid_t tid; /* not with PERF_WHOLE_CPU */
	int cpu;   /* -1: any */
	enum perf_follow follow;
	bool on;       /* from the beginning; else it is to be enabled */
	bool ids;      /* samples say which event they belong to */
	int output;    /* descriptor of the ring's owner, -1: none yet */
	uint32_t wake; /* where a ring will be its own: bytes that wake the reader */
};

/* Opens the tracepoint: a descriptor or a negative errno. */
int perf_open(const struct tracepoint *tp, const struct perf_how *how);
/* The kernel's notes on threads (fork, comm, exit), which need no privileges, in place of
 * tracepoints that do. */
int perf_open_tasks(const struct perf_how *how);
/* An event that never happens, of a CPU as a whole or of this thread there: what a ring can belong
 * to; `wake`: bytes that wake the reader. */
int perf_open_owner(int cpu, bool whole, uint32_t wake);
/* Whether events on that thread are permitted: 0 or a negative errno. */
int perf_may_open(pid_t tid);
/* Whether the kernel refuses this process nothing: CAP_PERFMON, or CAP_SYS_ADMIN as before 5.8. */
bool perf_privileged(void);
/* Whether CAP_PERFMON alone opens no events: Debian's kernels with kernel.perf_event_paranoid above
 * 2, their default, ask for CAP_SYS_ADMIN. */
bool perf_needs_admin(void);
/* Of the `wanted` bytes of rings per CPU, as many as an ordinary user may lock in memory. */
uint64_t perf_room(uint64_t wanted, int cpus);
/* The sentence for a refusal. */
void perf_refused(const char *what, int error, struct tape_error *why);

#endif
