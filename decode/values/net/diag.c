// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_SOCK_DIAG (linux/sock_diag.h and those of the families): what ss asks
 * and is told. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"
#include "format/flags/flags.h"

#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

enum {
	GET_DCCP = 19, /* DCCPDIAG_GETSOCK: the last of the types that were before families had
			  requests of their own */
};

/* Fields of the requests and answers of several families. */
#define COOKIE(name)	   FIELD_INNER(INT, name, 2, show_diag_cookie)
#define STATES(name)	   FIELD_NAMED(INT, FLAGS, name, "tcp_state_flags")
#define SOCKET_TYPE(name)  FIELD_NAMED(CHAR, ENUM, name, "socktypes")
#define SOCKET_STATE(name) FIELD_NAMED(CHAR, ENUM, name, "tcp_states")

static bool unix_file(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	value_struct(s);
	value_field(s, "udiag_vfs_dev");
	show_dev(s, get32(data + 4));
	field_unsigned(s, "udiag_vfs_ino", get32(data));
	value_struct_end(s);
	return true;
}

static const struct show_field unix_queues[] = {
	FIELD(INT, UNSIGNED, "udiag_rqueue"),
	FIELD(INT, UNSIGNED, "udiag_wqueue"),
	FIELDS_END,
};

static bool unix_waiting(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	show_diag_cookie(s, data, size & ~(size_t)3);
	return true;
}

#define MEMORY "netlink_sk_meminfo_indices"

static const struct attr_row unix_rows[] = {
	ATTR(UNIX_DIAG_NAME, TEXT),
	ATTR_BY(UNIX_DIAG_VFS, unix_file),
	ATTR(UNIX_DIAG_PEER, U32),
	ATTR_BY(UNIX_DIAG_ICONS, unix_waiting),
	ATTR_STRUCT(UNIX_DIAG_RQLEN, unix_queues),
	ATTR_NAMED(UNIX_DIAG_MEMINFO, ARRAY_U32, MEMORY),
	ATTR(UNIX_DIAG_SHUTDOWN, U8),
	ATTR(7 /* UNIX_DIAG_UID */, U32),
};
static const struct attr_list unix_list = ATTR_LIST("unix_diag_attrs", unix_rows);

static const struct show_field unix_request[] = {
	FIELD_FAMILY("sdiag_family"),
	FIELD(CHAR, UNSIGNED, "sdiag_protocol"),
	FIELD(SHORT, NONE, ""),
	STATES("udiag_states"),
	FIELD(INT, UNSIGNED, "udiag_ino"),
	FIELD_NAMED(INT, FLAGS, "udiag_show", "unix_diag_show"),
	COOKIE("udiag_cookie"),
	FIELDS_END,
};

static const struct show_field unix_answer[] = {
	FIELD_FAMILY("udiag_family"),
	SOCKET_TYPE("udiag_type"),
	SOCKET_STATE("udiag_state"),
	FIELD(CHAR, NONE, ""),
	FIELD(INT, UNSIGNED, "udiag_ino"),
	COOKIE("udiag_cookie"),
	FIELDS_END,
};

/* A bit for each group, in longs. */
static bool groups(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	value_array(s);
	for (size_t i = 0; i < size / 8; i++) {
		value_element(s);
		value_hex_wide(s, get64(data + 8 * i), 16);
	}
	value_array_end(s);
	return true;
}

static const struct show_field ring[] = {
	FIELD(INT, UNSIGNED, "ndr_block_size"),
	FIELD(INT, UNSIGNED, "ndr_block_nr"),
	FIELD(INT, UNSIGNED, "ndr_frame_size"),
	FIELD(INT, UNSIGNED, "ndr_frame_nr"),
	FIELDS_END,
};

static const struct attr_row netlink_rows[] = {
	ATTR_BY(NETLINK_DIAG_GROUPS, groups),
	ATTR_NAMED(NETLINK_DIAG_MEMINFO, ARRAY_U32, MEMORY),
	ATTR_STRUCT(NETLINK_DIAG_RX_RING, ring),
	ATTR_STRUCT(NETLINK_DIAG_TX_RING, ring),
	ATTR_NAMED(4 /* NETLINK_DIAG_FLAGS */, FLAGS32, "netlink_socket_flags"),
};
static const struct attr_list netlink_list = ATTR_LIST("netlink_diag_attrs", netlink_rows);

static void show_protocol(struct show *s, const void *data, size_t size)
{
	uint8_t protocol = *(const uint8_t *)data;

	(void)size;
	if (protocol == NDIAG_PROTO_ALL)
		value_constant(s, protocol, BASE_HEX, "NDIAG_PROTO_ALL", NULL);
	else
		show_enum(s, "netlink_protocols", protocol);
}

static const struct show_field netlink_request[] = {
	FIELD_FAMILY("sdiag_family"),
	FIELD_INNER(CHAR, "sdiag_protocol", 1, show_protocol),
	FIELD(SHORT, NONE, ""),
	FIELD(INT, UNSIGNED, "ndiag_ino"),
	FIELD_NAMED(INT, FLAGS, "ndiag_show", "netlink_diag_show"),
	COOKIE("ndiag_cookie"),
	FIELDS_END,
};

static const struct show_field netlink_answer[] = {
	FIELD_FAMILY("ndiag_family"),
	SOCKET_TYPE("ndiag_type"),
	FIELD_NAMED(CHAR, ENUM, "ndiag_protocol", "netlink_protocols"),
	FIELD_NAMED(CHAR, ENUM, "ndiag_state", "netlink_states"),
	FIELD(INT, UNSIGNED, "ndiag_portid"),
	FIELD(INT, UNSIGNED, "ndiag_dst_portid"),
	FIELD(INT, UNSIGNED, "ndiag_dst_group"),
	FIELD(INT, UNSIGNED, "ndiag_ino"),
	COOKIE("ndiag_cookie"),
	FIELDS_END,
};

/* Bytes that were not there when this was written. */
static void behind(struct show *s, const unsigned char *data, size_t from, size_t size)
{
	char range[64];
	const size_t whole = size;

	while (size > from && !data[size - 1])
		size--;
	if (size <= from)
		return;
	size = whole;
	snprintf(range, sizeof(range), "bytes %zu..%zu", from, size - 1);
	if (value_for_programs(s))
		value_element(s);
	else
		value_rest(s, range);
	show_attr_bytes(s, data + from, size - from);
}

static bool shutdown_flags(struct show *s, const unsigned char *data, size_t size, int family)
{
	const struct flag_table *table = show_table(s, "smc_shutdown_flags");

	(void)family;
	if (size > 8 || !table)
		return false;
	value_flags_both(s, table, *data);
	return true;
}

static bool socket_options(struct show *s, const unsigned char *data, size_t size, int family)
{
	static const char *const names[] = {
		"recverr",	   "is_icsk",	   "freebind",
		"hdrincl",	   "mc_loop",	   "transparent",
		"mc_all",	   "nodefrag",	   "bind_address_no_port",
		"recverr_rfc4884", "defer_connect"
	};
	uint16_t bits;

	(void)family;
	if (size < 2)
		return false;
	bits = get16(data);
	value_struct(s); /* without -v those that are set */
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!value_full(s) && !(bits >> i & 1))
			continue;
		field_unsigned(s, names[i], bits >> i & 1);
	}
	if (value_full(s) || bits >> 11) {
		field_hex(s, "unused", bits >> 11);
		value_remark(s, "bits 3..8");
	}
	value_struct_end(s);
	behind(s, data, 2, size);
	return true;
}

static const struct show_field socket_memory[] = {
	FIELD(INT, UNSIGNED, "idiag_rmem"),
	FIELD(INT, UNSIGNED, "idiag_wmem"),
	FIELD(INT, UNSIGNED, "idiag_fmem"),
	FIELD(INT, UNSIGNED, "idiag_tmem"),
	FIELDS_END,
};

static const struct attr_row inet_rows[] = {
	ATTR_STRUCT(INET_DIAG_MEMINFO, socket_memory),
	ATTR_STRUCT(INET_DIAG_VEGASINFO, show_vegas_info),
	ATTR(INET_DIAG_CONG, TEXT),
	ATTR(INET_DIAG_TOS, U8),
	ATTR(INET_DIAG_TCLASS, U8),
	ATTR_NAMED(INET_DIAG_SKMEMINFO, ARRAY_U32, MEMORY),
	ATTR_BY(INET_DIAG_SHUTDOWN, shutdown_flags),
	ATTR_STRUCT(INET_DIAG_DCTCPINFO, show_dctcp_info),
	ATTR(INET_DIAG_PROTOCOL, PROTOCOL),
	ATTR(INET_DIAG_SKV6ONLY, U8),
	ATTR_BY(INET_DIAG_LOCALS, show_socket_addresses),
	ATTR_BY(INET_DIAG_PEERS, show_socket_addresses),
	ATTR(INET_DIAG_MARK, U32),
	ATTR_STRUCT(INET_DIAG_BBRINFO, show_bbr_info),
	ATTR(INET_DIAG_CLASS_ID, U32),
	ATTR_BY(INET_DIAG_MD5SIG, show_tcp_keys),
	ATTR_NEST(INET_DIAG_ULP_INFO, show_upper_attributes),
	ATTR_NEST(INET_DIAG_SK_BPF_STORAGES, show_storage_attributes),
	ATTR(INET_DIAG_CGROUP_ID, U64),
	ATTR_BY(INET_DIAG_SOCKOPT, socket_options),
};
static const struct attr_list inet_list = ATTR_LIST("inet_diag_attrs", inet_rows);

/* struct inet_diag_req_v2 */
#define INET_REQUEST(show_id_)                                                                     \
	FIELD_FAMILY("sdiag_family"), FIELD_NAMED(CHAR, ENUM, "sdiag_protocol", "inet_protocols"), \
		FIELD_NAMED(CHAR, FLAGS, "idiag_ext", "inet_diag_extended_flags"),                 \
		FIELD(CHAR, NONE, ""), STATES("idiag_states"),                                     \
		FIELD_INNER(INT, "id", 12, show_id_), FIELDS_END

/* struct inet_diag_req: of TCPDIAG_GETSOCK and DCCPDIAG_GETSOCK */
#define INET_OLD_REQUEST(show_id_)                                                                 \
	FIELD_FAMILY("idiag_family"), FIELD(CHAR, UNSIGNED, "idiag_src_len"),                      \
		FIELD(CHAR, UNSIGNED, "idiag_dst_len"),                                            \
		FIELD_NAMED(CHAR, FLAGS, "idiag_ext", "inet_diag_extended_flags"),                 \
		FIELD_INNER(INT, "id", 12, show_id_), STATES("idiag_states"),                      \
		FIELD(INT, UNSIGNED, "idiag_dbs"), FIELDS_END

/* struct inet_diag_msg */
#define INET_ANSWER(show_id_)                                                                      \
	FIELD_FAMILY("idiag_family"), SOCKET_STATE("idiag_state"),                                 \
		FIELD(CHAR, UNSIGNED, "idiag_timer"), FIELD(CHAR, UNSIGNED, "idiag_retrans"),      \
		FIELD_INNER(INT, "id", 12, show_id_), FIELD(INT, UNSIGNED, "idiag_expires"),       \
		FIELD(INT, UNSIGNED, "idiag_rqueue"), FIELD(INT, UNSIGNED, "idiag_wqueue"),        \
		FIELD(INT, UNSIGNED, "idiag_uid"), FIELD(INT, UNSIGNED, "idiag_inode"), FIELDS_END

static const struct show_field inet_request[] = { INET_REQUEST(show_diag_id) };
static const struct show_field inet6_request[] = { INET_REQUEST(show_diag_id6) };
static const struct show_field inet_old_request[] = { INET_OLD_REQUEST(show_diag_id) };
static const struct show_field inet6_old_request[] = { INET_OLD_REQUEST(show_diag_id6) };
static const struct show_field inet_answer[] = { INET_ANSWER(show_diag_id) };
static const struct show_field inet6_answer[] = { INET_ANSWER(show_diag_id6) };

/* struct inet_diag_bc_op: the first instruction. */
static const struct show_field bytecode[] = {
	FIELD_NAMED(CHAR, ENUM, "code", "inet_diag_bytecodes"),
	FIELD(CHAR, UNSIGNED, "yes"),
	FIELD(SHORT, UNSIGNED, "no"),
	FIELDS_END,
};

static const struct attr_row request_rows[] = {
	ATTR_LEAD(INET_DIAG_REQ_BYTECODE, bytecode, 0),
	ATTR(3 /* INET_DIAG_REQ_PROTOCOL */, PROTOCOL),
};
static const struct attr_list request_list = ATTR_LIST("inet_diag_req_attrs", request_rows);

static const struct diag_family {
	uint8_t family;
	const struct show_field *request, *answer;
	const struct attr_list *request_list, *answer_list; /* what may follow them */
	const struct show_field *old_request;
} families[] = {
	{ AF_UNIX, unix_request, unix_answer, NULL, &unix_list, NULL },
	{ AF_NETLINK, netlink_request, netlink_answer, NULL, &netlink_list, NULL },
	{ AF_PACKET, show_packet_request, show_packet_answer, NULL, &show_packet_attributes, NULL },
	{ AF_SMC, show_smc_request, show_smc_answer, NULL, &show_smc_attributes, NULL },
	{ AF_INET, inet_request, inet_answer, &request_list, &inet_list, inet_old_request },
	{ AF_INET6, inet6_request, inet6_answer, &request_list, &inet_list, inet6_old_request },
};

void show_diag_message(struct show *s, uint16_t type, bool request, const unsigned char *data,
		       size_t size)
{
	for (size_t i = 0; size > 1 && i < sizeof(families) / sizeof(*families); i++) {
		const struct diag_family *f = &families[i];

		if (f->family != *data || (!request && !f->answer))
			continue;
		if (!request)
			show_netlink_body(s, f->answer, f->answer_list, data, size);
		else if (type <= GET_DCCP && f->old_request)
			show_netlink_body(s, f->old_request, f->request_list, data, size);
		else
			show_netlink_body(s, f->request, f->request_list, data, size);
		return;
	}
	show_netlink_unknown(s, data, size);
}
