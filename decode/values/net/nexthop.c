// SPDX-License-Identifier: GPL-2.0-or-later
/* show: next hops of routes as objects of their own (linux/nexthop.h). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/nexthop.h>

static const struct show_field group[] = {
	FIELD(INT, UNSIGNED, "id"),
	FIELD(CHAR, UNSIGNED, "weight"),
	FIELD(CHAR, UNSIGNED, "weight_high"),
	FIELD_UNLESS_0(SHORT, HEX, "resvd2"),
	FIELDS_END,
};

static void one_group(struct show *s, const unsigned char *data)
{
	show_fields(s, group, data, sizeof(struct nexthop_grp));
}

static bool groups(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < sizeof(struct nexthop_grp))
		return false;
	show_each(s, data, size, sizeof(struct nexthop_grp), one_group);
	return true;
}

static const struct attr_row resilient_rows[] = {
	ATTR(NHA_RES_GROUP_BUCKETS, U16),
	ATTR(NHA_RES_GROUP_IDLE_TIMER, TICKS),
	ATTR(NHA_RES_GROUP_UNBALANCED_TIMER, TICKS),
	ATTR(NHA_RES_GROUP_UNBALANCED_TIME, TICKS),
};
static const struct attr_list resilient_list =
	ATTR_LIST("rtnl_nha_res_group_attrs", resilient_rows);

static const struct attr_row bucket_rows[] = {
	ATTR(NHA_RES_BUCKET_INDEX, U16),
	ATTR(NHA_RES_BUCKET_IDLE_TIME, TICKS),
	ATTR(NHA_RES_BUCKET_NH_ID, U32),
};
static const struct attr_list bucket_list = ATTR_LIST("rtnl_nha_res_bucket_attrs", bucket_rows);

static const struct attr_row nexthop_rows[] = {
	ATTR(NHA_ID, U32),
	ATTR_BY(NHA_GROUP, groups),
	ATTR_FIT(NHA_GROUP_TYPE, ENUM16, "nexthop_group_types"),
	ATTR(NHA_BLACKHOLE, U32),
	ATTR(NHA_OIF, IFINDEX),
	ATTR(NHA_GATEWAY, INET),
	ATTR_NAMED(NHA_ENCAP_TYPE, ENUM16, "lwtunnel_encap_types"),
	ATTR(NHA_GROUPS, U32),
	ATTR(NHA_MASTER, IFINDEX),
	ATTR(NHA_FDB, U32),
	ATTR_NEST(NHA_RES_GROUP, resilient_list),
	ATTR_NEST(NHA_RES_BUCKET, bucket_list),
};
static const struct attr_list nexthop_list = ATTR_LIST("rtnl_nha_attrs", nexthop_rows);

static const struct show_field nexthop[] = {
	FIELD_FAMILY("nh_family"),
	FIELD_NAMED(CHAR, ENUM, "nh_scope", "routing_scopes"),
	FIELD_NAMED(CHAR, ENUM, "nh_protocol", "routing_protocols"),
	FIELD(CHAR, NONE, ""),
	FIELD_NAMED(INT, FLAGS, "nh_flags", "route_nexthop_flags"),
	FIELDS_END,
};

void show_nexthop_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_body(s, nexthop, &nexthop_list, data, size);
}
