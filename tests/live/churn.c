// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * churn SECONDS FILE: four threads make short-lived threads all the time, and half of those make
 * one more. Each of them takes the next number N and calls close(-(2^30 + N)), five times
 * getppid(), and close(-(2^30 + 2^29 + N)): whoever traces all threads sees every number, once.
 * FILE gets, at the place of each number, when its calls began and when they had ended. churn now:
 * prints the time on that clock. churn between FILE FROM TO: prints the numbers of those whose
 * calls were all made in that time.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MAKERS = 4, FIRST = 1 << 30, LAST = FIRST + (1 << 29), MOST = 1 << 24 };

/* The file */
struct shared {
	int64_t number;
	struct {
		int64_t begun, ended;
	} of[MOST];
};

static volatile struct shared *shared;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t); /* no system call where the vDSO has the clock */
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static void *brief(void *more)
{
	int64_t n = __atomic_fetch_add(&shared->number, 1, __ATOMIC_RELAXED);
	pthread_t another;

	if (n >= MOST)
		return NULL;
	shared->of[n].begun = now();
	syscall(SYS_close, -(FIRST + n));
	for (int i = 0; i < 5; i++)
		syscall(SYS_getppid);
	if (more && !pthread_create(&another, NULL, brief, NULL))
		pthread_detach(another);
	syscall(SYS_close, -(LAST + n));
	shared->of[n].ended = now();
	return NULL;
}

static void *make(void *unused)
{
	pthread_t thread;

	for (int i = 0;; i++) {
		if (!pthread_create(&thread, NULL, brief, i % 2 ? &thread : NULL))
			pthread_detach(thread);
		usleep(300);
	}
	return unused;
}

static int print_between(int64_t from, int64_t to)
{
	for (int n = 0; n < shared->number && n < MOST; n++)
		if (shared->of[n].begun >= from && shared->of[n].ended && shared->of[n].ended <= to)
			printf("%d\n", n);
	return 0;
}

int main(int argc, char **argv)
{
	int fd = argc > 2 ? open(argv[2], O_RDWR | O_CREAT, 0600) : -1;
	pthread_t thread;

	if (argc > 1 && !strcmp(argv[1], "now"))
		return printf("%lld\n", (long long)now()) < 0;
	if (fd < 0 || ftruncate(fd, sizeof(*shared)))
		return 1;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (shared == MAP_FAILED)
		return 1;
	if (argc > 4)
		return print_between(atoll(argv[3]), atoll(argv[4]));
	for (int i = 0; i < MAKERS; i++)
		pthread_create(&thread, NULL, make, NULL);
	sleep(atoi(argv[1]));
	return 0;
}
