// SPDX-License-Identifier: GPL-2.0-or-later
/* show: getsockopt and setsockopt: the names of options by their level, and the values that are
 * more than a number. */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum {
	LEVEL_VSOCK = AF_VSOCK, /* the family stands for a level there */
	LEVEL_TCP = 6,
	LEVEL_UDP = 17,
	LEVEL_RAW = 255,
	LEVEL_CAN_RAW = 101,
	LEVEL_SCTP = 132,
	LEVEL_TLS = 282,
	OPTION_ICMP_FILTER = 1,
	OPTION_REUSEPORT_CBPF = 51,
	OPTION_TXREHASH = 74,
	JOIN_GROUP = 42,
	LEAVE_GROUP = 45, /* MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP */
	JOIN_ANYCAST = 27,
	LEAVE_ANYCAST = 28,
	OPTION_MOST = 256, /* bytes of the longest structure here */
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
	{ 271, "sock_tipc_options", NULL, NULL },
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

/* Fields of 4 bytes as far as the length reaches; the one that is cut is shown as its bytes. */
static void print_words(struct show *s, const unsigned char *data, int size,
			const char *const *names, void (*print)(struct show *s, uint64_t value))
{
	value_struct(s);
	for (int i = 0; names[i] && size > 4 * i; i++) {
		size_t left = (size_t)(size - 4 * i);

		value_field(s, names[i]);
		if (left >= 4)
			print(s, get32(data + 4 * i));
		else
			value_hex_bytes(s, data + 4 * i, left, left);
	}
	value_struct_end(s);
}

static void print_linger(struct show *s, const unsigned char *data, int size)
{
	static const char *const names[] = { "l_onoff", "l_linger", NULL };

	print_words(s, data, size, names, show_int);
}

static void print_ucred(struct show *s, const unsigned char *data, int size)
{
	static const char *const names[] = { "pid", "uid", "gid", NULL };

	print_words(s, data, size, names, show_uid);
}

static void print_statistics(struct show *s, const unsigned char *data, int size)
{
	static const char *const names[] = { "tp_packets", "tp_drops", "tp_freeze_q_cnt", NULL };

	print_words(s, data, size, names, show_uint);
}

static void print_error(struct show *s, const unsigned char *data, int size)
{
	uint32_t error = 0;

	memcpy(&error, data, size < 4 ? size : 4);
	value_pointed(s);
	value_constant(s, error, BASE_UNSIGNED, flag_errno_name(error), NULL);
	value_pointed_end(s);
}

/* The types that are blocked, by name; those that are not if these are fewer, as with signal sets.
 */
static void print_icmp_filter(struct show *s, const unsigned char *data, int size)
{
	uint32_t filter = UINT32_MAX;
	enum value_group group;
	bool invert;

	memcpy(&filter, data, size < 4 ? size : 4);
	invert = __builtin_popcount(filter) >= 32 * 2 / 3;
	group = invert ? GROUP_ALL_BUT : GROUP_SET;
	value_begin(s, group);
	for (int i = 0; i < 32; i++) {
		if ((filter >> i & 1) == invert)
			continue;
		value_member(s);
		show_enum(s, "icmpfilterflags", i);
	}
	value_end(s, group);
}

static void print_mreq(struct show *s, const unsigned char *data, int size)
{
	(void)size;
	value_struct(s);
	value_inet(s, "imr_multiaddr", AF_INET, data);
	value_inet(s, "imr_interface", AF_INET, data + 4);
	value_struct_end(s);
}

static void print_mreq6(struct show *s, const unsigned char *data, int size)
{
	(void)size;
	value_struct(s);
	value_inet(s, "ipv6mr_multiaddr", AF_INET6, data);
	value_field(s, "ipv6mr_interface");
	show_ifindex(s, get32(data + 16));
	value_struct_end(s);
}

/* The address is aligned like a long. */
static void print_group(struct show *s, const unsigned char *data, int size)
{
	unsigned char address[129] = { 0 };

	memcpy(address, data + show_word(s), size - show_word(s) < 128 ? size - show_word(s) : 128);
	value_struct(s);
	value_field(s, "gr_interface");
	show_ifindex(s, get32(data));
	value_field(s, "gr_group");
	show_sockaddr_data(s, address, 128);
	value_struct_end(s);
}

static void print_ring(struct show *s, const unsigned char *data, int size)
{
	static const char *const names[] = { "tp_block_size", "tp_block_nr", "tp_frame_size",
					     "tp_frame_nr", NULL };

	print_words(s, data, size, names, show_uint);
}

static void print_packet_mreq(struct show *s, const unsigned char *data, int size)
{
	unsigned int length = get16(data + 6);

	(void)size;
	value_struct(s);
	value_field(s, "mr_ifindex");
	show_ifindex(s, get32(data));
	field_enum(s, "mr_type", "af_packet_mreq_types", get16(data + 4));
	field_unsigned(s, "mr_alen", length);
	value_field(s, "mr_address");
	value_mac(s, data + 8, length < 8 ? length : 8);
	value_struct_end(s);
}

/* Options with a structure. `size`: at least so many bytes, exactly if `exact`; 0: as many as there
 * are. */
static const struct option {
	uint32_t level, option;
	bool set, exact;
	int size, most;
	void (*print)(struct show *s, const unsigned char *data, int size);
} options[] = {
	{ SOL_SOCKET, SO_LINGER, true, false, 8, 8, print_linger },
	{ SOL_SOCKET, SO_LINGER, false, false, 0, 8, print_linger },
	{ SOL_SOCKET, SO_PEERCRED, false, false, 0, 12, print_ucred },
	{ SOL_SOCKET, SO_ERROR, false, false, 0, 4, print_error },
	{ SOL_IP, IP_ADD_MEMBERSHIP, true, false, 8, 8, print_mreq },
	{ SOL_IP, IP_DROP_MEMBERSHIP, true, false, 8, 8, print_mreq },
	{ SOL_IP, JOIN_GROUP, true, false, -136, 136, print_group },
	{ SOL_IP, LEAVE_GROUP, true, false, -136, 136, print_group },
	{ SOL_IPV6, JOIN_GROUP, true, false, -136, 136, print_group },
	{ SOL_IPV6, LEAVE_GROUP, true, false, -136, 136, print_group },
	{ SOL_IPV6, IPV6_JOIN_GROUP, true, false, 20, 20, print_mreq6 },
	{ SOL_IPV6, IPV6_LEAVE_GROUP, true, false, 20, 20, print_mreq6 },
	{ SOL_IPV6, JOIN_ANYCAST, true, false, 20, 20, print_mreq6 },
	{ SOL_IPV6, LEAVE_ANYCAST, true, false, 20, 20, print_mreq6 },
	{ SOL_PACKET, PACKET_RX_RING, true, true, 16, 16, print_ring },
	{ SOL_PACKET, PACKET_TX_RING, true, true, 16, 16, print_ring },
	{ SOL_PACKET, PACKET_ADD_MEMBERSHIP, true, true, 16, 16, print_packet_mreq },
	{ SOL_PACKET, PACKET_DROP_MEMBERSHIP, true, true, 16, 16, print_packet_mreq },
	{ SOL_PACKET, PACKET_STATISTICS, false, false, 0, 12, print_statistics },
	{ LEVEL_RAW, OPTION_ICMP_FILTER, true, false, 1, 4, print_icmp_filter },
	{ LEVEL_RAW, OPTION_ICMP_FILTER, false, false, 1, 4, print_icmp_filter },
};

/* A negative size is a structure whose address starts behind a word: 4 bytes less in a 32-bit ABI.
 */
static int size_of(const struct show *s, int size)
{
	return size < 0 ? -size - (s->compat ? 4 : 0) : size;
}

static void structured(struct show *s, const struct option *o, uint64_t address, int length)
{
	unsigned char data[OPTION_MOST] = { 0 };
	int least = size_of(s, o->size), most = o->size < 0 ? least : o->most;
	int size = o->size > 1 || o->size < 0 ? least : length < most ? length : most;

	if (length < least || (o->exact && length != least) || !show_read(s, address, data, size))
		value_address(s, address);
	else
		o->print(s, data, size);
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

/* Options of SOL_SOCKET that are an int, whatever length was given (asm-generic/socket.h). */
static bool is_int(uint32_t option)
{
	static const uint8_t ints[] = {
		1,  2,	5,  6,	7,  8,	9,  10, 11, 12, 14, 15, 16, 18, 19,
		27, 29, 30, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44, 45,
		46, 49, 53, 56, 60, 63, 64, 65, 68, 69, 70, 73, 74, 75, 76,
	};

	return option < 256 && memchr(ints, (int)option, sizeof(ints));
}

static void txrehash(struct show *s, uint64_t address)
{
	const struct flag_table *t = show_table(s, "sock_txrehash_vals");
	int32_t got;

	if (!show_read(s, address, &got, sizeof(got))) {
		value_address(s, address);
		return;
	}
	value_pointed(s);
	value_constant(s, (uint64_t)(int64_t)got, BASE_SIGNED,
		       t ? flag_name(t, (uint32_t)got) : NULL, t ? t->unknown : NULL);
	value_pointed_end(s);
}

static void socket_int(struct show *s, uint64_t address, int length)
{
	if (length < 4)
		value_address(s, address);
	else if ((uint32_t)s->call->arg[2] == OPTION_TXREHASH)
		txrehash(s, address);
	else
		number(s, address);
}

static const struct option *find_option(uint32_t level, uint32_t option, bool set)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (options[i].level == level && options[i].option == option &&
		    options[i].set == set)
			return &options[i];
	return NULL;
}

static void value(struct show *s, uint64_t address, int length, bool set, int given)
{
	uint32_t level = s->call->arg[1], option = s->call->arg[2];
	const struct option *o = find_option(level, option, set);

	if (!address)
		value_address(s, address);
	else if (special(s, address, length, set, given))
		return;
	else if (o)
		structured(s, o, address, length);
	else if (set && level == SOL_SOCKET && is_int(option))
		socket_int(s, address, length);
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
