// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_ROUTE (linux/rtnetlink.h): addresses, routes, rules, address labels,
 * configuration, namespaces; the attributes of links: route_link.c; other types in files of their
 * own. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_addrlabel.h>
#include <linux/net_namespace.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static const struct show_field addr_cacheinfo[] = {
	FIELD(INT, UNSIGNED, "ifa_prefered"),
	FIELD(INT, UNSIGNED, "ifa_valid"),
	FIELD(INT, UNSIGNED, "cstamp"),
	FIELD(INT, UNSIGNED, "tstamp"),
	FIELDS_END,
};

static const struct attr_row addr_rows[] = {
	ATTR(IFA_ADDRESS, INET),    ATTR(IFA_LOCAL, INET),
	ATTR(IFA_LABEL, TEXT),	    ATTR(IFA_BROADCAST, INET),
	ATTR(IFA_ANYCAST, INET),    ATTR_STRUCT(IFA_CACHEINFO, addr_cacheinfo),
	ATTR(IFA_MULTICAST, INET),  ATTR_NAMED(IFA_FLAGS, FLAGS32, "ifaddrflags"),
	ATTR(IFA_RT_PRIORITY, U32), ATTR(IFA_TARGET_NETNSID, S32),
};
static const struct attr_list addr_list = ATTR_LIST("rtnl_addr_attrs", addr_rows);

static const struct show_field addr[] = {
	FIELD_FAMILY("ifa_family"),
	FIELD(CHAR, UNSIGNED, "ifa_prefixlen"),
	FIELD_NAMED(CHAR, FLAGS, "ifa_flags", "ifaddrflags"),
	FIELD_NAMED(CHAR, ENUM, "ifa_scope", "routing_scopes"),
	FIELD_IFINDEX("ifa_index"),
	FIELDS_END,
};

static const struct attr_row metrics_rows[] = {
	ATTR(RTAX_LOCK, U32),	  ATTR(RTAX_MTU, U32),	    ATTR(RTAX_WINDOW, U32),
	ATTR(RTAX_RTT, U32),	  ATTR(RTAX_RTTVAR, U32),   ATTR(RTAX_SSTHRESH, U32),
	ATTR(RTAX_CWND, U32),	  ATTR(RTAX_ADVMSS, U32),   ATTR(RTAX_REORDERING, U32),
	ATTR(RTAX_HOPLIMIT, U32), ATTR(RTAX_INITCWND, U32), ATTR(RTAX_FEATURES, U32),
	ATTR(RTAX_RTO_MIN, U32),  ATTR(RTAX_INITRWND, U32), ATTR(RTAX_QUICKACK, U32),
	ATTR(RTAX_CC_ALGO, TEXT),
};
static const struct attr_list metrics_list = ATTR_LIST("rtnl_rta_metrics_attrs", metrics_rows);

static const struct show_field route_cacheinfo[] = {
	FIELD(INT, UNSIGNED, "rta_clntref"),
	FIELD(INT, UNSIGNED, "rta_lastuse"),
	FIELD(INT, UNSIGNED, "rta_expires"),
	FIELD(INT, UNSIGNED, "rta_error"),
	FIELD(INT, UNSIGNED, "rta_used"),
	FIELD(INT, HEX, "rta_id"),
	FIELD(INT, UNSIGNED, "rta_ts"),
	FIELD(INT, UNSIGNED, "rta_tsage"),
	FIELDS_END,
};

static const struct show_field forwarding_stats[] = {
	FIELD(64, UNSIGNED, "mfcs_packets"),
	FIELD(64, UNSIGNED, "mfcs_bytes"),
	FIELD(64, UNSIGNED, "mfcs_wrong_if"),
	FIELDS_END,
};

static bool multipath(struct show *s, const unsigned char *data, size_t size, int family);

static bool via(struct show *s, const unsigned char *data, size_t size, int family)
{
	uint16_t own = size >= 2 ? get16(data) : 0;

	(void)family;
	if (size < 2)
		return false;
	value_struct(s);
	field_enum(s, "rtvia_family", "addrfams", own);
	if (size > 2) {
		if ((own == AF_INET && size >= 6) || (own == AF_INET6 && size >= 18)) {
			value_inet(s, "rtvia_addr", own, data + 2);
		} else {
			value_field(s, "rtvia_addr");
			show_attr_bytes(s, data + 2, size - 2);
		}
	}
	value_struct_end(s);
	return true;
}

static const struct attr_row route_rows[] = {
	ATTR(RTA_DST, INET),
	ATTR(RTA_SRC, INET),
	ATTR(RTA_IIF, IFINDEX),
	ATTR(RTA_OIF, IFINDEX),
	ATTR(RTA_GATEWAY, INET),
	ATTR(RTA_PRIORITY, U32),
	ATTR(RTA_PREFSRC, INET),
	ATTR_NEST(RTA_METRICS, metrics_list),
	ATTR_BY(RTA_MULTIPATH, multipath),
	ATTR(RTA_PROTOINFO, U32),
	ATTR(RTA_FLOW, U32),
	ATTR_STRUCT(RTA_CACHEINFO, route_cacheinfo),
	ATTR(RTA_MP_ALGO, U32),
	ATTR_NAMED(RTA_TABLE, ENUM32, "routing_table_ids"),
	ATTR(RTA_MARK, U32),
	ATTR_STRUCT(RTA_MFC_STATS, forwarding_stats),
	ATTR_BY(RTA_VIA, via),
	ATTR(RTA_NEWDST, INET),
	ATTR(RTA_PREF, U8),
	ATTR_NAMED(RTA_ENCAP_TYPE, ENUM16, "lwtunnel_encap_types"),
	ATTR(RTA_EXPIRES, U64),
	ATTR(RTA_UID, U32),
	ATTR(RTA_TTL_PROPAGATE, U8),
	ATTR(RTA_IP_PROTO, U8),
	ATTR(RTA_SPORT, U16),
	ATTR(RTA_DPORT, U16),
	ATTR(RTA_NH_ID, U32),
	ATTR(31 /* RTA_FLOWLABEL */, NET32),
};
static const struct attr_list route_list = ATTR_LIST("rtnl_route_attrs", route_rows);

static void nexthop(struct show *s, const unsigned char *data, size_t size, int family)
{
	const size_t own = sizeof(struct rtnexthop);

	if (size > own) {
		value_array(s);
		value_element(s);
	}
	value_struct(s);
	field_unsigned(s, "rtnh_len", get16(data));
	field_flags(s, "rtnh_flags", "route_nexthop_flags", data[2]);
	field_unsigned(s, "rtnh_hops", data[3]);
	value_field(s, "rtnh_ifindex");
	show_ifindex(s, get32(data + 4));
	value_struct_end(s);
	if (size > own) {
		value_element(s);
		show_attributes(s, data + own, size - own, &route_list, family);
		value_array_end(s);
	}
}

/* A list of struct rtnexthop, each with attributes of its own. */
static bool multipath(struct show *s, const unsigned char *data, size_t size, int family)
{
	enum value_group group;

	if (size < sizeof(struct rtnexthop))
		return false;
	group = get16(data) < size ? GROUP_ARRAY : GROUP_LONE;
	value_begin(s, group);
	while (size >= sizeof(struct rtnexthop)) {
		size_t here = get16(data) < size ? get16(data) : size,
		       step = (here + 3) & ~(size_t)3;

		value_element(s);
		nexthop(s, data, here, family);
		if (step >= size || !step)
			break;
		data += step;
		size -= step;
	}
	value_end(s, group);
	return true;
}

static const struct show_field route[] = {
	FIELD_FAMILY("rtm_family"),
	FIELD(CHAR, UNSIGNED, "rtm_dst_len"),
	FIELD(CHAR, UNSIGNED, "rtm_src_len"),
	FIELD_NAMED(CHAR, FLAGS, "rtm_tos", "ip_type_of_services"),
	FIELD_NAMED(CHAR, ENUM, "rtm_table", "routing_table_ids"),
	FIELD_NAMED(CHAR, ENUM, "rtm_protocol", "routing_protocols"),
	FIELD_NAMED(CHAR, ENUM, "rtm_scope", "routing_scopes"),
	FIELD_NAMED(CHAR, ENUM, "rtm_type", "routing_types"),
	FIELD_NAMED(INT, FLAGS, "rtm_flags", "routing_flags"),
	FIELDS_END,
};

#define RANGE(type)                                                                                \
	{                                                                                          \
		FIELD(type, UNSIGNED, "start"), FIELD(type, UNSIGNED, "end"), FIELDS_END           \
	}
static const struct show_field uid_range[] = RANGE(INT);
static const struct show_field port_range[] = RANGE(SHORT);

static const struct attr_row rule_rows[] = {
	ATTR(FRA_DST, INET),
	ATTR(FRA_SRC, INET),
	ATTR(FRA_IIFNAME, TEXT),
	ATTR(FRA_GOTO, U32),
	ATTR(FRA_PRIORITY, U32),
	ATTR(FRA_FWMARK, U32),
	ATTR(FRA_FLOW, U32),
	ATTR(FRA_TUN_ID, NET64),
	ATTR(FRA_SUPPRESS_IFGROUP, U32),
	ATTR(FRA_SUPPRESS_PREFIXLEN, U32),
	ATTR_NAMED(FRA_TABLE, ENUM32, "routing_table_ids"),
	ATTR(FRA_FWMASK, U32),
	ATTR(FRA_OIFNAME, TEXT),
	ATTR(FRA_L3MDEV, U8),
	ATTR_NAMED(FRA_PROTOCOL, ENUM8, "routing_protocols"),
	ATTR_STRUCT(FRA_UID_RANGE, uid_range),
	ATTR(FRA_IP_PROTO, PROTOCOL),
	ATTR_STRUCT(FRA_SPORT_RANGE, port_range),
	ATTR_STRUCT(FRA_DPORT_RANGE, port_range),
	ATTR(25 /* FRA_DSCP */, U8),
	ATTR(26 /* FRA_FLOWLABEL */, NET32),
	ATTR(27 /* FRA_FLOWLABEL_MASK */, NET32),
	ATTR(28 /* FRA_SPORT_MASK */, X16),
	ATTR(29 /* FRA_DPORT_MASK */, X16),
	ATTR(30 /* FRA_DSCP_MASK */, X8),
};
static const struct attr_list rule_list = ATTR_LIST("rtnl_rule_attrs", rule_rows);

static const struct show_field rule[] = {
	FIELD_FAMILY("family"),
	FIELD(CHAR, UNSIGNED, "dst_len"),
	FIELD(CHAR, UNSIGNED, "src_len"),
	FIELD_NAMED(CHAR, FLAGS, "tos", "ip_type_of_services"),
	FIELD_NAMED(CHAR, ENUM, "table", "rule_table_ids"),
	FIELD_MANY(CHAR, NONE, "", 2),
	FIELD_NAMED(CHAR, ENUM, "action", "fib_rule_actions"),
	FIELD_NAMED(INT, FLAGS, "flags", "fib_rule_flags"),
	FIELDS_END,
};

static const struct show_field link_message[] = {
	FIELD_FAMILY("ifi_family"),
	FIELD(CHAR, NONE, ""),
	FIELD_NAMED(SHORT, ENUM, "ifi_type", "arp_hardware_types"),
	FIELD_IFINDEX("ifi_index"),
	FIELD_NAMED(INT, FLAGS, "ifi_flags", "iffflags"),
	FIELD(INT, HEX, "ifi_change"),
	FIELDS_END,
};

static const struct attr_row label_rows[] = {
	ATTR(IFAL_ADDRESS, INET),
	ATTR(IFAL_LABEL, U32),
};
static const struct attr_list label_list = ATTR_LIST("rtnl_addrlabel_attrs", label_rows);

static const struct attr_row config_rows[] = {
	ATTR(NETCONFA_IFINDEX, IFINDEX),
	ATTR(NETCONFA_FORWARDING, S32),
	ATTR(NETCONFA_RP_FILTER, S32),
	ATTR(NETCONFA_MC_FORWARDING, S32),
	ATTR(NETCONFA_PROXY_NEIGH, S32),
	ATTR(NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN, S32),
	ATTR(NETCONFA_INPUT, S32),
	ATTR(NETCONFA_BC_FORWARDING, S32),
	ATTR(9 /* NETCONFA_FORCE_FORWARDING */, S32),
};
static const struct attr_list config_list = ATTR_LIST("rtnl_netconf_attrs", config_rows);

static const struct show_field label[] = {
	FIELD_FAMILY("ifal_family"),
	FIELD(CHAR, NONE, ""),
	FIELD(CHAR, UNSIGNED, "ifal_prefixlen"),
	FIELD(CHAR, UNSIGNED, "ifal_flags"),
	FIELD_IFINDEX("ifal_index"),
	FIELD(INT, UNSIGNED, "ifal_seq"),
	FIELDS_END,
};

static void config(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_family(s, "ncm_family", "addrfams", &config_list, data, size);
}

static const struct attr_row namespace_rows[] = {
	ATTR(NETNSA_NSID, S32),	       ATTR(NETNSA_PID, U32),	       ATTR(NETNSA_FD, FD),
	ATTR(NETNSA_TARGET_NSID, S32), ATTR(NETNSA_CURRENT_NSID, S32),
};
static const struct attr_list namespace_list = ATTR_LIST("rtnl_nsid_attrs", namespace_rows);

static void namespace(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_family(s, "rtgen_family", "addrfams", &namespace_list, data, size);
}

/* Data center bridging: its attributes are shown as bytes. */
static const struct attr_list bridging_list = { "rtnl_dcb_attrs", NULL, 0, NULL };

static const struct show_field bridging[] = {
	FIELD_FAMILY("dcb_family"),
	FIELD_NAMED(CHAR, ENUM, "cmd", "dcb_commands"),
	FIELD(SHORT, NONE, ""),
	FIELDS_END,
};

void show_route_message(struct show *s, uint16_t type, const unsigned char *data, size_t size)
{
	/* Types come in fours: new, delete, get, set. */
	static const struct {
		uint16_t type;
		void (*print)(struct show *show, const unsigned char *data, size_t size);
		const struct show_field *fields; /* without `print` */
		const struct attr_list *list;
	} kinds[] = {
		{ RTM_NEWLINK, NULL, link_message, &show_link_attributes },
		{ RTM_NEWADDR, NULL, addr, &addr_list },
		{ RTM_NEWROUTE, NULL, route, &route_list },
		{ RTM_NEWNEIGH, show_neighbour_message, NULL, NULL },
		{ RTM_NEWRULE, NULL, rule, &rule_list },
		{ RTM_NEWQDISC, show_traffic_message, NULL, NULL },
		{ RTM_NEWTCLASS, show_traffic_message, NULL, NULL },
		{ RTM_NEWTFILTER, show_traffic_message, NULL, NULL },
		{ RTM_NEWACTION, show_action_message, NULL, NULL },
		{ RTM_GETMULTICAST & ~3, NULL, addr, &addr_list },
		{ RTM_GETANYCAST & ~3, NULL, addr, &addr_list },
		{ RTM_NEWNEIGHTBL, show_neighbour_table_message, NULL, NULL },
		{ RTM_NEWADDRLABEL, NULL, label, &label_list },
		{ RTM_GETDCB & ~3, NULL, bridging, &bridging_list },
		{ RTM_NEWNETCONF, config, NULL, NULL },
		{ RTM_NEWMDB, show_bridge_group_message, NULL, NULL },
		{ RTM_NEWNSID, namespace, NULL, NULL },
		{ RTM_NEWSTATS, show_link_stats_message, NULL, NULL },
		{ RTM_NEWCACHEREPORT, show_cache_report_message, NULL, NULL },
		{ RTM_NEWCHAIN, show_traffic_message, NULL, NULL },
		{ RTM_NEWNEXTHOP, show_nexthop_message, NULL, NULL },
	};

	/* The entries of a bridge are asked for with the structure of links. */
	if (type == RTM_GETNEIGH && *data == AF_BRIDGE)
		type = RTM_GETLINK;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (kinds[i].type != (type & ~3))
			continue;
		if (kinds[i].print)
			kinds[i].print(s, data, size);
		else
			show_netlink_body(s, kinds[i].fields, kinds[i].list, data, size);
		return;
	}
	show_netlink_unknown(s, data, size);
}
