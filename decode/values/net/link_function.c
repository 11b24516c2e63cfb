// SPDX-License-Identifier: GPL-2.0-or-later
/* show: virtual functions of a network device (IFLA_VFINFO_LIST), and the ports that they are
 * connected to (IFLA_VF_PORTS, IFLA_PORT_SELF). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <arpa/inet.h>
#include <linux/if_link.h>

static void show_mac_field(struct show *s, const void *data, size_t size)
{
	value_mac(s, data, size);
}

static void show_hex_field(struct show *s, const void *data, size_t size)
{
	value_hex_bytes(s, data, size, size);
}

static void show_protocol(struct show *s, const void *data, size_t size)
{
	uint16_t protocol = ntohs(get16(data));

	(void)size;
	if (!value_macro(s, "htons", protocol, BASE_NONE))
		return;
	value_element(s);
	show_enum(s, "ethernet_protocols", protocol);
	value_macro_end(s);
}

#define FUNCTION FIELD(INT, UNSIGNED, "vf")

static const struct show_field mac[] = {
	FUNCTION,
	FIELD_INNER(CHAR, "mac", 32, show_mac_field),
	FIELDS_END,
};

static const struct show_field broadcast[] = {
	FIELD_INNER(CHAR, "broadcast", 32, show_mac_field),
	FIELDS_END,
};

static const struct show_field vlan[] = {
	FUNCTION,
	FIELD(INT, UNSIGNED, "vlan"),
	FIELD(INT, UNSIGNED, "qos"),
	FIELDS_END,
};

static const struct show_field vlan_of_list[] = {
	FUNCTION,
	FIELD(INT, UNSIGNED, "vlan"),
	FIELD(INT, UNSIGNED, "qos"),
	FIELD_INNER(SHORT, "vlan_proto", 1, show_protocol),
	FIELDS_END,
};

static const struct show_field rate[] = { FUNCTION, FIELD(INT, UNSIGNED, "rate"), FIELDS_END };
static const struct show_field setting[] = { FUNCTION, FIELD(INT, UNSIGNED, "setting"),
					     FIELDS_END };

static const struct show_field rates[] = {
	FUNCTION,
	FIELD(INT, UNSIGNED, "min_tx_rate"),
	FIELD(INT, UNSIGNED, "max_tx_rate"),
	FIELDS_END,
};

static const struct show_field link_state[] = {
	FUNCTION,
	FIELD_NAMED(INT, ENUM, "link_state", "rtnl_ifla_vf_link_state"),
	FIELDS_END,
};

/* struct ifla_vf_guid, of 32-bit programs also without padding. */
static bool guid(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size != 12 && size != 16)
		return false;
	value_struct(s);
	field_unsigned(s, "vf", get32(data));
	field_hex(s, "guid", get64(data + (size < 16 ? 4 : 8)));
	value_struct_end(s);
	return true;
}

static const struct attr_row stats_rows[] = {
	ATTR(IFLA_VF_STATS_RX_PACKETS, U64), ATTR(IFLA_VF_STATS_TX_PACKETS, U64),
	ATTR(IFLA_VF_STATS_RX_BYTES, U64),   ATTR(IFLA_VF_STATS_TX_BYTES, U64),
	ATTR(IFLA_VF_STATS_BROADCAST, U64),  ATTR(IFLA_VF_STATS_MULTICAST, U64),
	ATTR(IFLA_VF_STATS_RX_DROPPED, U64), ATTR(IFLA_VF_STATS_TX_DROPPED, U64),
};
static const struct attr_list stats_list = ATTR_LIST("rtnl_ifla_vf_stats_attrs", stats_rows);

static const struct attr_row vlan_rows[] = {
	ATTR_GROWN(IFLA_VF_VLAN_INFO, vlan_of_list, sizeof(struct ifla_vf_vlan_info)),
};
static const struct attr_list vlan_list = ATTR_LIST("rtnl_ifla_vf_vlan_list_attrs", vlan_rows);

static const struct attr_row function_rows[] = {
	ATTR_STRUCT(IFLA_VF_MAC, mac),
	ATTR_STRUCT(IFLA_VF_VLAN, vlan),
	ATTR_STRUCT(IFLA_VF_TX_RATE, rate),
	ATTR_STRUCT(IFLA_VF_SPOOFCHK, setting),
	ATTR_STRUCT(IFLA_VF_LINK_STATE, link_state),
	ATTR_STRUCT(IFLA_VF_RATE, rates),
	ATTR_STRUCT(IFLA_VF_RSS_QUERY_EN, setting),
	ATTR_NEST(IFLA_VF_STATS, stats_list),
	ATTR_STRUCT(IFLA_VF_TRUST, setting),
	ATTR_BY(IFLA_VF_IB_NODE_GUID, guid),
	ATTR_BY(IFLA_VF_IB_PORT_GUID, guid),
	ATTR_NEST(IFLA_VF_VLAN_LIST, vlan_list),
	ATTR_STRUCT(IFLA_VF_BROADCAST, broadcast),
};
static const struct attr_list function_list = ATTR_LIST("rtnl_ifla_vf_attrs", function_rows);

static const struct attr_row functions_rows[] = {
	ATTR_NEST(IFLA_VF_INFO, function_list),
};
const struct attr_list show_function_attributes =
	ATTR_LIST("rtnl_ifla_vfinfo_list_attrs", functions_rows);

static const struct show_field station[] = {
	FIELD(CHAR, UNSIGNED, "vsi_mgr_id"),
	FIELD_INNER(CHAR, "vsi_type_id", 3, show_hex_field),
	FIELD(CHAR, UNSIGNED, "vsi_type_version"),
	{ .type = FIELD_CHAR,
	  .form = FORM_OTHER,
	  .name = "pad",
	  .count = 3,
	  .unless_0 = true,
	  .print = show_hex_field },
	FIELDS_END,
};

static const struct attr_row port_rows[] = {
	ATTR(IFLA_PORT_VF, U32),
	ATTR(IFLA_PORT_PROFILE, TEXT),
	ATTR_STRUCT(IFLA_PORT_VSI_TYPE, station),
	ATTR(IFLA_PORT_REQUEST, U8),
	ATTR(IFLA_PORT_RESPONSE, U16),
};
const struct attr_list show_port_attributes = ATTR_LIST("rtnl_ifla_port_attrs", port_rows);

static const struct attr_row ports_rows[] = {
	ATTR_NEST(IFLA_VF_PORT, show_port_attributes),
};
const struct attr_list show_function_port_attributes =
	ATTR_LIST("rtnl_ifla_vf_ports_attrs", ports_rows);
