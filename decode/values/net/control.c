// SPDX-License-Identifier: GPL-2.0-or-later
/* show: control messages (struct cmsghdr) of sockets and of IP (linux/socket.h, linux/in.h,
 * linux/errqueue.h). */
#include "decode/values/net/netlink.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
	TIMESTAMP_NEW = 63, /* SO_TIMESTAMP_NEW and the two behind it (asm-generic/socket.h) */
	TIMESTAMPNS_NEW = 64,
	TIMESTAMPING_NEW = 65,
	STAMPS = 3, /* of SO_TIMESTAMPING: software, deprecated, hardware */
};

typedef void printer(struct show *s, const unsigned char *data, size_t size);

static void one_fd(struct show *s, const unsigned char *data)
{
	show_fd(s, get32(data));
}

static void one_uint(struct show *s, const unsigned char *data)
{
	value_unsigned(s, get32(data));
}

static void one_byte(struct show *s, const unsigned char *data)
{
	value_hex(s, *data);
}

static void rights(struct show *s, const unsigned char *data, size_t size)
{
	show_each(s, data, size, 4, one_fd);
}

static void pidfd(struct show *s, const unsigned char *data, size_t size)
{
	(void)size;
	one_fd(s, data);
}

static void uints(struct show *s, const unsigned char *data, size_t size)
{
	show_each(s, data, size, 4, one_uint);
}

static void bytes(struct show *s, const unsigned char *data, size_t size)
{
	show_each(s, data, size, 1, one_byte);
}

static void credentials(struct show *s, const unsigned char *data, size_t size)
{
	(void)size;
	value_struct(s);
	field_signed(s, "pid", (int32_t)get32(data));
	value_field(s, "uid");
	show_uid(s, get32(data + 4));
	value_field(s, "gid");
	show_uid(s, get32(data + 8));
	value_struct_end(s);
}

static void security(struct show *s, const unsigned char *data, size_t size)
{
	show_bytes(s, data, size, false);
}

/* Times; the newer kinds are 64 bits wide in every ABI. */
static void stamp(struct show *s, const unsigned char *data, size_t size, size_t width,
		  void (*print)(struct show *s, const void *data, size_t size))
{
	bool compat = s->compat;

	s->compat = width == 4;
	if (size < 2 * width)
		value_cut(s);
	else
		print(s, data, 2 * width);
	s->compat = compat;
}

static void stamps(struct show *s, const unsigned char *data, size_t size, size_t width)
{
	if (size < STAMPS * 2 * width) {
		value_cut(s);
		return;
	}
	value_array(s);
	for (int i = 0; i < STAMPS; i++) {
		value_element(s);
		stamp(s, data + i * 2 * width, 2 * width, width, show_timespec);
	}
	value_array_end(s);
}

static void timestamp(struct show *s, const unsigned char *data, size_t size)
{
	stamp(s, data, size, show_word(s), show_timeval);
}

static void timestampns(struct show *s, const unsigned char *data, size_t size)
{
	stamp(s, data, size, show_word(s), show_timespec);
}

static void timestamping(struct show *s, const unsigned char *data, size_t size)
{
	stamps(s, data, size, show_word(s));
}

static void timestamp_new(struct show *s, const unsigned char *data, size_t size)
{
	stamp(s, data, size, 8, show_timeval);
}

static void timestampns_new(struct show *s, const unsigned char *data, size_t size)
{
	stamp(s, data, size, 8, show_timespec);
}

static void timestamping_new(struct show *s, const unsigned char *data, size_t size)
{
	stamps(s, data, size, 8);
}

static void pktinfo(struct show *s, const unsigned char *data, size_t size)
{
	(void)size;
	value_struct(s);
	value_field(s, "ipi_ifindex");
	show_ifindex(s, get32(data));
	value_inet(s, "ipi_spec_dst", AF_INET, data + 4);
	value_inet(s, "ipi_addr", AF_INET, data + 8);
	value_struct_end(s);
}

/* struct sock_extended_err, then the address of whoever objected. */
static void recverr(struct show *s, const unsigned char *data, size_t size)
{
	unsigned char offender[129] = { 0 };

	(void)size;
	memcpy(offender, data + 16, sizeof(struct sockaddr_in));
	value_struct(s);
	field_unsigned(s, "ee_errno", get32(data));
	field_unsigned(s, "ee_origin", data[4]);
	field_unsigned(s, "ee_type", data[5]);
	field_unsigned(s, "ee_code", data[6]);
	field_unsigned(s, "ee_info", get32(data + 8));
	field_unsigned(s, "ee_data", get32(data + 12));
	value_field(s, "offender");
	show_sockaddr_data(s, offender, sizeof(struct sockaddr_in));
	value_struct_end(s);
}

static void origdstaddr(struct show *s, const unsigned char *data, size_t size)
{
	unsigned char address[129] = { 0 };

	size = size < 128 ? size : 128;
	memcpy(address, data, size);
	show_sockaddr_data(s, address, size);
}

static void protocol(struct show *s, const unsigned char *data, size_t size)
{
	(void)size;
	value_pointed(s);
	show_enum(s, "inet_protocols", get32(data));
	value_pointed_end(s);
}

static const struct kind {
	uint32_t type, least; /* fewer bytes are not taken apart */
	printer *print;
} socket_kinds[] = {
	{ SCM_RIGHTS, 4, rights },
	{ SCM_CREDENTIALS, 12, credentials },
	{ 3 /* SCM_SECURITY */, 1, security },
	{ 4 /* SCM_PIDFD */, 4, pidfd },
	{ SO_TIMESTAMP, 1, timestamp },
	{ SO_TIMESTAMPNS, 1, timestampns },
	{ SO_TIMESTAMPING, 1, timestamping },
	{ TIMESTAMP_NEW, 1, timestamp_new },
	{ TIMESTAMPNS_NEW, 1, timestampns_new },
	{ TIMESTAMPING_NEW, 1, timestamping_new },
	{ 0, 0, NULL },
}, ip_kinds[] = {
	{ IP_PKTINFO, 12, pktinfo },
	{ IP_TTL, 4, uints },
	{ IP_TOS, 1, bytes },
	{ IP_RECVOPTS, 1, bytes },
	{ IP_RETOPTS, 1, bytes },
	{ IP_RECVERR, 32, recverr },
	{ IP_ORIGDSTADDR, 16, origdstaddr },
	{ IP_CHECKSUM, 4, uints },
	{ 52 /* IP_PROTOCOL, Linux 6.4 */, 4, protocol },
	{ 3 /* SCM_SECURITY */, 1, security },
	{ 0, 0, NULL },
};

static const struct kind *find_kind(int level, uint32_t type, size_t size)
{
	const struct kind *k = level == SOL_SOCKET ? socket_kinds
			       : level == SOL_IP   ? ip_kinds
						   : NULL;

	while (k && k->print && (k->type != type || size < k->least))
		k++;
	return k && k->print ? k : NULL;
}

static void contents(struct show *s, int level, uint32_t type, const unsigned char *data,
		     size_t size)
{
	const struct kind *k = find_kind(level, type, size);

	if (level == SOL_SOCKET || level == SOL_IP)
		show_enum(s, level == SOL_SOCKET ? "scmvals" : "ip_cmsg_types", type);
	else
		value_hex(s, type);
	if (!size)
		return;
	value_field(s, "cmsg_data");
	if (k)
		k->print(s, data, size);
	else
		value_hex_bytes(s, data, size, size);
}

/* The level of an unknown control message has a comment of its own. */
static void level_name(struct show *s, uint32_t level)
{
	const struct flag_table *t = show_table(s, "socketlayers");

	if (t && flag_name(t, level)) {
		show_enum(s, "socketlayers", level);
		return;
	}
	value_constant(s, level, BASE_HEX, NULL, "SOL_???");
}

/* One message; its length as it claims it. */
static uint64_t one_message(struct show *s, const unsigned char *data, size_t left)
{
	size_t header = show_word(s) + 8;
	uint64_t claimed = s->compat ? get32(data) : get64(data);
	uint64_t size = claimed < left ? claimed : left;
	uint32_t level = get32(data + show_word(s));

	value_struct(s);
	field_unsigned(s, "cmsg_len", claimed);
	value_field(s, "cmsg_level");
	level_name(s, level);
	value_field(s, "cmsg_type");
	contents(s, (int32_t)level, get32(data + show_word(s) + 4), data + header,
		 size > header ? size - header : 0);
	value_struct_end(s);
	return claimed;
}

static void print_messages(struct show *s, uint64_t address, const unsigned char *data, size_t size)
{
	size_t word = show_word(s), header = word + 8, at = 0, left = size;

	value_array(s);
	while (left >= header) {
		uint64_t claimed;

		value_element(s);
		claimed = one_message(s, data + at, left);
		if (claimed < header) {
			left -= header;
			break;
		}
		claimed = claimed > left ? left : (claimed + word - 1) & ~(uint64_t)(word - 1);
		if (claimed >= left) {
			left = 0;
			break;
		}
		at += claimed;
		left -= claimed;
	}
	if (left)
		value_more_at(s, address + size - left);
	value_array_end(s);
}

void show_control(struct show *s, uint64_t address, uint64_t size)
{
	const void *found;
	unsigned char *data;

	if (!size)
		return;
	value_field(s, "msg_control");
	if (size < show_word(s) + 8 || size > UINT16_MAX ||
	    show_find(s, address, size, &found) < size || !(data = malloc(size))) {
		value_address(s, address);
		return;
	}
	memcpy(data, found, size);
	print_messages(s, address, data, size);
	free(data);
}
