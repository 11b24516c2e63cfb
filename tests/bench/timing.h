/* SPDX-License-Identifier: GPL-2.0-or-later */
/* timing: what the programs of this folder share: the clock, the order of numbers, a CPU of one's
 * own. */
#ifndef SYSTAPE_BENCH_TIMING_H
#define SYSTAPE_BENCH_TIMING_H

#include <sched.h>
#include <time.h>

/* Seconds. */
static inline double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* For qsort. */
static inline int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static inline void stay_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

#endif
