// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/message.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The bytes of a character in UTF-8, 0 if there is none at `at`; `value` is its number. */
static size_t character(const unsigned char *at, uint32_t *value)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = *at < 0x80	 ? 1
			: *at >> 5 == 6	 ? 2
			: *at >> 4 == 14 ? 3
			: *at >> 3 == 30 ? 4
					 : 0;

	if (!length)
		return 0;
	*value = length == 1 ? *at : *at & (0x7f >> length);
	for (size_t i = 1; i < length; i++) {
		if (at[i] >> 6 != 2)
			return 0;
		*value = *value << 6 | (at[i] & 0x3f);
	}
	return *value >= least[length] && *value <= 0x10ffff ? length : 0;
}

/* Whether a terminal prints it where it stands, and does nothing else. */
static bool harmless(uint32_t c)
{
	bool control = c < ' ' || (c >= 0x7f && c < 0xa0);
	bool line = c == 0x2028 || c == 0x2029;
	bool direction = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
			 (c >= 0x2066 && c <= 0x2069);

	return !control && !line && !direction && !(c >= 0xd800 && c < 0xe000);
}

static void put_octal(FILE *out, unsigned char c)
{
	char text[8];

	snprintf(text, sizeof(text), "\\%03o", c);
	fputs(text, out);
}

static void put_escaped(FILE *out, const char *text)
{
	const unsigned char *at = (const void *)text;

	while (*at) {
		uint32_t value = 0;
		size_t length = character(at, &value);
		bool plain = length && harmless(value);

		for (length += !length; length; length--, at++)
			if (plain)
				putc(*at, out);
			else
				put_octal(out, *at);
	}
}

char *message_escaped(const char *text)
{
	char *escaped = NULL;
	size_t size;
	FILE *out = open_memstream(&escaped, &size);

	if (!out)
		return NULL;
	put_escaped(out, text);
	if (!fclose(out))
		return escaped;
	free(escaped);
	return NULL;
}

char *message_text(const char *format, va_list args)
{
	char *text = NULL, *line = NULL;
	size_t size;
	FILE *out;

	if (vasprintf(&text, format, args) < 0)
		return NULL;
	out = open_memstream(&line, &size);
	if (out) {
		put_escaped(out, program_invocation_name);
		fputs(": ", out);
		put_escaped(out, text);
		putc('\n', out);
		if (fclose(out)) {
			free(line);
			line = NULL;
		}
	}
	free(text);
	return line;
}

static bool same_option(const struct option *a, const struct option *b)
{
	return a->has_arg == b->has_arg && a->flag == b->flag && a->val == b->val;
}

/* Which long options begin so: how many. Other names of the first one are none of their own. */
static int candidates(const struct option *longs, const char *word, size_t length, FILE *to)
{
	const struct option *first = NULL;
	int count = 0;

	for (; longs->name; longs++) {
		if (strncmp(longs->name, word, length) || (first && same_option(longs, first)))
			continue;
		first = first ? first : longs;
		count++;
		fputs(" '--", to);
		fputs(longs->name, to);
		putc('\'', to);
	}
	return count;
}

static int of_name(char **text, const char *word, size_t length, const struct option *longs)
{
	char *names = NULL;
	size_t size;
	FILE *to = open_memstream(&names, &size);
	bool several = to && candidates(longs, word + 2, length - 2, to) > 1;
	int made = -1;

	if (to && !fclose(to))
		made = several ? asprintf(text, "option '%s' is ambiguous; possibilities:%s", word,
					  names)
			       : asprintf(text, "unrecognized option '%s'", word);
	free(names);
	return made;
}

char *message_of_option(int answer, char *const *argv, const struct option *longs)
{
	const char *word = argv[optind - 1];
	bool by_name = word[0] == '-' && word[1] == '-' && word[2];
	size_t length = strcspn(word, "=");
	char *text;
	int made;

	if (answer == ':' && by_name)
		made = asprintf(&text, "option '%s' requires an argument", word);
	else if (answer == ':')
		made = asprintf(&text, "option requires an argument -- '%c'", optopt);
	else if (optopt && by_name && word[length])
		made = asprintf(&text, "option '%.*s' doesn't allow an argument", (int)length,
				word);
	else if (optopt)
		made = asprintf(&text, "invalid option -- '%c'", optopt);
	else
		made = of_name(&text, word, length, longs);
	return made < 0 ? NULL : text;
}
