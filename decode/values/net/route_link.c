// SPDX-License-Identifier: GPL-2.0-or-later
/* show: attributes of network links (linux/if_link.h). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/if_link.h>

/* Counters of either width, in the order of struct rtnl_link_stats; the last came later. */
static bool statistics(struct show *s, const unsigned char *data, size_t size, size_t each)
{
	static const char *const names[] = {
		"rx_packets",
		"tx_packets",
		"rx_bytes",
		"tx_bytes",
		"rx_errors",
		"tx_errors",
		"rx_dropped",
		"tx_dropped",
		"multicast",
		"collisions",
		"rx_length_errors",
		"rx_over_errors",
		"rx_crc_errors",
		"rx_frame_errors",
		"rx_fifo_errors",
		"rx_missed_errors",
		"tx_aborted_errors",
		"tx_carrier_errors",
		"tx_fifo_errors",
		"tx_heartbeat_errors",
		"tx_window_errors",
		"rx_compressed",
		"tx_compressed",
		"rx_nohandler",
		"rx_otherhost_dropped", /* of 64 bits only */
	};
	const size_t all = sizeof(names) / sizeof(*names) - (each == 4), least = 23;
	size_t count = size / each < all ? size / each : all;

	if (count < least)
		return false;
	value_struct(s);
	for (size_t i = 0; i < count; i++)
		field_unsigned(s, names[i], each == 8 ? get64(data + 8 * i) : get32(data + 4 * i));
	value_struct_end(s);
	return true;
}

static bool stats32(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	return statistics(s, data, size, 4);
}

static bool stats64(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	return statistics(s, data, size, 8);
}

static bool map(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 28)
		return false;
	value_struct(s);
	field_hex(s, "mem_start", get64(data));
	field_hex(s, "mem_end", get64(data + 8));
	field_hex(s, "base_addr", get64(data + 16));
	field_unsigned(s, "irq", get16(data + 24));
	field_unsigned(s, "dma", data[26]);
	field_unsigned(s, "port", data[27]);
	value_struct_end(s);
	return true;
}

/* One without a name is decimal. */
static void show_index(struct show *s, const char *table, size_t i)
{
	const struct flag_table *t = show_table(s, table);

	value_constant(s, i, BASE_UNSIGNED, t ? flag_name(t, i) : NULL, t ? t->unknown : NULL);
}

/* Numbers with an index that has a name: [[IPV4_DEVCONF_FORWARDING-1] = 0, ...]. */
static void indexed(struct show *s, const unsigned char *data, size_t size, size_t each,
		    const char *table)
{
	value_array(s);
	for (size_t i = 0; i < size / each; i++) {
		if (i >= value_limit(s)) {
			value_more(s);
			break;
		}
		value_element(s);
		value_begin(s, GROUP_INDEX);
		show_index(s, table, i);
		value_end(s, GROUP_INDEX);
		if (each == 8)
			value_unsigned(s, get64(data + 8 * i));
		else
			value_signed(s, (int32_t)get32(data + 4 * i));
	}
	value_array_end(s);
}

static bool inet_conf(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	indexed(s, data, size, 4, "inet_devconf_indices");
	return true;
}

static bool inet6_conf(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	indexed(s, data, size, 4, "inet6_devconf_indices");
	return true;
}

static bool inet6_stats(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	indexed(s, data, size, 8, "snmp_ip_stats");
	return true;
}

static bool icmp6_stats(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	indexed(s, data, size, 8, "snmp_icmp6_stats");
	return true;
}

static bool inet6_cacheinfo(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 16)
		return false;
	value_struct(s);
	field_unsigned(s, "max_reasm_len", get32(data));
	field_unsigned(s, "tstamp", get32(data + 4));
	field_unsigned(s, "reachable_time", get32(data + 8));
	field_unsigned(s, "retrans_time", get32(data + 12));
	value_struct_end(s);
	return true;
}

static bool inet6_token(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 16)
		return false;
	value_inet(s, NULL, 10 /* AF_INET6 */, data);
	return true;
}

static const struct attr_row inet_rows[] = {
	{ IFLA_INET_CONF, ATTR_OTHER, NULL, NULL, inet_conf },
};
static const struct attr_list inet_list = ATTR_LIST("rtnl_ifla_af_spec_inet_attrs", inet_rows);

static const struct attr_row inet6_rows[] = {
	{ IFLA_INET6_FLAGS, ATTR_FLAGS32, "inet6_if_flags", NULL, NULL },
	{ IFLA_INET6_CONF, ATTR_OTHER, NULL, NULL, inet6_conf },
	{ IFLA_INET6_STATS, ATTR_OTHER, NULL, NULL, inet6_stats },
	{ IFLA_INET6_CACHEINFO, ATTR_OTHER, NULL, NULL, inet6_cacheinfo },
	{ IFLA_INET6_ICMP6STATS, ATTR_OTHER, NULL, NULL, icmp6_stats },
	{ IFLA_INET6_TOKEN, ATTR_OTHER, NULL, NULL, inet6_token },
	{ IFLA_INET6_ADDR_GEN_MODE, ATTR_ENUM8, "in6_addr_gen_mode", NULL, NULL },
};
const struct attr_list show_inet6_attributes =
	ATTR_LIST("rtnl_ifla_af_spec_inet6_attrs", inet6_rows);

/* What the family of the message has to say of a link. */
static bool protocol_info(struct show *s, const unsigned char *data, size_t size, int family)
{
	if (family != 10 /* AF_INET6 */)
		return false;
	show_attributes(s, data, size, &show_inet6_attributes, family);
	return true;
}

/* The types of these are families. */
static const struct attr_row spec_rows[] = {
	{ 2 /* AF_INET */, ATTR_NEST, NULL, &inet_list, NULL },
	{ 10 /* AF_INET6 */, ATTR_NEST, NULL, &show_inet6_attributes, NULL },
};
static const struct attr_list spec_list = ATTR_LIST("addrfams", spec_rows);

static const struct attr_row xdp_rows[] = {
	{ IFLA_XDP_FD, ATTR_FD, NULL, NULL, NULL },
	{ IFLA_XDP_ATTACHED, ATTR_ENUM8, "rtnl_ifla_xdp_attached_mode", NULL, NULL },
	{ IFLA_XDP_FLAGS, ATTR_FLAGS32, "xdp_flags", NULL, NULL },
	{ IFLA_XDP_PROG_ID, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_XDP_DRV_PROG_ID, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_XDP_SKB_PROG_ID, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_XDP_HW_PROG_ID, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_XDP_EXPECTED_FD, ATTR_FD, NULL, NULL, NULL },
};
static const struct attr_list xdp_list = ATTR_LIST("rtnl_ifla_xdp_attrs", xdp_rows);

static const struct attr_row info_rows[] = {
	{ IFLA_INFO_KIND, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_INFO_SLAVE_KIND, ATTR_TEXT, NULL, NULL, NULL },
};
static const struct attr_list info_list = ATTR_LIST("rtnl_ifla_info_attrs", info_rows);

static const struct attr_row link_rows[] = {
	{ IFLA_ADDRESS, ATTR_MAC, NULL, NULL, NULL },
	{ IFLA_BROADCAST, ATTR_MAC, NULL, NULL, NULL },
	{ IFLA_IFNAME, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_MTU, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_LINK, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_QDISC, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_STATS, ATTR_OTHER, NULL, NULL, stats32 },
	{ IFLA_MASTER, ATTR_IFINDEX, NULL, NULL, NULL },
	{ IFLA_TXQLEN, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_MAP, ATTR_OTHER, NULL, NULL, map },
	{ IFLA_PROTINFO, ATTR_OTHER, NULL, NULL, protocol_info },
	{ IFLA_WEIGHT, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_OPERSTATE, ATTR_U8, NULL, NULL, NULL },
	{ IFLA_LINKMODE, ATTR_U8, NULL, NULL, NULL },
	{ IFLA_LINKINFO, ATTR_NEST, NULL, &info_list, NULL },
	{ IFLA_NET_NS_PID, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_IFALIAS, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_NUM_VF, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_STATS64, ATTR_OTHER, NULL, NULL, stats64 },
	{ IFLA_AF_SPEC, ATTR_NEST, NULL, &spec_list, NULL },
	{ IFLA_GROUP, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_NET_NS_FD, ATTR_FD, NULL, NULL, NULL },
	{ IFLA_EXT_MASK, ATTR_FLAGS32, "rtnl_ifla_ext_mask", NULL, NULL },
	{ IFLA_PROMISCUITY, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_NUM_TX_QUEUES, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_NUM_RX_QUEUES, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_CARRIER, ATTR_U8, NULL, NULL, NULL },
	{ IFLA_CARRIER_CHANGES, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_LINK_NETNSID, ATTR_S32, NULL, NULL, NULL },
	{ IFLA_PHYS_PORT_NAME, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_PROTO_DOWN, ATTR_U8, NULL, NULL, NULL },
	{ IFLA_GSO_MAX_SEGS, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_GSO_MAX_SIZE, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_XDP, ATTR_NEST, NULL, &xdp_list, NULL },
	{ IFLA_EVENT, ATTR_ENUM32, "rtnl_ifla_events", NULL, NULL },
	{ IFLA_NEW_NETNSID, ATTR_S32, NULL, NULL, NULL },
	{ IFLA_IF_NETNSID, ATTR_S32, NULL, NULL, NULL },
	{ IFLA_CARRIER_UP_COUNT, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_CARRIER_DOWN_COUNT, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_NEW_IFINDEX, ATTR_IFINDEX, NULL, NULL, NULL },
	{ IFLA_MIN_MTU, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_MAX_MTU, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_ALT_IFNAME, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_PERM_ADDRESS, ATTR_MAC, NULL, NULL, NULL },
	{ IFLA_PARENT_DEV_NAME, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_PARENT_DEV_BUS_NAME, ATTR_TEXT, NULL, NULL, NULL },
	{ IFLA_GRO_MAX_SIZE, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_TSO_MAX_SIZE, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_TSO_MAX_SEGS, ATTR_U32, NULL, NULL, NULL },
	{ IFLA_ALLMULTI, ATTR_U32, NULL, NULL, NULL },
	{ 63 /* IFLA_GSO_IPV4_MAX_SIZE */, ATTR_U32, NULL, NULL, NULL },
	{ 64 /* IFLA_GRO_IPV4_MAX_SIZE */, ATTR_U32, NULL, NULL, NULL },
};
const struct attr_list show_link_attributes = ATTR_LIST("rtnl_link_attrs", link_rows);
