// SPDX-License-Identifier: GPL-2.0-or-later
/* show: sendmsg, recvmsg and their many: struct msghdr and struct mmsghdr (linux/socket.h). */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include <sys/socket.h>

enum {
	WORDS = 7,	      /* of struct msghdr; msg_namelen and msg_flags are padded to one */
	WORDS_MANY = 8,	      /* of struct mmsghdr */
	MESSAGES_MOST = 1024, /* IOV_MAX */
};

static uint64_t word(const struct show *s, const void *header, int i)
{
	return s->compat ? get32((const char *)header + 4 * i)
			 : get64((const char *)header + 8 * i);
}

/* Each vector as netlink messages. */
static void netlink_vectors(struct show *s, uint64_t address, uint64_t count, uint64_t moved)
{
	uint64_t size = show_word(s), base, length;

	if (!address || (count && !show_read_word(s, address, &base))) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; i < count; i++) {
		uint64_t here = address + 2 * i * size;

		if (i >= value_limit(s)) {
			value_more(s);
			break;
		}
		if (!show_read_word(s, here, &base) || !show_read_word(s, here + size, &length)) {
			value_more_at(s, here);
			break;
		}
		value_element(s);
		value_struct(s);
		value_field(s, "iov_base");
		show_netlink(s, (int32_t)s->call->arg[0], base, length < moved ? length : moved);
		field_unsigned(s, "iov_len", length);
		value_struct_end(s);
		moved -= moved == UINT64_MAX ? 0 : length < moved ? length : moved;
	}
	value_array_end(s);
}

void show_msghdr(struct show *s, const void *header, int64_t name_length, uint64_t moved)
{
	int32_t length = (int32_t)word(s, header, 1);
	int family;

	value_struct(s);
	value_field(s, "msg_name");
	family = show_sockaddr_at(s, word(s, header, 0),
				  name_length >= 0 && length > name_length ? name_length : length);
	value_field(s, "msg_namelen");
	if (name_length >= 0 && name_length != length) {
		value_signed(s, (int32_t)name_length);
		value_becomes(s);
	}
	value_signed(s, length);
	value_field(s, "msg_iov");
	if (family == AF_NETLINK)
		netlink_vectors(s, word(s, header, 2), word(s, header, 3), moved);
	else
		show_iovec(s, word(s, header, 2), word(s, header, 3), moved);
	field_unsigned(s, "msg_iovlen", word(s, header, 3));
	show_control(s, word(s, header, 4), word(s, header, 5));
	field_unsigned(s, "msg_controllen", word(s, header, 5));
	field_flags(s, "msg_flags", "msg_flags", (uint32_t)word(s, header, 6));
	value_struct_end(s);
}

/* The header as it was given to the call, or as the call left it. */
static bool header_at(struct show *s, uint64_t address, bool exit, unsigned char *header,
		      size_t size)
{
	bool was = s->exit, read;

	s->exit = exit;
	read = address && show_read(s, address, header, size);
	s->exit = was;
	return read;
}

static void flags_behind(struct show *s, int i)
{
	show_argument_name(s, i);
	show_flags(s, "msg_flags", (uint32_t)s->call->arg[i]);
}

static void args_sendmsg(struct show *s)
{
	unsigned char header[WORDS * 8];

	show_argument_name(s, 0);
	show_fd(s, s->call->arg[0]);
	show_argument_name(s, 1);
	if (header_at(s, s->call->arg[1], false, header, WORDS * show_word(s)))
		show_msghdr(s, header, -1, UINT64_MAX);
	else
		value_address(s, s->call->arg[1]);
	flags_behind(s, 2);
}

static void args_recvmsg(struct show *s)
{
	unsigned char header[WORDS * 8];
	int32_t given;

	show_argument_name(s, 0);
	show_fd(s, s->call->arg[0]);
	show_argument_name(s, 1);
	if (!header_at(s, s->call->arg[1], false, header, WORDS * show_word(s))) {
		value_address(s, s->call->arg[1]);
		flags_behind(s, 2);
		return;
	}
	given = (int32_t)word(s, header, 1);
	show_at_exit(s);
	if (!show_succeeded(s)) {
		value_struct(s);
		field_signed(s, "msg_namelen", given);
		value_struct_end(s);
	} else if (header_at(s, s->call->arg[1], true, header, WORDS * show_word(s)))
		show_msghdr(s, header, given < 0 ? 0 : given, s->call->result);
	else
		value_address(s, s->call->arg[1]);
	flags_behind(s, 2);
}

/* What differs between the two calls that take many. */
struct many {
	bool received;
	uint32_t lengths; /* messages whose msg_len says something */
};

static void message(struct show *s, uint64_t address, unsigned char *header, struct many *many)
{
	uint32_t length = (uint32_t)word(s, header, WORDS);
	unsigned char before[WORDS_MANY * 8];
	int64_t given = -1;

	if (many->received && header_at(s, address, false, before, WORDS_MANY * show_word(s)))
		given = (int32_t)word(s, before, 1) < 0 ? 0 : (int32_t)word(s, before, 1);
	value_struct(s);
	value_field(s, "msg_hdr");
	show_msghdr(s, header, given, many->received ? length : UINT64_MAX);
	if (many->lengths) {
		field_unsigned(s, "msg_len", length);
		many->lengths--;
	}
	value_struct_end(s);
}

static void messages(struct show *s, uint64_t address, uint64_t count, struct many *many)
{
	size_t each = WORDS_MANY * show_word(s);
	unsigned char header[WORDS_MANY * 8];

	if (!address || (count && !header_at(s, address, true, header, each))) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; i < count; i++) {
		if (i >= MESSAGES_MOST || i >= value_limit(s)) {
			value_more(s);
			break;
		}
		if (!header_at(s, address + i * each, true, header, each)) {
			value_more_at(s, address + i * each);
			break;
		}
		value_element(s);
		message(s, address + i * each, header, many);
	}
	value_array_end(s);
}

static void args_sendmmsg(struct show *s)
{
	struct many many = { .lengths = show_succeeded(s) ? s->call->result : 0 };

	show_argument_name(s, 0);
	show_fd(s, s->call->arg[0]);
	show_argument_name(s, 1);
	show_at_exit(s);
	messages(s, s->call->arg[1], (uint32_t)s->call->arg[2], &many);
	show_argument_name(s, 2);
	show_uint(s, s->call->arg[2]);
	flags_behind(s, 3);
}

static void timeout(struct show *s, bool exit)
{
	const char *name = strstr(s->call->name, "64") ? "timespec64" : "timespec";
	bool was = s->exit;

	s->exit = exit;
	show_struct(s, name, s->call->arg[4]);
	s->exit = was;
}

static void args_recvmmsg(struct show *s)
{
	struct many many = { .received = true, .lengths = show_succeeded(s) ? s->call->result : 0 };

	show_argument_name(s, 0);
	show_fd(s, s->call->arg[0]);
	show_argument_name(s, 1);
	show_at_exit(s);
	if (show_succeeded(s) && show_structures(s))
		messages(s, s->call->arg[1], s->call->result, &many);
	else
		value_address(s, s->call->arg[1]);
	show_argument_name(s, 2);
	show_uint(s, s->call->arg[2]);
	flags_behind(s, 3);
	show_argument_name(s, 4);
	timeout(s, false);
	if (!show_succeeded(s) || (s->call->result && !s->call->arg[4]))
		return;
	value_details(s);
	if (!s->call->result) {
		value_detail(s, NULL);
		value_words(s, 0, "Timeout");
	} else {
		value_detail(s, "left");
		timeout(s, true);
	}
	value_details_end(s);
}

static const struct show_call calls[] = {
	{ "sendmsg", args_sendmsg, NULL },	    { "recvmsg", args_recvmsg, NULL },
	{ "sendmmsg", args_sendmmsg, NULL },	    { "recvmmsg", args_recvmmsg, NULL },
	{ "recvmmsg_time64", args_recvmmsg, NULL }, { NULL, NULL, NULL },
};

const struct show_family show_family_message = { .calls = calls };
