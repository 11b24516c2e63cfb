// SPDX-License-Identifier: GPL-2.0-or-later
/* log_line: what stands before the event of a line. */
#include "decode/text/strace_grammar.h"
#include "import/log_line.h"

#include <string.h>

enum {
	PID_MOST = 1 << 22,	 /* PID_MAX_LIMIT, linux/threads.h */
	EPOCH_LEAST = 100000000, /* seconds: 1973, before any strace */
	SECOND = 1000000000,
};

struct lead {
	const char *at, *end;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits: how many; a number that is too large becomes the largest. */
static size_t number(const struct lead *p, const char *at, uint64_t *value)
{
	const char *from = at;

	*value = 0;
	for (; at < p->end && is_digit(*at); at++)
		*value = *value > UINT64_MAX / 16 ? UINT64_MAX / 2 : 10 * *value + (*at - '0');
	return at - from;
}

/* Behind the seconds: .000123, as nanoseconds; how long it is. */
static size_t fraction(const struct lead *p, const char *at, uint64_t *ns)
{
	const char *from = at;
	uint64_t unit = SECOND / 10;

	*ns = 0;
	if (at == p->end || *at != '.')
		return 0;
	for (at++; at < p->end && is_digit(*at); at++, unit /= 10)
		*ns += unit * (*at - '0');
	return at - from;
}

static bool blank_at(const struct lead *p, const char *at)
{
	return at < p->end && *at == ' ';
}

/* <command>, as -Y adds it; may have blanks in it. */
static const char *comm(struct lead *p, struct log_line *l, const char *at)
{
	size_t size = at < p->end && *at == '<' ? grammar_angle(at, p->end - at) : 0;

	if (!size)
		return at;
	l->comm = (struct trace_span){ at + 1 - l->text, size - 2 };
	return at + size;
}

static void take_tid(struct log_line *l, uint64_t tid)
{
	l->has_tid = true;
	l->tid = tid;
}

/* [pid  1234<command>] */
static void pid_in_brackets(struct lead *p, struct log_line *l)
{
	const char *at = p->at + 4;
	uint64_t tid;
	size_t digits;

	while (blank_at(p, at))
		at++;
	digits = number(p, at, &tid);
	at = comm(p, l, at + digits);
	if (!digits || tid > PID_MOST || p->end - at < 2 || *at != ']' || at[1] != ' ')
		return;
	take_tid(l, tid);
	p->at = at + 2;
}

/* 1234  or 1234<command> */
static void pid_column(struct lead *p, struct log_line *l)
{
	uint64_t tid;
	const char *at = p->at + number(p, p->at, &tid), *behind;

	if (tid > PID_MOST)
		return;
	behind = comm(p, l, at);
	if (!blank_at(p, behind))
		return;
	for (at = behind; at - p->at < 6 && blank_at(p, at); at++)
		;
	take_tid(l, tid);
	p->at = behind == at ? behind + 1 : at;
}

/* 14:02:11.004310 */
static bool time_of_day(struct lead *p, struct log_line *l)
{
	const char *at = p->at;
	uint64_t ns;

	if (p->end - at < 9 || at[2] != ':' || at[5] != ':')
		return false;
	for (int i = 0; i < 8; i++)
		if (i != 2 && i != 5 && !is_digit(at[i]))
			return false;
	l->time = ((at[0] - '0') * 10 + at[1] - '0') * 3600ull +
		  ((at[3] - '0') * 10 + at[4] - '0') * 60 + (at[6] - '0') * 10 + at[7] - '0';
	at += 8;
	at += fraction(p, at, &ns);
	if (!blank_at(p, at))
		return false;
	l->time = l->time * SECOND + ns;
	l->clock = CLOCK_OF_DAY;
	p->at = at + 1;
	return true;
}

/* Seconds since 1970, or, where they are few or blanks are in front of them, since the line before.
 */
static void seconds(struct lead *p, struct log_line *l)
{
	const char *at = p->at;
	uint64_t value, ns;
	size_t digits;

	while (blank_at(p, at))
		at++;
	digits = number(p, at, &value);
	if (!digits || value > INT64_MAX / SECOND)
		return;
	at += digits;
	at += fraction(p, at, &ns);
	if (!blank_at(p, at))
		return;
	if (value >= EPOCH_LEAST) {
		l->clock = CLOCK_EPOCH;
		l->time = value * SECOND + ns;
	} else if (at - p->at >= 6) { /* printf's %6 */
		l->relative = true;
		l->since = value * SECOND + ns;
	} else {
		return;
	}
	p->at = at + 1;
}

/* (+     0.000144), of -tt -r */
static void difference(struct lead *p, struct log_line *l)
{
	const char *at = p->at + 2;
	uint64_t value, ns;
	size_t digits;

	while (blank_at(p, at))
		at++;
	digits = number(p, at, &value);
	at += digits;
	at += fraction(p, at, &ns);
	if (digits && p->end - at > 1 && at[0] == ')' && at[1] == ' ')
		p->at = at + 2;
	(void)l;
}

/* [ 257], [00007f1c46a8f0b1], [????????????????] */
static bool bracket(struct lead *p, struct log_line *l)
{
	const char *close = memchr(p->at, ']', p->end - p->at), *at = p->at + 1;
	uint64_t nr;

	if (!close || close + 1 >= p->end || close[1] != ' ')
		return false;
	if (close - at == 8 || close - at == 16) {
		for (; at < close; at++)
			if (!strchr(" ?0123456789abcdef", *at))
				return false;
		p->at = close + 2;
		return true;
	}
	while (at < close && *at == ' ')
		at++;
	if (close - p->at < 5 || at == close || number(p, at, &nr) != (size_t)(close - at) ||
	    nr > UINT32_MAX)
		return false;
	l->numbered = true;
	l->nr = nr;
	p->at = close + 2;
	return true;
}

void log_lead_parse(struct log_line *l)
{
	struct lead p = { l->text, l->text + l->size };

	if (p.end - p.at > 5 && !memcmp(p.at, "[pid ", 5))
		pid_in_brackets(&p, l);
	else if (p.at < p.end && is_digit(*p.at))
		pid_column(&p, l);
	if (p.at < p.end && (is_digit(*p.at) || *p.at == ' ') && !time_of_day(&p, l))
		seconds(&p, l);
	if (l->clock && p.end - p.at > 3 && p.at[0] == '(' && p.at[1] == '+')
		difference(&p, l);
	for (int i = 0; i < 2 && p.at < p.end && *p.at == '['; i++)
		if (!bracket(&p, l))
			break;
	l->body = (struct trace_span){ p.at - l->text, p.end - p.at };
}
