// SPDX-License-Identifier: GPL-2.0-or-later
/* show: poll and select: what was asked for stands between the parentheses, what came of it behind
 * the result. */
#include "decode/show_fields.h"

struct pollfd_view {
	int32_t fd;
	uint16_t events, revents;
};

static void show_asked(struct show *s, const void *element, size_t size)
{
	struct pollfd_view p;

	(void)size;
	memcpy(&p, element, sizeof(p));
	show_put(s, "{fd=");
	show_fd(s, p.fd);
	if (p.fd >= 0) { /* else the kernel ignores it */
		show_put(s, ", events=");
		show_flags(s, "pollflags", p.events);
	}
	text_char(s->out, '}');
}

/* strace has 1 KiB for the answers, and leaves room behind them. */
enum { ANSWERS_MOST = 1024 - 28 };

static void show_answer(struct show *s, const struct pollfd_view *p)
{
	show_put(s, "{fd=");
	show_int(s, p->fd); /* strace's, too, stands alone there */
	show_put(s, ", revents=");
	show_flags(s, "pollflags", p->revents);
	text_char(s->out, '}');
}

/* Those with something to tell. */
static void show_answers(struct show *s, uint64_t address, uint32_t count)
{
	uint64_t most = s->options->verbose ? UINT64_MAX : s->options->string_size, shown = 0;
	struct pollfd_view p;
	size_t before;

	for (uint32_t i = 0; i < count; i++) {
		bool there = show_read(s, address + 8ul * i, &p, sizeof(p));

		if (there && !p.revents)
			continue;
		show_put(s, shown ? ", " : "[");
		before = s->out->used;
		if (!there)
			text_hex(s->out, address + 8ul * i);
		else if (shown < most)
			show_answer(s, &p);
		if (shown++ >= most || s->out->used >= ANSWERS_MOST) {
			s->out->used = before;
			show_put(s, "...");
			break;
		}
		if (!there)
			break;
	}
	if (shown)
		text_char(s->out, ']');
}

/* What is left of the time is known where the call had one. */
static void show_left(struct show *s, const char *type, uint64_t address)
{
	const void *data;

	if (!address || show_find(s, address, 2 * show_word(s), &data) < 2 * show_word(s))
		return;
	show_put(s, s->out->used ? ", left " : "left ");
	show_struct(s, type, address);
}

static const char *time_of(const struct show *s, const char *plain)
{
	return strstr(s->call->name, "64") ? "timespec64" : plain;
}

static void poll_answer(struct show *s, bool timed)
{
	struct text *out = s->out;

	s->out = &s->aux;
	s->exit = true;
	if (!s->call->result) {
		show_put(s, "Timeout");
	} else {
		show_answers(s, s->call->arg[0], s->call->arg[1]);
		if (timed)
			show_left(s, time_of(s, "timespec"), s->call->arg[2]);
	}
	s->out = out;
}

static void poll_args(struct show *s)
{
	bool timed = s->call->name[1] == 'p';

	show_array(s, s->call->arg[0], (uint32_t)s->call->arg[1], sizeof(struct pollfd_view),
		   show_asked);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	if (timed) {
		show_struct(s, time_of(s, "timespec"), s->call->arg[2]);
		show_comma(s);
		show_arg(s, 3);
		show_comma(s);
		show_arg(s, 4);
	} else {
		show_arg(s, 2);
	}
	if (show_succeeded(s))
		poll_answer(s, timed);
}

/* The bits of a set below `n`; NULL if it was not captured. */
static const unsigned char *set_at(const struct show *s, uint64_t address, uint32_t n)
{
	size_t word = show_word(s), size = (n + 8 * word - 1) / (8 * word) * word;
	const void *data = "";

	if (!address || (size && show_find(s, address, size, &data) < size))
		return NULL;
	return data;
}

static void show_set(struct show *s, const unsigned char *bits, uint32_t n, bool numbers)
{
	bool any = false;

	text_char(s->out, '[');
	for (uint32_t i = 0; i < n; i++) {
		if (!(bits[i / 8] >> i % 8 & 1))
			continue;
		if (any)
			text_char(s->out, ' ');
		any = true;
		if (numbers)
			show_uint(s, i);
		else
			show_fd(s, i);
	}
	text_char(s->out, ']');
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
	static const char *const names[] = { "in ", "out ", "except " };
	struct text *out = s->out;

	s->out = &s->aux;
	s->exit = true;
	if (!s->call->result) {
		show_put(s, "Timeout");
	} else {
		for (int i = 0; i < 3; i++) {
			const unsigned char *bits = set_at(s, s->call->arg[i + 1], n);

			if (!bits || set_is_empty(bits, n))
				continue;
			if (s->out->used)
				show_comma(s);
			show_put(s, names[i]);
			show_set(s, bits, n, true); /* named among the arguments already */
		}
		show_left(s, time, s->call->arg[4]);
	}
	s->out = out;
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
	show_put(s, "{sigmask=");
	show_sigset_at(s, mask, length);
	show_put(s, ", sigsetsize=");
	text_unsigned(s->out, length);
	text_char(s->out, '}');
}

static void select_args(struct show *s)
{
	bool precise = s->call->name[0] == 'p';
	const char *time = precise ? time_of(s, "timespec") : "timeval";
	int32_t n = s->call->arg[0];

	if (s->call->desc && s->call->desc->arg[0].kind ==
				     DESC_ARRAY) { /* i386's old select: all in one structure */
		show_arg(s, 0);
		return;
	}
	text_signed(s->out, n);
	for (int i = 1; i < 4; i++) {
		const unsigned char *bits = n >= 0 ? set_at(s, s->call->arg[i], n) : NULL;

		show_comma(s);
		if (bits)
			show_set(s, bits, n, false);
		else
			show_address(s, s->call->arg[i]);
	}
	show_comma(s);
	show_struct(s, time, s->call->arg[4]);
	if (precise) {
		show_comma(s);
		show_arg(s, 5);
	}
	if (show_succeeded(s))
		select_answer(s, n, time);
}

/* What stands behind the events is told at the end, and where the call failed only by address. */
static void epoll_wait_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		enum desc_kind kind =
			s->call->desc ? (enum desc_kind)s->call->desc->arg[i].kind : DESC_HEX;

		if (i)
			show_comma(s);
		if (i > 1 && s->call->failed && (kind == DESC_STRUCT || kind == DESC_SIGSET))
			show_address(s, s->call->arg[i]);
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
	show_put(s, "{events=");
	show_flags(s, "epollevents", events);
	show_put(s, ", data=");
	text_hex(s->out, value);
	text_char(s->out, '}');
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
