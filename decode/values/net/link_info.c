// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what a kind of link has to say of itself (IFLA_LINKINFO): bridges, tun and tap devices,
 * CAN; and of the ports of a bridge. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/if_link.h>
#include <linux/if_tun.h>

static void show_priority(struct show *s, const void *data, size_t size)
{
	const unsigned char *bytes = data;

	value_array(s);
	for (size_t i = 0; i < size; i++) {
		value_element(s);
		value_unsigned(s, bytes[i]);
	}
	value_array_end(s);
}

static void show_mac_field(struct show *s, const void *data, size_t size)
{
	value_mac(s, data, size);
}

static const struct show_field bridge_id[] = {
	FIELD_INNER(CHAR, "prio", 2, show_priority),
	FIELD_INNER(CHAR, "addr", 6, show_mac_field),
	FIELDS_END,
};

static const struct show_field bridge_options[] = {
	FIELD_NAMED(INT, FLAGS, "optval", "rtnl_ifla_br_boolopt_flags"),
	FIELD_NAMED(INT, FLAGS, "optmask", "rtnl_ifla_br_boolopt_flags"),
	FIELDS_END,
};

static const struct attr_row querier_rows[] = {
	ATTR(1 /* BRIDGE_QUERIER_IP_ADDRESS */, INET4),
	ATTR(2 /* BRIDGE_QUERIER_IP_PORT */, IFINDEX),
	ATTR(3 /* BRIDGE_QUERIER_IP_OTHER_TIMER */, TICKS),
	ATTR(5 /* BRIDGE_QUERIER_IPV6_ADDRESS */, INET6),
	ATTR(6 /* BRIDGE_QUERIER_IPV6_PORT */, IFINDEX),
	ATTR(7 /* BRIDGE_QUERIER_IPV6_OTHER_TIMER */, TICKS),
};
static const struct attr_list querier_list =
	ATTR_LIST("rtnl_ifla_br_mcast_querier_attrs", querier_rows);

static const struct attr_row bridge_rows[] = {
	ATTR(IFLA_BR_FORWARD_DELAY, TICKS),
	ATTR(IFLA_BR_HELLO_TIME, TICKS),
	ATTR(IFLA_BR_MAX_AGE, TICKS),
	ATTR(IFLA_BR_AGEING_TIME, TICKS),
	ATTR(IFLA_BR_STP_STATE, U32),
	ATTR(IFLA_BR_PRIORITY, U16),
	ATTR(IFLA_BR_VLAN_FILTERING, U8),
	ATTR(IFLA_BR_VLAN_PROTOCOL, ETHER),
	ATTR(IFLA_BR_GROUP_FWD_MASK, X16),
	ATTR_STRUCT(IFLA_BR_ROOT_ID, bridge_id),
	ATTR_STRUCT(IFLA_BR_BRIDGE_ID, bridge_id),
	ATTR(IFLA_BR_ROOT_PORT, U16),
	ATTR(IFLA_BR_ROOT_PATH_COST, U32),
	ATTR(IFLA_BR_TOPOLOGY_CHANGE, U8),
	ATTR(IFLA_BR_TOPOLOGY_CHANGE_DETECTED, U8),
	ATTR(IFLA_BR_HELLO_TIMER, TICKS),
	ATTR(IFLA_BR_TCN_TIMER, TICKS),
	ATTR(IFLA_BR_TOPOLOGY_CHANGE_TIMER, TICKS),
	ATTR(IFLA_BR_GC_TIMER, TICKS),
	ATTR(IFLA_BR_GROUP_ADDR, MAC),
	ATTR(IFLA_BR_MCAST_ROUTER, U8),
	ATTR(IFLA_BR_MCAST_SNOOPING, U8),
	ATTR(IFLA_BR_MCAST_QUERY_USE_IFADDR, U8),
	ATTR(IFLA_BR_MCAST_QUERIER, U8),
	ATTR(IFLA_BR_MCAST_HASH_ELASTICITY, U32),
	ATTR(IFLA_BR_MCAST_HASH_MAX, U32),
	ATTR(IFLA_BR_MCAST_LAST_MEMBER_CNT, U32),
	ATTR(IFLA_BR_MCAST_STARTUP_QUERY_CNT, U32),
	ATTR(IFLA_BR_MCAST_LAST_MEMBER_INTVL, TICKS),
	ATTR(IFLA_BR_MCAST_MEMBERSHIP_INTVL, TICKS),
	ATTR(IFLA_BR_MCAST_QUERIER_INTVL, TICKS),
	ATTR(IFLA_BR_MCAST_QUERY_INTVL, TICKS),
	ATTR(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, TICKS),
	ATTR(IFLA_BR_MCAST_STARTUP_QUERY_INTVL, TICKS),
	ATTR(IFLA_BR_NF_CALL_IPTABLES, U8),
	ATTR(IFLA_BR_NF_CALL_IP6TABLES, U8),
	ATTR(IFLA_BR_NF_CALL_ARPTABLES, U8),
	ATTR(IFLA_BR_VLAN_DEFAULT_PVID, U16),
	ATTR(IFLA_BR_VLAN_STATS_ENABLED, U8),
	ATTR(IFLA_BR_MCAST_STATS_ENABLED, U8),
	ATTR(IFLA_BR_MCAST_IGMP_VERSION, U8),
	ATTR(IFLA_BR_MCAST_MLD_VERSION, U8),
	ATTR(IFLA_BR_VLAN_STATS_PER_PORT, U8),
	ATTR_STRUCT(IFLA_BR_MULTI_BOOLOPT, bridge_options),
	ATTR_NEST(IFLA_BR_MCAST_QUERIER_STATE, querier_list),
	ATTR(48 /* IFLA_BR_FDB_N_LEARNED */, U32),
	ATTR(49 /* IFLA_BR_FDB_MAX_LEARNED */, U32),
	ATTR_FIT(50 /* IFLA_BR_STP_MODE */, ENUM32, "bridge_stp_modes"),
};
static const struct attr_list bridge_list =
	ATTR_LIST("rtnl_ifla_info_data_bridge_attrs", bridge_rows);

static const struct attr_row tun_rows[] = {
	ATTR(IFLA_TUN_OWNER, ID),
	ATTR(IFLA_TUN_GROUP, ID),
	ATTR_FIT(IFLA_TUN_TYPE, ENUM8, "tun_device_types"),
	ATTR(IFLA_TUN_PI, U8),
	ATTR(IFLA_TUN_VNET_HDR, U8),
	ATTR(IFLA_TUN_PERSIST, U8),
	ATTR(IFLA_TUN_MULTI_QUEUE, U8),
	ATTR(IFLA_TUN_NUM_QUEUES, U32),
	ATTR(IFLA_TUN_NUM_DISABLED_QUEUES, U32),
};
static const struct attr_list tun_list = ATTR_LIST("rtnl_ifla_info_data_tun_attrs", tun_rows);

static const struct show_field can_stats[] = {
	FIELD(INT, UNSIGNED, "bus_error"),
	FIELD(INT, UNSIGNED, "error_warning"),
	FIELD(INT, UNSIGNED, "error_passive"),
	FIELD(INT, UNSIGNED, "bus_off"),
	FIELD(INT, UNSIGNED, "arbitration_lost"),
	FIELD(INT, UNSIGNED, "restarts"),
	FIELDS_END,
};

/* What the attributes of a kind of link are. */
static const struct link_kind {
	const char *name;
	const struct attr_list *data;
	const struct show_field *stats;
} kinds[] = {
	{ "bridge", &bridge_list, NULL },
	{ "tun", &tun_list, NULL },
	{ "can", NULL, can_stats },
};

static const struct link_kind *kind_of(const struct show *s)
{
	const struct netlink_scope *scope = s->netlink;

	for (size_t i = 0; scope->kind && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (scope->kind_size == strlen(kinds[i].name) &&
		    !memcmp(scope->kind, kinds[i].name, scope->kind_size))
			return &kinds[i];
	return NULL;
}

static bool info_kind(struct show *s, const unsigned char *data, size_t size, int family)
{
	const unsigned char *nul = memchr(data, 0, size);
	size_t length = nul ? (size_t)(nul - data) : size;

	(void)family;
	s->netlink->kind = nul ? (const char *)data : NULL;
	s->netlink->kind_size = length;
	value_bytes(s, data, value_wanted(s, length), nul ? length : VALUE_CUT);
	return true;
}

static bool info_data(struct show *s, const unsigned char *data, size_t size, int family)
{
	const struct link_kind *kind = kind_of(s);

	if (!kind || !kind->data)
		return false;
	show_attributes(s, data, size, kind->data, family);
	return true;
}

static bool info_stats(struct show *s, const unsigned char *data, size_t size, int family)
{
	const struct link_kind *kind = kind_of(s);

	(void)family;
	if (!kind || !kind->stats || size < show_fields_size(s, kind->stats))
		return false;
	show_fields(s, kind->stats, data, show_fields_size(s, kind->stats));
	return true;
}

static const struct attr_row info_rows[] = {
	ATTR_BY(IFLA_INFO_KIND, info_kind),
	ATTR_BY(IFLA_INFO_DATA, info_data),
	ATTR_BY(IFLA_INFO_XSTATS, info_stats),
	ATTR(IFLA_INFO_SLAVE_KIND, NAME),
};
const struct attr_list show_link_info_attributes = ATTR_LIST("rtnl_ifla_info_attrs", info_rows);

static const struct attr_row port_rows[] = {
	ATTR(IFLA_BRPORT_STATE, U8),
	ATTR(IFLA_BRPORT_PRIORITY, U16),
	ATTR(IFLA_BRPORT_COST, U32),
	ATTR(IFLA_BRPORT_MODE, U8),
	ATTR(IFLA_BRPORT_GUARD, U8),
	ATTR(IFLA_BRPORT_PROTECT, U8),
	ATTR(IFLA_BRPORT_FAST_LEAVE, U8),
	ATTR(IFLA_BRPORT_LEARNING, U8),
	ATTR(IFLA_BRPORT_UNICAST_FLOOD, U8),
	ATTR(IFLA_BRPORT_PROXYARP, U8),
	ATTR(IFLA_BRPORT_LEARNING_SYNC, U8),
	ATTR(IFLA_BRPORT_PROXYARP_WIFI, U8),
	ATTR_STRUCT(IFLA_BRPORT_ROOT_ID, bridge_id),
	ATTR_STRUCT(IFLA_BRPORT_BRIDGE_ID, bridge_id),
	ATTR(IFLA_BRPORT_DESIGNATED_PORT, U16),
	ATTR(IFLA_BRPORT_DESIGNATED_COST, U16),
	ATTR(IFLA_BRPORT_ID, U16),
	ATTR(IFLA_BRPORT_NO, U16),
	ATTR(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, U8),
	ATTR(IFLA_BRPORT_CONFIG_PENDING, U8),
	ATTR(IFLA_BRPORT_MESSAGE_AGE_TIMER, TICKS),
	ATTR(IFLA_BRPORT_FORWARD_DELAY_TIMER, TICKS),
	ATTR(IFLA_BRPORT_HOLD_TIMER, TICKS),
	ATTR(IFLA_BRPORT_MULTICAST_ROUTER, U8),
	ATTR(IFLA_BRPORT_MCAST_FLOOD, U8),
	ATTR(IFLA_BRPORT_MCAST_TO_UCAST, U8),
	ATTR(IFLA_BRPORT_VLAN_TUNNEL, U8),
	ATTR(IFLA_BRPORT_BCAST_FLOOD, U8),
	ATTR(IFLA_BRPORT_GROUP_FWD_MASK, X16),
	ATTR(IFLA_BRPORT_NEIGH_SUPPRESS, U8),
	ATTR(IFLA_BRPORT_ISOLATED, U8),
	ATTR(IFLA_BRPORT_BACKUP_PORT, IFINDEX),
	ATTR(IFLA_BRPORT_MRP_RING_OPEN, U8),
	ATTR(IFLA_BRPORT_MRP_IN_OPEN, U8),
	ATTR(IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, U32),
	ATTR(IFLA_BRPORT_MCAST_EHT_HOSTS_CNT, U32),
	ATTR(IFLA_BRPORT_LOCKED, U8),
	ATTR(40 /* IFLA_BRPORT_MAB */, U8),
	ATTR(41 /* IFLA_BRPORT_MCAST_N_GROUPS */, U32),
	ATTR(42 /* IFLA_BRPORT_MCAST_MAX_GROUPS */, U32),
	ATTR(43 /* IFLA_BRPORT_NEIGH_VLAN_SUPPRESS */, U8),
	ATTR(44 /* IFLA_BRPORT_BACKUP_NHID */, U32),
	ATTR(45 /* IFLA_BRPORT_NEIGH_FORWARD_GRAT */, U8),
};
const struct attr_list show_bridge_port_attributes = ATTR_LIST("rtnl_ifla_brport_attrs", port_rows);
