// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/log_dress.h"

#include <string.h>

enum {
	MESSAGE_MOST = 100, /* bytes of one of these */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* # is a digit, A and a a letter, and _ a blank or a digit. */
static bool is_like(const char *at, const char *pattern)
{
	for (; *pattern; at++, pattern++) {
		bool same = *pattern == '#'   ? is_digit(*at)
			    : *pattern == 'A' ? *at >= 'A' && *at <= 'Z'
			    : *pattern == 'a' ? *at >= 'a' && *at <= 'z'
			    : *pattern == '_' ? *at == ' ' || is_digit(*at)
					      : *at == *pattern;

		if (!same)
			return false;
	}
	return true;
}

size_t log_dress_journal(const char *line, size_t size, const char **tag, size_t *tag_size)
{
	static const char time[] = "Aaa _# ##:##:## ";
	const char *end = line + size, *at, *colon;

	if (size < sizeof(time) || !is_like(line, time))
		return 0;
	at = memchr(line + sizeof(time) - 1, ' ', size - sizeof(time) + 1);
	colon = at ? memmem(at, end - at, "]: ", 3) : NULL;
	if (!colon || memchr(at + 1, ' ', colon - at - 1) || !is_digit(colon[-1]))
		return 0;
	*tag = at + 1;
	*tag_size = colon - at;
	return colon + 3 - line;
}

size_t log_dress_plain(const char *line, size_t size, char *to)
{
	const char *from = to, *end = line + size;

	while (line < end) {
		const char *escape = memchr(line, '\033', end - line), *at;

		if (!escape)
			escape = end;
		memcpy(to, line, escape - line);
		to += escape - line;
		line = escape;
		if (line == end)
			break;
		for (at = line + 1; at < end && (*at == '[' || *at == ';' || is_digit(*at)); at++)
			;
		if (at < end && *at == 'm' && line[1] == '[')
			line = at + 1;
		else
			*to++ = *line++;
	}
	return to - from;
}

/* Process 7412 attached: the number, 0 if it is something else. */
static uint32_t process_message(const char *at, size_t size, bool *attached)
{
	static const char *const what[] = { " attached", " suspended", " resumed", " detached" };
	uint32_t tid = 0;
	size_t n = strlen("Process ");

	for (; n < size && is_digit(at[n]); n++)
		tid = tid * 10 + (uint32_t)(at[n] - '0');
	for (size_t i = 0; tid && i < sizeof(what) / sizeof(*what); i++) {
		*attached = !i;
		if (size - n >= strlen(what[i]) && !memcmp(at + n, what[i], strlen(what[i])))
			return tid;
	}
	return 0;
}

size_t log_dress_message(const char *line, size_t size, uint32_t *attached)
{
	static const char own[] = "strace: ";
	size_t from = size > MESSAGE_MOST ? size - MESSAGE_MOST : 0, at = size;
	const char *found = memmem(line + from, size - from, "Process ", strlen("Process "));
	bool is_attached;
	uint32_t tid;

	*attached = 0;
	if (!found)
		return size;
	tid = process_message(found, line + size - found, &is_attached);
	if (!tid)
		return size;
	*attached = is_attached ? tid : 0;
	at = found - line;
	if (at >= strlen(own) && !memcmp(found - strlen(own), own, strlen(own)))
		at -= strlen(own);
	if (at >= 2 && !memcmp(line + at - 2, "^C", 2))
		at -= 2;
	return at;
}
