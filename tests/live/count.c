// SPDX-License-Identifier: GPL-2.0-or-later
/* count CALLS [CPU...]: a thread pinned to each CPU makes exactly CALLS getppid() calls, all at
 * once; without CPUs, the main thread. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static long calls;

static void *run(void *cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((long)cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
	for (long i = 0; i < calls; i++)
		syscall(SYS_getppid);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[64];

	calls = argc > 1 ? atol(argv[1]) : 1;
	for (int i = 2; i < argc && i < 66; i++)
		pthread_create(&threads[i - 2], NULL, run, (void *)atol(argv[i]));
	for (long i = 0; argc == 2 && i < calls; i++)
		syscall(SYS_getppid);
	for (int i = 2; i < argc && i < 66; i++)
		pthread_join(threads[i - 2], NULL);
	return 0;
}
