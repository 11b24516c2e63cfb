// SPDX-License-Identifier: GPL-2.0-or-later
/* show: descriptors, under -y with what they are open on, under -yy with more of sockets. */
#include "decode/events/call_fds.h"
#include "decode/values/values.h"

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

	value_beside(s, "path", path, deleted ? size - mark : size);
	if (deleted)
		value_deleted(s);
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
		{ AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, "UDPLITE" },
		{ AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, "UDPLITEv6" },
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
	char ends[48];

	if (!file->inode || (!file->peer && !name))
		return false;
	if (file->peer)
		snprintf(ends, sizeof(ends), "%llu->%llu", (unsigned long long)file->inode,
			 (unsigned long long)file->peer);
	else
		snprintf(ends, sizeof(ends), "%llu", (unsigned long long)file->inode);
	if (!name)
		value_socket(s, protocol, ends, NULL, 0);
	else if (name->size && !*name->data)
		value_socket(s, protocol, ends, (const char *)name->data, name->size);
	else
		value_socket(s, protocol, ends, (const char *)name->data,
			     strnlen((const char *)name->data, name->size));
	return true;
}

/* NETLINK:[ROUTE:1234] */
static bool netlink_details(struct show *s, const struct fd_file *file)
{
	const struct flag_table *t = show_table(s, "netlink_protocols");
	const char *name = t ? flag_name(t, file->protocol) : NULL;
	char ends[64];

	if (!file->peer && !file->listens)
		return false;
	if (name)
		snprintf(ends, sizeof(ends), "%s:%llu", name + strlen("NETLINK_"),
			 (unsigned long long)file->peer);
	else
		snprintf(ends, sizeof(ends), "%d:%llu", file->protocol,
			 (unsigned long long)file->peer);
	value_socket(s, "NETLINK", ends, NULL, 0);
	return true;
}

/* False: nothing is known but the inode. */
static bool socket_details(struct show *s, const struct fd_file *file, const char *protocol)
{
	char local[INET6_ADDRSTRLEN + 16], remote[INET6_ADDRSTRLEN + 16];
	char ends[sizeof(local) + sizeof(remote) + 2];

	if (file->family == AF_UNIX)
		return unix_details(s, file, protocol);
	if (file->family == AF_NETLINK)
		return netlink_details(s, file);
	if (file->type == SOCK_RAW || !endpoint(file->local, local, sizeof(local)))
		return false;
	if (endpoint(file->remote, remote, sizeof(remote)))
		snprintf(ends, sizeof(ends), "%s->%s", local, remote);
	else
		snprintf(ends, sizeof(ends), "%s", local);
	value_socket(s, protocol, ends, NULL, 0);
	return true;
}

/* A terminal has another name behind its numbers. */
static void device_text(struct show *s, const struct fd_file *file)
{
	char words[64], pts[32] = "";

	if (file->peer)
		snprintf(pts, sizeof(pts), " @/dev/pts/%llu", (unsigned long long)file->peer - 1);
	snprintf(words, sizeof(words), "%s %u:%u%s", S_ISCHR(file->mode) ? "char" : "block",
		 file->rdev >> 20, file->rdev & 0xfffff, pts);
	value_device(s, file->path, words);
}

static void eventfd_text(struct show *s, const struct fd_file *file)
{
	char words[96];

	snprintf(words, sizeof(words), "{eventfd-count=%#llx, eventfd-id=%u, eventfd-semaphore=%d}",
		 (unsigned long long)file->value, file->number, file->semaphore);
	value_beside_words(s, "eventfd", words);
}

/* Devices, and descriptors that stand for something: false if there is nothing to add. */
static bool special_text(struct show *s, const struct fd_file *file)
{
	unsigned int details = s->options->descriptors;
	bool device = details & SHOW_DEVICES && (S_ISCHR(file->mode) || S_ISBLK(file->mode));
	char pid[16];

	if (file->detail == FD_PID && details & SHOW_PIDS) {
		snprintf(pid, sizeof(pid), "pid:%u", (unsigned int)file->value);
		value_beside_words(s, "pidfd", pid);
	} else if (file->detail == FD_SIGNALS && details & SHOW_SIGNALS) {
		value_named(s, "signalfd");
		show_sigset(s, &file->value, sizeof(file->value));
		value_named_end(s);
	} else if (file->detail == FD_EVENT && details & SHOW_EVENTS) {
		eventfd_text(s, file);
	} else if (device && *file->path == '/') {
		device_text(s, file);
	} else {
		return false;
	}
	return true;
}

static void socket_text(struct show *s, const struct fd_file *file)
{
	const char *protocol = protocol_name(file);
	char inode[24];

	if (s->options->descriptors & SHOW_SOCKETS && protocol && socket_details(s, file, protocol))
		return;
	if (!file->inode)
		return;
	snprintf(inode, sizeof(inode), "%llu", (unsigned long long)file->inode);
	if (s->options->descriptors & SHOW_SOCKETS && protocol)
		value_socket(s, protocol, inode, NULL, 0);
	else if (s->options->descriptors & SHOW_PATHS)
		value_socket(s, "socket", inode, NULL, 0);
}

void show_fd(struct show *s, uint64_t fd)
{
	const struct fd_file *file;

	value_signed(s, (int32_t)fd);
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
	value_constant(s, (uint64_t)(int64_t)AT_FDCWD, BASE_SIGNED, "AT_FDCWD", NULL);
	if (cwd)
		path_text(s, cwd);
}
