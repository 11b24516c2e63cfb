// SPDX-License-Identifier: GPL-2.0-or-later
/* show: attributes of network links (linux/if_link.h). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <sys/socket.h>

/* struct rtnl_link_stats; the last counters came later. */
#define COUNTERS(type)                                                                             \
	FIELD(type, UNSIGNED, "rx_packets"), FIELD(type, UNSIGNED, "tx_packets"),                  \
		FIELD(type, UNSIGNED, "rx_bytes"), FIELD(type, UNSIGNED, "tx_bytes"),              \
		FIELD(type, UNSIGNED, "rx_errors"), FIELD(type, UNSIGNED, "tx_errors"),            \
		FIELD(type, UNSIGNED, "rx_dropped"), FIELD(type, UNSIGNED, "tx_dropped"),          \
		FIELD(type, UNSIGNED, "multicast"), FIELD(type, UNSIGNED, "collisions"),           \
		FIELD(type, UNSIGNED, "rx_length_errors"),                                         \
		FIELD(type, UNSIGNED, "rx_over_errors"), FIELD(type, UNSIGNED, "rx_crc_errors"),   \
		FIELD(type, UNSIGNED, "rx_frame_errors"), FIELD(type, UNSIGNED, "rx_fifo_errors"), \
		FIELD(type, UNSIGNED, "rx_missed_errors"),                                         \
		FIELD(type, UNSIGNED, "tx_aborted_errors"),                                        \
		FIELD(type, UNSIGNED, "tx_carrier_errors"),                                        \
		FIELD(type, UNSIGNED, "tx_fifo_errors"),                                           \
		FIELD(type, UNSIGNED, "tx_heartbeat_errors"),                                      \
		FIELD(type, UNSIGNED, "tx_window_errors"), FIELD(type, UNSIGNED, "rx_compressed"), \
		FIELD(type, UNSIGNED, "tx_compressed"), FIELD(type, UNSIGNED, "rx_nohandler")

enum { COUNTERS_LEAST = 23 };

static const struct show_field stats32[] = { COUNTERS(INT), FIELDS_END };

const struct show_field show_link_stats64[] = {
	COUNTERS(64),
	FIELD(64, UNSIGNED, "rx_otherhost_dropped"),
	FIELDS_END,
};

static const struct show_field map[] = {
	FIELD(64, HEX, "mem_start"),
	FIELD(64, HEX, "mem_end"),
	FIELD(64, HEX, "base_addr"),
	FIELD(SHORT, UNSIGNED, "irq"),
	FIELD(CHAR, UNSIGNED, "dma"),
	FIELD(CHAR, UNSIGNED, "port"),
	FIELDS_END,
};

static const struct show_field inet6_cacheinfo[] = {
	FIELD(INT, UNSIGNED, "max_reasm_len"),
	FIELD(INT, UNSIGNED, "tstamp"),
	FIELD(INT, UNSIGNED, "reachable_time"),
	FIELD(INT, UNSIGNED, "retrans_time"),
	FIELDS_END,
};

static const struct attr_row inet_rows[] = {
	ATTR_NAMED(IFLA_INET_CONF, ARRAY_S32, "inet_devconf_indices"),
};
static const struct attr_list inet_list = ATTR_LIST("rtnl_ifla_af_spec_inet_attrs", inet_rows);

static const struct attr_row inet6_rows[] = {
	ATTR_FIT(IFLA_INET6_FLAGS, FLAGS32, "inet6_if_flags"),
	ATTR_NAMED(IFLA_INET6_CONF, ARRAY_S32, "inet6_devconf_indices"),
	ATTR_NAMED(IFLA_INET6_STATS, ARRAY_U64, "snmp_ip_stats"),
	ATTR_STRUCT(IFLA_INET6_CACHEINFO, inet6_cacheinfo),
	ATTR_NAMED(IFLA_INET6_ICMP6STATS, ARRAY_U64, "snmp_icmp6_stats"),
	ATTR(IFLA_INET6_TOKEN, INET6),
	ATTR_FIT(IFLA_INET6_ADDR_GEN_MODE, ENUM8, "in6_addr_gen_mode"),
	ATTR(IFLA_INET6_RA_MTU, U32),
};
const struct attr_list show_inet6_attributes =
	ATTR_LIST("rtnl_ifla_af_spec_inet6_attrs", inet6_rows);

static const struct attr_row mctp_rows[] = {
	ATTR(IFLA_MCTP_NET, U32),
	ATTR(2 /* IFLA_MCTP_PHYS_BINDING */, X8),
};
static const struct attr_list mctp_list = ATTR_LIST("rtnl_ifla_af_spec_mctp_attrs", mctp_rows);

/* What the family of the message has to say of a link. */
static bool protocol_info(struct show *s, const unsigned char *data, size_t size, int family)
{
	if (family != AF_INET6 && family != AF_BRIDGE)
		return false;
	show_attributes(s, data, size,
			family == AF_INET6 ? &show_inet6_attributes : &show_bridge_port_attributes,
			family);
	return true;
}

/* The types of these are families. */
static const struct attr_row spec_rows[] = {
	ATTR_NEST(AF_INET, inet_list),
	ATTR_NEST(AF_INET6, show_inet6_attributes),
	ATTR_NEST(AF_MCTP, mctp_list),
};
static const struct attr_list spec_list = ATTR_LIST("addrfams", spec_rows);

static const struct show_field vlan[] = {
	FIELD_NAMED(SHORT, FLAGS, "flags", "bridge_vlan_flags"),
	FIELD(SHORT, UNSIGNED, "vid"),
	FIELDS_END,
};

static const struct attr_row tunnel_rows[] = {
	ATTR(IFLA_BRIDGE_VLAN_TUNNEL_ID, U32),
	ATTR(IFLA_BRIDGE_VLAN_TUNNEL_VID, U16),
	ATTR_FIT(IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, FLAGS16, "bridge_vlan_flags"),
};
static const struct attr_list tunnel_list =
	ATTR_LIST("rtnl_ifla_af_spec_bridge_vlan_tunnel_attrs", tunnel_rows);

static const struct attr_row bridge_rows[] = {
	ATTR_FIT(IFLA_BRIDGE_FLAGS, FLAGS16, "rtnl_ifla_bridge_flags"),
	ATTR_FIT(IFLA_BRIDGE_MODE, ENUM16, "rtnl_ifla_bridge_mode"),
	ATTR_LEAD(IFLA_BRIDGE_VLAN_INFO, vlan, 0),
	ATTR_NEST(IFLA_BRIDGE_VLAN_TUNNEL_INFO, tunnel_list),
};
static const struct attr_list bridge_list =
	ATTR_LIST("rtnl_ifla_af_spec_bridge_attrs", bridge_rows);

static bool family_info(struct show *s, const unsigned char *data, size_t size, int family)
{
	show_attributes(s, data, size, family == AF_BRIDGE ? &bridge_list : &spec_list, family);
	return true;
}

static const struct attr_row property_rows[] = {
	ATTR(IFLA_ALT_IFNAME, TEXT),
};
static const struct attr_list property_list = ATTR_LIST("rtnl_link_attrs", property_rows);

static const struct attr_row reason_rows[] = {
	ATTR(IFLA_PROTO_DOWN_REASON_MASK, X32),
	ATTR(IFLA_PROTO_DOWN_REASON_VALUE, X32),
};
static const struct attr_list reason_list =
	ATTR_LIST("rtnl_ifla_proto_down_reason_attrs", reason_rows);

static const struct attr_row xdp_rows[] = {
	ATTR(IFLA_XDP_FD, FD),
	ATTR_FIT(IFLA_XDP_ATTACHED, ENUM8, "rtnl_ifla_xdp_attached_mode"),
	ATTR_NAMED(IFLA_XDP_FLAGS, FLAGS32, "xdp_flags"),
	ATTR(IFLA_XDP_PROG_ID, U32),
	ATTR(IFLA_XDP_DRV_PROG_ID, U32),
	ATTR(IFLA_XDP_SKB_PROG_ID, U32),
	ATTR(IFLA_XDP_HW_PROG_ID, U32),
	ATTR(IFLA_XDP_EXPECTED_FD, FD),
};
static const struct attr_list xdp_list = ATTR_LIST("rtnl_ifla_xdp_attrs", xdp_rows);

static bool link_info(struct show *s, const unsigned char *data, size_t size, int family)
{
	s->netlink->kind = NULL;
	show_attributes(s, data, size, &show_link_info_attributes, family);
	return true;
}

static const struct attr_row link_rows[] = {
	ATTR(IFLA_ADDRESS, HWADDR),
	ATTR(IFLA_BROADCAST, HWADDR),
	ATTR(IFLA_IFNAME, TEXT),
	ATTR(IFLA_MTU, U32),
	ATTR(IFLA_LINK, U32),
	ATTR(IFLA_QDISC, TEXT),
	ATTR_GROWN(IFLA_STATS, stats32, 4 * COUNTERS_LEAST),
	ATTR(IFLA_MASTER, U32),
	ATTR(IFLA_TXQLEN, U32),
	ATTR_STRUCT(IFLA_MAP, map),
	ATTR_BY(IFLA_PROTINFO, protocol_info),
	ATTR(IFLA_WEIGHT, U32),
	ATTR(IFLA_OPERSTATE, U8),
	ATTR(IFLA_LINKMODE, U8),
	ATTR_BY(IFLA_LINKINFO, link_info),
	ATTR(IFLA_NET_NS_PID, U32),
	ATTR(IFLA_IFALIAS, TEXT),
	ATTR(IFLA_NUM_VF, U32),
	ATTR_GROWN(IFLA_STATS64, show_link_stats64, LINK_STATS64_LEAST),
	ATTR_NEST(IFLA_VFINFO_LIST, show_function_attributes),
	ATTR_NEST(IFLA_VF_PORTS, show_function_port_attributes),
	ATTR_NEST(IFLA_PORT_SELF, show_port_attributes),
	ATTR_BY(IFLA_AF_SPEC, family_info),
	ATTR(IFLA_GROUP, U32),
	ATTR(IFLA_NET_NS_FD, FD),
	ATTR_FIT(IFLA_EXT_MASK, FLAGS32, "rtnl_ifla_ext_mask"),
	ATTR(IFLA_PROMISCUITY, U32),
	ATTR(IFLA_NUM_TX_QUEUES, U32),
	ATTR(IFLA_NUM_RX_QUEUES, U32),
	ATTR(IFLA_CARRIER, U8),
	ATTR(IFLA_CARRIER_CHANGES, U32),
	ATTR(IFLA_LINK_NETNSID, S32),
	ATTR(IFLA_PHYS_PORT_NAME, TEXT),
	ATTR(IFLA_PROTO_DOWN, U8),
	ATTR(IFLA_GSO_MAX_SEGS, U32),
	ATTR(IFLA_GSO_MAX_SIZE, U32),
	ATTR_NEST(IFLA_XDP, xdp_list),
	ATTR_NAMED(IFLA_EVENT, ENUM32, "rtnl_ifla_events"),
	ATTR(IFLA_NEW_NETNSID, S32),
	ATTR(IFLA_IF_NETNSID, S32),
	ATTR(IFLA_CARRIER_UP_COUNT, U32),
	ATTR(IFLA_CARRIER_DOWN_COUNT, U32),
	ATTR(IFLA_NEW_IFINDEX, IFINDEX),
	ATTR(IFLA_MIN_MTU, U32),
	ATTR(IFLA_MAX_MTU, U32),
	ATTR_NEST(IFLA_PROP_LIST, property_list),
	ATTR(IFLA_ALT_IFNAME, TEXT),
	ATTR(IFLA_PERM_ADDRESS, HWADDR),
	ATTR_NEST(IFLA_PROTO_DOWN_REASON, reason_list),
	ATTR(IFLA_PARENT_DEV_NAME, TEXT),
	ATTR(IFLA_PARENT_DEV_BUS_NAME, TEXT),
	ATTR(IFLA_GRO_MAX_SIZE, U32),
	ATTR(IFLA_TSO_MAX_SIZE, U32),
	ATTR(IFLA_TSO_MAX_SEGS, U32),
	ATTR(IFLA_ALLMULTI, U32),
	ATTR(62 /* IFLA_DEVLINK_PORT */, U32),
	ATTR(63 /* IFLA_GSO_IPV4_MAX_SIZE */, U32),
	ATTR(64 /* IFLA_GRO_IPV4_MAX_SIZE */, U32),
	ATTR(66 /* IFLA_MAX_PACING_OFFLOAD_HORIZON */, U64),
	ATTR(67 /* IFLA_NETNS_IMMUTABLE */, U8),
	ATTR(68 /* IFLA_HEADROOM */, U16),
	ATTR(69 /* IFLA_TAILROOM */, U16),
};
const struct attr_list show_link_attributes = ATTR_LIST("rtnl_link_attrs", link_rows);
