// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ten generations of processes, by fork, vfork, clone and clone3 in turn, then 64 threads in the
 * last of them. Everybody's first call is close(-LABEL), which fails and tells who it is; then come
 * calls with known arguments and results. Prints nothing.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GENERATIONS = 10, THREADS = 64 };

static void calls(int label)
{
	static int null = -1;
	char byte;

	syscall(SYS_close, -label);
	if (null < 0)
		null = open("/dev/null", O_RDWR);
	for (int i = 0; i < 5; i++) {
		syscall(SYS_lseek, null, label * 100 + i, SEEK_SET);
		syscall(SYS_write, null, &byte, label);
		syscall(SYS_read, null, &byte, 1);
		syscall(SYS_fcntl, -i, F_GETFD, label);
		syscall(SYS_getppid);
	}
}

static void *thread(void *label)
{
	calls(1000 + (int)(intptr_t)label);
	syscall(SYS_exit, 0);
	return NULL;
}

static int last(void *label)
{
	pthread_t all[THREADS];

	calls((int)(intptr_t)label);
	for (intptr_t i = 0; i < THREADS; i++)
		pthread_create(&all[i], NULL, thread, (void *)i);
	for (int i = 0; i < THREADS; i++)
		pthread_join(all[i], NULL);
	return 7;
}

static int generation(int n);

static int go_on(void *n)
{
	calls((int)(intptr_t)n + 100);
	syscall(SYS_exit_group, generation((intptr_t)n));
	return 0;
}

static char stack[GENERATIONS][65536] __attribute__((aligned(16)));

static int generation(int n)
{
	struct clone_args args = { .exit_signal = SIGCHLD };
	int status = 0;
	pid_t child;

	if (n == GENERATIONS)
		return last((void *)(intptr_t)(100 + n));
	switch (n % 4) {
	case 0: child = fork(); break;
	case 1:
		child = vfork();
		if (!child)
			_exit(syscall(SYS_close, -(500 + n)) == -1 ? 3 : 4);
		waitpid(child, &status, 0);
		child = fork();
		break;
	case 2:
		child = clone(go_on, stack[n] + sizeof(stack[n]), SIGCHLD,
			      (void *)(intptr_t)(n + 1));
		break;
	default: child = syscall(SYS_clone3, &args, sizeof(args));
	}
	if (!child)
		go_on((void *)(intptr_t)(n + 1));
	waitpid(child, &status, 0);
	return WEXITSTATUS(status);
}

int main(void)
{
	calls(100);
	return generation(0);
}
