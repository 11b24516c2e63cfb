// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * numbered N CPU...: on each of the CPUs a thread that calls getpgid(-K), for K from 1 to N, plus
 * the CPU's number times 2^24: a gap in what was recorded says how many are missing. Nobody else in
 * the process calls it, and all of them fail.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int calls;

static void *run(void *cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((long)cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
	for (int i = 1; i <= calls; i++)
		syscall(SYS_getpgid, -(int)((long)cpu << 24 | i));
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[64];

	calls = argc > 1 ? atoi(argv[1]) : 1;
	for (int i = 2; i < argc && i < 66; i++)
		pthread_create(&threads[i - 2], NULL, run, (void *)atol(argv[i]));
	for (int i = 2; i < argc && i < 66; i++)
		pthread_join(threads[i - 2], NULL);
	return 0;
}
