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
	if (size < 4 || size > 8)
		return false;
	if (s->element)
		show_enum(s, s->element, get32(data));
	else
		value_unsigned(s, get32(data));
	return true;
}

static const struct attr_row operation_rows[] = {
	ATTR_BY(CTRL_ATTR_OP_ID, operation),
	ATTR_FIT(CTRL_ATTR_OP_FLAGS, FLAGS32, "genl_ctrl_op_flags"),
};
static const struct attr_list operation_list = ATTR_LIST("genl_ctrl_op_attrs", operation_rows);

static const struct attr_row operation_row = ATTR_NEST(0, operation_list);
static const struct attr_list operations_list = ATTR_NUMBERED(operation_row);
static const struct attr_row group_row = ATTR_NEST(0, group_list);
static const struct attr_list groups_list = ATTR_NUMBERED(group_row);

static const struct attr_row policy_rows[] = {
	ATTR_FIT(NL_POLICY_TYPE_ATTR_TYPE, ENUM32, "nl_attr_types"),
	ATTR(NL_POLICY_TYPE_ATTR_MIN_VALUE_S, S64),
	ATTR(NL_POLICY_TYPE_ATTR_MAX_VALUE_S, S64),
	ATTR(NL_POLICY_TYPE_ATTR_MIN_VALUE_U, U64),
	ATTR(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, U64),
	ATTR(NL_POLICY_TYPE_ATTR_MIN_LENGTH, U32),
	ATTR(NL_POLICY_TYPE_ATTR_MAX_LENGTH, U32),
	ATTR(NL_POLICY_TYPE_ATTR_POLICY_IDX, X32),
	ATTR(NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE, X32),
	ATTR(NL_POLICY_TYPE_ATTR_BITFIELD32_MASK, X32),
	ATTR(NL_POLICY_TYPE_ATTR_MASK, X64),
};
/* Of each policy, of each attribute. */
static const struct attr_list policy_list = ATTR_LIST("nl_policy_type_attrs", policy_rows);
static const struct attr_row attribute_row = ATTR_NEST(0, policy_list);
static const struct attr_list attributes_list = ATTR_NUMBERED(attribute_row);
static const struct attr_row policy_row = ATTR_NEST(0, attributes_list);
static const struct attr_list policies_list = ATTR_NUMBERED(policy_row);

static const struct attr_row command_policy_rows[] = {
	ATTR(CTRL_ATTR_POLICY_DO, U32),
	ATTR(CTRL_ATTR_POLICY_DUMP, U32),
};
static const struct attr_list command_policy_list =
	ATTR_LIST("genl_ctrl_policy_attrs", command_policy_rows);
static const struct attr_row command_policy_row = ATTR_NEST(0, command_policy_list);
static const struct attr_list command_policies_list = ATTR_NUMBERED(command_policy_row);

static const struct attr_row control_rows[] = {
	ATTR(CTRL_ATTR_FAMILY_ID, X16),
	ATTR(CTRL_ATTR_FAMILY_NAME, TEXT),
	ATTR(CTRL_ATTR_VERSION, U32),
	ATTR(CTRL_ATTR_HDRSIZE, U32),
	ATTR(CTRL_ATTR_MAXATTR, U32),
	ATTR_NEST(CTRL_ATTR_OPS, operations_list),
	ATTR_NEST(CTRL_ATTR_MCAST_GROUPS, groups_list),
	ATTR_NEST(CTRL_ATTR_POLICY, policies_list),
	ATTR_NEST(CTRL_ATTR_OP_POLICY, command_policies_list),
	ATTR(CTRL_ATTR_OP, U32),
};
static const struct attr_list control_list = ATTR_LIST("genl_ctrl_attr", control_rows);

/* The table of the commands of the family of that name; NULL: it has none. */
static const char *commands_of(const unsigned char *name, size_t size)
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

	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (size == strlen(families[i].name) + 1 && !memcmp(name, families[i].name, size))
			return families[i].table;
	return NULL;
}

/* The same of the family whose name is among the attributes; without a name, nlctrl. */
static const char *commands_among(const unsigned char *data, size_t size)
{
	while (size >= 4) {
		size_t here = get16(data) < size ? get16(data) : size,
		       step = (here + 3) & ~(size_t)3;

		if (here >= 4 && get16(data + 2) == CTRL_ATTR_FAMILY_NAME)
			return commands_of(data + 4, here - 4);
		if (here < 4 || step >= size)
			break;
		data += step;
		size -= step;
	}
	return "genl_ctrl_cmd";
}

/* struct genlmsghdr, whose commands are of the table, then attributes. */
static void message(struct show *s, const char *commands, const struct attr_list *list,
		    const unsigned char *data, size_t size)
{
	const size_t own = sizeof(struct genlmsghdr);

	if (size < own) {
		show_attr_bytes(s, data, size);
		return;
	}
	if (!show_netlink_has(s, data, own)) {
		show_netlink_missing(s, data);
		return;
	}
	value_struct(s);
	value_field(s, "cmd");
	if (commands)
		show_enum(s, commands, data[0]);
	else
		value_hex(s, data[0]);
	field_unsigned(s, "version", data[1]);
	if (get16(data + 2))
		field_hex(s, "reserved", get16(data + 2));
	value_struct_end(s);
	if (size == own)
		return;
	value_element(s);
	show_attributes(s, data + own, size - own, list, 0);
}

void show_control_message(struct show *s, const unsigned char *data, size_t size)
{
	const size_t own = sizeof(struct genlmsghdr);

	s->element = size > own ? commands_among(data + own, size - own) : NULL;
	message(s, "genl_ctrl_cmd", &control_list, data, size);
}

void show_generic_message(struct show *s, const unsigned char *data, size_t size)
{
	static const struct attr_list list = { NULL, NULL, 0, NULL };

	message(s, NULL, &list, data, size);
}
