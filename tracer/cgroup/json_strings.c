// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/cgroup/json_strings.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	DEPTH_MOST = 32,
	STRING_MOST = 4096,
	PATH_ROOM = 1024,
};

struct reader {
	const char *at, *end;
	char path[PATH_ROOM];
	size_t length; /* of the path; PATH_ROOM and more: it does not fit */
	json_strings_each *each;
	void *context;
};

static bool one_of(char byte, const char *bytes)
{
	return byte && strchr(bytes, byte);
}

static void skip_blanks(struct reader *r)
{
	while (r->at < r->end && one_of(*r->at, " \t\r\n"))
		r->at++;
}

static bool take(struct reader *r, char byte)
{
	skip_blanks(r);
	if (r->at == r->end || *r->at != byte)
		return false;
	r->at++;
	return true;
}

/* Behind a backslash. */
static bool unescape(struct reader *r, char *byte)
{
	static const char escapes[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
	unsigned int number = 0;
	const char *found;

	if (r->at == r->end)
		return false;
	found = memchr(escapes, *r->at, sizeof(escapes) - 1);
	if (found) {
		*byte = bytes[found - escapes];
		r->at++;
		return true;
	}
	if (*r->at != 'u' || r->end - r->at < 5)
		return false;
	for (int i = 1; i <= 4; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *digit = memchr(digits, r->at[i], sizeof(digits) - 1);

		if (!digit)
			return false;
		number = number * 16 + (unsigned int)((digit - digits) % 16);
	}
	*byte = number && number < 128 ? (char)number : '?';
	r->at += 5;
	return true;
}

/* `room` 0: nobody wants it. *fits: it is all there. */
static bool read_string(struct reader *r, char *to, size_t room, bool *fits)
{
	size_t length = 0;

	if (!take(r, '"'))
		return false;
	for (;;) {
		char byte;

		if (r->at == r->end)
			return false;
		byte = *r->at++;
		if (byte == '"')
			break;
		if (!byte || (byte == '\\' && !unescape(r, &byte)))
			return false;
		if (length < room)
			to[length] = byte;
		length++;
	}
	*fits = length < room;
	if (*fits)
		to[length] = '\0';
	return true;
}

static size_t go_down(struct reader *r, const char *name)
{
	size_t before = r->length;

	if (before < PATH_ROOM)
		r->length += (size_t)snprintf(r->path + before, PATH_ROOM - before, "%s%s",
					      before ? "/" : "", name);
	return before;
}

static void go_up(struct reader *r, size_t before)
{
	r->length = before;
	if (before < PATH_ROOM)
		r->path[before] = '\0';
}

static bool read_value(struct reader *r, int depth);

/* An object, or an array: its elements have numbers in place of names. */
static bool read_elements(struct reader *r, char last, int depth)
{
	unsigned int number = 0;

	if (take(r, last))
		return true;
	do {
		char name[STRING_MOST];
		bool fits = true, good;
		size_t before;

		if (last == ']')
			snprintf(name, sizeof(name), "%u", number++);
		else if (!read_string(r, name, sizeof(name), &fits) || !take(r, ':'))
			return false;
		before = go_down(r, name);
		if (!fits)
			r->length = PATH_ROOM;
		good = read_value(r, depth);
		go_up(r, before);
		if (!good)
			return false;
	} while (take(r, ','));
	return take(r, last);
}

static bool read_value(struct reader *r, int depth)
{
	char value[STRING_MOST];
	bool fits;

	skip_blanks(r);
	if (r->at == r->end || depth == DEPTH_MOST)
		return false;
	if (take(r, '{'))
		return read_elements(r, '}', depth + 1);
	if (take(r, '['))
		return read_elements(r, ']', depth + 1);
	if (*r->at == '"') {
		if (!read_string(r, value, sizeof(value), &fits))
			return false;
		if (fits && r->length < PATH_ROOM)
			r->each(r->context, r->path, value);
		return true;
	}
	value[0] = *r->at; /* a number, true, false, null */
	while (r->at < r->end && !one_of(*r->at, ",]} \t\r\n"))
		r->at++;
	return one_of(value[0], "-0123456789tfn");
}

bool json_strings(const char *text, size_t size, json_strings_each *each, void *context)
{
	struct reader r = { .at = text, .end = text + size, .each = each, .context = context };

	return read_value(&r, 0);
}
