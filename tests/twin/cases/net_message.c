// SPDX-License-Identifier: GPL-2.0-or-later
/* Twin case: sendmsg and its kin: names, vectors, control data. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char buffers[4][64];

static struct iovec vector[4];

static void fill(void)
{
	for (int i = 0; i < 4; i++) {
		memset(buffers[i], 'a' + i, sizeof(buffers[i]));
		vector[i] = (struct iovec){ buffers[i], 10 * (i + 1) };
	}
}

static size_t put(char *control, int level, int type, const void *data, size_t size)
{
	struct cmsghdr *c = (void *)control;

	c->cmsg_len = CMSG_LEN(size);
	c->cmsg_level = level;
	c->cmsg_type = type;
	memcpy(CMSG_DATA(c), data, size);
	return CMSG_SPACE(size);
}

static void rights(void)
{
	char control[256] = "";
	struct msghdr m = { .msg_iov = vector, .msg_iovlen = 2, .msg_control = control };
	struct ucred me = { getpid(), 0, 0 };
	int pair[2], fds[2], one = 1;

	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	fds[0] = open("/dev/null", O_RDONLY);
	fds[1] = 2;
	m.msg_controllen = put(control, SOL_SOCKET, SCM_RIGHTS, fds, sizeof(fds));
	sendmsg(pair[0], &m, 0);
	m.msg_controllen = sizeof(control);
	vector[0].iov_len = 64;
	recvmsg(pair[1], &m, MSG_CMSG_CLOEXEC);
	setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof(one));
	m.msg_controllen = put(control, SOL_SOCKET, SCM_RIGHTS, fds, 4);
	(void)me;
	sendmsg(pair[0], &m, 0);
	m.msg_controllen = 20;
	m.msg_iovlen = 1;
	recvmsg(pair[1], &m, 0);
	m.msg_controllen = 0;
	recvmsg(pair[1], &m, MSG_DONTWAIT);
	sendmsg(pair[0], (void *)8, 0);
	recvmsg(pair[0], (void *)8, 0);
	recvmsg(pair[0], NULL, 0);
	sendmsg(pair[0], NULL, 0);
}

/* Control data of every kind, on a descriptor that is not there. */
static void control(void)
{
	char data[1024];
	struct msghdr m = { .msg_control = data, .msg_flags = MSG_TRUNC };
	int numbers[20] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
	struct {
		int level, type;
		size_t size;
	} kinds[] = {
		{ SOL_SOCKET, SCM_RIGHTS, 3 },
		{ SOL_SOCKET, SCM_CREDENTIALS, 12 },
		{ SOL_SOCKET, SCM_CREDENTIALS, 8 },
		{ SOL_SOCKET, 3, 5 },
		{ SOL_SOCKET, 4, 4 },
		{ SOL_SOCKET, SO_TIMESTAMP, 16 },
		{ SOL_SOCKET, SO_TIMESTAMP, 8 },
		{ SOL_SOCKET, SO_TIMESTAMPNS, 16 },
		{ SOL_SOCKET, SO_TIMESTAMPING, 48 },
		{ SOL_SOCKET, 63, 16 },
		{ SOL_SOCKET, 64, 16 },
		{ SOL_SOCKET, 65, 48 },
		{ SOL_SOCKET, SO_TIMESTAMPING, 30 },
		{ SOL_SOCKET, 99, 4 },
		{ SOL_IP, IP_PKTINFO, 12 },
		{ SOL_IP, IP_TTL, 4 },
		{ SOL_IP, IP_TOS, 1 },
		{ SOL_IP, IP_RECVERR, 32 },
		{ SOL_IP, IP_ORIGDSTADDR, 16 },
		{ SOL_IP, IP_RECVOPTS, 8 },
		{ SOL_IP, IP_RETOPTS, 3 },
		{ SOL_IP, 23, 8 },
		{ SOL_IP, 99, 8 },
		{ SOL_IPV6, IPV6_PKTINFO, 20 },
		{ 17, 103, 4 },
		{ 0x777, 1, 4 },
		{ SOL_IP, IP_TTL, 2 },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		memset(data, 0, sizeof(data));
		m.msg_controllen = put(data, kinds[i].level, kinds[i].type, numbers, kinds[i].size);
		sendmsg(-1, &m, MSG_DONTWAIT);
	}
	m.msg_controllen = put(data, SOL_SOCKET, SCM_RIGHTS, numbers, 80);
	sendmsg(-1, &m, 0);
	m.msg_controllen = put(data, SOL_SOCKET, SCM_RIGHTS, numbers, 8);
	m.msg_controllen += put(data + m.msg_controllen, SOL_IP, IP_TTL, numbers, 4);
	sendmsg(-1, &m, 0);
	m.msg_controllen += 5;
	sendmsg(-1, &m, 0);
	m.msg_controllen = 20;
	sendmsg(-1, &m, 0);
	m.msg_controllen = 15;
	sendmsg(-1, &m, 0);
	((struct cmsghdr *)data)->cmsg_len = 4;
	m.msg_controllen = 48;
	sendmsg(-1, &m, 0);
	m.msg_control = (void *)8;
	sendmsg(-1, &m, 0);
	m.msg_control = NULL;
	sendmsg(-1, &m, 0);
}

static void shapes(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(15435),
				  .sin_addr.s_addr = htonl(0x7f000001) };
	struct msghdr m = {
		.msg_name = &in, .msg_namelen = sizeof(in), .msg_iov = vector, .msg_iovlen = 4
	};
	static struct iovec many[40];

	sendmsg(-1, &m, 0);
	m.msg_name = (void *)8;
	sendmsg(-1, &m, 0);
	m.msg_name = NULL;
	vector[1].iov_base = (void *)8;
	sendmsg(-1, &m, 0);
	vector[1].iov_base = NULL;
	sendmsg(-1, &m, 0);
	m.msg_iov = NULL;
	sendmsg(-1, &m, 0);
	m.msg_iovlen = 0;
	sendmsg(-1, &m, 0);
	m.msg_iov = (void *)8;
	m.msg_iovlen = 1;
	sendmsg(-1, &m, 0);
	for (int i = 0; i < 40; i++)
		many[i] = (struct iovec){ buffers[0], i };
	m.msg_iov = many;
	m.msg_iovlen = 40;
	sendmsg(-1, &m, 0);
	recvmsg(-1, &m, 0);
	fill();
}

static void datagrams(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(15436),
				  .sin_addr.s_addr = htonl(0x7f000001) },
			   from[3];
	int a = socket(AF_INET, SOCK_DGRAM, 0), b = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
	struct msghdr m = {
		.msg_name = &in, .msg_namelen = sizeof(in), .msg_iov = vector, .msg_iovlen = 2
	};
	struct mmsghdr many[3];
	struct timespec wait = { 0, 200000000 };
	char data[256];

	bind(b, (void *)&in, sizeof(in));
	in.sin_port = htons(15437);
	bind(a, (void *)&in, sizeof(in));
	setsockopt(a, SOL_IP, IP_PKTINFO, &one, sizeof(one));
	setsockopt(a, SOL_IP, IP_RECVTTL, &one, sizeof(one));
	setsockopt(a, SOL_IP, IP_RECVTOS, &one, sizeof(one));
	sendmsg(b, &m, 0);
	m.msg_name = from;
	m.msg_namelen = 128;
	m.msg_control = data;
	m.msg_controllen = sizeof(data);
	recvmsg(a, &m, 0);
	m.msg_namelen = 16;
	recvmsg(a, &m, MSG_DONTWAIT);
	m.msg_control = NULL;
	m.msg_controllen = 0;
	for (int i = 0; i < 3; i++) {
		m.msg_name = &in;
		m.msg_namelen = sizeof(in);
		m.msg_iov = vector + i;
		m.msg_iovlen = 1;
		many[i] = (struct mmsghdr){ .msg_hdr = m };
	}
	sendmmsg(b, many, 3, 0);
	sendmmsg(-1, many, 2, MSG_MORE);
	sendmmsg(-1, NULL, 2, 0);
	sendmmsg(-1, (void *)8, 2, 0);
	sendmmsg(-1, many, 0, 0);
	for (int i = 0; i < 3; i++) {
		many[i].msg_hdr.msg_name = from + i;
		many[i].msg_hdr.msg_namelen = sizeof(*from) + i;
		many[i].msg_len = 77;
	}
	recvmmsg(a, many, 2, 0, NULL);
	recvmmsg(a, many, 2, MSG_DONTWAIT | MSG_WAITFORONE, &wait);
	recvmmsg(a, many, 2, MSG_DONTWAIT, &wait);
	recvmmsg(-1, many, 2, 0, NULL);
	recvmmsg(-1, NULL, 2, 0, (void *)8);
}

int main(void)
{
	fill();
	rights();
	fill();
	control();
	shapes();
	datagrams();
	return 0;
}
