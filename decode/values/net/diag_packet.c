// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what NETLINK_SOCK_DIAG says of packet sockets (linux/packet_diag.h). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/filter.h>
#include <linux/packet_diag.h>

const struct show_field show_packet_request[] = {
	FIELD_FAMILY("sdiag_family"),
	FIELD(CHAR, HEX, "sdiag_protocol"),
	FIELD(SHORT, NONE, ""),
	FIELD(INT, UNSIGNED, "pdiag_ino"),
	FIELD_NAMED(INT, FLAGS, "pdiag_show", "packet_diag_show"),
	FIELD_INNER(INT, "pdiag_cookie", 2, show_diag_cookie),
	FIELDS_END,
};

const struct show_field show_packet_answer[] = {
	FIELD_FAMILY("pdiag_family"),
	FIELD_NAMED(CHAR, ENUM, "pdiag_type", "socktypes"),
	FIELD_NAMED(SHORT, ENUM, "pdiag_num", "ethernet_protocols"),
	FIELD(INT, UNSIGNED, "pdiag_ino"),
	FIELD_INNER(INT, "pdiag_cookie", 2, show_diag_cookie),
	FIELDS_END,
};

static const struct show_field info[] = {
	FIELD_IFINDEX("pdi_index"),
	FIELD_NAMED(INT, ENUM, "pdi_version", "af_packet_versions"),
	FIELD(INT, UNSIGNED, "pdi_reserve"),
	FIELD(INT, UNSIGNED, "pdi_copy_thresh"),
	FIELD(INT, UNSIGNED, "pdi_tstamp"),
	FIELD_NAMED(INT, FLAGS, "pdi_flags", "packet_diag_info_flags"),
	FIELDS_END,
};

static const struct show_field ring[] = {
	FIELD(INT, UNSIGNED, "pdr_block_size"), FIELD(INT, UNSIGNED, "pdr_block_nr"),
	FIELD(INT, UNSIGNED, "pdr_frame_size"), FIELD(INT, UNSIGNED, "pdr_frame_nr"),
	FIELD(INT, UNSIGNED, "pdr_retire_tmo"), FIELD(INT, UNSIGNED, "pdr_sizeof_priv"),
	FIELD(INT, UNSIGNED, "pdr_features"),	FIELDS_END,
};

/* struct packet_diag_mclist: as much of the address as it says that it has. */
static void group(struct show *s, const unsigned char *data)
{
	uint16_t length = get16(data + 10);
	const size_t most = sizeof(((struct packet_diag_mclist *)0)->pdmc_addr);
	size_t shown = length < most ? length : most;

	value_struct(s);
	value_field(s, "pdmc_index");
	show_ifindex(s, get32(data));
	field_unsigned(s, "pdmc_count", get32(data + 4));
	field_unsigned(s, "pdmc_type", get16(data + 8));
	field_unsigned(s, "pdmc_alen", length);
	value_field(s, "pdmc_addr");
	value_hex_bytes(s, data + 12, shown, shown);
	value_struct_end(s);
}

static bool groups(struct show *s, const unsigned char *data, size_t size, int family)
{
	const size_t each = sizeof(struct packet_diag_mclist);

	(void)family;
	if (size < each)
		return false;
	show_each(s, data, size, each, group);
	return true;
}

static bool filter(struct show *s, const unsigned char *data, size_t size, int family)
{
	size_t count = size / sizeof(struct sock_filter);
	uint64_t address = s->netlink->address + (uint64_t)(data - s->netlink->data);

	(void)family;
	if (!count || count > UINT16_MAX)
		return false;
	show_sock_filter(s, address, count);
	return true;
}

static const struct attr_row packet_rows[] = {
	ATTR_STRUCT(PACKET_DIAG_INFO, info),
	ATTR_BY(PACKET_DIAG_MCLIST, groups),
	ATTR_STRUCT(PACKET_DIAG_RX_RING, ring),
	ATTR_STRUCT(PACKET_DIAG_TX_RING, ring),
	ATTR(PACKET_DIAG_FANOUT, U32),
	ATTR(PACKET_DIAG_UID, ID),
	ATTR_NAMED(PACKET_DIAG_MEMINFO, ARRAY_U32, "netlink_sk_meminfo_indices"),
	ATTR_BY(PACKET_DIAG_FILTER, filter),
};
const struct attr_list show_packet_attributes = ATTR_LIST("packet_diag_attrs", packet_rows);
