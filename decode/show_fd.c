// SPDX-License-Identifier: GPL-2.0-or-later
/* show: descriptors, under -y with what they are open on, under -yy with more of sockets. */
#include "decode/show.h"

#include "decode/fds.h"
#include "format/flags.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

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
	static const struct {
		int family, type, protocol;
		const char *name;
	} names[] = {
		{ AF_INET, SOCK_STREAM, IPPROTO_TCP, "TCP" },
		{ AF_INET6, SOCK_STREAM, IPPROTO_TCP, "TCPv6" },
		{ AF_INET, SOCK_DGRAM, IPPROTO_UDP, "UDP" },
		{ AF_INET6, SOCK_DGRAM, IPPROTO_UDP, "UDPv6" },
		{ AF_INET, SOCK_DGRAM, IPPROTO_ICMP, "PING" },
		{ AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, "PINGv6" },
		{ AF_INET, SOCK_RAW, -1, "RAW" },
		{ AF_INET6, SOCK_RAW, -1, "RAWv6" },
		{ AF_UNIX, SOCK_STREAM, -1, "UNIX-STREAM" },
		{ AF_UNIX, -1, -1, "UNIX" },
		{ AF_NETLINK, -1, -1, "NETLINK" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].family == file->family &&
		    (names[i].type < 0 || names[i].type == file->type) &&
		    (names[i].protocol < 0 || !file->protocol ||
		     names[i].protocol == file->protocol))
			return names[i].name;
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
		inet_ntop(AF_INET, name->data + offsetof(struct sockaddr_in, sin_addr), address,
			  sizeof(address));
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

/* UNIX-STREAM:[123->124,"/path"], an abstract name with @ before it. */
static bool unix_details(struct show *s, const struct fd_file *file, const char *protocol)
{
	const struct fd_name *name = file->local;

	if (!file->inode || (!file->peer && !name))
		return false;
	show_printf(s, "<%s:[%llu", protocol, (unsigned long long)file->inode);
	if (file->peer)
		show_printf(s, "->%llu", (unsigned long long)file->peer);
	if (name) {
		bool abstract = name->size && !*name->data;

		show_put(s, abstract ? ",@" : ",");
		show_bytes(s, name->data + abstract,
			   abstract ? name->size - 1
				    : strnlen((const char *)name->data, name->size),
			   false);
	}
	show_put(s, "]>");
	return true;
}

/* NETLINK:[ROUTE:1234] */
static bool netlink_details(struct show *s, const struct fd_file *file)
{
	const struct flag_table *t = show_table(s, "netlink_protocols");
	const char *name = t ? flag_name(t, file->protocol) : NULL;

	if (!file->peer && !file->listens)
		return false;
	if (name)
		show_printf(s, "<NETLINK:[%s:%llu]>", name + strlen("NETLINK_"),
			    (unsigned long long)file->peer);
	else
		show_printf(s, "<NETLINK:[%d:%llu]>", file->protocol,
			    (unsigned long long)file->peer);
	return true;
}

/* False: nothing is known but the inode. */
static bool socket_details(struct show *s, const struct fd_file *file, const char *protocol)
{
	char local[INET6_ADDRSTRLEN + 16], remote[INET6_ADDRSTRLEN + 16];

	if (file->family == AF_UNIX)
		return unix_details(s, file, protocol);
	if (file->family == AF_NETLINK)
		return netlink_details(s, file);
	if (!endpoint(file->local, local, sizeof(local)))
		return false;
	if (endpoint(file->remote, remote, sizeof(remote)))
		show_printf(s, "<%s:[%s->%s]>", protocol, local, remote);
	else
		show_printf(s, "<%s:[%s]>", protocol, local);
	return true;
}

/* Devices, and descriptors that stand for something: false if there is nothing to add. */
static bool special_text(struct show *s, const struct fd_file *file)
{
	unsigned int details = s->options->descriptors;
	bool device = details & SHOW_DEVICES && (S_ISCHR(file->mode) || S_ISBLK(file->mode));

	if (file->detail == FD_PID && details & SHOW_PIDS) {
		show_printf(s, "<pid:%u>", (unsigned int)file->value);
	} else if (file->detail == FD_SIGNALS && details & SHOW_SIGNALS) {
		show_put(s, "<signalfd:");
		show_sigset(s, &file->value, sizeof(file->value));
		text_char(s->out, '>');
	} else if (file->detail == FD_EVENT && details & SHOW_EVENTS) {
		show_printf(s, "<{eventfd-count=%#llx, eventfd-id=%u, eventfd-semaphore=%d}>",
			    (unsigned long long)file->value, file->number, file->semaphore);
	} else if (device && *file->path == '/') {
		text_angled(s->out, file->path, strlen(file->path), s->options->quoting);
		s->out->used--; /* within the brackets */
		show_printf(s, "<%s %u:%u", S_ISCHR(file->mode) ? "char" : "block",
			    file->rdev >> 20, file->rdev & 0xfffff);
		if (file->peer)
			show_printf(s, " @/dev/pts/%llu", (unsigned long long)file->peer - 1);
		show_put(s, ">>");
	} else {
		return false;
	}
	return true;
}

static void socket_text(struct show *s, const struct fd_file *file)
{
	const char *protocol = protocol_name(file);

	if (s->options->descriptors & SHOW_SOCKETS && protocol && socket_details(s, file, protocol))
		return;
	if (!file->inode)
		return;
	if (s->options->descriptors & SHOW_SOCKETS && protocol)
		show_printf(s, "<%s:[%llu]>", protocol, (unsigned long long)file->inode);
	else if (s->options->descriptors & SHOW_PATHS)
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
	else if (*file->path && !special_text(s, file) && s->options->descriptors & SHOW_PATHS)
		path_text(s, file->path);
}

void show_dirfd(struct show *s, uint64_t fd)
{
	const char *cwd = s->options->descriptors & SHOW_PATHS ? fds_cwd_of_call(s->call) : NULL;

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
