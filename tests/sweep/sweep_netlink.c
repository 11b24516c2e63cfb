// SPDX-License-Identifier: GPL-2.0-or-later
/* sweep: messages of netlink: of each protocol each type, with a body, and attributes of all types
 * behind it. */
#include "tests/sweep/sweep.h"

#include "format/flags/flags.h"

#include <linux/netlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FIRST = 10, TYPES_MOST = 12, RTM_BASE = 16 };

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

void sweep_message(int protocol, uint16_t type, uint16_t flags, const void *body, size_t size)
{
	struct nlmsghdr *head = (void *)SWEEP_MEMORY;

	*head = (struct nlmsghdr){ .nlmsg_len = sizeof(*head) + size,
				   .nlmsg_type = type,
				   .nlmsg_flags = flags,
				   .nlmsg_seq = 7 };
	memcpy(head + 1, body, size);
	sweep_call(SYS_sendto, FIRST + protocol, head, head->nlmsg_len, 0, 0, 0);
}

/* Of each group of four types of NETLINK_ROUTE: the bytes before the attributes, and how many types
 * of these there are. */
static const struct group {
	uint8_t body, attributes;
} route_groups[] = {
	{ 16, 72 }, { 8, 14 }, { 12, 34 }, { 12, 19 }, { 12, 30 }, { 20, 21 }, { 20, 21 },
	{ 20, 21 }, { 4, 8 },  { 12, 5 },  { 8, 14 },  { 8, 14 },  { 4, 12 },  { 16, 4 },
	{ 12, 5 },  { 4, 26 }, { 4, 12 },  { 8, 7 },   { 4, 8 },   { 12, 9 },  { 4, 9 },
	{ 20, 21 }, { 8, 20 }, { 16, 4 },  { 8, 4 },   { 8, 4 },   { 8, 4 },
};

static struct group group_of(const struct protocol *p, uint16_t type)
{
	size_t group = (type - RTM_BASE) / 4;

	if (p->number == NETLINK_ROUTE && type >= RTM_BASE &&
	    group < sizeof(route_groups) / sizeof(*route_groups))
		return route_groups[group];
	return (struct group){ p->body ? p->body : p->number == NETLINK_SOCK_DIAG ? 56 : 16, 24 };
}

int sweep_route_body(uint16_t type)
{
	return group_of(&protocols[0], type).body;
}

size_t sweep_attribute(unsigned char *at, uint16_t type, size_t size, int value)
{
	uint16_t head[2] = { 4 + size, type };

	memcpy(at, head, 4);
	for (size_t i = 0; i < size; i++)
		at[4 + i] = value < 0 ? i + 1 : i ? 0 : value;
	return 4 + ((size + 3) & ~(size_t)3);
}

/* One attribute of each type behind a body of that size. */
static void attributes(int protocol, uint16_t type, uint16_t flags, unsigned char *body,
		       struct group group)
{
	static const uint8_t payloads[] = { 0, 1, 2, 4, 8, 16, 40, 240 };

	for (uint16_t attribute = 0; attribute < group.attributes; attribute++) {
		for (size_t i = 0; i < sizeof(payloads); i++) {
			sweep_attribute(body + group.body, attribute, payloads[i], -1);
			sweep_message(protocol, type, flags, body, group.body + 4 + payloads[i]);
		}
		if (type == 24 && attribute == 9) /* of RTA_MULTIPATH strace finds no end */
			continue;
		sweep_attribute(body + group.body, attribute, 8, attribute % 4);
		sweep_message(protocol, type, flags, body, group.body + 12);
	}
}

static void fill(unsigned char *body, size_t size, int family)
{
	for (size_t i = 0; i < size; i++)
		body[i] = i % 3;
	body[0] = family;
}

/* A body of each length, then a whole one with attributes. */
static void bodies(int protocol, uint16_t type, int family)
{
	static const uint8_t lengths[] = { 1, 2, 4, 8, 12, 16, 20, 24, 28, 40, 52, 56, 64, 72 };
	unsigned char body[512];

	fill(body, sizeof(body), family);
	for (size_t i = 0; i < sizeof(lengths); i++) {
		sweep_message(protocol, type, NLM_F_REQUEST, body, lengths[i]);
		sweep_message(protocol, type, 0, body, lengths[i]);
	}
	attributes(protocol, type, NLM_F_REQUEST, body, group_of(&protocols[protocol], type));
}

/* The same of sockets: requests and answers of each family are as long as they are. */
static void sockets(int protocol, uint16_t type)
{
	static const struct {
		uint8_t family;
		struct group request, answer;
	} families[] = {
		{ AF_UNIX, { 24, 2 }, { 16, 9 } },    { AF_INET, { 56, 5 }, { 72, 24 } },
		{ AF_INET6, { 56, 5 }, { 72, 24 } },  { AF_NETLINK, { 20, 2 }, { 28, 6 } },
		{ AF_PACKET, { 20, 2 }, { 16, 10 } }, { AF_SMC, { 52, 2 }, { 64, 8 } },
		{ AF_VSOCK, { 24, 2 }, { 32, 2 } },
	};
	unsigned char body[512];

	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		bodies(protocol, type, families[i].family);
		fill(body, sizeof(body), families[i].family);
		attributes(protocol, type, NLM_F_REQUEST, body, families[i].request);
		attributes(protocol, type, 0, body, families[i].answer);
	}
}

/* Messages of the subsystems of NETLINK_NETFILTER. */
static void subsystems(int protocol)
{
	static const uint16_t flags[] = { 1, 0x100, 0x200, 0x400, 0x800, 0xffff };
	unsigned char body[16] = { AF_INET, 0, 0, 10, 8, 0, 1 };

	for (int subsystem = 0; subsystem < 15; subsystem++) {
		for (int type = 0; type < 34; type++)
			for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
				sweep_message(protocol, subsystem << 8 | type, flags[i], body, 12);
		body[2] = 10; /* a subsystem in the order of the machine */
		body[3] = 0;
		sweep_message(protocol, subsystem << 8, 1, body, 12);
		body[2] = 0;
		body[3] = 10;
	}
}

/* Acknowledgements: an error, the message that it is about, and what there is to say of it. */
static void errors(int protocol)
{
	static const uint16_t flags[] = { 0, NLM_F_CAPPED, NLM_F_ACK_TLVS, 0x300 };
	static const int32_t numbers[] = { 0, -1, -95, -517, -4095, 7 };
	unsigned char body[512] = { 0 };

	for (size_t f = 0; f < sizeof(flags) / sizeof(*flags); f++) {
		for (uint32_t length = 0; length <= 48; length += 16) {
			struct nlmsghdr about = { .nlmsg_len = length, .nlmsg_type = 16 };
			size_t at = 4 + (length < 16 ? 16 : length);

			memcpy(body + 4, &about, sizeof(about));
			for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
				memcpy(body, &numbers[i], 4);
				sweep_message(protocol, NLMSG_ERROR, flags[f], body, 4);
				sweep_message(protocol, NLMSG_ERROR, flags[f], body, at);
				sweep_message(protocol, NLMSG_DONE, flags[f], body, 4);
			}
			for (int type = 0; type < 8; type++) {
				size_t size = sweep_attribute(body + at, type, 8, -1);

				sweep_message(protocol, NLMSG_ERROR, flags[f], body, at + size);
				sweep_message(protocol, NLMSG_ERROR, flags[f], body, at + size - 5);
				sweep_attribute(body + 4, type, 8, -1);
				sweep_message(protocol, NLMSG_DONE, flags[f], body, 16);
				memcpy(body + 4, &about, sizeof(about));
			}
		}
	}
	for (int type = 0; type < 16; type++)
		sweep_message(protocol, type, NLM_F_MULTI, body, 8);
}

static void flags_and_tails(int protocol, uint16_t type)
{
	struct nlmsghdr *head = (void *)(SWEEP_END - 32);
	unsigned char body[16] = { 0 };
	int fd = FIRST + protocol;

	for (uint32_t flags = 1; flags < 0x10000; flags <<= 1)
		sweep_message(protocol, type, flags, body, sizeof(body));
	sweep_message(protocol, type, 0xffff, body, sizeof(body));
	*head = (struct nlmsghdr){ .nlmsg_len = 32, .nlmsg_type = type };
	sweep_call(SYS_sendto, fd, head, 32, 0, 0, 0);
	sweep_call(SYS_sendto, fd, head, 33, 0, 0, 0);
	sweep_call(SYS_sendto, fd, head, 64, 0, 0, 0);
	sweep_call(SYS_sendto, fd, head, 15, 0, 0, 0);
	head->nlmsg_len = 15;
	sweep_call(SYS_sendto, fd, head, 32, 0, 0, 0);
	head->nlmsg_len = 64;
	sweep_call(SYS_sendto, fd, head, 32, 0, 0, 0);
	sweep_call(SYS_sendto, fd, head, 64, 0, 0, 0);
}

static void one_type(int protocol, uint16_t type, bool all)
{
	static const uint8_t families[] = { 0, AF_INET, AF_INET6, AF_BRIDGE, 128, 129 };

	for (size_t f = 0; all && f < sizeof(families); f++)
		if (f < 2 || !protocol)
			bodies(protocol, type, families[f]);
	if (all && protocols[protocol].number == NETLINK_SOCK_DIAG)
		sockets(protocol, type);
	flags_and_tails(protocol, type);
}

static void one_protocol(int protocol)
{
	const char *types = protocols[protocol].types;
	const struct flag_table *t = types ? flag_table_find(types) : NULL;
	size_t count = t ? t->count : 4;
	uint16_t group = 0;

	for (size_t n = 0; n < count; n++) {
		uint16_t type = t ? t->values[n].value : n < 2 ? 15 + 3 * n : 14 + n;
		/* of routes, the types of a group have the same contents */
		bool all = protocol ? n < TYPES_MOST : type / 4 != group || type == 30;

		group = type / 4;
		one_type(protocol, type, all);
	}
	errors(protocol);
	if (protocols[protocol].number == NETLINK_NETFILTER)
		subsystems(protocol);
}

void sweep_netlink(int part)
{
	(void)part;
	sweep_fill(FILL_ZEROS);
	for (int i = 0; i < PROTOCOLS; i++)
		one_protocol(i);
	sweep_nests();
}
