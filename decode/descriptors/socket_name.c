// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/socket_name.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static const char *protocol(const struct fd_file *file)
{
	bool stream = file->type == SOCK_STREAM, datagrams = file->type == SOCK_DGRAM;

	switch (file->family) {
	case AF_UNIX: return stream ? "UNIX-STREAM" : datagrams ? "UNIX-DGRAM" : "UNIX";
	case AF_INET: return stream ? "TCP" : datagrams ? "UDP" : "INET";
	case AF_INET6: return stream ? "TCPv6" : datagrams ? "UDPv6" : "INET6";
	case AF_NETLINK: return "NETLINK";
	case AF_PACKET: return "PACKET";
	case AF_ALG: return "ALG";
	case AF_VSOCK: return "VSOCK";
	}
	return "SOCKET";
}

static size_t add_inet(const struct fd_file *file, char *to)
{
	size_t n = file->local ? address_text(file->local->data, file->local->size, to) : 0;

	if (!file->remote)
		return n;
	to[n] = '-';
	to[n + 1] = '>';
	return n + 2 + address_text(file->remote->data, file->remote->size, to + n + 2);
}

/* The numbers of both ends, and a name as the address has it: behind the family. */
static size_t add_unix(const struct fd_file *file, char *to)
{
	const struct fd_name *name = file->inode ? file->local : NULL;
	size_t n = 0, size = name ? name->size : 0;
	const char *bytes = name ? (const char *)name->data : "";

	if (file->inode)
		n += (size_t)sprintf(to, "%llu", (unsigned long long)file->inode);
	if (file->peer)
		n += (size_t)sprintf(to + n, "->%llu", (unsigned long long)file->peer);
	if (size > ADDRESS_MAX - 20)
		size = ADDRESS_MAX - 20;
	if (size && !*bytes) { /* an abstract name */
		to[n++] = ',';
		to[n++] = '@';
		memcpy(to + n, bytes + 1, size - 1);
		return n + size - 1;
	}
	if (!size)
		return n;
	to[n++] = ',';
	size = strnlen(bytes, size);
	memcpy(to + n, bytes, size);
	return n + size;
}

size_t socket_name(const struct fd_file *file, char text[SOCKET_NAME_MAX])
{
	size_t n = (size_t)sprintf(text, "%s:[", protocol(file)), before = n;

	if (file->family == AF_UNIX)
		n += add_unix(file, text + n);
	else if (file->family == AF_INET || file->family == AF_INET6)
		n += add_inet(file, text + n);
	else if (file->family == AF_NETLINK)
		n += (size_t)sprintf(text + n, "%d:%llu", file->protocol,
				     (unsigned long long)file->peer);
	if (n == before && file->inode)
		n += (size_t)sprintf(text + n, "%llu", (unsigned long long)file->inode);
	text[n++] = ']';
	return n;
}
