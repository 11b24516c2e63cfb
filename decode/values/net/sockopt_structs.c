// SPDX-License-Identifier: GPL-2.0-or-later
/* show: socket options whose value is a structure. */
#include "decode/values/net/net.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum {
	LEVEL_TCP = 6,
	LEVEL_RAW = 255,
	OPTION_ICMP_FILTER = 1,
	JOIN_GROUP = 42,
	LEAVE_GROUP = 45, /* MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP */
	JOIN_ANYCAST = 27,
	LEAVE_ANYCAST = 28,
	OPTION_AO_ADD_KEY = 38,
	AO_KEY_SIZE = 288, /* struct tcp_ao_add of linux/tcp.h */
};

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

/* The first bytes of a structure, as many as the length says; what is behind them is 0. */
static void print_ao_key(struct show *s, const unsigned char *data, int size)
{
	const unsigned char *const bytes = data + 128 + 64 + 4 + 4 + 2;
	unsigned char length = bytes[5] < 80 ? bytes[5] : 80;
	uint32_t bits = get32(data + 196);

	(void)size;
	value_struct(s);
	value_field(s, "addr");
	show_sockaddr_data(s, data, 128);
	field_unsigned(s, "prefix", bytes[0]);
	value_field(s, "alg_name");
	show_chars(s, data + 128, 64);
	field_unsigned(s, "ifindex", get32(data + 192));
	field_unsigned(s, "set_current", bits & 1);
	field_unsigned(s, "set_rnext", bits >> 1 & 1);
	field_unsigned(s, "sndid", bytes[1]);
	field_unsigned(s, "rcvid", bytes[2]);
	field_unsigned(s, "maclen", bytes[3]);
	field_flags(s, "keyflags", "tcp_ao_keyf_flags", bytes[4]);
	value_field(s, "key");
	value_hex_bytes(s, bytes + 6, length, length);
	field_unsigned(s, "keylen", bytes[5]);
	value_struct_end(s);
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

static const struct sockopt_struct options[] = {
	{ SOL_SOCKET, SO_LINGER, true, false, 8, 8, print_linger },
	{ SOL_SOCKET, SO_LINGER, false, false, 0, 8, print_linger },
	{ SOL_SOCKET, SO_PEERCRED, false, false, 0, 12, print_ucred },
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
	{ LEVEL_TCP, OPTION_AO_ADD_KEY, true, false, 1, AO_KEY_SIZE, print_ao_key },
	{ LEVEL_RAW, OPTION_ICMP_FILTER, true, false, 1, 4, print_icmp_filter },
	{ LEVEL_RAW, OPTION_ICMP_FILTER, false, false, 1, 4, print_icmp_filter },
};

const struct sockopt_struct *sockopt_struct_find(uint32_t level, uint32_t option, bool set)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (options[i].level == level && options[i].option == option &&
		    options[i].set == set)
			return &options[i];
	return NULL;
}
