// SPDX-License-Identifier: GPL-2.0-or-later
/* signals: takes some, and has children that die of one: with a core dump (in the working
 * directory), without, and by what is never delivered. `signals threads`: has a child that dies of
 * what one of its three threads does. Prints what it is told of the ends of its children. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void take(int signal)
{
	(void)signal;
}

/* Blocked until it is waited for: where a millisecond is short, it would come before the wait. */
static void wait_for_alarm(void)
{
	sigset_t alarm, none;

	sigemptyset(&none);
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarm, NULL);
	ualarm(1000, 0);
	sigsuspend(&none);
	sigprocmask(SIG_UNBLOCK, &alarm, NULL);
}

static void limit_core(rlim_t size)
{
	struct rlimit limit = { size, RLIM_INFINITY };

	setrlimit(RLIMIT_CORE, &limit);
}

static void reap(void)
{
	int status = 0;

	if (wait(&status) > 0 && WIFSIGNALED(status))
		printf("+++ killed by SIG%s%s +++\n", sigabbrev_np(WTERMSIG(status)),
		       WCOREDUMP(status) ? " (core dumped)" : "");
	fflush(stdout);
}

static void *wait_for_end(void *ready)
{
	pthread_barrier_wait(ready);
	for (;;)
		pause();
	return NULL;
}

static void *crash(void *ready)
{
	volatile int *volatile nowhere = NULL;

	pthread_barrier_wait(ready);
	*nowhere = 1;
	return NULL;
}

/* Not the first thread's doing. */
static void crash_among_threads(void)
{
	pthread_barrier_t ready;
	pthread_t thread;

	pthread_barrier_init(&ready, NULL, 3);
	if (pthread_create(&thread, NULL, wait_for_end, &ready) ||
	    pthread_create(&thread, NULL, crash, &ready))
		_exit(1);
	wait_for_end(&ready);
}

/* A child that waits, and is told by a byte that it is there. */
static void kill_child(int signal)
{
	int ready[2];
	char byte = 0;
	pid_t child;

	if (pipe(ready))
		exit(1);
	child = fork();
	if (!child) {
		if (write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	if (read(ready[0], &byte, 1) == 1)
		kill(child, signal);
	reap();
}

int main(int argc, char **argv)
{
	volatile int *volatile nowhere = NULL;

	(void)argv;
	if (argc > 1) {
		limit_core(RLIM_INFINITY);
		if (!fork())
			crash_among_threads();
		reap();
		return 0;
	}
	signal(SIGUSR1, take);
	signal(SIGALRM, take);
	kill(getpid(), SIGUSR1);
	raise(SIGUSR1);
	wait_for_alarm();
	limit_core(RLIM_INFINITY);
	if (!fork())
		*nowhere = 1;
	reap();
	limit_core(0);
	if (!fork())
		abort();
	reap();
	kill_child(SIGTERM);
	kill_child(SIGKILL);
	return 0;
}
