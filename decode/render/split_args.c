// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/split_args.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Behind the string that begins here, with its quotes. */
static const char *skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		if (*at == '\\' && at + 1 < end)
			at++;
	return at < end ? at + 1 : end;
}

static const char *skip_comment(const char *at, const char *end)
{
	for (at += 2; at + 1 < end; at++)
		if (at[0] == '*' && at[1] == '/')
			return at + 2;
	return end;
}

/* What a descriptor is open on: 3</dev/null<char 1:3>>; names have their angles escaped. */
static const char *skip_angles(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		if (*at == '<')
			depth++;
		else if (*at == '>' && at[-1] != '-' && at[-1] != '=' && !--depth)
			return at + 1;
	}
	return end;
}

/* 1<<2 is no descriptor. */
static bool opens_angle(const char *text, const char *at, const char *end)
{
	return at > text && isalnum((unsigned char)at[-1]) && at + 1 < end && at[1] != '<';
}

/* Behind what is one thing here: a string, a comment, a descriptor's name; else behind one
 * character. */
static const char *step(const char *text, const char *at, const char *end)
{
	if (*at == '"')
		return skip_string(at, end);
	if (*at == '/' && at + 1 < end && at[1] == '*')
		return skip_comment(at, end);
	if (*at == '<' && opens_angle(text, at, end))
		return skip_angles(at, end);
	if (*at == '<' && at + 1 < end && at[1] == '<')
		return at + 2;
	return at + 1;
}

size_t split_args(const char *text, size_t size, struct split_arg *arg, size_t most)
{
	const char *at = text, *end = text + size, *begin = text;
	size_t count = 0;
	int depth = 0;

	while (at < end && count < most) {
		const char *here = at;

		at = step(text, at, end);
		if (at - here == 1 && strchr("([{", *here))
			depth++;
		else if (at - here == 1 && strchr(")]}", *here))
			depth--;
		if (depth || *here != ',' || at >= end || *at != ' ')
			continue;
		arg[count++] = (struct split_arg){ begin, here - begin };
		begin = ++at;
	}
	if (depth || count >= most || (!size && !count))
		return 0;
	arg[count++] = (struct split_arg){ begin, end - begin };
	return count;
}
