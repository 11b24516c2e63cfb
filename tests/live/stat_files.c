// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files and sockets that change hands. Each deed says on standard output what a table by file must
 * have of it: IN OUT FILE, with a socket as it is called. Argument: a folder.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char data[4096];
static const char *folder;
static FILE *told; /* descriptor 20, away from those that the deeds use */

static void want(int in, int out, const char *name)
{
	fprintf(told, "%d %d %s/%s\n", in, out, folder, name);
}

static void check(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

static int make(const char *name)
{
	char path[400];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	check(fd >= 0, path);
	return fd;
}

static void put(int fd, int size)
{
	check(write(fd, data, (size_t)size) == size, "write");
}

static void *open_two(void *arg)
{
	*(int *)arg = make("two");
	return NULL;
}

static int open_four(void *arg)
{
	*(int *)arg = make("four");
	return 0;
}

static void threads(void)
{
	pthread_t thread;
	int fd = -1;

	check(!pthread_create(&thread, NULL, open_two, &fd), "pthread_create");
	pthread_join(thread, NULL);
	put(fd, 500);
	want(0, 500, "two");
	close(fd);
}

/* A child with a table of its own reuses the number; one with the same table opens for us. */
static void tables(void)
{
	static char stack[64 << 10] __attribute__((aligned(16)));
	int fd = make("one"), copy = dup(fd), shared = -1;
	pid_t child;

	put(fd, 1000);
	put(copy, 234);
	child = fork();
	if (!child) {
		close(fd);
		check(make("three") == fd, "the number again");
		put(fd, 77);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	put(fd, 1);
	want(0, 1235, "one");
	want(0, 77, "three");
	child = clone(open_four, stack + sizeof(stack), CLONE_FILES | CLONE_VM | SIGCHLD, &shared);
	waitpid(child, NULL, 0);
	put(shared, 44);
	want(0, 44, "four");
	close(fd);
	close(copy);
	close(shared);
}

/* What a new program has inherited, and what was closed for it. */
static void programs(void)
{
	int fd = make("five"), gone = make("not");
	pid_t child;

	check(dup2(fd, 9) == 9 && dup3(gone, 8, O_CLOEXEC) == 8, "dup2");
	child = fork();
	if (!child) {
		execl("/bin/sh", "sh", "-c",
		      "echo x >&9; (: <&8) 2>/dev/null; exec 8>&9; echo yz >&8", NULL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	want(0, 5, "five");
	want(0, 0, "not");
	close(9);
	close(8);
	close(fd);
	close(gone);
}

static void names(void)
{
	char from[400], to[400];
	int fd = make("six");

	put(fd, 10);
	snprintf(from, sizeof(from), "%s/six", folder);
	snprintf(to, sizeof(to), "%s/seven", folder);
	check(!rename(from, to), "rename");
	put(fd, 20);
	want(0, 10, "six");
	want(0, 20, "seven");
	close(fd);
	fd = make("eight");
	put(fd, 5);
	snprintf(from, sizeof(from), "%s/eight", folder);
	unlink(from);
	put(fd, 6);
	want(0, 5, "eight");
	want(0, 6, "eight (deleted)");
	close(fd);
}

static void copies(void)
{
	int from = make("nine"), to = make("ten");
	off_t at = 0;

	put(from, 300);
	check(sendfile(to, from, &at, 300) == 300, "sendfile");
	want(300, 300, "nine");
	want(0, 300, "ten");
	close(from);
	close(to);
}

static void pass(int over, int fd)
{
	char room[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = room,
				  .msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	check(sendmsg(over, &message, 0) == 1, "sendmsg");
}

static int take(int over)
{
	char room[CMSG_SPACE(sizeof(int))], byte;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = room,
				  .msg_controllen = sizeof(room) };
	int fd;

	check(recvmsg(over, &message, 0) == 1 && CMSG_FIRSTHDR(&message), "recvmsg");
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

/* A connection is accepted here and read by a child that is given it. */
static void sockets(void)
{
	struct sockaddr_in here = { .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) },
			   there;
	socklen_t size = sizeof(here);
	int listens = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0),
	    server, pair[2];
	pid_t child;

	check(!bind(listens, (void *)&here, sizeof(here)) && !listen(listens, 1) &&
		      !getsockname(listens, (void *)&here, &size) &&
		      !connect(client, (void *)&here, sizeof(here)),
	      "connect");
	size = sizeof(there);
	server = accept(listens, (void *)&there, &size);
	check(server >= 0 && !socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "accept");
	child = fork();
	if (!child) {
		int mine;

		close(server);
		mine = take(pair[1]);
		check(recv(mine, data, 300, MSG_WAITALL) == 300, "recv");
		_exit(0);
	}
	pass(pair[0], server);
	close(server);
	put(client, 300);
	waitpid(child, NULL, 0);
	fprintf(told, "300 0 TCP:[127.0.0.1:%u->127.0.0.1:%u]\n", ntohs(here.sin_port),
		ntohs(there.sin_port));
	fprintf(told, "0 300 TCP:[127.0.0.1:%u->127.0.0.1:%u]\n", ntohs(there.sin_port),
		ntohs(here.sin_port));
	fprintf(told, "0 0 TCP:[127.0.0.1:%u]\n", ntohs(here.sin_port));
	close(client);
	close(listens);
}

int main(int argc, char **argv)
{
	folder = argc > 1 ? argv[1] : "/tmp";
	check(dup2(1, 20) == 20 && (told = fdopen(20, "w")), "fdopen");
	threads();
	tables();
	programs();
	names();
	copies();
	sockets();
	return fclose(told) != 0;
}
