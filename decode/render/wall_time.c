// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/wall_time.h"

#include "decode/values/json_string.h"

#include <stdio.h>

enum {
	SECOND = 1000000000,
	DIGITS = 9,
	LONG_AGO = 10000000, /* seconds: 2^53 ns and more */
};

/* Both texts of a second, with room for its parts at their ends. */
static void take_second(struct wall_time *w, time_t second)
{
	struct tm tm;

	gmtime_r(&second, &tm);
	strftime(w->text, sizeof(w->text), "%Y-%m-%dT%H:%M:%S.000000000Z", &tm);
	w->since_size =
		(uint8_t)snprintf(w->since, sizeof(w->since), "%lld000000000", (long long)second);
	w->second = second;
}

static void put_digits(char *to, uint32_t value)
{
	for (int i = DIGITS - 1; i >= 0; i--, value /= 10)
		to[i] = (char)('0' + value % 10);
}

static inline void find_second(struct wall_time *w, uint64_t ns)
{
	time_t second = (time_t)(ns / SECOND);

	if (second != w->second || !*w->text)
		take_second(w, second);
}

void wall_time_put(struct wall_time *w, struct text *t, uint64_t ns)
{
	find_second(w, ns);
	if (!text_room(t, WALL_TIME))
		return;
	memcpy(t->data + t->used, w->text, WALL_TIME);
	put_digits(t->data + t->used + WALL_TIME - 1 - DIGITS, (uint32_t)(ns % SECOND));
	t->used += WALL_TIME;
}

/* Nanoseconds that a double can hold, or that begin with zeros. */
static void put_early(struct wall_time *w, struct text *t, uint64_t ns, bool safe)
{
	text_char(t, '"');
	wall_time_put(w, t, ns);
	text_put(t, "\",\"ts\":");
	json_integer(t, ns, false, safe);
}

void wall_time_json(struct wall_time *w, struct text *t, uint64_t ns, bool safe)
{
	static const char between[] = "\",\"ts\":\"";
	char *to, digits[DIGITS];

	find_second(w, ns);
	if (w->second < LONG_AGO) {
		put_early(w, t, ns, safe);
		return;
	}
	if (!text_room(t, 2 * WALL_TIME + sizeof(between) + sizeof(w->since)))
		return;
	put_digits(digits, (uint32_t)(ns % SECOND));
	to = t->data + t->used;
	*to++ = '"';
	memcpy(to, w->text, WALL_TIME);
	memcpy(to + WALL_TIME - 1 - DIGITS, digits, DIGITS);
	to += WALL_TIME;
	memcpy(to, between, sizeof(between) - 1);
	to += sizeof(between) - 1 - !safe;
	memcpy(to, w->since, sizeof(w->since));
	to += w->since_size;
	memcpy(to - DIGITS, digits, DIGITS);
	if (safe)
		*to++ = '"';
	t->used = (size_t)(to - t->data);
}
