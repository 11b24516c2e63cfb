// SPDX-License-Identifier: GPL-2.0-or-later
/* show: poll and select: what was asked for stands between the parentheses, what came of it behind
 * the result. */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

struct pollfd_view {
	int32_t fd;
	uint16_t events, revents;
};

static void show_asked(struct show *s, const void *element, size_t size)
{
	struct pollfd_view p;

	(void)size;
	memcpy(&p, element, sizeof(p));
	value_struct(s);
	value_field(s, "fd");
	show_fd(s, p.fd);
	if (p.fd >= 0) /* else the kernel ignores it */
		field_flags(s, "events", "pollflags", p.events);
	value_struct_end(s);
}

/* strace has 1 KiB for the answers, and leaves room behind them. */
enum { ANSWERS_MOST = 1024 - 28 };

static void show_answer(struct show *s, const struct pollfd_view *p)
{
	value_struct(s);
	value_field(s, "fd");
	show_int(s, p->fd); /* strace's, too, stands alone there */
	field_flags(s, "revents", "pollflags", p->revents);
	value_struct_end(s);
}

/* Those with something to tell. */
static void show_answers(struct show *s, uint64_t address, uint32_t count)
{
	uint64_t most = value_limit(s), shown = 0;
	struct pollfd_view p;

	for (uint32_t i = 0; i < count; i++) {
		bool there = show_read(s, address + 8ul * i, &p, sizeof(p));
		size_t before;

		if (there && !p.revents)
			continue;
		if (!shown) {
			value_detail(s, NULL);
			value_array(s);
		}
		before = value_used(s);
		if (shown < most || !there) {
			value_element(s);
			if (there)
				show_answer(s, &p);
			else
				value_hex(s, address + 8ul * i);
		}
		if (value_overflows(s, ANSWERS_MOST, before) || shown++ >= most) {
			value_more(s);
			break;
		}
		if (!there)
			break;
	}
	if (shown)
		value_array_end(s);
}

/* What is left of the time is known where the call had one. */
static void show_left(struct show *s, const char *type, uint64_t address)
{
	const void *data;

	if (!address || show_find(s, address, 2 * show_word(s), &data) < 2 * show_word(s))
		return;
	value_detail(s, "left");
	show_struct(s, type, address);
}

static const char *time_of(const struct show *s, const char *plain)
{
	return strstr(s->call->name, "64") ? "timespec64" : plain;
}

static void show_timeout(struct show *s)
{
	value_detail(s, NULL);
	value_words(s, 0, "Timeout");
}

static void poll_answer(struct show *s, bool timed)
{
	value_details(s);
	s->exit = true;
	if (!s->call->result) {
		show_timeout(s);
	} else {
		show_answers(s, s->call->arg[0], s->call->arg[1]);
		if (timed)
			show_left(s, time_of(s, "timespec"), s->call->arg[2]);
	}
	value_details_end(s);
}

static void poll_args(struct show *s)
{
	bool timed = s->call->name[1] == 'p';

	show_argument_name(s, 0);
	show_array(s, s->call->arg[0], (uint32_t)s->call->arg[1], sizeof(struct pollfd_view),
		   show_asked);
	show_argument(s, 1);
	show_argument_name(s, 2);
	if (timed) {
		show_struct(s, time_of(s, "timespec"), s->call->arg[2]);
		show_argument(s, 3);
		show_argument(s, 4);
	} else {
		show_arg(s, 2);
	}
	if (show_succeeded(s))
		poll_answer(s, timed);
}

/* The bits of a set below `n`; NULL if it was not captured. */
static const unsigned char *set_at(struct show *s, uint64_t address, uint32_t n)
{
	size_t word = show_word(s), size = (n + 8 * word - 1) / (8 * word) * word;
	const void *data = "";

	if (!address || (size && show_find(s, address, size, &data) < size))
		return NULL;
	return data;
}

static void show_set(struct show *s, const unsigned char *bits, uint32_t n, bool numbers)
{
	value_begin(s, GROUP_SET);
	for (uint32_t i = 0; i < n; i++) {
		if (!(bits[i / 8] >> i % 8 & 1))
			continue;
		value_member(s);
		if (numbers)
			show_uint(s, i);
		else
			show_fd(s, i);
	}
	value_end(s, GROUP_SET);
}

static bool set_is_empty(const unsigned char *bits, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (bits[i / 8] >> i % 8 & 1)
			return false;
	return true;
}

/* `out [4], left {tv_sec=0, tv_usec=998}` */
static void select_answer(struct show *s, uint32_t n, const char *time)
{
	static const char *const names[] = { "in", "out", "except" };

	value_details(s);
	s->exit = true;
	if (!s->call->result) {
		show_timeout(s);
	} else {
		for (int i = 0; i < 3; i++) {
			const unsigned char *bits = set_at(s, s->call->arg[i + 1], n);

			if (!bits || set_is_empty(bits, n))
				continue;
			value_detail(s, names[i]);
			show_set(s, bits, n, true); /* named among the arguments already */
		}
		show_left(s, time, s->call->arg[4]);
	}
	value_details_end(s);
}

/* The last argument of pselect6: a pointer to a signal mask, and its size. */
static void show_argpack(struct show *s, const void *data, size_t size)
{
	size_t word = show_word(s);
	uint64_t mask = 0, length = 0;

	if (size < 2 * word)
		return;
	memcpy(&mask, data, word);
	memcpy(&length, (const char *)data + word, word);
	value_struct(s);
	value_field(s, "sigmask");
	show_sigset_at(s, mask, length);
	field_unsigned(s, "sigsetsize", length);
	value_struct_end(s);
}

static void select_args(struct show *s)
{
	bool precise = s->call->name[0] == 'p';
	const char *time = precise ? time_of(s, "timespec") : "timeval";
	int32_t n = s->call->arg[0];

	/* i386's old select has all in one structure: the text has what it carries, if it is there.
	 */
	if (s->call->desc && s->call->desc->arg[0].kind == DESC_ARRAY) {
		show_argument_name(s, 0);
		if (value_is_text(s))
			value_address(s, s->call->arg[0]);
		else
			show_arg(s, 0);
		return;
	}
	show_argument_name(s, 0);
	value_signed(s, n);
	for (int i = 1; i < 4; i++) {
		const unsigned char *bits = n > 0 ? set_at(s, s->call->arg[i], n) : NULL;

		show_argument_name(s, i);
		if (bits)
			show_set(s, bits, n, false);
		else
			value_address(s, s->call->arg[i]);
	}
	show_argument_name(s, 4);
	show_struct(s, time, s->call->arg[4]);
	if (precise)
		show_argument(s, 5);
	if (show_succeeded(s))
		select_answer(s, n, time);
}

/* What stands behind the events is told at the end, and where the call failed only by address. */
static void epoll_wait_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		enum desc_kind kind =
			s->call->desc ? (enum desc_kind)s->call->desc->arg[i].kind : DESC_HEX;

		show_argument_name(s, i);
		if (i > 1 && s->call->failed && (kind == DESC_STRUCT || kind == DESC_SIGSET))
			value_address(s, s->call->arg[i]);
		else
			show_arg(s, i);
	}
}

/* linux/eventpoll.h: packed on x86-64. */
static void show_epoll_event(struct show *s, const void *data, size_t size)
{
	uint32_t events;
	uint64_t value;

	memcpy(&events, data, sizeof(events));
	memcpy(&value, (const char *)data + size - sizeof(value), sizeof(value));
	value_struct(s);
	field_flags(s, "events", "epollevents", events);
	field_hex(s, "data", value);
	value_struct_end(s);
}

static const struct show_struct structs[] = {
	{ "epoll_event", show_epoll_event },
	{ "sigset_argpack", show_argpack },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "poll", poll_args, NULL },
	{ "ppoll", poll_args, NULL },
	{ "ppoll_time64", poll_args, NULL },
	{ "select", select_args, NULL },
	{ "_newselect", select_args, NULL },
	{ "pselect6", select_args, NULL },
	{ "epoll_pwait", epoll_wait_args, NULL },
	{ "epoll_pwait2", epoll_wait_args, NULL },
	{ "pselect6_time64", select_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_poll = { .structs = structs, .calls = calls };
