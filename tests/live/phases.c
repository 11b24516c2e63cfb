// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * phases N: for every line on standard input, N getppid() by each of two threads, on two CPUs where
 * there are two, and then a line on standard output. Ends with the input.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int calls;
static pthread_barrier_t begin, end;

static void *run(void *cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((long)cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
	for (;;) {
		pthread_barrier_wait(&begin);
		for (int i = 0; i < calls; i++)
			syscall(SYS_getppid);
		pthread_barrier_wait(&end);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	char line[16];

	calls = argc > 1 ? atoi(argv[1]) : 1000;
	pthread_barrier_init(&begin, NULL, 3);
	pthread_barrier_init(&end, NULL, 3);
	for (long cpu = 0; cpu < 2; cpu++)
		pthread_create(&thread, NULL, run, (void *)cpu);
	while (fgets(line, sizeof(line), stdin)) {
		pthread_barrier_wait(&begin);
		pthread_barrier_wait(&end);
		puts("done");
		fflush(stdout);
	}
	return 0;
}
