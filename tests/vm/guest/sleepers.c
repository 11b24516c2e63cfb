// SPDX-License-Identifier: GPL-2.0-or-later
/* `sleepers N`: N threads read from a pipe, and wait in the call all at once before anything comes:
 * more at a time than a kretprobe has room for. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static int ends[2];
static atomic_int there;

static void *sleeper(void *nothing)
{
	char byte;

	there++;
	return read(ends[0], &byte, 1) == 1 ? nothing : &there;
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 10;
	pthread_t *thread = calloc(n, sizeof(*thread));
	pthread_attr_t small;
	void *bad = NULL;

	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 64 << 10);
	if (!thread || pipe(ends))
		return 1;
	for (int i = 0; i < n; i++)
		if (pthread_create(&thread[i], &small, sleeper, NULL))
			return 1;
	while (there < n)
		usleep(10000);
	usleep(500000);
	for (int i = 0; i < n; i++)
		if (write(ends[1], "", 1) != 1)
			return 1;
	for (int i = 0; i < n && !bad; i++)
		pthread_join(thread[i], &bad);
	free(thread);
	return bad != NULL;
}
