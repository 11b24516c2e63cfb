// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/address.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

static size_t inet_text(const struct sockaddr_in *in, char *text)
{
	char host[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, &in->sin_addr, host, sizeof(host));
	return (size_t)snprintf(text, ADDRESS_MAX, "%s:%u", host, ntohs(in->sin_port));
}

static size_t inet6_text(const struct sockaddr_in6 *in, char *text)
{
	char host[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, &in->sin6_addr, host, sizeof(host));
	return (size_t)snprintf(text, ADDRESS_MAX, "[%s]:%u", host, ntohs(in->sin6_port));
}

/* A path ends at its NUL; an abstract name, which begins with one, at the end of the address. */
static size_t unix_text(const char *path, size_t size, char *text)
{
	bool abstract = size && !path[0];
	size_t n = (size_t)snprintf(text, ADDRESS_MAX, "unix:%s", abstract ? "@" : "");

	if (abstract) {
		path++;
		size--;
	} else {
		size = strnlen(path, size);
	}
	memcpy(text + n, path, size);
	return n + size;
}

size_t address_text(const void *data, size_t size, char text[ADDRESS_MAX])
{
	union {
		struct sockaddr any;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		struct sockaddr_un un;
		struct sockaddr_nl nl;
	} a = { 0 };

	if (size < sizeof(a.any.sa_family))
		return 0;
	if (size > sizeof(a))
		size = sizeof(a);
	memcpy(&a, data, size);
	switch (a.any.sa_family) {
	case AF_INET:
		if (size >= offsetof(struct sockaddr_in, sin_zero))
			return inet_text(&a.in, text);
		break;
	case AF_INET6:
		if (size >= offsetof(struct sockaddr_in6, sin6_scope_id))
			return inet6_text(&a.in6, text);
		break;
	case AF_UNIX:
		return unix_text(a.un.sun_path, size - offsetof(struct sockaddr_un, sun_path),
				 text);
	case AF_NETLINK:
		if (size >= sizeof(a.nl))
			return (size_t)snprintf(text, ADDRESS_MAX, "netlink:%u", a.nl.nl_pid);
		break;
	}
	return (size_t)snprintf(text, ADDRESS_MAX, "family:%u", a.any.sa_family);
}

size_t address_of_call(const struct call *call, char text[ADDRESS_MAX])
{
	struct tape_piece piece;

	for (int i = 0; call->desc && i < call->args; i++)
		if (call->desc->arg[i].kind == DESC_SOCKADDR &&
		    (call_piece(call, i, true, &piece) || call_piece(call, i, false, &piece)))
			return address_text(piece.data, piece.piece.length, text);
	return 0;
}

bool address_descriptors(const struct call *call, uint32_t fds[2])
{
	struct tape_piece piece;

	if (call->state != CALL_DONE || call->failed || !call->desc)
		return false;
	for (int i = 0; i < call->args; i++)
		if (call->desc->arg[i].kind == DESC_ARRAY &&
		    !strcmp(call->desc->arg[i].ref, "fd_t") &&
		    (call->desc->arg[i].dir & DESC_OUT) && call_piece(call, i, true, &piece) &&
		    piece.piece.length >= 2 * sizeof(*fds)) {
			memcpy(fds, piece.data, 2 * sizeof(*fds));
			return true;
		}
	return false;
}
