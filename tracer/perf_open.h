/* SPDX-License-Identifier: GPL-2.0-or-later */
/* perf_open: perf_event_open() for the tracepoints, and what its refusals mean. Used by the perf
 * backend. */
#ifndef SYSTAPE_PERF_OPEN_H
#define SYSTAPE_PERF_OPEN_H

#include "tracer/backend.h"
#include "tracer/tracepoint.h"

/* How the processes of a target are followed. */
enum perf_follow { PERF_WHOLE_CPU, PERF_TASK, PERF_TASK_THREADS, PERF_TASK_CHILDREN };

/* Opens the tracepoint, disabled, on one CPU (-1: any); `wake`: bytes that wake the reader. A
 * descriptor or a negative errno. */
int perf_open(const struct tracepoint *tp, pid_t tid, int cpu, enum perf_follow follow,
	      uint32_t wake);
/* The kernel's notes on threads (fork, comm, exit), which need no privileges, in place of
 * tracepoints that do. */
int perf_open_tasks(pid_t tid, int cpu, enum perf_follow follow, uint32_t wake);
/* Whether the kernel refuses this process nothing: CAP_PERFMON, or CAP_SYS_ADMIN as before 5.8. */
bool perf_privileged(void);
/* Of the `wanted` bytes of rings per CPU, as many as an ordinary user may lock in memory. */
uint64_t perf_room(uint64_t wanted, int cpus);
/* The sentence for a refusal. */
void perf_refused(const char *what, int error, struct tape_error *why);

#endif
