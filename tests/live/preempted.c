// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * preempted N: 64 threads on CPU 0, a quarter each of SCHED_FIFO, SCHED_RR and twice as many of
 * SCHED_OTHER, and a timer's thread above them all that takes the CPU every 50 us or so from
 * whoever has it. Each but the last calls getpgid(-K) for K from 1 to N plus its own number times
 * 2^16; all calls fail. The timer's calls go on until the others have done theirs. Prints how many
 * calls were made in all.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 64, TIMER = THREADS - 1 };

static int calls;
static volatile int left = THREADS - 1;

static void become(int policy, int priority)
{
	struct sched_param p = { .sched_priority = priority };

	/* A machine without real-time scheduling has what it has. */
	pthread_setschedparam(pthread_self(), policy, &p);
}

static void call(int thread, int k)
{
	syscall(SYS_getpgid, -(thread << 16 | k));
}

static void nap(long ns)
{
	struct timespec t = { .tv_nsec = ns };

	nanosleep(&t, NULL);
}

static void *work(void *number)
{
	int thread = (int)(long)number;

	if (thread < 16)
		become(SCHED_FIFO, 1 + thread);
	else if (thread < 32)
		become(SCHED_RR, 1 + thread % 4);
	for (int k = 1; k <= calls; k++) {
		call(thread, k);
		/* Those above give way now and then, and take the CPU back in the midst of another.
		 */
		if (thread < 32 && k % 16 == 0)
			nap(20000);
	}
	__atomic_sub_fetch(&left, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

static void *tick(void *made)
{
	int k = 0;

	become(SCHED_FIFO, 50);
	while (left && k < 65535) {
		nap(50000);
		call(TIMER, ++k);
	}
	*(int *)made = k;
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	cpu_set_t set;
	int ticks = 0;

	calls = argc > 1 ? atoi(argv[1]) : 1;
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	sched_setaffinity(0, sizeof(set), &set);
	pthread_create(&threads[TIMER], NULL, tick, &ticks);
	for (long i = 0; i < TIMER; i++)
		pthread_create(&threads[i], NULL, work, (void *)i);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("%d\n", (THREADS - 1) * calls + ticks);
	return 0;
}
