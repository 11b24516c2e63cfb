// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cross: reads of its main thread from pipes, which wait for what another thread writes once it has
 * moved the first to another CPU: read(100) of 11 bytes begins on CPU 0 and ends on CPU 1,
 * read(101) of 22 bytes begins on CPU 1 and ends on CPU 0, and read(102) of 33 bytes begins on CPU
 * 0, is woken on CPU 1 and ends on CPU 0. read(103) of 44 bytes stays on CPU 0.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIPES = 4 };

static int ends[PIPES];
static pid_t reader;

static void move(pid_t tid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(tid, sizeof(set), &set))
		exit(2);
}

/* Returns when the reader sleeps in the read that it has said it goes to. */
static void until_it_waits(int fd)
{
	char path[64], text[256], wanted[32];
	size_t n;

	snprintf(path, sizeof(path), "/proc/%d/syscall", reader);
	snprintf(wanted, sizeof(wanted), "0 0x%x ", fd);
	do {
		FILE *file = fopen(path, "r");

		usleep(2000);
		n = file ? fread(text, 1, sizeof(text) - 1, file) : 0;
		text[n] = '\0';
		if (file)
			fclose(file);
	} while (strncmp(text, wanted, strlen(wanted)));
}

static void *writer(void *unused)
{
	static const int to[PIPES] = { 1, 0, 1, 0 };
	char data[64] = "";

	move(0, 1);
	for (int i = 0; i < PIPES; i++) {
		until_it_waits(100 + i);
		move(reader, to[i]);
		if (i == 2)
			move(reader, 0);
		if (write(ends[i], data, 11 * (i + 1)) < 0)
			exit(3);
	}
	return unused;
}

int main(void)
{
	pthread_t thread;
	char data[64];

	move(0, 0);
	reader = getpid();
	for (int i = 0; i < PIPES; i++) {
		int both[2];

		if (pipe(both) || dup2(both[0], 100 + i) < 0)
			return 1;
		ends[i] = both[1];
	}
	if (pthread_create(&thread, NULL, writer, NULL))
		return 1;
	for (int i = 0; i < PIPES; i++)
		if (read(100 + i, data, 11 * (i + 1)) != 11 * (i + 1))
			return 4;
	pthread_join(thread, NULL);
	return 0;
}
