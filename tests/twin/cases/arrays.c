// SPDX-License-Identifier: GPL-2.0-or-later
/* Arrays and buffers that are longer than what is shown of them: as many as -v shows. */
#include "case.h"

#include <linux/aio_abi.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>

enum { MANY = 1100, FILES = 350 };

static struct iovec vectors[MANY];
static char text[MANY][4];

static void transfers(int fd)
{
	struct iovec *hole;

	for (int i = 0; i < MANY; i++) {
		snprintf(text[i], sizeof(text[i]), "%d", i % 1000);
		vectors[i] = (struct iovec){ text[i], strlen(text[i]) };
	}
	syscall(SYS_writev, fd, vectors, 32);
	syscall(SYS_writev, fd, vectors, 33);
	syscall(SYS_writev, fd, vectors, 1024);
	hole = before_hole(vectors, 70 * sizeof(*vectors));
	syscall(SYS_writev, fd, hole, 71);
	syscall(SYS_preadv, fd, vectors, 100, 0, 0);
	syscall(SYS_preadv, fd, vectors, 1000, 1500, 0);
}

static void messages(void)
{
	static struct mmsghdr m[60];
	int pair[2];

	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	for (int i = 0; i < 60; i++) {
		m[i].msg_hdr.msg_iov = vectors + i * 3;
		m[i].msg_hdr.msg_iovlen = i == 5 ? 50 : 3;
	}
	syscall(SYS_sendmsg, pair[0], &m[5].msg_hdr, MSG_DONTWAIT);
	syscall(SYS_recvmsg, pair[1], &m[5].msg_hdr, MSG_DONTWAIT);
	syscall(SYS_sendmmsg, pair[0], m, 60, MSG_DONTWAIT);
	syscall(SYS_recvmmsg, pair[1], m, 60, MSG_DONTWAIT, NULL);
}

static void waits(void)
{
	static struct pollfd p[300];
	static struct epoll_event events[100];
	int epoll = epoll_create1(0);

	for (int i = 0; i < 300; i++)
		p[i] = (struct pollfd){ .fd = i % 7 ? -1 : 77, .events = POLLIN };
	syscall(SYS_poll, p, 300, 0);
	for (int i = 0; i < 300; i++)
		p[i].fd = i == 150 || i == 250 ? 77 : -1;
	syscall(SYS_poll, p, 300, 0);
	for (int i = 0; i < 50; i++) {
		struct epoll_event e = { .events = EPOLLOUT, .data.u64 = i };
		int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

		epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
	}
	syscall(SYS_epoll_wait, epoll, events, 100, 0);
	syscall(SYS_epoll_wait, epoll, events, 32, 0);
}

static void groups(void)
{
	static gid_t many[20000];

	for (int i = 0; i < 20000; i++)
		many[i] = i;
	syscall(SYS_setgroups, 100, many);
	syscall(SYS_getgroups, 20000, many);
	syscall(SYS_setgroups, 16000, many);
	syscall(SYS_setgroups, 0, NULL);
}

static void blocks(int fd)
{
	static struct iocb cb[70], *list[70];
	static struct io_event events[70];
	aio_context_t context = 0;

	for (int i = 0; i < 70; i++) {
		cb[i] = (struct iocb){ .aio_fildes = fd,
				       .aio_lio_opcode = i % 2 ? IOCB_CMD_PWRITE : IOCB_CMD_PWRITEV,
				       .aio_buf = (uintptr_t)(i % 2 ? (void *)text[i] : vectors),
				       .aio_nbytes = i % 2    ? 2
						     : i == 6 ? 40
							      : 2 };
		list[i] = &cb[i];
	}
	syscall(SYS_io_setup, 100, &context);
	syscall(SYS_io_submit, context, 70, list);
	syscall(SYS_io_getevents, context, 70, 70, events, NULL);
	syscall(SYS_io_destroy, context);
}

static void entries(void)
{
	static char buffer[1 << 17];
	char name[256];
	int directory;

	mkdir("many", 0700);
	directory = open("many", O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < FILES; i++) {
		snprintf(name, sizeof(name), "many/%0200d", i);
		close(creat(name, 0600));
	}
	syscall(SYS_getdents64, directory, buffer, 1 << 16);
	syscall(SYS_lseek, directory, 0, SEEK_SET);
	syscall(SYS_getdents64, directory, buffer, 120000);
	syscall(SYS_lseek, directory, 0, SEEK_SET);
	syscall(SYS_getdents, directory, buffer, 100000);
	for (int i = 0; i < FILES; i++) {
		snprintf(name, sizeof(name), "many/%0200d", i);
		unlink(name);
	}
}

static void arguments(void)
{
	static char *list[600], *none[] = { NULL };

	for (int i = 0; i < 599; i++)
		list[i] = text[i];
	syscall(SYS_execve, "/no/such/program", list, none);
	syscall(SYS_execve, "/no/such/program", none, list);
}

int main(void)
{
	int fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);

	transfers(fd);
	messages();
	waits();
	groups();
	blocks(fd);
	entries();
	arguments();
	return 0;
}
