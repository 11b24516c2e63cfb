// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/normal_text.h"

#include <stdbool.h>
#include <string.h>

enum {
	RANDOM_LEAST = 6, /* characters that mkstemp and its kin make up */
	NUMBER_LEAST = 2, /* digits of what may be a process id */
};

struct cursor {
	const char *from, *end;
	char *to, *room;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void put(struct cursor *c, const char *text, size_t size)
{
	size_t left = (size_t)(c->room - c->to);

	size = size < left ? size : left;
	memcpy(c->to, text, size);
	c->to += size;
}

static void copy(struct cursor *c, size_t size)
{
	put(c, c->from, size);
	c->from += size;
}

static void skip(struct cursor *c, size_t size)
{
	put(c, "*", 1);
	c->from += size;
}

static size_t digits_at(const struct cursor *c)
{
	size_t n = 0;

	while (c->from + n < c->end && is_digit(c->from[n]))
		n++;
	return n;
}

/* Whether the text goes on like that, which is copied then. */
static bool passes(struct cursor *c, const char *word)
{
	size_t size = strlen(word);

	if ((size_t)(c->end - c->from) < size || memcmp(c->from, word, size) != 0)
		return false;
	copy(c, size);
	return true;
}

/* Digits, or letters of which somebody has drawn lots: in both cases, or with digits between, or
 * behind a point or "tmp" where mktemp puts them. */
static bool is_drawn(const char *text, size_t size, bool announced)
{
	size_t upper = 0, lower = 0, digits = 0;

	for (size_t i = 0; i < size; i++) {
		digits += is_digit(text[i]);
		upper += text[i] >= 'A' && text[i] <= 'Z';
		lower += text[i] >= 'a' && text[i] <= 'z';
	}
	if (digits == size)
		return size >= NUMBER_LEAST;
	return size >= RANDOM_LEAST && (announced || digits || (upper && lower));
}

/* A name in a folder of temporary files, up to the next slash. */
static void temporary(struct cursor *c)
{
	bool announced = passes(c, "tmp");

	while (c->from < c->end && *c->from != '/') {
		size_t n = 0;

		while (c->from + n < c->end && (is_digit(c->from[n]) || is_letter(c->from[n])))
			n++;
		if (!n) {
			announced = announced || *c->from == '.';
			copy(c, 1);
		} else if (is_drawn(c->from, n, announced)) {
			skip(c, n);
			announced = false;
		} else {
			copy(c, n);
			announced = false;
		}
	}
}

/* /proc/123/task/124 */
static void process(struct cursor *c)
{
	size_t n = digits_at(c);

	if (n)
		skip(c, n);
	if (passes(c, "/task/")) {
		n = digits_at(c);
		if (n)
			skip(c, n);
	}
}

/* pipe:[123], socket:[123] */
static void bracket(struct cursor *c)
{
	size_t n = digits_at(c);

	if (n && c->from + n < c->end && c->from[n] == ']')
		skip(c, n);
}

size_t normal_text(const char *text, size_t size, char to[NORMAL_TEXT_ROOM])
{
	static const char *const folders[] = { "/tmp/", "/var/tmp/", "/dev/shm/" };
	struct cursor c = { text, text + size, to, to + NORMAL_TEXT_ROOM };
	const char *open;

	if (passes(&c, "/proc/"))
		process(&c);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		if (passes(&c, folders[i])) {
			temporary(&c);
			break;
		}
	}
	open = memchr(c.from, '[', (size_t)(c.end - c.from));
	if (open && open > c.from && open[-1] == ':') {
		copy(&c, (size_t)(open + 1 - c.from));
		bracket(&c);
	}
	copy(&c, (size_t)(c.end - c.from));
	return (size_t)(c.to - to);
}
