// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_ROUTE (linux/rtnetlink.h): addresses, routes, neighbours, rules; links:
 * route_link.c. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

/* Each message begins with its family; `name`, AF_..., and what follows. */
static void begin(struct show *s, const char *name, uint8_t family)
{
	value_struct(s);
	field_enum(s, name, "addrfams", family);
}

static bool addr_cacheinfo(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < sizeof(struct ifa_cacheinfo))
		return false;
	value_struct(s);
	field_unsigned(s, "ifa_prefered", get32(data));
	field_unsigned(s, "ifa_valid", get32(data + 4));
	field_unsigned(s, "cstamp", get32(data + 8));
	field_unsigned(s, "tstamp", get32(data + 12));
	value_struct_end(s);
	return true;
}

static const struct attr_row addr_rows[] = {
	{ IFA_ADDRESS, ATTR_INET, NULL, NULL, NULL },
	{ IFA_LOCAL, ATTR_INET, NULL, NULL, NULL },
	{ IFA_LABEL, ATTR_TEXT, NULL, NULL, NULL },
	{ IFA_BROADCAST, ATTR_INET, NULL, NULL, NULL },
	{ IFA_ANYCAST, ATTR_INET, NULL, NULL, NULL },
	{ IFA_CACHEINFO, ATTR_OTHER, NULL, NULL, addr_cacheinfo },
	{ IFA_MULTICAST, ATTR_INET, NULL, NULL, NULL },
	{ IFA_FLAGS, ATTR_FLAGS32, "ifaddrflags", NULL, NULL },
	{ IFA_RT_PRIORITY, ATTR_U32, NULL, NULL, NULL },
	{ IFA_TARGET_NETNSID, ATTR_S32, NULL, NULL, NULL },
};
static const struct attr_list addr_list = ATTR_LIST("rtnl_addr_attrs", addr_rows);

/* What is behind a message's own structure. */
static void attributes(struct show *s, const unsigned char *data, size_t size, size_t own,
		       const struct attr_list *list)
{
	if (size <= own)
		return;
	value_element(s);
	show_attributes(s, data + own, size - own, list, *data);
}

static void addr(struct show *s, const unsigned char *data, size_t size)
{
	begin(s, "ifa_family", *data);
	if (size < sizeof(struct ifaddrmsg)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	field_unsigned(s, "ifa_prefixlen", data[1]);
	field_flags(s, "ifa_flags", "ifaddrflags", data[2]);
	field_enum(s, "ifa_scope", "routing_scopes", data[3]);
	value_field(s, "ifa_index");
	show_ifindex(s, get32(data + 4));
	value_struct_end(s);
	attributes(s, data, size, sizeof(struct ifaddrmsg), &addr_list);
}

static const struct attr_row metrics_rows[] = {
	{ RTAX_LOCK, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_MTU, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_WINDOW, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_RTT, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_RTTVAR, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_SSTHRESH, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_CWND, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_ADVMSS, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_REORDERING, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_HOPLIMIT, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_INITCWND, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_FEATURES, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_RTO_MIN, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_INITRWND, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_QUICKACK, ATTR_U32, NULL, NULL, NULL },
	{ RTAX_CC_ALGO, ATTR_TEXT, NULL, NULL, NULL },
};
static const struct attr_list metrics_list = ATTR_LIST("rtnl_rta_metrics_attrs", metrics_rows);

static bool route_cacheinfo(struct show *s, const unsigned char *data, size_t size, int family)
{
	struct rta_cacheinfo c;

	(void)family;
	if (size < sizeof(c))
		return false;
	memcpy(&c, data, sizeof(c));
	value_struct(s);
	field_unsigned(s, "rta_clntref", c.rta_clntref);
	field_unsigned(s, "rta_lastuse", c.rta_lastuse);
	field_unsigned(s, "rta_expires", (unsigned int)c.rta_expires);
	field_unsigned(s, "rta_error", c.rta_error);
	field_unsigned(s, "rta_used", c.rta_used);
	field_hex(s, "rta_id", c.rta_id);
	field_unsigned(s, "rta_ts", c.rta_ts);
	field_unsigned(s, "rta_tsage", c.rta_tsage);
	value_struct_end(s);
	return true;
}

static bool multipath(struct show *s, const unsigned char *data, size_t size, int family);

static bool route_inet(struct show *s, const unsigned char *data, size_t size, int family)
{
	if ((family == AF_INET && size >= 4) || (family == AF_INET6 && size >= 16))
		value_inet(s, NULL, family, data);
	else
		show_attr_bytes(s, data, size);
	return true;
}

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
	{ RTA_DST, ATTR_OTHER, NULL, NULL, route_inet },
	{ RTA_SRC, ATTR_OTHER, NULL, NULL, route_inet },
	{ RTA_IIF, ATTR_IFINDEX, NULL, NULL, NULL },
	{ RTA_OIF, ATTR_IFINDEX, NULL, NULL, NULL },
	{ RTA_GATEWAY, ATTR_OTHER, NULL, NULL, route_inet },
	{ RTA_PRIORITY, ATTR_U32, NULL, NULL, NULL },
	{ RTA_PREFSRC, ATTR_OTHER, NULL, NULL, route_inet },
	{ RTA_METRICS, ATTR_NEST, NULL, &metrics_list, NULL },
	{ RTA_MULTIPATH, ATTR_OTHER, NULL, NULL, multipath },
	{ RTA_PROTOINFO, ATTR_U32, NULL, NULL, NULL },
	{ RTA_FLOW, ATTR_U32, NULL, NULL, NULL },
	{ RTA_CACHEINFO, ATTR_OTHER, NULL, NULL, route_cacheinfo },
	{ RTA_MP_ALGO, ATTR_U32, NULL, NULL, NULL },
	{ RTA_TABLE, ATTR_ENUM32, "routing_table_ids", NULL, NULL },
	{ RTA_MARK, ATTR_U32, NULL, NULL, NULL },
	{ RTA_VIA, ATTR_OTHER, NULL, NULL, via },
	{ RTA_NEWDST, ATTR_OTHER, NULL, NULL, route_inet },
	{ RTA_PREF, ATTR_U8, NULL, NULL, NULL },
	{ RTA_ENCAP_TYPE, ATTR_ENUM16, "lwtunnel_encap_types", NULL, NULL },
	{ RTA_EXPIRES, ATTR_U64, NULL, NULL, NULL },
	{ RTA_UID, ATTR_U32, NULL, NULL, NULL },
	{ RTA_TTL_PROPAGATE, ATTR_U8, NULL, NULL, NULL },
	{ RTA_IP_PROTO, ATTR_U8, NULL, NULL, NULL },
	{ RTA_SPORT, ATTR_U16, NULL, NULL, NULL },
	{ RTA_DPORT, ATTR_U16, NULL, NULL, NULL },
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

static void route(struct show *s, const unsigned char *data, size_t size)
{
	begin(s, "rtm_family", *data);
	if (size < sizeof(struct rtmsg)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	field_unsigned(s, "rtm_dst_len", data[1]);
	field_unsigned(s, "rtm_src_len", data[2]);
	field_flags(s, "rtm_tos", "ip_type_of_services", data[3]);
	field_enum(s, "rtm_table", "routing_table_ids", data[4]);
	field_enum(s, "rtm_protocol", "routing_protocols", data[5]);
	field_enum(s, "rtm_scope", "routing_scopes", data[6]);
	field_enum(s, "rtm_type", "routing_types", data[7]);
	field_flags(s, "rtm_flags", "routing_flags", get32(data + 8));
	value_struct_end(s);
	attributes(s, data, size, sizeof(struct rtmsg), &route_list);
}

static bool neighbour_cacheinfo(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < sizeof(struct nda_cacheinfo))
		return false;
	value_struct(s);
	field_unsigned(s, "ndm_confirmed", get32(data));
	field_unsigned(s, "ndm_used", get32(data + 4));
	field_unsigned(s, "ndm_updated", get32(data + 8));
	field_unsigned(s, "ndm_refcnt", get32(data + 12));
	value_struct_end(s);
	return true;
}

static bool port(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 2)
		return false;
	value_net(s, "htons", data, 2);
	return true;
}

static const struct attr_row neighbour_rows[] = {
	{ NDA_DST, ATTR_OTHER, NULL, NULL, route_inet },
	{ NDA_LLADDR, ATTR_MAC, NULL, NULL, NULL },
	{ NDA_CACHEINFO, ATTR_OTHER, NULL, NULL, neighbour_cacheinfo },
	{ NDA_PROBES, ATTR_U32, NULL, NULL, NULL },
	{ NDA_VLAN, ATTR_U16, NULL, NULL, NULL },
	{ NDA_PORT, ATTR_OTHER, NULL, NULL, port },
	{ NDA_VNI, ATTR_U32, NULL, NULL, NULL },
	{ NDA_IFINDEX, ATTR_IFINDEX, NULL, NULL, NULL },
	{ NDA_MASTER, ATTR_IFINDEX, NULL, NULL, NULL },
	{ NDA_LINK_NETNSID, ATTR_U32, NULL, NULL, NULL },
	{ NDA_PROTOCOL, ATTR_ENUM8, "routing_protocols", NULL, NULL },
};
static const struct attr_list neighbour_list = ATTR_LIST("rtnl_neigh_attrs", neighbour_rows);

static void neighbour(struct show *s, const unsigned char *data, size_t size)
{
	begin(s, "ndm_family", *data);
	if (size < sizeof(struct ndmsg)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	value_field(s, "ndm_ifindex");
	show_ifindex(s, get32(data + 4));
	field_flags(s, "ndm_state", "neighbor_cache_entry_states", get16(data + 8));
	field_flags(s, "ndm_flags", "neighbor_cache_entry_flags", data[10]);
	field_enum(s, "ndm_type", "routing_types", data[11]);
	value_struct_end(s);
	attributes(s, data, size, sizeof(struct ndmsg), &neighbour_list);
}

static const struct attr_row rule_rows[] = {
	{ FRA_DST, ATTR_OTHER, NULL, NULL, route_inet },
	{ FRA_SRC, ATTR_OTHER, NULL, NULL, route_inet },
	{ FRA_IIFNAME, ATTR_TEXT, NULL, NULL, NULL },
	{ FRA_GOTO, ATTR_U32, NULL, NULL, NULL },
	{ FRA_PRIORITY, ATTR_U32, NULL, NULL, NULL },
	{ FRA_FWMARK, ATTR_U32, NULL, NULL, NULL },
	{ FRA_FLOW, ATTR_U32, NULL, NULL, NULL },
	{ FRA_SUPPRESS_IFGROUP, ATTR_U32, NULL, NULL, NULL },
	{ FRA_SUPPRESS_PREFIXLEN, ATTR_U32, NULL, NULL, NULL },
	{ FRA_TABLE, ATTR_ENUM32, "routing_table_ids", NULL, NULL },
	{ FRA_FWMASK, ATTR_U32, NULL, NULL, NULL },
	{ FRA_OIFNAME, ATTR_TEXT, NULL, NULL, NULL },
	{ FRA_L3MDEV, ATTR_U8, NULL, NULL, NULL },
	{ FRA_PROTOCOL, ATTR_ENUM8, "routing_protocols", NULL, NULL },
	{ FRA_IP_PROTO, ATTR_ENUM8, "inet_protocols", NULL, NULL },
};
static const struct attr_list rule_list = ATTR_LIST("rtnl_rule_attrs", rule_rows);

static void rule(struct show *s, const unsigned char *data, size_t size)
{
	begin(s, "family", *data);
	if (size < sizeof(struct fib_rule_hdr)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	field_unsigned(s, "dst_len", data[1]);
	field_unsigned(s, "src_len", data[2]);
	field_flags(s, "tos", "ip_type_of_services", data[3]);
	field_enum(s, "table", "routing_table_ids", data[4]);
	field_enum(s, "action", "fib_rule_actions", data[7]);
	field_flags(s, "flags", "fib_rule_flags", get32(data + 8));
	value_struct_end(s);
	attributes(s, data, size, sizeof(struct fib_rule_hdr), &rule_list);
}

static void link_message(struct show *s, const unsigned char *data, size_t size)
{
	begin(s, "ifi_family", *data);
	if (size < sizeof(struct ifinfomsg)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	field_enum(s, "ifi_type", "arp_hardware_types", get16(data + 2));
	value_field(s, "ifi_index");
	show_ifindex(s, get32(data + 4));
	field_flags(s, "ifi_flags", "iffflags", get32(data + 8));
	field_hex(s, "ifi_change", get32(data + 12));
	value_struct_end(s);
	attributes(s, data, size, sizeof(struct ifinfomsg), &show_link_attributes);
}

static void other(struct show *s, const unsigned char *data, size_t size)
{
	value_struct(s);
	field_enum(s, "family", "addrfams", *data);
	if (size > 1) {
		value_field(s, "data");
		show_attr_bytes(s, data + 1, size - 1);
	}
	value_struct_end(s);
}

void show_route_message(struct show *s, uint16_t type, const unsigned char *data, size_t size)
{
	/* Types come in fours: new, delete, get, set. */
	switch (type & ~3) {
	case RTM_NEWLINK: link_message(s, data, size); break;
	case RTM_NEWADDR: addr(s, data, size); break;
	case RTM_NEWROUTE: route(s, data, size); break;
	case RTM_NEWNEIGH: neighbour(s, data, size); break;
	case RTM_NEWRULE: rule(s, data, size); break;
	case RTM_GETMULTICAST & ~3:
	case RTM_GETANYCAST & ~3: addr(s, data, size); break;
	default:
		if (!show_route_rare(s, type, data, size))
			other(s, data, size);
	}
}
