// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rounds SECONDS: four threads that count their own calls. A round is close(-1000000), some
 * getppid(), and close(-N) where N is how many of them there were. Whoever sees both ends of a
 * round has to have seen N calls between them.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *run(void *seed)
{
	unsigned int state = (long)seed;

	for (;;) {
		int n = rand_r(&state) % 300 + 1;

		syscall(SYS_close, -1000000);
		for (int i = 0; i < n; i++)
			syscall(SYS_getppid);
		syscall(SYS_close, -n);
		if (!(rand_r(&state) % 4))
			usleep(1000); /* room for others */
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	for (long i = 1; i <= 4; i++)
		pthread_create(&thread, NULL, run, (void *)i);
	sleep(argc > 1 ? atoi(argv[1]) : 60);
	return 0;
}
