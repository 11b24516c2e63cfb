// SPDX-License-Identifier: GPL-2.0-or-later
/* show: sockets: what they are made of, the addresses that calls write and how long these were
 * before, and data. */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <arpa/inet.h>
#include <sys/socket.h>

enum {
	TYPE_BITS = 15, /* of a socket's type; the rest is flags */
};

static uint64_t arg(const struct show *s, int i)
{
	return s->call->arg[i];
}

static void socket_type(struct show *s, uint32_t type)
{
	const struct flag_table *types = show_table(s, "socktypes");
	const char *name = types ? flag_name(types, type & TYPE_BITS) : NULL;

	if (!name) {
		show_flags(s, "sock_type_flags", type);
		return;
	}
	if (!(type & ~TYPE_BITS)) {
		show_enum(s, "socktypes", type);
		return;
	}
	value_mix(s, type, BASE_NONE);
	value_part(s);
	show_enum(s, "socktypes", type & TYPE_BITS);
	value_part(s);
	show_flags(s, "sock_type_flags", type & ~TYPE_BITS);
	value_mix_end(s);
}

/* Whose table a domain's protocols are in. */
static const char *protocols(uint32_t domain)
{
	static const char *const tables[] = {
		[AF_INET] = "inet_protocols",
		[AF_INET6] = "inet_protocols",
		[AF_NETLINK] = "netlink_protocols",
		[AF_IRDA] = "can_protocols",
		[AF_CAN] = "can_protocols",
		[AF_BLUETOOTH] = "bt_protocols",
		[AF_RXRPC] = "addrfams",
		[AF_ISDN] = "isdn_protocols",
		[AF_PHONET] = "phonet_protocols",
		[AF_CAIF] = "caif_protocols",
		[AF_NFC] = "nfc_protocols",
		[AF_KCM] = "kcm_protocols",
		[AF_SMC] = "smc_protocols",
	};

	return domain < sizeof(tables) / sizeof(*tables) ? tables[domain] : NULL;
}

static void domain_and_type(struct show *s)
{
	show_argument_name(s, 0);
	show_enum(s, "addrfams", (uint32_t)arg(s, 0));
	show_argument_name(s, 1);
	socket_type(s, arg(s, 1));
	show_argument_name(s, 2);
}

static void args_socket(struct show *s)
{
	const char *table = protocols(arg(s, 0));
	uint32_t protocol = arg(s, 2);

	domain_and_type(s);
	if (table) {
		show_enum(s, table, protocol);
	} else if ((uint32_t)arg(s, 0) == AF_PACKET) {
		value_macro(s, "htons", protocol, BASE_NONE);
		value_element(s);
		show_enum(s, "ethernet_protocols", ntohs(protocol));
		value_macro_end(s);
	} else if ((uint32_t)arg(s, 0) == AF_AX25) {
		const struct flag_table *t = show_table(s, "ax25_protocols");
		const char *name = t ? flag_name(t, protocol) : NULL;

		value_constant_always(s, protocol, BASE_HEX, name, "AX25_P_???");
	} else {
		value_unsigned(s, arg(s, 2));
	}
}

static void args_socketpair(struct show *s)
{
	domain_and_type(s);
	value_unsigned(s, arg(s, 2));
	show_argument(s, 3);
}

bool show_length_at(struct show *s, uint64_t address, bool exit, int32_t *length)
{
	bool was = s->exit;
	bool read;

	s->exit = exit;
	read = address && show_read(s, address, length, sizeof(*length));
	s->exit = was;
	return read;
}

void show_length_change(struct show *s, int32_t given, int32_t got)
{
	value_pointed(s);
	value_signed(s, given);
	if (given != got) {
		value_becomes(s);
		value_signed(s, got);
	}
	value_pointed_end(s);
}

/* An address that the call writes, and its length: arguments `name` and `name` + 1. */
static void name_written(struct show *s, int name, bool anyway)
{
	int32_t given = 0, got = 0;

	show_argument_name(s, name);
	if (!arg(s, name) || !show_length_at(s, arg(s, name + 1), false, &given)) {
		value_address(s, arg(s, name));
		show_argument_name(s, name + 1);
		value_address(s, arg(s, name + 1));
		return;
	}
	if (!anyway)
		show_at_exit(s);
	if (!show_succeeded(s) || !show_length_at(s, arg(s, name + 1), true, &got)) {
		value_address(s, arg(s, name));
		show_argument_name(s, name + 1);
		show_length_change(s, given, given);
		return;
	}
	show_sockaddr_at(s, arg(s, name), given > got ? got : given);
	show_argument_name(s, name + 1);
	show_length_change(s, given, got);
}

static void descriptor(struct show *s)
{
	show_argument_name(s, 0);
	show_fd(s, arg(s, 0));
}

static void args_name(struct show *s)
{
	descriptor(s);
	name_written(s, 1, false);
}

static void args_accept4(struct show *s)
{
	args_name(s);
	show_argument_name(s, 3);
	show_flags(s, "sock_type_flags", (uint32_t)arg(s, 3));
}

static void args_connect(struct show *s)
{
	descriptor(s);
	show_argument_name(s, 1);
	show_sockaddr(s, arg(s, 1), arg(s, 2));
	show_argument_name(s, 2);
	show_int(s, arg(s, 2));
}

static void args_sendto(struct show *s)
{
	descriptor(s);
	show_argument_name(s, 1);
	show_sockbuf(s, arg(s, 0), arg(s, 1), arg(s, 2));
	show_argument_name(s, 2);
	value_unsigned(s, arg(s, 2));
	show_argument_name(s, 3);
	show_flags(s, "msg_flags", (uint32_t)arg(s, 3));
	show_argument_name(s, 4);
	show_sockaddr(s, arg(s, 4), arg(s, 5));
	show_argument_name(s, 5);
	show_int(s, arg(s, 5));
}

static void args_recvfrom(struct show *s)
{
	uint64_t moved =
		(uint64_t)s->call->result < arg(s, 2) ? (uint64_t)s->call->result : arg(s, 2);

	descriptor(s);
	show_argument_name(s, 1);
	show_at_exit(s);
	if (show_succeeded(s))
		show_sockbuf(s, arg(s, 0), arg(s, 1), moved);
	else
		value_address(s, arg(s, 1));
	show_argument_name(s, 2);
	value_unsigned(s, arg(s, 2));
	show_argument_name(s, 3);
	show_flags(s, "msg_flags", (uint32_t)arg(s, 3));
	name_written(s, 4, true);
}

/* Only where it carries no call, or nobody knows its arguments. */
static void socketcall_args(struct show *s)
{
	const struct flag_table *t = show_table(s, "socketcalls");
	uint32_t call = s->call->arg[0];
	const char *name = t ? flag_name(t, call) : NULL;

	show_argument_name(s, 0);
	value_constant(s, call, BASE_UNSIGNED, name, NULL);
	show_argument_name(s, 1);
	if (name && !value_is_text(s))
		show_arg(s, 1);
	else
		value_address(s, s->call->arg[1]);
}

static const struct show_call calls[] = {
	{ "socketcall", socketcall_args, NULL }, { "socket", args_socket, NULL },
	{ "socketpair", args_socketpair, NULL }, { "bind", args_connect, NULL },
	{ "connect", args_connect, NULL },	 { "accept", args_name, NULL },
	{ "accept4", args_accept4, NULL },	 { "getsockname", args_name, NULL },
	{ "getpeername", args_name, NULL },	 { "sendto", args_sendto, NULL },
	{ "recvfrom", args_recvfrom, NULL },	 { NULL, NULL, NULL },
};

const struct show_family show_family_socket = { .calls = calls };
