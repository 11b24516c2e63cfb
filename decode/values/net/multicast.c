// SPDX-License-Identifier: GPL-2.0-or-later
/* show: multicast: groups that a bridge knows, packets that a multicast router could not forward.
 */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <arpa/inet.h>
#include <linux/if_bridge.h>
#include <linux/mroute.h>
#include <linux/mroute6.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

/* struct br_mdb_entry's addr: sixteen bytes, and what they are. */
static void show_group(struct show *s, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	uint16_t protocol = ntohs(get16(bytes + 16));

	(void)size;
	value_struct(s);
	if (protocol == AF_INET || protocol == AF_INET6) {
		value_inet_within(s, "u", protocol, bytes, 16);
	} else {
		value_field(s, "u");
		value_hex_bytes(s, bytes, 16, 16);
	}
	value_field(s, "proto");
	if (value_macro(s, "htons", protocol, BASE_NONE)) {
		value_element(s);
		show_enum(s, "addrfams", protocol);
		value_macro_end(s);
	}
	value_struct_end(s);
}

static const struct show_field entry[] = {
	FIELD_IFINDEX("ifindex"),
	FIELD_NAMED(CHAR, ENUM, "state", "mdb_states"),
	FIELD_NAMED(CHAR, FLAGS, "flags", "mdb_flags"),
	FIELD(SHORT, UNSIGNED, "vid"),
	FIELD_INNER(INT, "addr", 5, show_group),
	FIELDS_END,
};

/* A structure, or the index of a port, with attributes behind it. */
static void rest(struct show *s, const unsigned char *data, size_t size, size_t own,
		 const struct attr_list *list)
{
	if (size <= own)
		return;
	value_element(s);
	show_attributes(s, data + own, size - own, list, 0);
}

static const struct attr_row entry_attribute_rows[] = {
	ATTR(MDBA_MDB_EATTR_TIMER, TICKS),
};
static const struct attr_list entry_attribute_list =
	ATTR_LIST("rtnl_mdba_mdb_eattr_attrs", entry_attribute_rows);

static bool entry_info(struct show *s, const unsigned char *data, size_t size, int family)
{
	size_t own = sizeof(struct br_mdb_entry);

	(void)family;
	if (size < own)
		return false;
	show_fields(s, entry, data, own);
	rest(s, data, size, own, &entry_attribute_list);
	return true;
}

static const struct attr_row entry_rows[] = {
	ATTR_BY(MDBA_MDB_ENTRY_INFO, entry_info),
};
static const struct attr_list entry_list = ATTR_LIST("rtnl_mdba_mdb_entry_attrs", entry_rows);

static const struct attr_row entries_rows[] = {
	ATTR_NEST(MDBA_MDB_ENTRY, entry_list),
};
static const struct attr_list entries_list = ATTR_LIST("rtnl_mdba_mdb_attrs", entries_rows);

static const struct attr_row port_rows[] = {
	ATTR(MDBA_ROUTER_PATTR_TIMER, TICKS),
	ATTR_NAMED(MDBA_ROUTER_PATTR_TYPE, ENUM8, "multicast_router_types"),
	ATTR(MDBA_ROUTER_PATTR_INET_TIMER, TICKS),
	ATTR(MDBA_ROUTER_PATTR_INET6_TIMER, TICKS),
	ATTR(5 /* MDBA_ROUTER_PATTR_VID */, U16),
};
static const struct attr_list port_list = ATTR_LIST("rtnl_mdba_router_pattr_attrs", port_rows);

static bool router_port(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	show_ifindex(s, get32(data));
	rest(s, data, size, 4, &port_list);
	return true;
}

static const struct attr_row router_rows[] = {
	ATTR_BY(MDBA_ROUTER_PORT, router_port),
};
static const struct attr_list router_list = ATTR_LIST("rtnl_mdba_router_attrs", router_rows);

static const struct attr_row bridge_rows[] = {
	ATTR_NEST(MDBA_MDB, entries_list),
	ATTR_NEST(MDBA_ROUTER, router_list),
};
static const struct attr_list bridge_list = ATTR_LIST("rtnl_mdb_attrs", bridge_rows);

static const struct show_field bridge[] = {
	FIELD_FAMILY("family"),
	FIELD_IFINDEX("ifindex"),
	FIELDS_END,
};

void show_bridge_group_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_body(s, bridge, &bridge_list, data, size);
}

static const struct attr_row report_rows[] = {
	ATTR_FIT(IPMRA_CREPORT_MSGTYPE, ENUM8, "ipmr_cache_msg_types"),
	ATTR(IPMRA_CREPORT_VIF_ID, U32),
	ATTR(IPMRA_CREPORT_SRC_ADDR, INET4),
	ATTR(IPMRA_CREPORT_DST_ADDR, INET4),
	ATTR(IPMRA_CREPORT_TABLE, U32),
};
static const struct attr_list report_list = ATTR_LIST("rtnl_cachereport_attrs", report_rows);

static const struct attr_row report6_rows[] = {
	ATTR_FIT(IP6MRA_CREPORT_MSGTYPE, ENUM8, "ip6mr_cache_msg_types"),
	ATTR(IP6MRA_CREPORT_MIF_ID, U32),
	ATTR(IP6MRA_CREPORT_SRC_ADDR, INET6),
	ATTR(IP6MRA_CREPORT_DST_ADDR, INET6),
};
static const struct attr_list report6_list = ATTR_LIST("rtnl_cachereport6_attrs", report6_rows);

/* Two families of their own. */
void show_cache_report_message(struct show *s, const unsigned char *data, size_t size)
{
	const struct attr_list *list = *data == RTNL_FAMILY_IPMR    ? &report_list
				       : *data == RTNL_FAMILY_IP6MR ? &report6_list
								    : NULL;

	show_netlink_family(s, "rtgen_family", list ? "rtnl_ipmr_families" : "addrfams", list, data,
			    size);
}
