// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sequence N [FILE [PAUSE]]: on one CPU, close(-1), close(-2) and so on to close(-N): a gap in what
 * was recorded says how many are missing. FILE gets the time of day of every 1024th call, as 64-bit
 * numbers of nanoseconds; there it pauses for so many microseconds.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { STEP = 1024 };

static void note(volatile int64_t *times, int i)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now); /* no system call: the vDSO's */
	times[i / STEP] = now.tv_sec * 1000000000ll + now.tv_nsec;
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 0,
	    fd = argc > 2 ? open(argv[2], O_RDWR | O_CREAT, 0600) : -1;
	size_t size = (n / STEP + 1) * sizeof(int64_t);
	volatile int64_t *times = NULL;
	int pause = argc > 3 ? atoi(argv[3]) : 0;
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(0, &set);
	sched_setaffinity(0, sizeof(set), &set);
	if (fd >= 0 && !ftruncate(fd, size))
		times = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	for (int i = 1; i <= n; i++) {
		if (times && i % STEP == 0) {
			note(times, i);
			if (pause)
				usleep(pause);
		}
		syscall(SYS_close, -i);
	}
	return 0;
}
