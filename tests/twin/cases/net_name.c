// SPDX-License-Identifier: GPL-2.0-or-later
/* Twin case: addresses that the kernel writes, their lengths before and after, and simple data over
 * them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static void stream(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(15431),
				  .sin_addr.s_addr = htonl(0x7f000001) };
	int server = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0),
	    one = 1, fd;
	struct sockaddr_storage got;
	socklen_t size = sizeof(got);

	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	bind(server, (void *)&in, sizeof(in));
	listen(server, 5);
	getsockname(server, (void *)&got, &size);
	size = 8;
	getsockname(server, (void *)&got, &size);
	size = 0;
	getsockname(server, (void *)&got, &size);
	size = 128;
	getpeername(server, (void *)&got, &size);
	getsockname(server, NULL, NULL);
	getsockname(server, (void *)8, &size);
	getsockname(server, (void *)&got, (void *)8);
	in.sin_port = htons(15432);
	bind(client, (void *)&in, sizeof(in));
	in.sin_port = htons(15431);
	connect(client, (void *)&in, sizeof(in));
	size = sizeof(got);
	fd = accept4(server, (void *)&got, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
	size = sizeof(got);
	getpeername(fd, (void *)&got, &size);
	send(client, "hello", 5, MSG_NOSIGNAL);
	recv(fd, &got, sizeof(got), MSG_DONTWAIT | MSG_PEEK);
	recv(fd, &got, 3, 0);
	recv(fd, &got, 30, 0);
	recv(fd, &got, 30, 0);
	sendto(client, "a longer text than thirty-two bytes is cut", 42, 0x80000010, (void *)&in,
	       sizeof(in));
	sendto(client, (void *)8, 5, 0, NULL, 0);
	sendto(client, NULL, 0, 0, NULL, 0);
	recvfrom(fd, &got, 64, 0, (void *)&got, &size);
	shutdown(client, SHUT_RDWR);
	close(client);
	close(fd);
	accept(-1, NULL, NULL);
	accept(-1, (void *)&got, &size);
	syscall(SYS_accept4, server, NULL, NULL, -1);
	close(server);
}

static void datagram(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(15433),
				  .sin_addr.s_addr = htonl(0x7f000001) };
	int a = socket(AF_INET, SOCK_DGRAM, 0), b = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_storage got;
	socklen_t size = sizeof(got);
	char data[64];

	bind(a, (void *)&in, sizeof(in));
	in.sin_port = htons(15434);
	bind(b, (void *)&in, sizeof(in));
	sendto(a, "to b", 4, MSG_CONFIRM, (void *)&in, sizeof(in));
	sendto(a, "more", 4, 0, (void *)&in, sizeof(in));
	recvfrom(b, data, sizeof(data), 0, (void *)&got, &size);
	size = 4;
	recvfrom(b, data, 2, MSG_TRUNC, (void *)&got, &size);
	recvfrom(b, data, 2, MSG_DONTWAIT, (void *)&got, &size);
	recvfrom(b, data, 2, MSG_DONTWAIT, (void *)&got, (void *)8);
	recvfrom(b, data, 2, MSG_DONTWAIT, NULL, &size);
	close(a);
	close(b);
}

static void local(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int a = socket(AF_UNIX, SOCK_DGRAM, 0), b = socket(AF_UNIX, SOCK_DGRAM, 0), pair[2];
	socklen_t size = sizeof(un);
	char data[64];

	memcpy(un.sun_path, "\0systape net_name", 17);
	bind(a, (void *)&un, offsetof(struct sockaddr_un, sun_path) + 17);
	getsockname(a, (void *)&un, &size);
	sendto(b, "x", 1, 0, (void *)&un, size);
	size = sizeof(un);
	recvfrom(a, data, sizeof(data), 0, (void *)&un, &size);
	size = sizeof(un);
	getsockname(b, (void *)&un, &size);
	strcpy(un.sun_path, "systape-net-name.sock");
	unlink(un.sun_path);
	bind(b, (void *)&un, sizeof(un));
	size = sizeof(un);
	getsockname(b, (void *)&un, &size);
	unlink(un.sun_path);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	size = sizeof(un);
	getpeername(pair[0], (void *)&un, &size);
	write(pair[0], "abc", 3);
	size = sizeof(un);
	recvfrom(pair[1], data, 2, 0, (void *)&un, &size);
}

int main(void)
{
	if (chdir("/tmp"))
		return 1;
	stream();
	datagram();
	local();
	return 0;
}
