// SPDX-License-Identifier: GPL-2.0-or-later
/* show: statistics of links in messages of their own (RTM_NEWSTATS). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"
#include "format/flags/flags.h"

#include <linux/if_bonding.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/mpls.h>
#include <sys/socket.h>

static const struct show_field vlan[] = {
	FIELD(64, UNSIGNED, "rx_bytes"),  FIELD(64, UNSIGNED, "rx_packets"),
	FIELD(64, UNSIGNED, "tx_bytes"),  FIELD(64, UNSIGNED, "tx_packets"),
	FIELD(SHORT, UNSIGNED, "vid"),	  FIELD_NAMED(SHORT, FLAGS, "flags", "bridge_vlan_flags"),
	FIELD_UNLESS_0(INT, HEX, "pad2"), FIELDS_END,
};

/* [[BR_MCAST_DIR_RX]=1, [BR_MCAST_DIR_TX]=2] */
static void show_directions(struct show *s, const void *data, size_t size)
{
	const struct flag_table *table = show_table(s, "rtnl_bridge_mcast_stats_directions");

	value_array(s);
	for (size_t i = 0; i < size / 8; i++) {
		value_element(s);
		value_begin(s, GROUP_INDEX);
		value_constant(s, i, BASE_UNSIGNED, table ? flag_name(table, i) : NULL, NULL);
		value_end(s, GROUP_INDEX);
		value_unsigned(s, get64((const unsigned char *)data + 8 * i));
	}
	value_array_end(s);
}

#define DIRECTIONS(name) FIELD_INNER(64, name, 2, show_directions)

static const struct show_field multicast[] = {
	DIRECTIONS("igmp_v1queries"),
	DIRECTIONS("igmp_v2queries"),
	DIRECTIONS("igmp_v3queries"),
	DIRECTIONS("igmp_leaves"),
	DIRECTIONS("igmp_v1reports"),
	DIRECTIONS("igmp_v2reports"),
	DIRECTIONS("igmp_v3reports"),
	FIELD(64, UNSIGNED, "igmp_parse_errors"),
	DIRECTIONS("mld_v1queries"),
	DIRECTIONS("mld_v2queries"),
	DIRECTIONS("mld_leaves"),
	DIRECTIONS("mld_v1reports"),
	DIRECTIONS("mld_v2reports"),
	FIELD(64, UNSIGNED, "mld_parse_errors"),
	DIRECTIONS("mcast_bytes"),
	DIRECTIONS("mcast_packets"),
	FIELDS_END,
};

static const struct show_field spanning_tree[] = {
	FIELD(64, UNSIGNED, "transition_blk"),
	FIELD(64, UNSIGNED, "transition_fwd"),
	FIELD(64, UNSIGNED, "rx_bpdu"),
	FIELD(64, UNSIGNED, "tx_bpdu"),
	FIELD(64, UNSIGNED, "rx_tcn"),
	FIELD(64, UNSIGNED, "tx_tcn"),
	FIELDS_END,
};

static const struct attr_row bridge_rows[] = {
	ATTR_LEAD(BRIDGE_XSTATS_VLAN, vlan, 0),
	ATTR_LEAD(BRIDGE_XSTATS_MCAST, multicast, 0),
	ATTR_LEAD(BRIDGE_XSTATS_STP, spanning_tree, 0),
};
static const struct attr_list bridge_list = ATTR_LIST("rtnl_ifla_bridge_xstats_attrs", bridge_rows);

static const struct attr_row lacp_rows[] = {
	ATTR(BOND_3AD_STAT_LACPDU_RX, U64),	    ATTR(BOND_3AD_STAT_LACPDU_TX, U64),
	ATTR(BOND_3AD_STAT_LACPDU_UNKNOWN_RX, U64), ATTR(BOND_3AD_STAT_LACPDU_ILLEGAL_RX, U64),
	ATTR(BOND_3AD_STAT_MARKER_RX, U64),	    ATTR(BOND_3AD_STAT_MARKER_TX, U64),
	ATTR(BOND_3AD_STAT_MARKER_RESP_RX, U64),    ATTR(BOND_3AD_STAT_MARKER_RESP_TX, U64),
	ATTR(BOND_3AD_STAT_MARKER_UNKNOWN_RX, U64),
};
static const struct attr_list lacp_list = ATTR_LIST("rtnl_bond_3ad_stats_attrs", lacp_rows);

static const struct attr_row bond_rows[] = {
	ATTR_NEST(BOND_XSTATS_3AD, lacp_list),
};
static const struct attr_list bond_list = ATTR_LIST("rtnl_bond_xstats_attrs", bond_rows);

static const struct attr_row kind_rows[] = {
	ATTR_NEST(LINK_XSTATS_TYPE_BRIDGE, bridge_list),
	ATTR_NEST(LINK_XSTATS_TYPE_BOND, bond_list),
};
static const struct attr_list kind_list = ATTR_LIST("rtnl_link_xstats_types", kind_rows);

static const struct attr_row offload_rows[] = {
	ATTR_GROWN(IFLA_OFFLOAD_XSTATS_CPU_HIT, show_link_stats64, LINK_STATS64_LEAST),
};
static const struct attr_list offload_list =
	ATTR_LIST("rtnl_ifla_offload_xstats_attrs", offload_rows);

static const struct show_field mpls[] = {
	FIELD(64, UNSIGNED, "rx_packets"), FIELD(64, UNSIGNED, "tx_packets"),
	FIELD(64, UNSIGNED, "rx_bytes"),   FIELD(64, UNSIGNED, "tx_bytes"),
	FIELD(64, UNSIGNED, "rx_errors"),  FIELD(64, UNSIGNED, "tx_errors"),
	FIELD(64, UNSIGNED, "rx_dropped"), FIELD(64, UNSIGNED, "tx_dropped"),
	FIELD(64, UNSIGNED, "rx_noroute"), FIELDS_END,
};

static const struct attr_row mpls_rows[] = {
	ATTR_LEAD(MPLS_STATS_LINK, mpls, 0),
};
static const struct attr_list mpls_list = ATTR_LIST("rtnl_mpls_stats_attrs", mpls_rows);

/* The types of these are families. */
static const struct attr_row family_rows[] = {
	ATTR_NEST(AF_MPLS, mpls_list),
};
static const struct attr_list family_list = ATTR_LIST("addrfams", family_rows);

static const struct attr_row stats_rows[] = {
	ATTR_GROWN(IFLA_STATS_LINK_64, show_link_stats64, LINK_STATS64_LEAST),
	ATTR_NEST(IFLA_STATS_LINK_XSTATS, kind_list),
	ATTR_NEST(IFLA_STATS_LINK_XSTATS_SLAVE, kind_list),
	ATTR_NEST(IFLA_STATS_LINK_OFFLOAD_XSTATS, offload_list),
	ATTR_NEST(IFLA_STATS_AF_SPEC, family_list),
};
static const struct attr_list stats_list = ATTR_LIST("rtnl_ifla_stats_attrs", stats_rows);

static const struct show_field stats[] = {
	FIELD_FAMILY("family"),
	FIELD_UNLESS_0(CHAR, HEX, "pad1"),
	FIELD_UNLESS_0(SHORT, HEX, "pad2"),
	FIELD_IFINDEX("ifindex"),
	FIELD_NAMED(INT, FLAGS, "filter_mask", "rtnl_ifla_stats_filter_mask"),
	FIELDS_END,
};

void show_link_stats_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_body(s, stats, &stats_list, data, size);
}
