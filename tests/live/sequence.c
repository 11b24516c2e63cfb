// SPDX-License-Identifier: GPL-2.0-or-later
/* sequence N: on one CPU, close(-1), close(-2) and so on to close(-N): a gap in what was recorded
 * says how many are missing. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(0, &set);
	sched_setaffinity(0, sizeof(set), &set);
	for (int i = 1; argc > 1 && i <= atoi(argv[1]); i++)
		syscall(SYS_close, -i);
	return 0;
}
