// SPDX-License-Identifier: GPL-2.0-or-later
/* show: traffic control (linux/pkt_sched.h, linux/pkt_cls.h): queueing disciplines, classes,
 * filters, chains and actions. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/gen_stats.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

static const struct show_field basic_stats[] = {
	FIELD(64, UNSIGNED, "bytes"),
	FIELD(INT, UNSIGNED, "packets"),
	FIELDS_END,
};

static const struct show_field queue_stats[] = {
	FIELD(INT, UNSIGNED, "qlen"),	    FIELD(INT, UNSIGNED, "backlog"),
	FIELD(INT, UNSIGNED, "drops"),	    FIELD(INT, UNSIGNED, "requeues"),
	FIELD(INT, UNSIGNED, "overlimits"), FIELDS_END,
};

static const struct show_field rate[] = {
	FIELD(INT, UNSIGNED, "bps"),
	FIELD(INT, UNSIGNED, "pps"),
	FIELDS_END,
};

static const struct show_field rate64[] = {
	FIELD(64, UNSIGNED, "bps"),
	FIELD(64, UNSIGNED, "pps"),
	FIELDS_END,
};

static const struct attr_row stats_rows[] = {
	ATTR_STRUCT(TCA_STATS_BASIC, basic_stats),    ATTR_STRUCT(TCA_STATS_RATE_EST, rate),
	ATTR_STRUCT(TCA_STATS_QUEUE, queue_stats),    ATTR_STRUCT(TCA_STATS_RATE_EST64, rate64),
	ATTR_STRUCT(TCA_STATS_BASIC_HW, basic_stats), ATTR(TCA_STATS_PKT64, U64),
};
static const struct attr_list stats_list = ATTR_LIST("rtnl_tca_stats_attrs", stats_rows);

static const struct show_field traffic_stats[] = {
	FIELD(64, UNSIGNED, "bytes"),
	FIELD(INT, UNSIGNED, "packets"),
	FIELD(INT, UNSIGNED, "drops"),
	FIELD(INT, UNSIGNED, "overlimits"),
	FIELD(INT, UNSIGNED, "bps"),
	FIELD(INT, UNSIGNED, "pps"),
	FIELD(INT, UNSIGNED, "qlen"),
	FIELD(INT, UNSIGNED, "backlog"),
	FIELDS_END,
};

static const struct show_field estimator[] = {
	FIELD(CHAR, SIGNED, "interval"),
	FIELD(CHAR, UNSIGNED, "ewma_log"),
	FIELDS_END,
};

static const struct show_field size_table[] = {
	FIELD(CHAR, UNSIGNED, "cell_log"),
	FIELD(CHAR, UNSIGNED, "size_log"),
	FIELD(SHORT, SIGNED, "cell_align"),
	FIELD(INT, SIGNED, "overhead"),
	FIELD(INT, UNSIGNED, "linklayer"),
	FIELD(INT, UNSIGNED, "mpu"),
	FIELD(INT, UNSIGNED, "mtu"),
	FIELD(INT, UNSIGNED, "tsize"),
	FIELDS_END,
};

static const struct attr_row size_rows[] = {
	ATTR_STRUCT(TCA_STAB_BASE, size_table),
	ATTR(TCA_STAB_DATA, ARRAY_U16),
};
static const struct attr_list size_list = ATTR_LIST("rtnl_tca_stab_attrs", size_rows);

static const struct attr_row traffic_rows[] = {
	ATTR(TCA_KIND, TEXT),
	ATTR_STRUCT(TCA_STATS, traffic_stats),
	ATTR_STRUCT(TCA_RATE, estimator),
	ATTR(TCA_FCNT, U32),
	ATTR_NEST(TCA_STATS2, stats_list),
	ATTR_NEST(TCA_STAB, size_list),
	ATTR(TCA_CHAIN, U32),
	ATTR(TCA_HW_OFFLOAD, U8),
	ATTR(TCA_INGRESS_BLOCK, U32),
	ATTR(TCA_EGRESS_BLOCK, U32),
	ATTR(TCA_DUMP_FLAGS, U32),
	ATTR(16 /* TCA_EXT_WARN_MSG */, TEXT),
};
static const struct attr_list traffic_list = ATTR_LIST("rtnl_tc_attrs", traffic_rows);

static const struct show_field traffic[] = {
	FIELD_FAMILY("tcm_family"),
	FIELD_MANY(CHAR, NONE, "", 3),
	FIELD_IFINDEX("tcm_ifindex"),
	FIELD(INT, UNSIGNED, "tcm_handle"),
	FIELD(INT, UNSIGNED, "tcm_parent"),
	FIELD(INT, UNSIGNED, "tcm_info"),
	FIELDS_END,
};

void show_traffic_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_body(s, traffic, &traffic_list, data, size);
}

static const struct attr_row action_rows[] = {
	ATTR(TCA_ACT_KIND, TEXT),
	ATTR(TCA_ACT_INDEX, U32),
	ATTR_NEST(TCA_ACT_STATS, stats_list),
	ATTR_FIT(TCA_ACT_FLAGS, FLAGS32, "rtnl_tca_act_flags"),
	ATTR_FIT(TCA_ACT_HW_STATS, FLAGS32, "rtnl_tca_act_hw_stats"),
	ATTR_FIT(TCA_ACT_USED_HW_STATS, FLAGS32, "rtnl_tca_act_hw_stats"),
	ATTR(TCA_ACT_IN_HW_COUNT, U32),
};
static const struct attr_list action_list = ATTR_LIST("rtnl_tca_act_attrs", action_rows);
static const struct attr_row action_row = ATTR_NEST(0, action_list);
static const struct attr_list actions_list = ATTR_NUMBERED(action_row);

static const struct attr_row root_rows[] = {
	ATTR_NEST(TCA_ROOT_TAB, actions_list),
	ATTR_FIT(TCA_ROOT_FLAGS, FLAGS32, "rtnl_tca_root_flags"),
	ATTR(TCA_ROOT_COUNT, U32),
	ATTR(TCA_ROOT_TIME_DELTA, MSECS),
	ATTR(5 /* TCA_ROOT_EXT_WARN_MSG */, TEXT),
};
static const struct attr_list root_list = ATTR_LIST("rtnl_tca_root_attrs", root_rows);

void show_action_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_family(s, "tca_family", "addrfams", &root_list, data, size);
}
