// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * under_way SECONDS: threads that are in and out of calls all the time, and are switched out within
 * one whose first argument is 0: never within close(0).
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void *run(void *unused)
{
	const struct timespec soon = { 0, 20000 };

	for (;;) {
		for (int i = 0; i < 3; i++)
			syscall(SYS_close, -1000000);
		syscall(SYS_clock_nanosleep, 0, 0, &soon, NULL);
	}
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	for (int i = 0; i < 8; i++)
		pthread_create(&thread, NULL, run, NULL);
	sleep(argc > 1 ? atoi(argv[1]) : 60);
	return 0;
}
