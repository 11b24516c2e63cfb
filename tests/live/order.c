/* SPDX-License-Identifier: GPL-2.0-or-later */
/* order ROUNDS: writes of 24 KiB and of other lengths, from one CPU and then from the other, 5 at a
 * time, with a pause behind each. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static char text[24576];
	int null = open("/dev/null", O_WRONLY), cpus = sysconf(_SC_NPROCESSORS_ONLN);

	memset(text, 'x',
	       sizeof(text)); /* what is left of it behind a ring's end is no early time */
	for (int i = argc > 1 ? atoi(argv[1]) : 1; i; i--) {
		cpu_set_t one;

		CPU_ZERO(&one);
		CPU_SET(i % cpus, &one);
		sched_setaffinity(0, sizeof(one), &one);
		for (int k = 0; k < 5; k++) {
			if (write(null, text, sizeof(text) - i * 8 % 4096) < 0)
				return 1;
			usleep(500);
		}
	}
	return 0;
}
