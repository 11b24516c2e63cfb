// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * long FOLDER TURNS: a tape of any length that is alike everywhere: each turn makes about a
 * thousand calls about files, pipes and sockets, a process that ends, and a file of a name that was
 * never seen before.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NAMES = 40, READS = 10, MESSAGES = 190 };

static char data[64];

static void check(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

static void files(const char *folder)
{
	char name[300];

	for (int i = 0; i < NAMES; i++) {
		int fd;

		snprintf(name, sizeof(name), "%s/%d", folder, i);
		fd = open(name, O_RDWR | O_CREAT, 0600);
		check(fd >= 0 && write(fd, name, 8) == 8, name);
		for (int k = 0; k < READS; k++)
			check(pread(fd, data, 8, 0) == 8, name);
		close(fd);
		access("/nowhere", F_OK);
	}
}

static void messages(const int ends[2])
{
	for (int i = 0; i < MESSAGES; i++)
		check(write(ends[1], data, 8) == 8 && read(ends[0], data, 8) == 8, "message");
}

static void once(const char *folder, int turn)
{
	char name[300];
	pid_t child = fork();

	if (!child)
		_exit(turn % 3);
	waitpid(child, NULL, 0);
	snprintf(name, sizeof(name), "%s/turn %d", folder, turn);
	close(open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
	unlink(name);
}

int main(int argc, char **argv)
{
	int tube[2], pair[2], turns = argc > 2 ? atoi(argv[2]) : 1;

	check(!pipe(tube) && !socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "pipe");
	for (int turn = 0; turn < turns; turn++) {
		files(argv[1]);
		messages(tube);
		if (turn % 2)
			messages(pair);
		once(argv[1], turn);
	}
	return 0;
}
