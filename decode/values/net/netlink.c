// SPDX-License-Identifier: GPL-2.0-or-later
/* show: netlink messages (linux/netlink.h): headers, acknowledgements; payloads by the socket's
 * protocol. */
#include "decode/values/net/netlink.h"

#include "decode/events/call_fds.h"
#include "decode/values/values.h"
#include "format/flags/flags.h"

#include <linux/cryptouser.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	HEADER = sizeof(struct nlmsghdr),
	MESSAGE_MOST = 1 << 20,		    /* bytes that are copied to be shown */
	NETFILTER_RESERVED = 0x12,	    /* types below are the protocol's own */
	GENERIC_QUOTA = NLMSG_MIN_TYPE + 1, /* GENL_ID_VFS_DQUOT */
};

/* Names of message types by protocol, and the comment on others. */
static const char *const type_tables[] = {
	[NETLINK_ROUTE] = "nl_route_types", [NETLINK_SOCK_DIAG] = "nl_sock_diag_types",
	[NETLINK_XFRM] = "nl_xfrm_types",   [NETLINK_SELINUX] = "nl_selinux_types",
	[NETLINK_AUDIT] = "nl_audit_types", [NETLINK_CRYPTO] = "nl_crypto_types",
};

/* nf_nlmsg_types by subsystem (linux/netfilter/nfnetlink.h). */
static const char *const filter_tables[] = {
	[1] = "nf_ctnetlink_msg_types",	  [2] = "nf_ctnetlink_exp_msg_types",
	[3] = "nf_queue_msg_types",	  [4] = "nf_ulog_msg_types",
	[5] = "nf_osf_msg_types",	  [6] = "nf_ipset_msg_types",
	[7] = "nf_acct_msg_types",	  [8] = "nf_cttimeout_msg_types",
	[9] = "nf_cthelper_msg_types",	  [10] = "nf_nftables_msg_types",
	[11] = "nf_nft_compat_msg_types", [12] = "nf_hook_msg_types",
};

static void netfilter_type(struct show *s, uint16_t type)
{
	const struct flag_table *own = show_table(s, "nl_netfilter_msg_types");
	unsigned int subsystem = type >> 8;

	if (type < NETFILTER_RESERVED && own && flag_name(own, type)) {
		show_enum(s, "nl_netfilter_msg_types", type);
		return;
	}
	value_mix(s, type, BASE_NONE);
	value_part(s);
	show_enum(s, "nl_netfilter_subsys_ids", subsystem);
	value_say(s, "<<8");
	value_part(s);
	if (subsystem < sizeof(filter_tables) / sizeof(*filter_tables) && filter_tables[subsystem])
		show_enum(s, filter_tables[subsystem], type & 0xff);
	else
		value_hex(s, type & 0xff);
	value_mix_end(s);
}

static void message_type(struct show *s, uint16_t type, int protocol)
{
	const char *table = "netlink_types";

	if (type >= NLMSG_MIN_TYPE && protocol == NETLINK_NETFILTER) {
		netfilter_type(s, type);
		return;
	}
	if (type >= NLMSG_MIN_TYPE && protocol == NETLINK_GENERIC) {
		/* families whose numbers are fixed */
		if (type == NLMSG_MIN_TYPE)
			value_constant(s, type, BASE_HEX, "nlctrl", NULL);
		else if (type == GENERIC_QUOTA)
			value_constant(s, type, BASE_HEX, "VFS_DQUOT", NULL);
		else
			value_constant(s, type, BASE_HEX, NULL, "GENERIC_FAMILY_???");
		return;
	}
	if (type >= NLMSG_MIN_TYPE && protocol >= 0 &&
	    protocol < (int)(sizeof(type_tables) / sizeof(*type_tables)) && type_tables[protocol])
		table = type_tables[protocol];
	show_enum(s, table, type);
}

static const char *route_flags(uint16_t type)
{
	static const char *const by_verb[] = { "netlink_new_flags", "netlink_delete_flags",
					       "netlink_get_flags", NULL };

	return type == 49 /* RTM_DELACTION */ ? "netlink_get_flags" : by_verb[type & 3];
}

static const char *xfrm_flags(uint16_t type)
{
	switch (type) {
	case XFRM_MSG_NEWSA:
	case XFRM_MSG_NEWPOLICY:
	case XFRM_MSG_NEWAE:
	case XFRM_MSG_NEWSADINFO:
	case XFRM_MSG_NEWSPDINFO: return "netlink_new_flags";
	case XFRM_MSG_DELSA:
	case XFRM_MSG_DELPOLICY: return "netlink_delete_flags";
	case XFRM_MSG_GETSA:
	case XFRM_MSG_GETPOLICY:
	case XFRM_MSG_GETAE:
	case XFRM_MSG_GETSADINFO:
	case XFRM_MSG_GETSPDINFO: return "netlink_get_flags";
	}
	return NULL;
}

static const char *crypto_flags(uint16_t type)
{
	switch (type) {
	case CRYPTO_MSG_NEWALG: return "netlink_new_flags";
	case CRYPTO_MSG_DELALG:
	case CRYPTO_MSG_DELRNG: return "netlink_delete_flags";
	case CRYPTO_MSG_GETALG: return "netlink_get_flags";
	}
	return NULL;
}

/* Names of types say it; those of ipset have no such flags. */
static const char *netfilter_flags(struct show *s, uint16_t type)
{
	unsigned int subsystem = type >> 8;
	const struct flag_table *table =
		subsystem < sizeof(filter_tables) / sizeof(*filter_tables) &&
				subsystem != NFNL_SUBSYS_IPSET && filter_tables[subsystem]
			? show_table(s, filter_tables[subsystem])
			: NULL;
	const char *name = table ? flag_name(table, type & 0xff) : NULL;

	if (!name || strstr(name, "DEFAULT"))
		return NULL;
	if (strstr(name, "NEW"))
		return "netlink_new_flags";
	if (strstr(name, "DEL") || strstr(name, "DESTROY"))
		return "netlink_delete_flags";
	return strstr(name, "GET") ? "netlink_get_flags" : NULL;
}

/* The upper flags mean what the verb says: new, delete or get. */
static const char *verb_flags(struct show *s, uint16_t type, int protocol)
{
	if (type == NLMSG_ERROR)
		return "netlink_ack_flags";
	if (type < NLMSG_MIN_TYPE)
		return NULL;
	if (protocol == NETLINK_ROUTE)
		return route_flags(type);
	if (protocol == NETLINK_XFRM)
		return xfrm_flags(type);
	if (protocol == NETLINK_GENERIC)
		return "netlink_get_flags";
	if (protocol == NETLINK_CRYPTO)
		return crypto_flags(type);
	if (protocol == NETLINK_NETFILTER)
		return netfilter_flags(s, type);
	return protocol == NETLINK_SOCK_DIAG ? "netlink_get_flags" : NULL;
}

static void message_flags(struct show *s, uint16_t flags, uint16_t type, int protocol)
{
	const struct flag_table *common = show_table(s, "netlink_flags");
	const char *verb = verb_flags(s, type, protocol);
	uint16_t known = 0;

	for (size_t i = 0; common && i < common->count; i++)
		known |= common->values[i].value;
	if (!verb || !(flags & ~known)) {
		show_flags(s, "netlink_flags", flags);
	} else if (!(flags & known)) {
		show_flags(s, verb, flags);
	} else if (value_mix(s, flags, BASE_HEX)) {
		value_part(s);
		show_flags(s, "netlink_flags", flags & known);
		value_part(s);
		show_flags(s, verb, flags & ~known);
		value_mix_end(s);
	}
}

static void header(struct show *s, const unsigned char *data, int protocol)
{
	struct nlmsghdr h;

	memcpy(&h, data, sizeof(h));
	value_struct(s);
	field_unsigned(s, "nlmsg_len", h.nlmsg_len);
	value_field(s, "nlmsg_type");
	message_type(s, h.nlmsg_type, protocol);
	value_field(s, "nlmsg_flags");
	message_flags(s, h.nlmsg_flags, h.nlmsg_type, protocol);
	field_unsigned(s, "nlmsg_seq", h.nlmsg_seq);
	field_signed(s, "nlmsg_pid", (int32_t)h.nlmsg_pid);
	value_struct_end(s);
}

static void message(struct show *s, const unsigned char *data, size_t size, int protocol,
		    int depth);

/* Negative error numbers by name. */
static void error_number(struct show *s, int32_t error)
{
	char name[32];

	if (error < 0 && flag_errno_name(-error)) {
		snprintf(name, sizeof(name), "-%s", flag_errno_name(-error));
		value_constant(s, (uint64_t)(int64_t)error, BASE_SIGNED, name, NULL);
	} else {
		value_signed(s, error);
	}
}

static const struct attr_row ack_rows[] = {
	ATTR(NLMSGERR_ATTR_MSG, TEXT),
	ATTR(NLMSGERR_ATTR_OFFS, U32),
	ATTR(NLMSGERR_ATTR_COOKIE, ARRAY_U8),
};
static const struct attr_list ack_list = ATTR_LIST("nlmsgerr_attrs", ack_rows);

/* The error, then the message that it is about, or its header, then what more there is to say. */
static void acknowledgement(struct show *s, const unsigned char *data, size_t size, uint16_t flags,
			    int protocol, int depth)
{
	size_t inner = 0;
	bool more;

	if (size < 4 + HEADER) {
		show_attr_bytes(s, data, size);
		return;
	}
	if (depth <= 2)
		inner = flags & NLM_F_CAPPED ? HEADER : get32(data + 4);
	if (depth <= 2 && inner < HEADER)
		inner = HEADER;
	more = inner && size - 4 > inner;
	if (more) {
		value_array(s);
		value_element(s);
	}
	value_struct(s);
	value_field(s, "error");
	error_number(s, (int32_t)get32(data));
	data += 4;
	size -= 4;
	if (size) {
		value_field(s, "msg");
		if (inner < HEADER)
			show_attr_bytes(s, data, size);
		else
			message(s, data, inner < size ? inner : size, protocol, depth + 1);
	}
	value_struct_end(s);
	if (!more)
		return;
	value_element(s);
	show_attributes(s, data + inner, size - inner, &ack_list, 0);
	value_array_end(s);
}

/* The contents of a message of the protocol's own. */
static bool protocol_payload(struct show *s, const unsigned char *data, size_t size,
			     const struct nlmsghdr *h, int protocol)
{
	uint16_t type = h->nlmsg_type;

	switch (protocol) {
	case NETLINK_ROUTE: show_route_message(s, type, data, size); return true;
	case NETLINK_SOCK_DIAG:
		show_diag_message(s, type, h->nlmsg_flags & NLM_F_REQUEST, data, size);
		return true;
	case NETLINK_GENERIC:
		if (type == NLMSG_MIN_TYPE)
			show_control_message(s, data, size);
		else
			show_generic_message(s, data, size);
		return true;
	case NETLINK_NETFILTER: show_netfilter_message(s, type, data, size); return true;
	case NETLINK_CRYPTO: return show_crypto_message(s, type, data, size);
	case NETLINK_SELINUX: return show_selinux_message(s, type, data, size);
	}
	return false;
}

static void payload(struct show *s, const unsigned char *data, size_t size,
		    const struct nlmsghdr *h, int protocol, int depth)
{
	if (!show_netlink_has(s, data, 1))
		show_netlink_missing(s, data);
	else if (h->nlmsg_type == NLMSG_ERROR)
		acknowledgement(s, data, size, h->nlmsg_flags, protocol, depth);
	else if (h->nlmsg_type >= NLMSG_MIN_TYPE && protocol_payload(s, data, size, h, protocol))
		;
	else if (h->nlmsg_type == NLMSG_DONE && size == 4 && show_netlink_has(s, data, 4))
		value_signed(s, (int32_t)get32(data));
	else
		show_attr_bytes(s, data, size);
}

static void message(struct show *s, const unsigned char *data, size_t size, int protocol, int depth)
{
	struct nlmsghdr h;
	size_t length;

	memcpy(&h, data, sizeof(h));
	length = h.nlmsg_len < size ? h.nlmsg_len : size;
	if (length > HEADER) {
		value_array(s);
		value_element(s);
	}
	header(s, data, protocol);
	if (length > HEADER) {
		value_element(s);
		payload(s, data + HEADER, length - HEADER, &h, protocol, depth);
		value_array_end(s);
	}
}

static size_t claimed(const unsigned char *data)
{
	return get32(data);
}

static void one_message(struct show *s, const unsigned char *data, size_t size, const void *context)
{
	message(s, data, size, *(const int *)context, 0);
}

static void messages(struct show *s, const unsigned char *data, size_t size, int protocol)
{
	const struct aligned_list list = { HEADER, claimed, one_message, &protocol };

	show_aligned_list(s, &list, data, size);
}

void show_netlink(struct show *s, int fd, uint64_t address, uint64_t size)
{
	struct netlink_scope scope = { .address = address };
	int protocol = fds_netlink(s->call, fd);
	const void *found = NULL;
	size_t there = address && size <= MESSAGE_MOST ? show_find(s, address, size, &found) : 0;
	unsigned char *data;

	if (!show_structures(s)) {
		show_buffer(s, address, size);
		return;
	}
	if (!address || there < (size < HEADER ? size : HEADER) || size > MESSAGE_MOST ||
	    !(data = calloc(1, size + 1))) {
		value_address(s, address);
		return;
	}
	if (there) /* nothing is found at no address */
		memcpy(data, found, there);
	scope.data = data;
	scope.end = data + there;
	s->netlink = &scope;
	if (protocol == NETLINK_KOBJECT_UEVENT)
		show_buffer(s, address, size);
	else
		messages(s, data, size, protocol);
	s->netlink = NULL;
	free(data);
}

void show_sockbuf(struct show *s, int fd, uint64_t address, uint64_t size)
{
	if (fds_netlink(s->call, fd) >= 0)
		show_netlink(s, fd, address, size);
	else
		show_buffer(s, address, size);
}
