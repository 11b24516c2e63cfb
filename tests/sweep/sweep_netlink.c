// SPDX-License-Identifier: GPL-2.0-or-later
/* sweep: messages of netlink: of each protocol each type, with a body, and attributes of all types
 * behind it. */
#include "tests/sweep/sweep.h"

#include "format/flags/flags.h"

#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FIRST = 10, ATTRIBUTES_MOST = 72, TYPES_MOST = 128, RTM_BASE = 16 };

static const struct protocol {
	int number;
	const char *types; /* a table; NULL: those of all */
	int body;	   /* bytes before the attributes, where all types have the same */
} protocols[] = {
	{ NETLINK_ROUTE, "nl_route_types", 0 }, { NETLINK_SOCK_DIAG, "nl_sock_diag_types", 0 },
	{ NETLINK_XFRM, "nl_xfrm_types", 0 },	{ NETLINK_SELINUX, "nl_selinux_types", 4 },
	{ NETLINK_AUDIT, "nl_audit_types", 0 }, { NETLINK_NETFILTER, NULL, 4 },
	{ NETLINK_GENERIC, NULL, 4 },		{ NETLINK_CRYPTO, "nl_crypto_types", 0 },
	{ NETLINK_KOBJECT_UEVENT, NULL, 0 },
};
enum { PROTOCOLS = sizeof(protocols) / sizeof(*protocols) };

void sweep_netlink_prepare(void)
{
	for (int i = 0; i < PROTOCOLS; i++) {
		struct sockaddr_nl name = { .nl_family = AF_NETLINK };
		int fd = socket(AF_NETLINK, SOCK_RAW, protocols[i].number);

		if (fd >= 0 && fd != FIRST + i) {
			dup2(fd, FIRST + i);
			close(fd);
		}
		/* strace asks the kernel for the protocol of those that are bound. */
		bind(FIRST + i, (void *)&name, sizeof(name));
	}
}

static void send_message(int fd, uint16_t type, uint16_t flags, const void *body, size_t size)
{
	struct nlmsghdr *head = (void *)SWEEP_MEMORY;

	*head = (struct nlmsghdr){ .nlmsg_len = sizeof(*head) + size,
				   .nlmsg_type = type,
				   .nlmsg_flags = flags,
				   .nlmsg_seq = 7 };
	memcpy(head + 1, body, size);
	syscall(SYS_sendto, fd, head, head->nlmsg_len, 0, 0, 0);
}

/* The bytes before the attributes of each group of four types of NETLINK_ROUTE. */
static const uint8_t route_bodies[] = { 16, 8, 12, 12, 12, 20, 20, 20, 4, 12, 8, 8, 4, 16,
					12, 4, 4,  8,  4,  12, 4,  20, 8, 16, 8, 8, 8 };

static int body_of(const struct protocol *p, uint16_t type)
{
	size_t group = (type - RTM_BASE) / 4;

	if (p->body)
		return p->body;
	if (p->number == NETLINK_ROUTE && type >= RTM_BASE && group < sizeof(route_bodies))
		return route_bodies[group];
	return p->number == NETLINK_SOCK_DIAG ? 56 : 16;
}

static void attributes(const struct protocol *p, int fd, uint16_t type, unsigned char *body)
{
	static const uint8_t payloads[] = { 0, 1, 2, 4, 8, 16, 40 };
	int size = body_of(p, type);

	for (uint16_t attribute = 0; attribute < ATTRIBUTES_MOST; attribute++) {
		for (size_t i = attribute % 2; i < sizeof(payloads); i += 2) {
			uint16_t head[2] = { 4 + payloads[i], attribute };

			memcpy(body + size, head, 4);
			for (int j = 0; j < payloads[i]; j++)
				body[size + 4 + j] = j + 1;
			send_message(fd, type, NLM_F_REQUEST, body, size + 4 + payloads[i]);
		}
	}
}

/* A body of each length, then a whole one with one attribute of each type. */
static void bodies(const struct protocol *p, int fd, uint16_t type, int family)
{
	static const uint8_t lengths[] = { 1, 2, 4, 8, 12, 16, 20, 24, 28, 40, 56 };
	unsigned char body[256] = { family };

	for (size_t i = 1; i < sizeof(body); i++)
		body[i] = i % 3;
	for (size_t i = 0; i < sizeof(lengths); i++)
		send_message(fd, type, NLM_F_REQUEST, body, lengths[i]);
	attributes(p, fd, type, body);
}

static void flags_and_tails(int fd, uint16_t type)
{
	struct nlmsghdr *head = (void *)(SWEEP_END - 32);
	unsigned char body[16] = { 0 };

	for (uint32_t flags = 1; flags < 0x10000; flags <<= 1)
		send_message(fd, type, flags, body, sizeof(body));
	*head = (struct nlmsghdr){ .nlmsg_len = 32, .nlmsg_type = type };
	syscall(SYS_sendto, fd, head, 32, 0, 0, 0);
	syscall(SYS_sendto, fd, head, 33, 0, 0, 0);
	syscall(SYS_sendto, fd, head, 15, 0, 0, 0);
	head->nlmsg_len = 15;
	syscall(SYS_sendto, fd, head, 32, 0, 0, 0);
	head->nlmsg_len = 64;
	syscall(SYS_sendto, fd, head, 32, 0, 0, 0);
}

void sweep_netlink(int part)
{
	static const uint8_t families[] = { 0, AF_INET };

	(void)part;
	sweep_fill(FILL_ZEROS);
	for (int i = 0; i < PROTOCOLS; i++) {
		const struct flag_table *t =
			protocols[i].types ? flag_table_find(protocols[i].types) : NULL;
		size_t count = t ? t->count : 4;

		for (size_t n = 0; n < count; n++) {
			uint16_t type = t ? t->values[n].value : n < 2 ? n : 14 + n;

			for (size_t f = 0; f < sizeof(families) && n < TYPES_MOST; f++)
				if (!f || !i)
					bodies(&protocols[i], FIRST + i, type, families[f]);
			flags_and_tails(FIRST + i, type);
		}
	}
}
