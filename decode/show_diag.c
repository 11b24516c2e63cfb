// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_SOCK_DIAG (linux/sock_diag.h and those of the families): what ss asks
 * and is told. */
#include "decode/show_fields.h"
#include "decode/show_netlink.h"

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
	show_printf(s, ", %s=[%u, %u]", name, get32(data), get32(data + 4));
}

static void requested(struct show *s, const unsigned char *data)
{
	show_put(s, "{sdiag_family=");
	show_enum(s, "addrfams", data[0]);
	show_put(s, ", sdiag_protocol=");
}

static void states(struct show *s, const char *name, uint32_t value)
{
	show_printf(s, ", %s=", name);
	show_flags(s, "tcp_state_flags", value);
}

/* Numbers with an index that has a name: [[SK_MEMINFO_RCVBUF]=212992, ...] */
static bool memory(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	text_char(s->out, '[');
	for (size_t i = 0; i < size / 4; i++) {
		show_put(s, i ? ", [" : "[");
		if (!s->options->verbose && i >= s->options->string_size) {
			s->out->used--;
			show_put(s, "...");
			break;
		}
		show_enum(s, "netlink_sk_meminfo_indices", i);
		show_printf(s, "]=%u", get32(data + 4 * i));
	}
	text_char(s->out, ']');
	return true;
}

static bool unix_file(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	show_put(s, "{udiag_vfs_dev=");
	show_dev(s, get32(data + 4));
	show_printf(s, ", udiag_vfs_ino=%u}", get32(data));
	return true;
}

static bool unix_queues(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	show_printf(s, "{udiag_rqueue=%u, udiag_wqueue=%u}", get32(data), get32(data + 4));
	return true;
}

static bool unix_waiting(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 4)
		return false;
	for (size_t i = 0; i < size / 4; i++)
		show_printf(s, "%s%u", i ? ", " : "[", get32(data + 4 * i));
	text_char(s->out, ']');
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
	show_printf(s, "%u", data[1]);
	states(s, "udiag_states", get32(data + 4));
	show_printf(s, ", udiag_ino=%u, udiag_show=", get32(data + 8));
	show_flags(s, "unix_diag_show", get32(data + 12));
	cookie(s, "udiag_cookie", data + 16);
	return sizeof(struct unix_diag_req);
}

static size_t unix_answer(struct show *s, const unsigned char *data)
{
	show_put(s, "{udiag_family=");
	show_enum(s, "addrfams", data[0]);
	show_put(s, ", udiag_type=");
	show_enum(s, "socktypes", data[1]);
	show_put(s, ", udiag_state=");
	show_enum(s, "tcp_states", data[2]);
	show_printf(s, ", udiag_ino=%u", get32(data + 4));
	cookie(s, "udiag_cookie", data + 8);
	return sizeof(struct unix_diag_msg);
}

/* A bit for each group, in longs. */
static bool groups(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 8)
		return false;
	for (size_t i = 0; i < size / 8; i++)
		show_printf(s, "%s%#016llx", i ? ", " : "[",
			    (unsigned long long)get64(data + 8 * i));
	text_char(s->out, ']');
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
		show_put(s, "NDIAG_PROTO_ALL");
	else
		show_enum(s, "netlink_protocols", data[1]);
	show_printf(s, ", ndiag_ino=%u, ndiag_show=", get32(data + 4));
	show_flags(s, "netlink_diag_show", get32(data + 8));
	cookie(s, "ndiag_cookie", data + 12);
	return sizeof(struct netlink_diag_req);
}

static size_t netlink_answer(struct show *s, const unsigned char *data)
{
	show_put(s, "{ndiag_family=");
	show_enum(s, "addrfams", data[0]);
	show_put(s, ", ndiag_type=");
	show_enum(s, "socktypes", data[1]);
	show_put(s, ", ndiag_protocol=");
	show_enum(s, "netlink_protocols", data[2]);
	show_put(s, ", ndiag_state=");
	show_enum(s, "netlink_states", data[3]);
	show_printf(s, ", ndiag_portid=%u, ndiag_dst_portid=%u, ndiag_dst_group=%u, ndiag_ino=%u",
		    get32(data + 4), get32(data + 8), get32(data + 12), get32(data + 16));
	cookie(s, "ndiag_cookie", data + 20);
	return sizeof(struct netlink_diag_msg);
}

static size_t packet_request(struct show *s, const unsigned char *data)
{
	requested(s, data);
	show_printf(s, "%u, pdiag_ino=%u, pdiag_show=", data[1], get32(data + 4));
	show_flags(s, "packet_diag_show", get32(data + 8));
	cookie(s, "pdiag_cookie", data + 12);
	return sizeof(struct packet_diag_req);
}

/* id={idiag_sport=htons(0), ...}: 48 bytes */
static void socket_id(struct show *s, int family, const unsigned char *data)
{
	show_printf(s, ", id={idiag_sport=htons(%u), idiag_dport=htons(%u), ",
		    data[0] << 8 | data[1], data[2] << 8 | data[3]);
	show_inet(s, "idiag_src", family, data + 4);
	show_comma(s);
	show_inet(s, "idiag_dst", family, data + 20);
	show_put(s, ", idiag_if=");
	show_ifindex(s, get32(data + 36));
	cookie(s, "idiag_cookie", data + 40);
	text_char(s->out, '}');
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
	text_char(s->out, '{'); /* without -v those that are set */
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!s->options->verbose && !(bits >> i & 1))
			continue;
		show_field_name(s, names[i]);
		text_unsigned(s->out, bits >> i & 1);
	}
	if (s->options->verbose || bits >> 11) {
		show_field_name(s, "unused");
		show_printf(s, "%#x /* bits 3..8 */", bits >> 11);
	}
	text_char(s->out, '}');
	return true;
}

static bool socket_memory(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	if (size < 16)
		return false;
	show_printf(s, "{idiag_rmem=%u, idiag_wmem=%u, idiag_fmem=%u, idiag_tmem=%u}", get32(data),
		    get32(data + 4), get32(data + 8), get32(data + 12));
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
	show_put(s, ", idiag_ext=");
	show_flags(s, "inet_diag_extended_flags", data[2]);
	states(s, "idiag_states", get32(data + 4));
	socket_id(s, data[0], data + 8);
	return sizeof(struct inet_diag_req_v2);
}

/* The request of TCPDIAG_GETSOCK and DCCPDIAG_GETSOCK. */
static size_t old_request(struct show *s, const unsigned char *data)
{
	show_put(s, "{idiag_family=");
	show_enum(s, "addrfams", data[0]);
	show_printf(s, ", idiag_src_len=%u, idiag_dst_len=%u, idiag_ext=", data[1], data[2]);
	show_flags(s, "inet_diag_extended_flags", data[3]);
	socket_id(s, data[0], data + 4);
	states(s, "idiag_states", get32(data + 52));
	show_printf(s, ", idiag_dbs=%u", get32(data + 56));
	return sizeof(struct inet_diag_req);
}

static size_t inet_answer(struct show *s, const unsigned char *data)
{
	show_put(s, "{idiag_family=");
	show_enum(s, "addrfams", data[0]);
	show_put(s, ", idiag_state=");
	show_enum(s, "tcp_states", data[1]);
	show_printf(s, ", idiag_timer=%u, idiag_retrans=%u", data[2], data[3]);
	socket_id(s, data[0], data + 4);
	show_printf(s,
		    ", idiag_expires=%u, idiag_rqueue=%u, idiag_wqueue=%u, idiag_uid=%u, "
		    "idiag_inode=%u",
		    get32(data + 52), get32(data + 56), get32(data + 60), get32(data + 64),
		    get32(data + 68));
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
	show_put(s, "{family=");
	show_enum(s, "addrfams", *data);
	if (size > 1) {
		show_put(s, ", data=");
		show_attr_bytes(s, data + 1, size - 1);
	}
	text_char(s->out, '}');
}

static const struct attr_row request_rows[] = {
	{ 2 /* INET_DIAG_REQ_PROTOCOL */, ATTR_U8, NULL, NULL, NULL },
};
static const struct attr_list request_list = ATTR_LIST("inet_diag_req_attrs", request_rows);

static void behind(struct show *s, const unsigned char *data, size_t size, size_t own,
		   const struct attr_list *list)
{
	text_char(s->out, '}');
	own = (own + 3) & ~(size_t)3;
	if (size <= own)
		return;
	show_comma(s);
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
		show_printf(s, "{%s=", request ? "sdiag_family" : families[i].answer_family);
		show_enum(s, "addrfams", *data);
		show_put(s, ", ...}");
		return;
	}
	other(s, data, size);
}
