// SPDX-License-Identifier: GPL-2.0-or-later
/* show: rarer messages of NETLINK_ROUTE (traffic control, address labels, configuration), and
 * nlctrl of NETLINK_GENERIC. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/genetlink.h>
#include <linux/if_addrlabel.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static bool basic(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 12)
		return false;
	value_struct(s);
	field_unsigned(s, "bytes", get64(data));
	field_unsigned(s, "packets", get32(data + 8));
	value_struct_end(s);
	return true;
}

static bool queue(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 20)
		return false;
	value_struct(s);
	field_unsigned(s, "qlen", get32(data));
	field_unsigned(s, "backlog", get32(data + 4));
	field_unsigned(s, "drops", get32(data + 8));
	field_unsigned(s, "requeues", get32(data + 12));
	field_unsigned(s, "overlimits", get32(data + 16));
	value_struct_end(s);
	return true;
}

/* struct tc_stats: a sum of 64 bits, then words. */
static bool sums(struct show *s, const unsigned char *data, size_t size, int family)
{
	static const char *const names[] = { "packets", "drops", "overlimits", "bps",
					     "pps",	"qlen",	 "backlog" };

	(void)family;
	if (size < 36)
		return false;
	value_struct(s);
	field_unsigned(s, "bytes", get64(data));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		field_unsigned(s, names[i], get32(data + 8 + 4 * i));
	value_struct_end(s);
	return true;
}

static const struct attr_row stats_rows[] = {
	{ 1 /* TCA_STATS_BASIC */, ATTR_OTHER, NULL, NULL, basic },
	{ 3 /* TCA_STATS_QUEUE */, ATTR_OTHER, NULL, NULL, queue },
	{ 7 /* TCA_STATS_BASIC_HW */, ATTR_OTHER, NULL, NULL, basic },
};
static const struct attr_list stats_list = ATTR_LIST("rtnl_tca_stats_attrs", stats_rows);

static const struct attr_row traffic_rows[] = {
	{ TCA_KIND, ATTR_TEXT, NULL, NULL, NULL },
	{ TCA_STATS, ATTR_OTHER, NULL, NULL, sums },
	{ TCA_STATS2, ATTR_NEST, NULL, &stats_list, NULL },
	{ TCA_HW_OFFLOAD, ATTR_U8, NULL, NULL, NULL },
	{ TCA_CHAIN, ATTR_U32, NULL, NULL, NULL },
};
static const struct attr_list traffic_list = ATTR_LIST("rtnl_tc_attrs", traffic_rows);

static const struct attr_row label_rows[] = {
	{ IFAL_ADDRESS, ATTR_INET, NULL, NULL, NULL },
	{ IFAL_LABEL, ATTR_U32, NULL, NULL, NULL },
};
static const struct attr_list label_list = ATTR_LIST("rtnl_addrlabel_attrs", label_rows);

static const struct attr_row config_rows[] = {
	{ NETCONFA_IFINDEX, ATTR_IFINDEX, NULL, NULL, NULL },
	{ NETCONFA_FORWARDING, ATTR_S32, NULL, NULL, NULL },
	{ NETCONFA_RP_FILTER, ATTR_S32, NULL, NULL, NULL },
	{ NETCONFA_MC_FORWARDING, ATTR_S32, NULL, NULL, NULL },
	{ NETCONFA_PROXY_NEIGH, ATTR_S32, NULL, NULL, NULL },
	{ NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN, ATTR_S32, NULL, NULL, NULL },
	{ NETCONFA_INPUT, ATTR_S32, NULL, NULL, NULL },
	{ NETCONFA_BC_FORWARDING, ATTR_S32, NULL, NULL, NULL },
};
static const struct attr_list config_list = ATTR_LIST("rtnl_netconf_attrs", config_rows);

static void family_of(struct show *s, const char *name, uint8_t family)
{
	value_struct(s);
	field_enum(s, name, "addrfams", family);
}

static size_t traffic(struct show *s, const unsigned char *data)
{
	family_of(s, "tcm_family", *data);
	value_field(s, "tcm_ifindex");
	show_ifindex(s, get32(data + 4));
	field_unsigned(s, "tcm_handle", get32(data + 8));
	field_unsigned(s, "tcm_parent", get32(data + 12));
	field_unsigned(s, "tcm_info", get32(data + 16));
	value_struct_end(s);
	return sizeof(struct tcmsg);
}

static size_t label(struct show *s, const unsigned char *data)
{
	family_of(s, "ifal_family", *data);
	field_unsigned(s, "ifal_prefixlen", data[2]);
	field_unsigned(s, "ifal_flags", data[3]);
	value_field(s, "ifal_index");
	show_ifindex(s, get32(data + 4));
	field_unsigned(s, "ifal_seq", get32(data + 8));
	value_struct_end(s);
	return sizeof(struct ifaddrlblmsg);
}

static size_t config(struct show *s, const unsigned char *data)
{
	family_of(s, "ncm_family", *data);
	value_struct_end(s);
	return 4; /* struct netconfmsg is one byte */
}

bool show_route_rare(struct show *s, uint16_t type, const unsigned char *data, size_t size)
{
	static const struct {
		uint16_t type;
		uint8_t size;
		const char *family;
		size_t (*print)(struct show *s, const unsigned char *data);
		const struct attr_list *list;
	} kinds[] = {
		{ RTM_NEWQDISC, sizeof(struct tcmsg), "tcm_family", traffic, &traffic_list },
		{ RTM_NEWTCLASS, sizeof(struct tcmsg), "tcm_family", traffic, &traffic_list },
		{ RTM_NEWTFILTER, sizeof(struct tcmsg), "tcm_family", traffic, &traffic_list },
		{ RTM_NEWADDRLABEL, sizeof(struct ifaddrlblmsg), "ifal_family", label,
		  &label_list },
		{ RTM_NEWNETCONF, 1, "ncm_family", config, &config_list },
	};
	size_t own;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (kinds[i].type != (type & ~3))
			continue;
		if (size < kinds[i].size) {
			family_of(s, kinds[i].family, *data);
			value_more(s);
			value_struct_end(s);
			return true;
		}
		own = kinds[i].print(s, data);
		if (size > own) {
			value_element(s);
			show_attributes(s, data + own, size - own, kinds[i].list, *data);
		}
		return true;
	}
	return false;
}

static const struct attr_row group_rows[] = {
	{ CTRL_ATTR_MCAST_GRP_NAME, ATTR_TEXT, NULL, NULL, NULL },
	{ CTRL_ATTR_MCAST_GRP_ID, ATTR_X32, NULL, NULL, NULL },
};
static const struct attr_list group_list = ATTR_LIST("genl_ctrl_mcast_attrs", group_rows);

/* Commands are those of the family that the message is about. */
static bool operation(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	if (s->element)
		show_enum(s, s->element, get32(data));
	else
		value_unsigned(s, get32(data));
	return true;
}

static const struct attr_row operation_rows[] = {
	{ CTRL_ATTR_OP_ID, ATTR_OTHER, NULL, NULL, operation },
	{ CTRL_ATTR_OP_FLAGS, ATTR_FLAGS32, "genl_ctrl_op_flags", NULL, NULL },
};
static const struct attr_list operation_list = ATTR_LIST("genl_ctrl_op_attrs", operation_rows);

/* A list whose attributes' types are their numbers in it: [{nla_len=20, nla_type=0x1}, [...]] */
static bool numbered(struct show *s, const unsigned char *data, size_t size,
		     const struct attr_list *list)
{
	enum value_group group = size >= 4 && get16(data) < size ? GROUP_ARRAY : GROUP_LONE;

	if (size < 4)
		return false;
	value_begin(s, group);
	while (size >= 4) {
		size_t here = get16(data) < size ? get16(data) : size,
		       step = (here + 3) & ~(size_t)3;

		if (here < 4)
			break;
		value_element(s);
		value_array(s);
		value_element(s);
		value_struct(s);
		field_unsigned(s, "nla_len", get16(data));
		field_hex(s, "nla_type", get16(data + 2) & 0x3fff);
		value_struct_end(s);
		value_element(s);
		show_attributes(s, data + 4, here - 4, list, 0);
		value_array_end(s);
		if (step >= size)
			break;
		data += step;
		size -= step;
	}
	value_end(s, group);
	return true;
}

static bool groups(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	return numbered(s, data, size, &group_list);
}

static bool operations(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	return numbered(s, data, size, &operation_list);
}

static const struct attr_row control_rows[] = {
	{ CTRL_ATTR_FAMILY_ID, ATTR_X16, NULL, NULL, NULL },
	{ CTRL_ATTR_FAMILY_NAME, ATTR_TEXT, NULL, NULL, NULL },
	{ CTRL_ATTR_VERSION, ATTR_U32, NULL, NULL, NULL },
	{ CTRL_ATTR_HDRSIZE, ATTR_U32, NULL, NULL, NULL },
	{ CTRL_ATTR_MAXATTR, ATTR_U32, NULL, NULL, NULL },
	{ CTRL_ATTR_OPS, ATTR_OTHER, NULL, NULL, operations },
	{ CTRL_ATTR_MCAST_GROUPS, ATTR_OTHER, NULL, NULL, groups },
};
static const struct attr_list control_list = ATTR_LIST("genl_ctrl_attr", control_rows);

/* The table of the commands of the family whose name is among the attributes. */
static const char *commands_of(const unsigned char *data, size_t size)
{
	static const struct {
		const char *name, *table;
	} families[] = {
		{ "nlctrl", "genl_ctrl_cmd" },		{ "nl80211", "genl_nl80211_cmds" },
		{ "ethtool", "genl_ethtool_msg_user" }, { "devlink", "genl_devlink_cmds" },
		{ "thermal", "genl_thermal_cmds" },	{ "tcp_metrics", "genl_tcp_metrics_cmds" },
		{ "TASKSTATS", "genl_taskstats_cmds" }, { "SEG6", "genl_seg6_cmds" },
		{ "netdev", "genl_netdev_cmds" },	{ "mptcp_pm", "genl_mptcp_pm_cmds" },
		{ "IOAM6", "genl_ioam6_cmds" },
	};

	while (size >= 4) {
		size_t here = get16(data) < size ? get16(data) : size,
		       step = (here + 3) & ~(size_t)3;

		if (here < 4)
			break;
		for (size_t i = 0; get16(data + 2) == CTRL_ATTR_FAMILY_NAME &&
				   i < sizeof(families) / sizeof(*families);
		     i++)
			if (here - 4 == strlen(families[i].name) + 1 &&
			    !memcmp(data + 4, families[i].name, here - 4))
				return families[i].table;
		if (step >= size)
			break;
		data += step;
		size -= step;
	}
	return NULL;
}

void show_control_message(struct show *s, const unsigned char *data, size_t size)
{
	if (size < sizeof(struct genlmsghdr)) {
		show_attr_bytes(s, data, size);
		return;
	}
	value_struct(s);
	field_enum(s, "cmd", "genl_ctrl_cmd", data[0]);
	field_unsigned(s, "version", data[1]);
	value_struct_end(s);
	if (size == sizeof(struct genlmsghdr))
		return;
	s->element =
		commands_of(data + sizeof(struct genlmsghdr), size - sizeof(struct genlmsghdr));
	value_element(s);
	show_attributes(s, data + sizeof(struct genlmsghdr), size - sizeof(struct genlmsghdr),
			&control_list, 0);
}
