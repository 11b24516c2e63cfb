// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: sock_diag(7), netlink(7); the headers of Linux 6.1. */
#include "tracer/proc/socket_diag.h"

#include "tracer/proc/proc_read.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

enum {
	SOCKETS_MOST = 1 << 17, /* of one snapshot: more are known without addresses */
	NAMES_MOST = 4 << 20,	/* bytes of UNIX sockets' addresses, likewise */
	TIME_MOST = 25,		/* ms of the CPU that all questions of one snapshot may take */
	PATIENCE = 100,		/* ms for one answer, which the kernel has at once */
	ANSWER = 64 << 10,	/* read at once */
	NO_PROTOCOL = 0xffff,
	NO_QUESTION = 31, /* of what is not listed or has no address */
};

/* As the kernel calls its protocols (system.sockprotoname), and how to ask for all of their
 * sockets; those of one question stand together. */
static const struct protocol {
	const char *name;
	uint16_t family, type, protocol;
	uint8_t question;
} protocols[] = {
	{ "TCP", AF_INET, SOCK_STREAM, IPPROTO_TCP, 0 },
	{ "TCPv6", AF_INET6, SOCK_STREAM, IPPROTO_TCP, 1 },
	{ "UDP", AF_INET, SOCK_DGRAM, IPPROTO_UDP, 2 },
	{ "UDPv6", AF_INET6, SOCK_DGRAM, IPPROTO_UDP, 3 },
	{ "UDP-Lite", AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, 4 },
	{ "UDPLITEv6", AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, 5 },
	{ "UNIX-STREAM", AF_UNIX, SOCK_STREAM, 0, 6 },
	{ "UNIX", AF_UNIX, 0, 0, 6 },
	{ "NETLINK", AF_NETLINK, 0, NO_PROTOCOL, 7 },
	{ "RAW", AF_INET, SOCK_RAW, 0, NO_QUESTION },
	{ "RAWv6", AF_INET6, SOCK_RAW, 0, NO_QUESTION },
	{ "PING", AF_INET, SOCK_DGRAM, IPPROTO_ICMP, NO_QUESTION },
	{ "PINGv6", AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, NO_QUESTION },
};

struct known {
	struct trace_file file;
	uint32_t name, size; /* its address, in names */
};

struct socket_diag {
	struct known *sockets; /* by inode */
	size_t count, room;
	char *names;
	size_t named, name_room;
	uint32_t asked; /* a bit for each question */
	uint64_t spent; /* ns */
	char answer[ANSWER];
};

struct socket_diag *socket_diag_new(void)
{
	struct socket_diag *d = calloc(1, sizeof(*d));

	if (d)
		d->asked = 1u << NO_QUESTION;
	return d;
}

void socket_diag_free(struct socket_diag *d)
{
	if (!d)
		return;
	free(d->sockets);
	free(d->names);
	free(d);
}

static struct known *add(struct socket_diag *d)
{
	if (d->count == d->room) {
		size_t room = d->room ? 2 * d->room : 256;
		struct known *more =
			room <= SOCKETS_MOST ? reallocarray(d->sockets, room, sizeof(*more)) : NULL;

		if (!more)
			return NULL;
		d->sockets = more;
		d->room = room;
	}
	memset(&d->sockets[d->count], 0, sizeof(*d->sockets));
	return &d->sockets[d->count++];
}

static void add_name(struct socket_diag *d, struct known *k, const void *name, size_t size)
{
	if (d->named + SOCKET_NAME > d->name_room) {
		size_t room = d->name_room ? 2 * d->name_room : 16384;
		char *more = room <= NAMES_MOST ? realloc(d->names, room) : NULL;

		if (!more)
			return;
		d->names = more;
		d->name_room = room;
	}
	memcpy(d->names + d->named, name, size);
	k->name = d->named;
	k->size = size;
	k->file.names = 1;
	d->named += size;
}

static void add_inet(struct socket_diag *d, const struct protocol *p, const struct nlmsghdr *h)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	struct known *k;

	if (h->nlmsg_len < NLMSG_LENGTH(sizeof(*m)) || !m->idiag_inode || !(k = add(d)))
		return;
	k->file.inode = m->idiag_inode;
	k->file.family = m->idiag_family;
	k->file.type = p->type;
	k->file.local_port = ntohs(m->id.idiag_sport);
	k->file.remote_port = ntohs(m->id.idiag_dport);
	k->file.protocol = p->protocol;
	memcpy(k->file.local, m->id.idiag_src, m->idiag_family == AF_INET ? 4 : 16);
	memcpy(k->file.remote, m->id.idiag_dst, m->idiag_family == AF_INET ? 4 : 16);
}

static void add_unix(struct socket_diag *d, const struct nlmsghdr *h)
{
	const struct unix_diag_msg *m = NLMSG_DATA(h);
	int left = (int)h->nlmsg_len - (int)NLMSG_LENGTH(sizeof(*m));
	struct known *k;

	if (left < 0 || !m->udiag_ino || !(k = add(d)))
		return;
	k->file.inode = m->udiag_ino;
	k->file.family = AF_UNIX;
	k->file.type = m->udiag_type;
	for (const struct rtattr *a = (const void *)(m + 1); RTA_OK(a, left);
	     a = RTA_NEXT(a, left)) {
		size_t size = RTA_PAYLOAD(a);
		uint32_t peer;

		if (a->rta_type == UNIX_DIAG_PEER && size >= sizeof(peer)) {
			memcpy(&peer, RTA_DATA(a), sizeof(peer));
			k->file.peer = peer;
		} else if (a->rta_type == UNIX_DIAG_NAME && size && size <= SOCKET_NAME) {
			add_name(d, k, RTA_DATA(a), size);
		}
	}
}

static void add_netlink(struct socket_diag *d, const struct nlmsghdr *h)
{
	const struct netlink_diag_msg *m = NLMSG_DATA(h);
	struct known *k;

	if (h->nlmsg_len < NLMSG_LENGTH(sizeof(*m)) || !m->ndiag_ino || !(k = add(d)))
		return;
	k->file.inode = m->ndiag_ino;
	k->file.family = AF_NETLINK;
	k->file.type = m->ndiag_type;
	k->file.protocol = m->ndiag_protocol;
	k->file.peer = m->ndiag_portid;
	k->file.flags = m->ndiag_portid ? 0 : TRACE_FILE_LISTENS; /* else it is not listed */
}

struct question {
	struct nlmsghdr header;
	union {
		struct inet_diag_req_v2 inet;
		struct unix_diag_req local;
		struct netlink_diag_req netlink;
	};
};

static bool send_question(int fd, const struct protocol *p)
{
	struct question q = { .header = { .nlmsg_type = SOCK_DIAG_BY_FAMILY,
					  .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP } };

	if (p->family == AF_UNIX) {
		q.local = (struct unix_diag_req){ .sdiag_family = AF_UNIX,
						  .udiag_states = ~0u,
						  .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER };
		q.header.nlmsg_len = NLMSG_LENGTH(sizeof(q.local));
	} else if (p->family == AF_NETLINK) {
		q.netlink = (struct netlink_diag_req){ .sdiag_family = AF_NETLINK,
						       .sdiag_protocol = NDIAG_PROTO_ALL };
		q.header.nlmsg_len = NLMSG_LENGTH(sizeof(q.netlink));
	} else { /* what waits for the last packets of its other end has no inode */
		q.inet = (struct inet_diag_req_v2){ .sdiag_family = p->family,
						    .sdiag_protocol = p->protocol,
						    .idiag_states = ~(1u << TCP_TIME_WAIT) };
		q.header.nlmsg_len = NLMSG_LENGTH(sizeof(q.inet));
	}
	return send(fd, &q, q.header.nlmsg_len, 0) == (ssize_t)q.header.nlmsg_len;
}

/* False: that was all. */
static bool take_answer(struct socket_diag *d, const struct protocol *p, size_t size)
{
	for (const struct nlmsghdr *h = (const void *)d->answer; NLMSG_OK(h, size);
	     h = NLMSG_NEXT(h, size)) {
		if (h->nlmsg_type != SOCK_DIAG_BY_FAMILY) /* the end, or an error */
			return false;
		if (p->family == AF_UNIX)
			add_unix(d, h);
		else if (p->family == AF_NETLINK)
			add_netlink(d, h);
		else
			add_inet(d, p, h);
	}
	return true;
}

static int by_inode(const void *left, const void *right)
{
	const struct known *a = left, *b = right;

	return (a->file.inode > b->file.inode) - (a->file.inode < b->file.inode);
}

/* What others do meanwhile does not count. */
static uint64_t cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* An answer that takes too long is left, and what is known by then is used. */
static void ask(struct socket_diag *d, const struct protocol *p)
{
	const struct timeval patience = { .tv_usec = PATIENCE * 1000 };
	const uint64_t limit = TIME_MOST * 1000000ull, start = cpu_ns();
	ssize_t n;
	int fd;

	d->asked |= 1u << p->question;
	if (d->spent > limit)
		return;
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (send_question(fd, p))
		do
			n = recv(fd, d->answer, sizeof(d->answer), 0);
		while (n > 0 && take_answer(d, p, n) && d->spent + cpu_ns() - start < limit);
	close(fd);
	d->spent += cpu_ns() - start;
	if (d->count)
		qsort(d->sockets, d->count, sizeof(*d->sockets), by_inode);
}

static const struct protocol *protocol_of(const char *path, const char *target)
{
	char own[32], name[64];
	int fd = proc_pin(path, target);
	ssize_t n;

	if (fd < 0)
		return NULL;
	snprintf(own, sizeof(own), "/proc/self/fd/%d", fd);
	n = getxattr(own, "system.sockprotoname", name, sizeof(name) - 1);
	close(fd);
	name[n > 0 ? n : 0] = '\0';
	for (size_t i = 0; i < sizeof(protocols) / sizeof(*protocols); i++)
		if (!strcmp(name, protocols[i].name))
			return &protocols[i];
	return NULL;
}

static const struct known *find(const struct socket_diag *d, uint64_t inode)
{
	const struct known key = { .file = { .inode = inode } };

	return d->count ? bsearch(&key, d->sockets, d->count, sizeof(key), by_inode) : NULL;
}

bool socket_diag_find(struct socket_diag *d, const char *path, const char *target,
		      struct trace_file *file, char name[SOCKET_NAME], size_t *size)
{
	uint64_t inode = strtoull(target + strlen("socket:["), NULL, 10);
	const struct known *k = find(d, inode);
	const struct protocol *p = k ? NULL : protocol_of(path, target);

	*size = 0;
	if (!k && !p)
		return false;
	if (p && !(d->asked >> p->question & 1)) {
		ask(d, p);
		k = find(d, inode);
	}
	if (k) {
		*file = k->file;
		*size = k->size;
		if (k->size)
			memcpy(name, d->names + k->name, k->size);
	} else {
		*file = (struct trace_file){ .inode = inode,
					     .family = p->family,
					     .type = p->type,
					     .protocol = p->protocol };
	}
	file->mode = S_IFSOCK;
	return true;
}
