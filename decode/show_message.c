// SPDX-License-Identifier: GPL-2.0-or-later
/* show: sendmsg, recvmsg and their many: struct msghdr and struct mmsghdr (linux/socket.h). */
#include "decode/show_net.h"

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
		show_address(s, address);
		return;
	}
	text_char(s->out, '[');
	for (uint64_t i = 0; i < count; i++) {
		uint64_t here = address + 2 * i * size;

		if (i)
			show_comma(s);
		if (!s->options->verbose && i >= s->options->string_size) {
			show_put(s, "...");
			break;
		}
		if (!show_read_word(s, here, &base) || !show_read_word(s, here + size, &length)) {
			show_put(s, "... /* ");
			text_hex(s->out, here);
			show_put(s, " */");
			break;
		}
		show_put(s, "{iov_base=");
		show_netlink(s, (int32_t)s->call->arg[0], base, length < moved ? length : moved);
		show_printf(s, ", iov_len=%llu}", (unsigned long long)length);
		moved -= moved == UINT64_MAX ? 0 : length < moved ? length : moved;
	}
	text_char(s->out, ']');
}

void show_msghdr(struct show *s, const void *header, int64_t name_length, uint64_t moved)
{
	int32_t length = (int32_t)word(s, header, 1);
	int family;

	show_put(s, "{msg_name=");
	family = show_sockaddr_at(s, word(s, header, 0),
				  name_length >= 0 && length > name_length ? name_length : length);
	show_put(s, ", msg_namelen=");
	if (name_length >= 0 && name_length != length)
		show_printf(s, "%d => ", (int32_t)name_length);
	show_int(s, length);
	show_put(s, ", msg_iov=");
	if (family == AF_NETLINK)
		netlink_vectors(s, word(s, header, 2), word(s, header, 3), moved);
	else
		show_iovec(s, word(s, header, 2), word(s, header, 3), moved);
	show_printf(s, ", msg_iovlen=%llu", (unsigned long long)word(s, header, 3));
	show_control(s, word(s, header, 4), word(s, header, 5));
	show_printf(s, ", msg_controllen=%llu, msg_flags=", (unsigned long long)word(s, header, 5));
	show_flags(s, "msg_flags", (uint32_t)word(s, header, 6));
	text_char(s->out, '}');
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
	show_comma(s);
	show_flags(s, "msg_flags", (uint32_t)s->call->arg[i]);
}

static void args_sendmsg(struct show *s)
{
	unsigned char header[WORDS * 8];

	show_fd(s, s->call->arg[0]);
	show_comma(s);
	if (header_at(s, s->call->arg[1], false, header, WORDS * show_word(s)))
		show_msghdr(s, header, -1, UINT64_MAX);
	else
		show_address(s, s->call->arg[1]);
	flags_behind(s, 2);
}

static void args_recvmsg(struct show *s)
{
	unsigned char header[WORDS * 8];
	int32_t given;

	show_fd(s, s->call->arg[0]);
	show_comma(s);
	if (!header_at(s, s->call->arg[1], false, header, WORDS * show_word(s))) {
		show_address(s, s->call->arg[1]);
		flags_behind(s, 2);
		return;
	}
	given = (int32_t)word(s, header, 1);
	show_at_exit(s);
	if (!show_succeeded(s))
		show_printf(s, "{msg_namelen=%d}", given);
	else if (header_at(s, s->call->arg[1], true, header, WORDS * show_word(s)))
		show_msghdr(s, header, given < 0 ? 0 : given, s->call->result);
	else
		show_address(s, s->call->arg[1]);
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
	show_put(s, "{msg_hdr=");
	show_msghdr(s, header, given, many->received ? length : UINT64_MAX);
	if (many->lengths) {
		show_printf(s, ", msg_len=%u", length);
		many->lengths--;
	}
	text_char(s->out, '}');
}

static void messages(struct show *s, uint64_t address, uint64_t count, struct many *many)
{
	size_t each = WORDS_MANY * show_word(s);
	unsigned char header[WORDS_MANY * 8];

	if (!address || (count && !header_at(s, address, true, header, each))) {
		show_address(s, address);
		return;
	}
	text_char(s->out, '[');
	for (uint64_t i = 0; i < count; i++) {
		if (i)
			show_comma(s);
		if (i >= MESSAGES_MOST || (!s->options->verbose && i >= s->options->string_size)) {
			show_put(s, "...");
			break;
		}
		if (!header_at(s, address + i * each, true, header, each)) {
			show_put(s, "... /* ");
			text_hex(s->out, address + i * each);
			show_put(s, " */");
			break;
		}
		message(s, address + i * each, header, many);
	}
	text_char(s->out, ']');
}

static void args_sendmmsg(struct show *s)
{
	struct many many = { .lengths = show_succeeded(s) ? s->call->result : 0 };

	show_fd(s, s->call->arg[0]);
	show_comma(s);
	show_at_exit(s);
	messages(s, s->call->arg[1], (uint32_t)s->call->arg[2], &many);
	show_comma(s);
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
	struct text *out = s->out;

	show_fd(s, s->call->arg[0]);
	show_comma(s);
	show_at_exit(s);
	if (show_succeeded(s))
		messages(s, s->call->arg[1], s->call->result, &many);
	else
		show_address(s, s->call->arg[1]);
	show_comma(s);
	show_uint(s, s->call->arg[2]);
	flags_behind(s, 3);
	show_comma(s);
	timeout(s, false);
	if (!show_succeeded(s) || (s->call->result && !s->call->arg[4]))
		return;
	s->out = &s->aux;
	if (!s->call->result) {
		show_put(s, "Timeout");
	} else {
		show_put(s, "left ");
		timeout(s, true);
	}
	s->out = out;
}

static const struct show_call calls[] = {
	{ "sendmsg", args_sendmsg, NULL },	    { "recvmsg", args_recvmsg, NULL },
	{ "sendmmsg", args_sendmmsg, NULL },	    { "recvmmsg", args_recvmmsg, NULL },
	{ "recvmmsg_time64", args_recvmmsg, NULL }, { NULL, NULL, NULL },
};

const struct show_family show_family_message = { .calls = calls };
