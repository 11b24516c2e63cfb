// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/wall_time.h"

#include <stdio.h>

enum {
	SECOND = 1000000000,
	DIGITS = 9,
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
	to[0] = (char)('0' + value / 100000000);
	text_store_digits(to + 1, text_eight_decimal(value % 100000000));
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

void wall_time_both(struct wall_time *w, struct text *t, uint64_t ns, const char *between,
		    size_t size)
{
	char *to, digits[DIGITS];

	if (ns < SECOND) { /* its digits begin with zeros */
		wall_time_put(w, t, ns);
		text_bytes(t, between, size);
		text_unsigned(t, ns);
		return;
	}
	find_second(w, ns);
	if (!text_room(t, WALL_TIME + size + sizeof(w->since)))
		return;
	put_digits(digits, (uint32_t)(ns % SECOND));
	to = t->data + t->used;
	memcpy(to, w->text, WALL_TIME);
	memcpy(to + WALL_TIME - 1 - DIGITS, digits, DIGITS);
	memcpy(to + WALL_TIME, between, size);
	to += WALL_TIME + size;
	memcpy(to, w->since, sizeof(w->since));
	to += w->since_size;
	memcpy(to - DIGITS, digits, DIGITS);
	t->used = (size_t)(to - t->data);
}
