// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_GENERIC: its own family, nlctrl, which names the others. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/genetlink.h>

static const struct attr_row group_rows[] = {
	ATTR(CTRL_ATTR_MCAST_GRP_NAME, TEXT),
	ATTR(CTRL_ATTR_MCAST_GRP_ID, X32),
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
	ATTR_BY(CTRL_ATTR_OP_ID, operation),
	ATTR_NAMED(CTRL_ATTR_OP_FLAGS, FLAGS32, "genl_ctrl_op_flags"),
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
	ATTR(CTRL_ATTR_FAMILY_ID, X16),
	ATTR(CTRL_ATTR_FAMILY_NAME, TEXT),
	ATTR(CTRL_ATTR_VERSION, U32),
	ATTR(CTRL_ATTR_HDRSIZE, U32),
	ATTR(CTRL_ATTR_MAXATTR, U32),
	ATTR_BY(CTRL_ATTR_OPS, operations),
	ATTR_BY(CTRL_ATTR_MCAST_GROUPS, groups),
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
