// SPDX-License-Identifier: GPL-2.0-or-later
/* show: descriptors, under -y with what they are open on, under -yy with more of sockets. */
#include "decode/show.h"

#include "decode/fds.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>

/* /proc marks a file that has lost its name. */
static void path_text(struct show *s, const char *path)
{
	static const char gone[] = " (deleted)";
	size_t size = strlen(path), mark = sizeof(gone) - 1;
	bool deleted = size > mark && !strcmp(path + size - mark, gone);

	text_angled(s->out, path, deleted ? size - mark : size, s->options->quoting);
	if (deleted)
		show_put(s, "(deleted)");
}

static const char *protocol_name(const struct fd_file *file)
{
	bool v6 = file->family == AF_INET6;

	switch (file->family) {
	case AF_INET:
	case AF_INET6:
		if (file->type == SOCK_STREAM && (!file->protocol || file->protocol == IPPROTO_TCP))
			return v6 ? "TCPv6" : "TCP";
		if (file->type == SOCK_DGRAM && (!file->protocol || file->protocol == IPPROTO_UDP))
			return v6 ? "UDPv6" : "UDP";
		return NULL;
	case AF_UNIX:
		return file->type == SOCK_STREAM ? "UNIX-STREAM" : file->type == SOCK_DGRAM ? "UNIX-DGRAM" : "UNIX-SEQPACKET";
	case AF_NETLINK:
		return "NETLINK";
	}
	return NULL;
}

/* 127.0.0.1:80, [::1]:80 */
static bool endpoint(const struct fd_name *name, char *text, size_t size)
{
	char address[INET6_ADDRSTRLEN];
	struct sockaddr_in6 in6;
	struct sockaddr_in in;

	if (!name || name->size < 8)
		return false;
	memcpy(&in, name->data, 8);
	if (in.sin_family == AF_INET) {
		inet_ntop(AF_INET, name->data + offsetof(struct sockaddr_in, sin_addr), address, sizeof(address));
		snprintf(text, size, "%s:%u", address, ntohs(in.sin_port));
		return true;
	}
	if (in.sin_family != AF_INET6 || name->size < 24)
		return false;
	memcpy(&in6, name->data, 24);
	inet_ntop(AF_INET6, &in6.sin6_addr, address, sizeof(address));
	snprintf(text, size, "[%s]:%u", address, ntohs(in6.sin6_port));
	return true;
}

/* False: what strace would show is not known. */
static bool socket_details(struct show *s, const struct fd_file *file)
{
	char local[INET6_ADDRSTRLEN + 16], remote[INET6_ADDRSTRLEN + 16];
	const char *protocol = protocol_name(file);

	if (!protocol || !endpoint(file->local, local, sizeof(local)))
		return false;
	if (endpoint(file->remote, remote, sizeof(remote)))
		show_printf(s, "<%s:[%s->%s]>", protocol, local, remote);
	else
		show_printf(s, "<%s:[%s]>", protocol, local);
	return true;
}

static void socket_text(struct show *s, const struct fd_file *file)
{
	const char *protocol = protocol_name(file);

	if (s->options->descriptors > 1 && socket_details(s, file))
		return;
	if (!file->inode)
		return;
	if (s->options->descriptors > 1 && protocol)
		show_printf(s, "<%s:[%llu]>", protocol, (unsigned long long)file->inode);
	else
		show_printf(s, "<socket:[%llu]>", (unsigned long long)file->inode);
}

void show_fd(struct show *s, uint64_t fd)
{
	const struct fd_file *file;

	text_signed(s->out, (int32_t)fd);
	if (!s->options->descriptors || (int32_t)fd < 0)
		return;
	file = fds_of_call(s->call, (int32_t)fd, s->after);
	if (!file)
		return;
	if (file->socket)
		socket_text(s, file);
	else if (*file->path)
		path_text(s, file->path);
}

void show_dirfd(struct show *s, uint64_t fd)
{
	const char *cwd = s->options->descriptors ? fds_cwd(s->call->fds) : NULL;

	if ((int32_t)fd != AT_FDCWD) {
		show_fd(s, fd);
		return;
	}
	if (s->options->raw_names)
		show_put(s, "-100");
	if (s->options->raw_names == 2)
		show_comment(s, "AT_FDCWD");
	else if (!s->options->raw_names)
		show_put(s, "AT_FDCWD");
	if (cwd)
		path_text(s, cwd);
}
