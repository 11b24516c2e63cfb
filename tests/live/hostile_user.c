// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hostile_user WAY [FOLDER]: what an ordinary user can do to a recorder beside him, again and again
 * until he is killed, within bounds that leave the machine in use: forks, comms, arguments,
 * descriptors, writes, namespaces, names.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 24, DESCRIPTORS = 900, WORDS = 300 };

/* Children that have children, which end at once. */
static void forks(void)
{
	for (int i = 0; i < CHILDREN; i++) {
		if (fork())
			continue;
		if (!fork())
			_exit(0);
		wait(NULL);
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
}

static void comms(void)
{
	char name[16];

	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "\033[%dm%d\n", i % 50, i);
		prctl(PR_SET_NAME, name);
	}
}

static void arguments(void)
{
	static char word[4000], *argv[WORDS + 1];

	memset(word, 'x', sizeof(word) - 1);
	for (int i = 0; i < WORDS; i++)
		argv[i] = word;
	if (!fork()) {
		execve("/bin/true", argv, argv);
		_exit(0);
	}
	wait(NULL);
}

/* One table for many processes, full, with one far away. */
static void descriptors(void)
{
	struct rlimit r;
	int fd = open("/dev/null", O_RDONLY);

	getrlimit(RLIMIT_NOFILE, &r);
	r.rlim_cur = r.rlim_max;
	setrlimit(RLIMIT_NOFILE, &r);
	for (int i = 0; i < DESCRIPTORS; i++)
		dup(fd);
	dup2(fd, (int)r.rlim_cur - 1);
	for (int i = 0; i < CHILDREN; i++) {
		if (!syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0)) {
			for (int j = 0; j < 50; j++)
				rename("/nonexistent/a", "/nonexistent/b");
			usleep(200000);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
	close_range(3, ~0u, 0);
}

static void namespaces(void)
{
	if (!fork()) {
		if (!unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS) && !fork())
			_exit(0);
		_exit(0);
	}
	wait(NULL);
}

/* Something under every name that the recorder may take next. */
static void names(const char *folder)
{
	static unsigned int next;
	char path[300];

	for (int i = 0; i < 40; i++, next++) {
		snprintf(path, sizeof(path), "%s/r.%06u", folder, next);
		if (next % 3 == 0)
			mkfifo(path, 0666);
		else if (next % 3 == 1)
			symlink("../precious", path);
		else
			close(open(path, O_WRONLY | O_CREAT, 0666));
	}
	usleep(500000);
}

/* Much that packs badly. */
static void writes(void)
{
	static char bytes[1 << 16];
	static unsigned int from;
	int null = open("/dev/null", O_WRONLY), random = open("/dev/urandom", O_RDONLY);

	if (!from && read(random, bytes, sizeof(bytes)) < 0)
		return;
	for (int i = 0; i < 1000; i++, from++)
		if (write(null, bytes + from % 32768, 32768) < 0)
			break;
	close(null);
	close(random);
}

int main(int argc, char **argv)
{
	const char *way = argc > 1 ? argv[1] : "";

	for (;;) {
		if (!strcmp(way, "forks"))
			forks();
		else if (!strcmp(way, "comms"))
			comms();
		else if (!strcmp(way, "arguments"))
			arguments();
		else if (!strcmp(way, "descriptors"))
			descriptors();
		else if (!strcmp(way, "writes"))
			writes();
		else if (!strcmp(way, "namespaces"))
			namespaces();
		else if (!strcmp(way, "names") && argc > 2)
			names(argv[2]);
		else
			return 2;
		usleep(1000);
	}
}
