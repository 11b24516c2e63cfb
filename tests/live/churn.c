// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * churn SECONDS: four threads make short-lived threads all the time, and half of those make one
 * more. Each of them takes the next number N and calls close(-(1000000 + N)), five times getppid(),
 * and close(-(2000000 + N)): whoever traces all threads sees every number, once.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAKERS = 4 };

static int number;

static void *brief(void *more)
{
	int n = __atomic_fetch_add(&number, 1, __ATOMIC_RELAXED);
	pthread_t another;

	syscall(SYS_close, -(1000000 + n));
	for (int i = 0; i < 5; i++)
		syscall(SYS_getppid);
	if (more && !pthread_create(&another, NULL, brief, NULL))
		pthread_detach(another);
	syscall(SYS_close, -(2000000 + n));
	return NULL;
}

static void *make(void *unused)
{
	pthread_t thread;

	for (int i = 0;; i++) {
		if (!pthread_create(&thread, NULL, brief, i % 2 ? &number : NULL))
			pthread_detach(thread);
		usleep(300);
	}
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	for (int i = 0; i < MAKERS; i++)
		pthread_create(&thread, NULL, make, NULL);
	sleep(argc > 1 ? atoi(argv[1]) : 60);
	return 0;
}
