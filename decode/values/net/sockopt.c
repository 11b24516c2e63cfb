// SPDX-License-Identifier: GPL-2.0-or-later
/* show: getsockopt and setsockopt: the names of options by their level, and the values that are
 * more than a number. */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

enum {
	LEVEL_VSOCK = AF_VSOCK, /* the family stands for a level there */
	LEVEL_TCP = 6,
	LEVEL_UDP = 17,
	LEVEL_RAW = 255,
	LEVEL_CAN_RAW = 101,
	LEVEL_SCTP = 132,
	LEVEL_TLS = 282,
	OPTION_REUSEPORT_CBPF = 51,
	OPTION_TXREHASH = 74,
	OPTION_LOCAL_PORT_RANGE = 51,
	OPTION_IMPORTANCE = 127, /* TIPC_IMPORTANCE */
	LEVEL_TIPC = 271,
	OPTION_PROTOCOL = 52,
};

static const struct level {
	uint32_t level;
	const char *both, *set, *get; /* tables: names that both calls know, and those of one */
} levels[] = {
	{ SOL_SOCKET, "sock_options", "setsock_options", "getsock_options" },
	{ SOL_IP, "sock_ip_options", "setsock_ip_options", "getsock_ip_options" },
	{ SOL_IPV6, "sock_ipv6_options", "setsock_ipv6_options", "getsock_ipv6_options" },
	{ LEVEL_VSOCK, "sock_vsock_options", NULL, NULL },
	{ 256, "sock_ipx_options", NULL, NULL },
	{ 257, "sock_ax25_options", NULL, NULL },
	{ SOL_PACKET, "sock_packet_options", NULL, NULL },
	{ LEVEL_TCP, "sock_tcp_options", NULL, NULL },
	{ LEVEL_CAN_RAW, "sock_can_raw_options", NULL, NULL },
	{ LEVEL_SCTP, "sock_sctp_options", NULL, NULL },
	{ LEVEL_RAW, "sock_raw_options", NULL, NULL },
	{ SOL_NETLINK, "sock_netlink_options", NULL, NULL },
	{ LEVEL_UDP, "sock_udp_options", NULL, NULL },
	{ 266, "sock_irda_options", NULL, NULL },
	{ 268, "sock_llc_options", NULL, NULL },
	{ 269, "sock_dccp_options", NULL, NULL },
	{ LEVEL_TIPC, "sock_tipc_options", NULL, NULL },
	{ 272, "sock_rxrpc_options", NULL, NULL },
	{ 273, "sock_pppol2tp_options", NULL, NULL },
	{ 274, "sock_bluetooth_options", NULL, NULL },
	{ 275, "sock_pnp_options", NULL, NULL },
	{ 276, "sock_rds_options", NULL, NULL },
	{ 277, "sock_iucv_options", NULL, NULL },
	{ 278, "sock_caif_options", NULL, NULL },
	{ 279, "sock_alg_options", NULL, NULL },
	{ 280, "sock_nfcllcp_options", NULL, NULL },
	{ 281, "sock_kcm_options", NULL, NULL },
	{ LEVEL_TLS, "sock_tls_options", NULL, NULL },
	{ 283, "sock_xdp_options", NULL, NULL },
};

static void option_name(struct show *s, uint32_t level, uint32_t option, bool get)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		const struct level *l = &levels[i];
		const char *own = get ? l->get : l->set;
		const struct flag_table *both = show_table(s, l->both),
					*other = own ? show_table(s, own) : NULL;

		if (l->level != level)
			continue;
		if (other && !(both && flag_name(both, option)) && flag_name(other, option))
			show_enum(s, own, option);
		else
			show_enum(s, l->both, option);
		return;
	}
	value_unsigned(s, option);
}

static void begin(struct show *s, bool get)
{
	const uint64_t *arg = s->call->arg;

	show_argument_name(s, 0);
	show_fd(s, arg[0]);
	show_argument_name(s, 1);
	show_enum(s, "socketlayers", (uint32_t)arg[1]);
	show_argument_name(s, 2);
	option_name(s, arg[1], arg[2], get);
	show_argument_name(s, 3);
}

static void number(struct show *s, uint64_t address)
{
	int32_t value;

	if (!show_read(s, address, &value, sizeof(value))) {
		value_address(s, address);
		return;
	}
	value_pointed(s);
	value_signed(s, value);
	value_pointed_end(s);
}

static void print_protocol(struct show *s, const unsigned char *data, int size)
{
	(void)size;
	value_pointed(s);
	show_enum(s, "inet_protocols", get32(data));
	value_pointed_end(s);
}

/* Two ports: the lower one in the lower half; 0 is no bound. */
static void print_port_range(struct show *s, const unsigned char *data, int size)
{
	uint32_t range = get32(data);
	char low[8] = "", high[8] = "", words[24];

	(void)size;
	if (range & 0xffff)
		snprintf(low, sizeof(low), "%u", range & 0xffff);
	if (range >> 16)
		snprintf(high, sizeof(high), "%u", range >> 16);
	snprintf(words, sizeof(words), "%s..%s", low, high);
	value_pointed(s);
	value_constant(s, range, BASE_HEX, NULL, range ? words : NULL);
	value_pointed_end(s);
}

/* A negative size is a structure whose address starts behind a word: 4 bytes less in a 32-bit ABI.
 */
static int size_of(const struct show *s, int size)
{
	return size < 0 ? -size - (s->compat ? 4 : 0) : size;
}

static void structured(struct show *s, const struct sockopt_struct *o, uint64_t address, int length)
{
	unsigned char data[SOCKOPT_STRUCT_MOST] = { 0 };
	int least = size_of(s, o->size), most = o->size < 0 ? least : o->most;
	int size = o->size > 1 || o->size < 0 ? least : length < most ? length : most;

	if (length < least || (o->exact && length != least) || !show_read(s, address, data, size))
		value_address(s, address);
	else
		o->print(s, data, size);
}

/* Of a value that is shorter than its type. */
static void hex_buffer(struct show *s, uint64_t address, int length)
{
	uint64_t size = length < 0 ? UINT64_MAX : (uint64_t)length, shown = value_wanted(s, size);
	const void *data = "";

	if (shown && show_find_bytes(s, address, shown, &data) < shown)
		value_address(s, address);
	else
		value_hex_bytes(s, data, shown, size);
}

static void one_uint(struct show *s, const void *data, size_t size)
{
	(void)size;
	value_unsigned(s, get32(data));
}

/* The rules of one call that are no structure: true if one applied. */
static bool special(struct show *s, uint64_t address, int length, bool set, int given)
{
	uint32_t level = s->call->arg[1], option = s->call->arg[2];

	if (level == SOL_SOCKET &&
	    (option == SO_ATTACH_FILTER || (set && option == OPTION_REUSEPORT_CBPF))) {
		if (!set && length == (uint16_t)length) /* the length is in instructions there */
			show_sock_filter(s, address, length);
		else if (set && length == (s->compat ? 8 : 16))
			show_sock_fprog(s, address);
		else
			value_address(s, address);
		return true;
	}
	if (level != SOL_NETLINK)
		return false;
	if (set && length < 4)
		value_address(s, address);
	else if (!set && option == NETLINK_LIST_MEMBERSHIPS)
		show_array(s, address, (given < length ? given : length) / 4, 4, one_uint);
	else
		number(s, address);
	return true;
}

/* Options of SOL_SOCKET that are an int, whatever length was given (asm-generic/socket.h); the last
 * two can only be asked for. */
static bool is_int(uint32_t option, bool set)
{
	static const uint8_t ints[] = {
		1,  2,	5,  6,	7,  8,	9,  10, 11, 12, 14, 15, 16, 18, 19, 27, 29,
		30, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44, 45, 46, 49, 53, 56,
		60, 63, 64, 65, 68, 69, 70, 73, 74, 75, 76, 82, 83, 84, 4,  77,
	};

	return option < 256 && memchr(ints, (int)option, sizeof(ints) - (set ? 2 : 0));
}

static void txrehash(struct show *s, uint32_t got)
{
	const struct flag_table *t = show_table(s, "sock_txrehash_vals");

	value_constant(s, (uint64_t)(int32_t)got, BASE_SIGNED, t ? flag_name(t, got) : NULL,
		       t ? t->unknown : NULL);
}

static void socket_int(struct show *s, uint64_t address, int length, bool set)
{
	uint32_t got, option = s->call->arg[2];

	if (length < 4 && !set) {
		hex_buffer(s, address, length);
		return;
	}
	if (length < 4 || !show_read(s, address, &got, sizeof(got))) {
		value_address(s, address);
		return;
	}
	value_pointed(s);
	if (option == OPTION_TXREHASH)
		txrehash(s, got);
	else if (option == SO_ERROR)
		value_constant(s, got, BASE_UNSIGNED, flag_errno_name(got), NULL);
	else
		value_signed(s, (int32_t)got);
	value_pointed_end(s);
}

/* Options of SOL_IP that are more than a number, if they are 4 bytes long. */
static bool ip_word(struct show *s, uint64_t address, int length, bool set)
{
	uint32_t option = s->call->arg[2];
	unsigned char data[4];

	if (s->call->arg[1] != SOL_IP ||
	    (option != OPTION_LOCAL_PORT_RANGE && (set || option != OPTION_PROTOCOL)))
		return false;
	if (length != 4)
		hex_buffer(s, address, length);
	else if (!show_read(s, address, data, 4))
		value_address(s, address);
	else if (option == OPTION_PROTOCOL)
		print_protocol(s, data, 4);
	else
		print_port_range(s, data, 4);
	return true;
}

/* Words for a number, whose length is at least a number's. */
static bool tipc_importance(struct show *s, uint64_t address, int length)
{
	unsigned char data[4];

	if (s->call->arg[1] != LEVEL_TIPC || s->call->arg[2] != OPTION_IMPORTANCE)
		return false;
	if (length < 4 || !show_read(s, address, data, 4)) {
		value_address(s, address);
		return true;
	}
	value_pointed(s);
	show_enum(s, "sock_tipc_importances", get32(data));
	value_pointed_end(s);
	return true;
}

static void value(struct show *s, uint64_t address, int length, bool set, int given)
{
	uint32_t level = s->call->arg[1], option = s->call->arg[2];
	const struct sockopt_struct *o = sockopt_struct_find(level, option, set);

	if (!address || (set && s->options->addresses))
		value_address(s, address);
	else if (special(s, address, length, set, given) || ip_word(s, address, length, set) ||
		 tipc_importance(s, address, length))
		return;
	else if (o)
		structured(s, o, address, length);
	else if (level == SOL_SOCKET && is_int(option, set))
		socket_int(s, address, length, set);
	else if (length == 4)
		number(s, address);
	else
		show_buffer(s, address, length < 0 ? UINT64_MAX : (uint64_t)length);
}

static void args_setsockopt(struct show *s)
{
	begin(s, false);
	value(s, s->call->arg[3], (int32_t)s->call->arg[4], true, 0);
	show_argument_name(s, 4);
	show_int(s, s->call->arg[4]);
}

static void length_change(struct show *s, int32_t given, int32_t got)
{
	show_argument_name(s, 4);
	show_length_change(s, given, got);
}

static void args_getsockopt(struct show *s)
{
	uint64_t address = s->call->arg[3];
	int32_t given = 0, got = 0;

	begin(s, true);
	if (!show_length_at(s, s->call->arg[4], false, &given)) {
		value_address(s, address);
		show_argument_name(s, 4);
		value_address(s, s->call->arg[4]);
		return;
	}
	show_at_exit(s);
	if (!show_succeeded(s) || !show_length_at(s, s->call->arg[4], true, &got)) {
		value_address(s, address);
		length_change(s, given, given);
		return;
	}
	if (given <= 0 || got <= 0)
		value_address(s, address);
	else
		value(s, address, got, false, given);
	length_change(s, given, got);
}

static const struct show_call calls[] = {
	{ "setsockopt", args_setsockopt, NULL },
	{ "getsockopt", args_getsockopt, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_sockopt = { .calls = calls };
