// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_SOCK_DIAG (linux/sock_diag.h and those of the families): what ss asks
 * and is told. */
#include "decode/values/net/netlink.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum {
	GET_DCCP = 19, /* DCCPDIAG_GETSOCK: the last of the types that were before families had
			  requests of their own */
};

static void cookie(struct show *s, const char *name, const unsigned char *data)
{
	value_field(s, name);
	value_array(s);
	for (int i = 0; i < 2; i++) {
		value_element(s);
		value_unsigned(s, get32(data + 4 * i));
	}
	value_array_end(s);
}

static void requested(struct show *s, const unsigned char *data)
{
	value_struct(s);
	field_enum(s, "sdiag_family", "addrfams", data[0]);
	value_field(s, "sdiag_protocol");
}

static void states(struct show *s, const char *name, uint32_t value)
{
	field_flags(s, name, "tcp_state_flags", value);
}

/* Numbers with an index that has a name: [[SK_MEMINFO_RCVBUF]=212992, ...] */
static bool memory(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	value_array(s);
	for (size_t i = 0; i < size / 4; i++) {
		if (i >= value_limit(s)) {
			value_more(s);
			break;
		}
		value_element(s);
		value_begin(s, GROUP_INDEX);
		show_enum(s, "netlink_sk_meminfo_indices", i);
		value_end(s, GROUP_INDEX);
		value_unsigned(s, get32(data + 4 * i));
	}
	value_array_end(s);
	return true;
}

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

static bool unix_queues(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	value_struct(s);
	field_unsigned(s, "udiag_rqueue", get32(data));
	field_unsigned(s, "udiag_wqueue", get32(data + 4));
	value_struct_end(s);
	return true;
}

static bool unix_waiting(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	value_array(s);
	for (size_t i = 0; i < size / 4; i++) {
		value_element(s);
		value_unsigned(s, get32(data + 4 * i));
	}
	value_array_end(s);
	return true;
}

static const struct attr_row unix_rows[] = {
	{ UNIX_DIAG_NAME, ATTR_TEXT, NULL, NULL, NULL },
	{ UNIX_DIAG_VFS, ATTR_OTHER, NULL, NULL, unix_file },
	{ UNIX_DIAG_PEER, ATTR_U32, NULL, NULL, NULL },
	{ UNIX_DIAG_ICONS, ATTR_OTHER, NULL, NULL, unix_waiting },
	{ UNIX_DIAG_RQLEN, ATTR_OTHER, NULL, NULL, unix_queues },
	{ UNIX_DIAG_MEMINFO, ATTR_OTHER, NULL, NULL, memory },
	{ UNIX_DIAG_SHUTDOWN, ATTR_U8, NULL, NULL, NULL },
	{ 7 /* UNIX_DIAG_UID */, ATTR_U32, NULL, NULL, NULL },
};
static const struct attr_list unix_list = ATTR_LIST("unix_diag_attrs", unix_rows);

static size_t unix_request(struct show *s, const unsigned char *data)
{
	requested(s, data);
	value_unsigned(s, data[1]);
	states(s, "udiag_states", get32(data + 4));
	field_unsigned(s, "udiag_ino", get32(data + 8));
	field_flags(s, "udiag_show", "unix_diag_show", get32(data + 12));
	cookie(s, "udiag_cookie", data + 16);
	return sizeof(struct unix_diag_req);
}

static size_t unix_answer(struct show *s, const unsigned char *data)
{
	value_struct(s);
	field_enum(s, "udiag_family", "addrfams", data[0]);
	field_enum(s, "udiag_type", "socktypes", data[1]);
	field_enum(s, "udiag_state", "tcp_states", data[2]);
	field_unsigned(s, "udiag_ino", get32(data + 4));
	cookie(s, "udiag_cookie", data + 8);
	return sizeof(struct unix_diag_msg);
}

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

static const struct attr_row netlink_rows[] = {
	{ NETLINK_DIAG_GROUPS, ATTR_OTHER, NULL, NULL, groups },
	{ NETLINK_DIAG_MEMINFO, ATTR_OTHER, NULL, NULL, memory },
	{ 4 /* NETLINK_DIAG_FLAGS */, ATTR_FLAGS32, "netlink_socket_flags", NULL, NULL },
};
static const struct attr_list netlink_list = ATTR_LIST("netlink_diag_attrs", netlink_rows);

static size_t netlink_request(struct show *s, const unsigned char *data)
{
	requested(s, data);
	if (data[1] == NDIAG_PROTO_ALL)
		value_constant(s, data[1], BASE_HEX, "NDIAG_PROTO_ALL", NULL);
	else
		show_enum(s, "netlink_protocols", data[1]);
	field_unsigned(s, "ndiag_ino", get32(data + 4));
	field_flags(s, "ndiag_show", "netlink_diag_show", get32(data + 8));
	cookie(s, "ndiag_cookie", data + 12);
	return sizeof(struct netlink_diag_req);
}

static size_t netlink_answer(struct show *s, const unsigned char *data)
{
	value_struct(s);
	field_enum(s, "ndiag_family", "addrfams", data[0]);
	field_enum(s, "ndiag_type", "socktypes", data[1]);
	field_enum(s, "ndiag_protocol", "netlink_protocols", data[2]);
	field_enum(s, "ndiag_state", "netlink_states", data[3]);
	field_unsigned(s, "ndiag_portid", get32(data + 4));
	field_unsigned(s, "ndiag_dst_portid", get32(data + 8));
	field_unsigned(s, "ndiag_dst_group", get32(data + 12));
	field_unsigned(s, "ndiag_ino", get32(data + 16));
	cookie(s, "ndiag_cookie", data + 20);
	return sizeof(struct netlink_diag_msg);
}

static size_t packet_request(struct show *s, const unsigned char *data)
{
	requested(s, data);
	value_unsigned(s, data[1]);
	field_unsigned(s, "pdiag_ino", get32(data + 4));
	field_flags(s, "pdiag_show", "packet_diag_show", get32(data + 8));
	cookie(s, "pdiag_cookie", data + 12);
	return sizeof(struct packet_diag_req);
}

/* id={idiag_sport=htons(0), ...}: 48 bytes */
static void socket_id(struct show *s, int family, const unsigned char *data)
{
	value_field(s, "id");
	value_struct(s);
	value_field(s, "idiag_sport");
	value_net(s, "htons", data, 2);
	value_field(s, "idiag_dport");
	value_net(s, "htons", data + 2, 2);
	value_inet(s, "idiag_src", family, data + 4);
	value_inet(s, "idiag_dst", family, data + 20);
	value_field(s, "idiag_if");
	show_ifindex(s, get32(data + 36));
	cookie(s, "idiag_cookie", data + 40);
	value_struct_end(s);
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
	return true;
}

static bool socket_memory(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 16)
		return false;
	value_struct(s);
	field_unsigned(s, "idiag_rmem", get32(data));
	field_unsigned(s, "idiag_wmem", get32(data + 4));
	field_unsigned(s, "idiag_fmem", get32(data + 8));
	field_unsigned(s, "idiag_tmem", get32(data + 12));
	value_struct_end(s);
	return true;
}

static const struct attr_row inet_rows[] = {
	{ INET_DIAG_MEMINFO, ATTR_OTHER, NULL, NULL, socket_memory },
	{ INET_DIAG_CONG, ATTR_TEXT, NULL, NULL, NULL },
	{ INET_DIAG_TOS, ATTR_U8, NULL, NULL, NULL },
	{ INET_DIAG_TCLASS, ATTR_U8, NULL, NULL, NULL },
	{ INET_DIAG_SKMEMINFO, ATTR_OTHER, NULL, NULL, memory },
	{ INET_DIAG_SHUTDOWN, ATTR_U8, NULL, NULL, NULL },
	{ INET_DIAG_PROTOCOL, ATTR_U8, NULL, NULL, NULL },
	{ INET_DIAG_SKV6ONLY, ATTR_U8, NULL, NULL, NULL },
	{ INET_DIAG_MARK, ATTR_U32, NULL, NULL, NULL },
	{ INET_DIAG_CLASS_ID, ATTR_U32, NULL, NULL, NULL },
	{ INET_DIAG_CGROUP_ID, ATTR_U64, NULL, NULL, NULL },
	{ INET_DIAG_SOCKOPT, ATTR_OTHER, NULL, NULL, socket_options },
};
static const struct attr_list inet_list = ATTR_LIST("inet_diag_attrs", inet_rows);

static size_t inet_request(struct show *s, const unsigned char *data)
{
	requested(s, data);
	show_enum(s, "inet_protocols", data[1]);
	field_flags(s, "idiag_ext", "inet_diag_extended_flags", data[2]);
	states(s, "idiag_states", get32(data + 4));
	socket_id(s, data[0], data + 8);
	return sizeof(struct inet_diag_req_v2);
}

/* The request of TCPDIAG_GETSOCK and DCCPDIAG_GETSOCK. */
static size_t old_request(struct show *s, const unsigned char *data)
{
	value_struct(s);
	field_enum(s, "idiag_family", "addrfams", data[0]);
	field_unsigned(s, "idiag_src_len", data[1]);
	field_unsigned(s, "idiag_dst_len", data[2]);
	field_flags(s, "idiag_ext", "inet_diag_extended_flags", data[3]);
	socket_id(s, data[0], data + 4);
	states(s, "idiag_states", get32(data + 52));
	field_unsigned(s, "idiag_dbs", get32(data + 56));
	return sizeof(struct inet_diag_req);
}

static size_t inet_answer(struct show *s, const unsigned char *data)
{
	value_struct(s);
	field_enum(s, "idiag_family", "addrfams", data[0]);
	field_enum(s, "idiag_state", "tcp_states", data[1]);
	field_unsigned(s, "idiag_timer", data[2]);
	field_unsigned(s, "idiag_retrans", data[3]);
	socket_id(s, data[0], data + 4);
	field_unsigned(s, "idiag_expires", get32(data + 52));
	field_unsigned(s, "idiag_rqueue", get32(data + 56));
	field_unsigned(s, "idiag_wqueue", get32(data + 60));
	field_unsigned(s, "idiag_uid", get32(data + 64));
	field_unsigned(s, "idiag_inode", get32(data + 68));
	return sizeof(struct inet_diag_msg);
}

/* By family: a request and an answer, how long they are, and what may follow the answer. */
static const struct {
	uint8_t family;
	uint8_t request_size, answer_size;
	size_t (*request)(struct show *s, const unsigned char *data);
	size_t (*answer)(struct show *s, const unsigned char *data);
	const struct attr_list *list;
	const char *answer_family;
} families[] = {
	{ AF_UNIX, sizeof(struct unix_diag_req), sizeof(struct unix_diag_msg), unix_request,
	  unix_answer, &unix_list, "udiag_family" },
	{ AF_NETLINK, sizeof(struct netlink_diag_req), sizeof(struct netlink_diag_msg),
	  netlink_request, netlink_answer, &netlink_list, "ndiag_family" },
	{ AF_PACKET, sizeof(struct packet_diag_req), 0, packet_request, NULL, NULL, NULL },
	{ AF_INET, sizeof(struct inet_diag_req_v2), sizeof(struct inet_diag_msg), inet_request,
	  inet_answer, &inet_list, "idiag_family" },
	{ AF_INET6, sizeof(struct inet_diag_req_v2), sizeof(struct inet_diag_msg), inet_request,
	  inet_answer, &inet_list, "idiag_family" },
};

static void other(struct show *s, const unsigned char *data, size_t size)
{
	value_struct(s);
	field_enum(s, "family", "addrfams", *data);
	if (size > 1) {
		value_field(s, "data");
		show_attr_bytes(s, data + 1, size - 1);
	}
	value_struct_end(s);
}

static const struct attr_row request_rows[] = {
	{ 2 /* INET_DIAG_REQ_PROTOCOL */, ATTR_U8, NULL, NULL, NULL },
};
static const struct attr_list request_list = ATTR_LIST("inet_diag_req_attrs", request_rows);

static void behind(struct show *s, const unsigned char *data, size_t size, size_t own,
		   const struct attr_list *list)
{
	value_struct_end(s);
	own = (own + 3) & ~(size_t)3;
	if (size <= own)
		return;
	value_element(s);
	if (list)
		show_attributes(s, data + own, size - own, list, *data);
	else
		show_attr_bytes(s, data + own, size - own);
}

void show_diag_message(struct show *s, uint16_t type, bool request, const unsigned char *data,
		       size_t size)
{
	bool inet = *data == AF_INET || *data == AF_INET6;

	if (request && type <= GET_DCCP && inet && size >= sizeof(struct inet_diag_req)) {
		behind(s, data, size, old_request(s, data), &request_list);
		return;
	}
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		if (families[i].family != *data)
			continue;
		if (request && size >= families[i].request_size) {
			behind(s, data, size, families[i].request(s, data),
			       inet ? &request_list : NULL);
			return;
		}
		if (!request && families[i].answer && size >= families[i].answer_size) {
			behind(s, data, size, families[i].answer(s, data), families[i].list);
			return;
		}
	}
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		if (families[i].family != *data || (!request && !families[i].answer))
			continue;
		value_struct(s);
		value_field(s, request ? "sdiag_family" : families[i].answer_family);
		show_enum(s, "addrfams", *data);
		value_more(s);
		value_struct_end(s);
		return;
	}
	other(s, data, size);
}
