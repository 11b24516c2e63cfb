// SPDX-License-Identifier: GPL-2.0-or-later
/* show: netlink messages (linux/netlink.h): headers, acknowledgements; payloads by the socket's
 * protocol. */
#include "decode/show_netlink.h"

#include "decode/fds.h"
#include "format/flags.h"

#include <linux/netlink.h>
#include <stdlib.h>

enum {
	HEADER = sizeof(struct nlmsghdr),
	MESSAGE_MOST = 1 << 20,	   /* bytes that are copied to be shown */
	NETFILTER_RESERVED = 0x12, /* types below are the protocol's own */
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
	[11] = "nf_nft_compat_msg_types",
};

static void netfilter_type(struct show *s, uint16_t type)
{
	const struct flag_table *own = show_table(s, "nl_netfilter_msg_types");
	unsigned int subsystem = type >> 8;

	if (type < NETFILTER_RESERVED && own && flag_name(own, type)) {
		show_enum(s, "nl_netfilter_msg_types", type);
		return;
	}
	show_enum(s, "nl_netfilter_subsys_ids", subsystem);
	show_put(s, "<<8|");
	if (subsystem < sizeof(filter_tables) / sizeof(*filter_tables) && filter_tables[subsystem])
		show_enum(s, filter_tables[subsystem], type & 0xff);
	else
		show_printf(s, "%#x", type & 0xff);
}

static void message_type(struct show *s, uint16_t type, int protocol)
{
	const char *table = "netlink_types";

	if (type >= NLMSG_MIN_TYPE && protocol == NETLINK_NETFILTER) {
		netfilter_type(s, type);
		return;
	}
	if (type >= NLMSG_MIN_TYPE && protocol == NETLINK_GENERIC) {
		if (type == NLMSG_MIN_TYPE) /* the only family whose number is fixed */
			show_put(s, "nlctrl");
		else
			show_printf(s, "%#x /* GENERIC_FAMILY_??? */", type);
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

/* The upper flags mean what the verb says: new, delete or get. */
static const char *verb_flags(uint16_t type, int protocol)
{
	static const char *const xfrm[] = { "netlink_new_flags", "netlink_delete_flags",
					    "netlink_get_flags" };

	if (type == NLMSG_ERROR)
		return "netlink_ack_flags";
	if (type < NLMSG_MIN_TYPE)
		return NULL;
	if (protocol == NETLINK_ROUTE)
		return route_flags(type);
	if (protocol == NETLINK_XFRM) /* XFRM_MSG_NEWSA, ... in threes */
		return type <= 21 ? xfrm[(type - NLMSG_MIN_TYPE) % 3] : NULL;
	return protocol == NETLINK_SOCK_DIAG ? "netlink_get_flags" : NULL;
}

static void message_flags(struct show *s, uint16_t flags, uint16_t type, int protocol)
{
	const struct flag_table *common = show_table(s, "netlink_flags");
	const char *verb = verb_flags(type, protocol);
	uint16_t known = 0;

	for (size_t i = 0; common && i < common->count; i++)
		known |= common->values[i].value;
	if (!verb || s->options->raw_names || !(flags & ~known)) {
		show_flags(s, "netlink_flags", flags);
		return;
	}
	if (flags & known) {
		show_flags(s, "netlink_flags", flags & known);
		text_char(s->out, '|');
	}
	show_flags(s, verb, flags & ~known);
}

static void header(struct show *s, const unsigned char *data, int protocol)
{
	struct nlmsghdr h;

	memcpy(&h, data, sizeof(h));
	show_printf(s, "{nlmsg_len=%u, nlmsg_type=", h.nlmsg_len);
	message_type(s, h.nlmsg_type, protocol);
	show_put(s, ", nlmsg_flags=");
	message_flags(s, h.nlmsg_flags, h.nlmsg_type, protocol);
	show_printf(s, ", nlmsg_seq=%u, nlmsg_pid=%d}", h.nlmsg_seq, (int)h.nlmsg_pid);
}

static void message(struct show *s, const unsigned char *data, size_t size, int protocol,
		    int depth);

/* Negative error numbers by name. */
static void error_number(struct show *s, int32_t error)
{
	if (error < 0 && flag_errno_name(-error)) {
		text_char(s->out, '-');
		show_errno(s, -error);
	} else {
		text_signed(s->out, error);
	}
}

static const struct attr_row ack_rows[] = {
	{ NLMSGERR_ATTR_MSG, ATTR_TEXT, NULL, NULL, NULL },
	{ NLMSGERR_ATTR_OFFS, ATTR_U32, NULL, NULL, NULL },
};
static const struct attr_list ack_list = ATTR_LIST("nlmsgerr_attrs", ack_rows);

/* The error, then the message that it is about, or its header, then what more there is to say. */
static void acknowledgement(struct show *s, const unsigned char *data, size_t size, uint16_t flags,
			    int protocol, int depth)
{
	size_t inner = 0;
	bool more;

	if (size < 4) {
		show_attr_bytes(s, data, size);
		return;
	}
	if (size >= 4 + HEADER && depth <= 2)
		inner = flags & NLM_F_CAPPED ? HEADER : get32(data + 4);
	more = inner && size - 4 > inner;
	show_put(s, more ? "[{error=" : "{error=");
	error_number(s, (int32_t)get32(data));
	data += 4;
	size -= 4;
	if (size) {
		show_put(s, ", msg=");
		if (inner < HEADER)
			show_attr_bytes(s, data, size);
		else
			message(s, data, inner < size ? inner : size, protocol, depth + 1);
	}
	text_char(s->out, '}');
	if (!more)
		return;
	show_comma(s);
	show_attributes(s, data + inner, size - inner, &ack_list, 0);
	text_char(s->out, ']');
}

static void payload(struct show *s, const unsigned char *data, size_t size,
		    const struct nlmsghdr *h, int protocol, int depth)
{
	if (h->nlmsg_type == NLMSG_ERROR)
		acknowledgement(s, data, size, h->nlmsg_flags, protocol, depth);
	else if (h->nlmsg_type >= NLMSG_MIN_TYPE && protocol == NETLINK_ROUTE)
		show_route_message(s, h->nlmsg_type, data, size);
	else if (h->nlmsg_type >= NLMSG_MIN_TYPE && protocol == NETLINK_SOCK_DIAG)
		show_diag_message(s, h->nlmsg_type, h->nlmsg_flags & NLM_F_REQUEST, data, size);
	else if (h->nlmsg_type == NLMSG_MIN_TYPE && protocol == NETLINK_GENERIC)
		show_control_message(s, data, size);
	else if (h->nlmsg_type == NLMSG_DONE && size == 4)
		text_signed(s->out, (int32_t)get32(data));
	else
		show_attr_bytes(s, data, size);
}

static void message(struct show *s, const unsigned char *data, size_t size, int protocol, int depth)
{
	struct nlmsghdr h;
	size_t length;

	memcpy(&h, data, sizeof(h));
	length = h.nlmsg_len < size ? h.nlmsg_len : size;
	if (length > HEADER)
		text_char(s->out, '[');
	header(s, data, protocol);
	if (length > HEADER) {
		show_comma(s);
		payload(s, data + HEADER, length - HEADER, &h, protocol, depth);
		text_char(s->out, ']');
	}
}

static void messages(struct show *s, const unsigned char *data, size_t size, int protocol)
{
	bool several = false;

	for (size_t count = 0;; count++) {
		uint32_t claimed = size >= HEADER ? get32(data) : 0;
		size_t step = ((size_t)claimed + 3) & ~(size_t)3;

		if (size < HEADER) {
			show_attr_bytes(s, data, size);
			break;
		}
		if (!s->options->verbose && count == s->options->string_size) {
			show_put(s, "...");
			break;
		}
		if (claimed < HEADER || step >= size)
			step = 0;
		if (!several && step) {
			text_char(s->out, '[');
			several = true;
		}
		message(s, data, size, protocol, 0);
		if (!step)
			break;
		show_comma(s);
		data += step;
		size -= step;
	}
	if (several)
		text_char(s->out, ']');
}

void show_netlink(struct show *s, int fd, uint64_t address, uint64_t size)
{
	int protocol = fds_netlink(s->call, fd);
	const void *found;
	unsigned char *data;

	if (!address || size > MESSAGE_MOST || show_find(s, address, size, &found) < size ||
	    !(data = malloc(size + 1))) {
		show_address(s, address);
		return;
	}
	if (size) /* nothing is found at no address */
		memcpy(data, found, size);
	if (protocol == NETLINK_KOBJECT_UEVENT)
		show_buffer(s, address, size);
	else
		messages(s, data, size, protocol);
	free(data);
}

void show_sockbuf(struct show *s, int fd, uint64_t address, uint64_t size)
{
	if (fds_netlink(s->call, fd) >= 0)
		show_netlink(s, fd, address, size);
	else
		show_buffer(s, address, size);
}
