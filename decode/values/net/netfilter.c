// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the structure that messages of NETLINK_NETFILTER begin with (linux/netfilter/nfnetlink.h);
 * their attributes by number. Messages of NETLINK_SELINUX. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/selinux_netlink.h>

/* A number in network order, of nftables a subsystem: some programs have forgotten the order. */
static void resource(struct show *s, uint16_t type, const unsigned char *data)
{
	bool tables = type >> 8 == NFNL_SUBSYS_NFTABLES;

	value_field(s, "res_id");
	if (tables && ntohs(get16(data)) == NFNL_SUBSYS_NFTABLES)
		value_constant(s, get16(data), BASE_HEX, "htons(NFNL_SUBSYS_NFTABLES)", NULL);
	else if (tables && get16(data) == NFNL_SUBSYS_NFTABLES)
		value_constant(s, get16(data), BASE_HEX, "NFNL_SUBSYS_NFTABLES", NULL);
	else
		show_net_number(s, "htons", data, 2);
}

void show_netfilter_message(struct show *s, uint16_t type, const unsigned char *data, size_t size)
{
	static const struct attr_list list = { NULL, NULL, 0, NULL };
	const size_t own = sizeof(struct nfgenmsg);

	if (size < own) {
		show_attr_bytes(s, data, size);
		return;
	}
	if (!show_netlink_has(s, data, own)) {
		show_netlink_missing(s, data);
		return;
	}
	value_struct(s);
	field_enum(s, "nfgen_family", "addrfams", data[0]);
	field_enum(s, "version", "netfilter_versions", data[1]);
	resource(s, type, data + 2);
	value_struct_end(s);
	if (size == own)
		return;
	value_element(s);
	if (type == NFNL_MSG_BATCH_BEGIN || type == NFNL_MSG_BATCH_END)
		show_attr_bytes(s, data + own, size - own);
	else
		show_attributes(s, data + own, size - own, &list, data[0]);
}

bool show_selinux_message(struct show *s, uint16_t type, const unsigned char *data, size_t size)
{
	if (size < 4 || (type != SELNL_MSG_SETENFORCE && type != SELNL_MSG_POLICYLOAD))
		return false;
	if (!show_netlink_has(s, data, 4)) {
		show_netlink_missing(s, data);
		return true;
	}
	value_struct(s);
	if (type == SELNL_MSG_SETENFORCE)
		field_signed(s, "val", (int32_t)get32(data));
	else
		field_unsigned(s, "seqno", get32(data));
	value_struct_end(s);
	return true;
}
