// SPDX-License-Identifier: GPL-2.0-or-later
/* What the goldens recorded: a bit of everything, made once (see README there). Not run by the
 * tests. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *thread(void *arg)
{
	syscall(SYS_getuid);
	return arg;
}

static void handler(int signal)
{
	(void)signal;
}

int main(void)
{
	char name[400] = "/tmp/", buffer[64];
	int ends[2], status;
	pthread_t t;
	struct stat st;

	memset(name + 5, 'x', 350);
	open(name, O_RDONLY);
	open("/a\tb\nc\\d\"e/\xc3\xa9\x1b[31m", O_RDWR | O_CREAT, 0600);
	stat("/etc/passwd", &st);
	lseek(-1, 0, SEEK_SET);
	syscall(SYS_lseek, open("/proc/self/mem", O_RDONLY), -5000L, SEEK_SET);
	syscall(1000, 1, 2, 3, 4, 5, 6);
	pipe(ends);
	write(ends[1], "hello\n", 6);
	read(ends[0], buffer, sizeof(buffer));
	signal(SIGUSR1, handler);
	raise(SIGUSR1);
	pthread_create(&t, NULL, thread, NULL);
	pthread_join(t, NULL);
	if (!fork())
		_exit(3);
	wait(&status);
	kill(getpid(), SIGTERM);
	return 0;
}
