// SPDX-License-Identifier: GPL-2.0-or-later
/* `sleepers N`: N threads read from a pipe, and wait in the call all at once before anything comes:
 * more at a time than a kretprobe has room for. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int ends[2];
static atomic_int there;

/* Tells its number, and waits. */
static void *sleeper(void *number)
{
	char byte;

	*(pid_t *)number = syscall(SYS_gettid);
	there++;
	return read(ends[0], &byte, 1) == 1 ? NULL : &there;
}

/* Returns when the thread sleeps in its read: proc(5), /proc/pid/syscall. */
static void until_it_waits(pid_t tid)
{
	char path[64], text[256], wanted[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
	snprintf(wanted, sizeof(wanted), "0 0x%x ", ends[0]);
	while ((fd = open(path, O_RDONLY)) >= 0) {
		ssize_t n = read(fd, text, sizeof(text) - 1);

		close(fd);
		text[n > 0 ? n : 0] = '\0';
		if (!strncmp(text, wanted, strlen(wanted)))
			return;
		usleep(10000);
	}
	exit(1);
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 10;
	pthread_t *thread = calloc(n, sizeof(*thread));
	pid_t *tid = calloc(n, sizeof(*tid));
	pthread_attr_t small;
	void *bad = NULL;

	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 64 << 10);
	if (!thread || !tid || pipe(ends))
		return 1;
	for (int i = 0; i < n; i++)
		if (pthread_create(&thread[i], &small, sleeper, &tid[i]))
			return 1;
	while (there < n)
		usleep(10000);
	for (int i = 0; i < n; i++)
		until_it_waits(tid[i]);
	for (int i = 0; i < n; i++)
		if (write(ends[1], "", 1) != 1)
			return 1;
	for (int i = 0; i < n && !bad; i++)
		pthread_join(thread[i], &bad);
	free(thread);
	free(tid);
	return bad != NULL;
}
