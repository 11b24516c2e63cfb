/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pidns: a family whose numbers show in arguments and results.
 * pidns family: a child that ends with 77, and a kill of nobody; pidns thread: a second thread
 * executes `pidns family`; pidns many: thousands of children; pidns calls FILE:
 * getppid for as long as the file is there, each time a line on standard output. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *execute(void *path)
{
	execl(path, "pidns", "family", (char *)NULL);
	return NULL;
}

static int family(void)
{
	pid_t child = fork();
	int status;

	if (!child) {
		kill(getppid(), 0);
		kill(getpid(), 0);
		_exit(77);
	}
	waitpid(child, &status, 0);
	kill(child, SIGTERM);
	syscall(SYS_gettid);
	return WEXITSTATUS(status) == 77 ? 33 : 1;
}

static int many(void)
{
	for (int i = 0; i < 6000; i++) {
		pid_t child = vfork();

		if (!child)
			_exit(0);
		waitpid(child, NULL, 0);
	}
	return 0;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 2 && !strcmp(argv[1], "calls")) {
		while (!access(argv[2], F_OK)) {
			getppid();
			puts("turn");
			fflush(stdout);
			usleep(5000);
		}
		return 0;
	}
	if (argc > 1 && !strcmp(argv[1], "thread")) {
		pthread_create(&thread, NULL, execute, argv[0]);
		pthread_join(thread, NULL);
		return 1;
	}
	return argc > 1 && !strcmp(argv[1], "many") ? many() : family();
}
