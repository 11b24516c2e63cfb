// SPDX-License-Identifier: GPL-2.0-or-later
/* Moves bytes in every way that -e read= and -e write= show byte by byte, by descriptors 10 (out),
 * 11 (in) and 12 (a file). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OUT = 10, IN, BOTH };

static char big[300], a[20], b[30];
static struct iovec some[3] = { { big, 20 }, { NULL, 0 }, { big + 100, 17 } };
static struct iovec room[2] = { { a, 20 }, { b, 30 } };

static void single(void)
{
	write(OUT, big, 300);
	read(IN, big, 300);
	write(OUT, big, 1);
	read(IN, big, 200);
	write(OUT, "", 0);
	read(IN, big, 3);
	write(OUT, (void *)1, 5);
	send(OUT, "abc", 3, 0);
	recv(IN, a, 3, 0);
	sendto(OUT, big, 16, 0, NULL, 0);
	recvfrom(IN, big, 300, 0, NULL, NULL);
	pwrite(BOTH, "0123456789", 10, 0);
	pread(BOTH, a, 20, 5);
	write(BOTH, big, -1);
	read(BOTH, NULL, 20);
}

static void vectors(void)
{
	struct msghdr out = { .msg_iov = some, .msg_iovlen = 3 };
	struct msghdr in = { .msg_iov = room, .msg_iovlen = 2 };
	struct mmsghdr outs[2] = { { .msg_hdr = out }, { .msg_hdr = out } };
	struct mmsghdr ins[2] = { { .msg_hdr = in }, { .msg_hdr = in } };

	writev(OUT, some, 3);
	readv(IN, room, 2);
	sendmsg(OUT, &out, 0);
	recvmsg(IN, &in, 0);
	sendmmsg(OUT, outs, 2, 0);
	recvmmsg(IN, ins, 2, 0, NULL);
	pwritev(BOTH, some, 3, 0);
	preadv(BOTH, room, 2, 3);
	preadv2(BOTH, room, 1, 0, 0);
	writev(BOTH, some, 0);
	writev(BOTH, some, 1);
}

int main(void)
{
	int ends[2];

	for (int i = 0; i < 300; i++)
		big[i] = i;
	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends))
		return 1;
	dup2(ends[0], OUT);
	dup2(ends[1], IN);
	dup2(open("dumped", O_RDWR | O_CREAT | O_TRUNC, 0600), BOTH);
	single();
	vectors();
	return 0;
}
