// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/fd_text.h"

#include "decode/descriptors/path_resolve.h"
#include "decode/text/strace_grammar.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const struct protocol {
	const char *name;
	int family, type, protocol;
} protocols[] = {
	{ "TCP", AF_INET, SOCK_STREAM, IPPROTO_TCP },
	{ "TCPv6", AF_INET6, SOCK_STREAM, IPPROTO_TCP },
	{ "UDP", AF_INET, SOCK_DGRAM, IPPROTO_UDP },
	{ "UDPv6", AF_INET6, SOCK_DGRAM, IPPROTO_UDP },
	{ "UDPLITE", AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE },
	{ "UDPLITEv6", AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE },
	{ "PING", AF_INET, SOCK_DGRAM, IPPROTO_ICMP },
	{ "PINGv6", AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6 },
	{ "RAW", AF_INET, SOCK_RAW, 0 },
	{ "RAWv6", AF_INET6, SOCK_RAW, 0 },
	{ "UNIX", AF_UNIX, 0, 0 },
	{ "UNIX-STREAM", AF_UNIX, SOCK_STREAM, 0 },
	{ "UNIX-DGRAM", AF_UNIX, SOCK_DGRAM, 0 },
	{ "UNIX-SEQPACKET", AF_UNIX, SOCK_SEQPACKET, 0 },
};

enum {
	ENDS_MOST = 512, /* bytes within the brackets */
};

/* 127.0.0.1:80, [::1]:80: takes `text` apart. */
static bool endpoint(struct fd_name **name, int family, char *text)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	char *colon = strrchr(text, ':'), *end;
	unsigned long port = colon ? strtoul(colon + 1, &end, 10) : 0;

	if (!colon || end == colon + 1 || *end || port > UINT16_MAX)
		return false;
	*colon = '\0';
	if (*text == '[' && colon > text + 1 && colon[-1] == ']') {
		colon[-1] = '\0';
		text++;
	}
	in.sin_port = in6.sin6_port = htons((uint16_t)port);
	if (inet_pton(family, text,
		      family == AF_INET ? (void *)&in.sin_addr : (void *)&in6.sin6_addr) != 1)
		return false;
	fd_file_name(name, family == AF_INET ? (void *)&in : (void *)&in6,
		     family == AF_INET ? sizeof(in) : sizeof(in6));
	return true;
}

static bool internet(struct fd_file *file, char *ends)
{
	char *arrow = strstr(ends, "->");

	if (!strpbrk(ends, ".:")) {
		file->inode = strtoull(ends, NULL, 10);
		return file->inode;
	}
	if (arrow)
		*arrow = '\0';
	return endpoint(&file->local, file->family, ends) &&
	       (!arrow || endpoint(&file->remote, file->family, arrow + 2));
}

/* 123->124,"/run/x" or @"x"; each part may be missing. */
static bool local(struct fd_file *file, char *ends)
{
	char *at, *quote = strchr(ends, '"');
	size_t size, abstract;

	file->inode = strtoull(ends, &at, 10);
	if (at == ends)
		return false;
	if (!strncmp(at, "->", 2))
		file->peer = strtoull(at + 2, &at, 10);
	if (!*at)
		return true;
	size = quote ? grammar_string(quote, strlen(quote)) : 0;
	if (*at != ',' || size < 3)
		return false;
	abstract = quote[-1] == '@';
	*quote = '\0'; /* of an abstract name, its first byte */
	size = grammar_unescape(quote + 1, size - 2, quote + 1);
	fd_file_name(&file->local, quote + !abstract, size + abstract);
	return true;
}

static struct fd_file *socket_of(const struct call_text_file *t)
{
	const char *colon = memchr(t->text, ':', t->size);
	const struct protocol *p = NULL;
	char ends[ENDS_MOST];
	struct fd_file *file;
	size_t size;

	for (size_t i = 0; colon && i < sizeof(protocols) / sizeof(*protocols); i++)
		if (strlen(protocols[i].name) == (size_t)(colon - t->text) &&
		    !memcmp(protocols[i].name, t->text, colon - t->text))
			p = &protocols[i];
	size = p ? t->size - (colon + 1 - t->text) : 0;
	if (size < 3 || size > sizeof(ends) || colon[1] != '[' || colon[size] != ']')
		return NULL;
	memcpy(ends, colon + 2, size - 2);
	ends[size - 2] = '\0';
	file = fd_file_socket(p->family, p->type, p->protocol);
	if (file && (p->family == AF_UNIX ? local(file, ends) : internet(file, ends)))
		return file;
	fd_file_unref(file);
	return NULL;
}

static bool same_name(const struct fd_name *a, const struct fd_name *b)
{
	return !b || (a && a->size == b->size && !memcmp(a->data, b->data, a->size));
}

/* A socket of which the text says less may be known better. */
static bool is_same(const struct fd_file *had, const struct fd_file *now)
{
	if (!had || had->socket != now->socket)
		return false;
	if (!now->socket)
		return !strcmp(had->path, now->path);
	return had->family == now->family && (!now->inode || had->inode == now->inode) &&
	       same_name(had->local, now->local) && same_name(had->remote, now->remote);
}

static struct fd_file *path_of(const struct call_text_file *t)
{
	char path[FOLLOW_PATH];
	const char *device = t->size && *t->text == '/' ? memchr(t->text, '<', t->size) : NULL;
	size_t size = device ? (size_t)(device - t->text) : t->size; /* </dev/null<char 1:3>> */

	if (!size || size + sizeof(" (deleted)") > sizeof(path))
		return NULL;
	size = grammar_unescape(t->text, size, path);
	if (t->deleted)
		size += (size_t)snprintf(path + size, sizeof(path) - size, " (deleted)");
	return fd_file_path(path, size);
}

/* socket:[123] says no more of a socket than is known. */
static bool is_socket_still(const struct fd_file *had, const struct call_text_file *t)
{
	static const char head[] = "socket:[";

	return had && had->socket && t->size > sizeof(head) - 1 &&
	       !memcmp(t->text, head, sizeof(head) - 1) &&
	       (!had->inode || had->inode == strtoull(t->text + sizeof(head) - 1, NULL, 10));
}

/* A new file; NULL where `had` is the same as far as the text tells, and without memory. */
static struct fd_file *file_of(const struct fd_file *had, const struct call_text_file *t)
{
	struct fd_file *file;

	if (is_socket_still(had, t))
		return NULL;
	file = socket_of(t);
	if (!file)
		file = path_of(t);
	if (!file || !is_same(had, file) || !had->told) {
		if (file)
			file->told = true;
		return file;
	}
	fd_file_unref(file);
	return NULL;
}

void fd_text_before(struct fds *fds, const struct call *call)
{
	for (size_t i = 0; call->text && call->text->words && i < call->text->file_count; i++) {
		const struct call_text_file *t = &call->text->files[i];
		bool cwd = t->fd == AT_FDCWD;
		struct fd_file *file;

		if (t->after)
			continue;
		file = file_of(cwd ? fds_cwd_file(fds) : fds_find(fds, t->fd), t);
		if (file && cwd)
			fds_set_cwd(fds, file);
		else if (file)
			fds_set(fds, t->fd, file, fds_cloexec(fds, t->fd));
	}
}

size_t fd_text_after(const struct call *call, struct call_file *opened, size_t count, size_t most)
{
	for (size_t i = 0, at; call->text && i < call->text->file_count; i++) {
		const struct call_text_file *t = &call->text->files[i];
		struct fd_file *file;

		if (!t->after || t->fd < 0)
			continue;
		for (at = 0; at < count && opened[at].fd != t->fd; at++)
			;
		file = at < most ? file_of(at < count ? opened[at].file : NULL, t) : NULL;
		if (file && at < count)
			fd_file_unref(opened[at].file);
		else if (file)
			opened[count++] = (struct call_file){ .fd = t->fd };
		if (file)
			opened[at].file = file;
		if (at < count)
			opened[at].seen = true;
	}
	return count;
}
