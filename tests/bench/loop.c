// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * loop CALLS CPU: getppid() on one CPU; prints nanoseconds per call, the tenth percentile of
 * bursts: what the machine does besides falls on some bursts and not on others. loop 0 CPU: for
 * ever.
 */
#include "timing.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BURSTS = 400 };

int main(int argc, char **argv)
{
	long calls = argc > 1 ? atol(argv[1]) : 400000, burst = calls / BURSTS;
	double took[BURSTS];

	stay_on(argc > 2 ? atoi(argv[2]) : 0);
	while (!calls)
		syscall(SYS_getppid);
	for (int i = 0; i < BURSTS; i++) {
		double start = now();

		for (long k = 0; k < burst; k++)
			syscall(SYS_getppid);
		took[i] = (now() - start) * 1e9 / burst;
	}
	qsort(took, BURSTS, sizeof(*took), by_value);
	printf("%.1f\n", took[BURSTS / 10]);
	return 0;
}
