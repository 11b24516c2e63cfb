/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clock: the tape's clock, CLOCK_MONOTONIC, as every part of the recorder reads it. */
#ifndef SYSTAPE_CLOCK_H
#define SYSTAPE_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static inline uint64_t clock_ms(void)
{
	return clock_ns() / 1000000;
}

#endif
