// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/text/strace_grammar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	DEPTH = 64, /* brackets within each other; beyond, text is not taken apart */
};

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

size_t grammar_string(const char *text, size_t size)
{
	size_t i = 1;

	while (i < size) {
		const char *quote = memchr(text + i, '"', size - i);
		const char *slash = quote ? memchr(text + i, '\\', quote - text - i) : NULL;

		if (!quote)
			return 0;
		if (!slash)
			return quote - text + 1;
		i = slash - text + 2;
	}
	return 0;
}

/* A path has none of < and > of its own: they are escaped. Sockets have -> within brackets. */
size_t grammar_angle(const char *text, size_t size)
{
	unsigned int angles = 0, brackets = 0;

	for (size_t i = 0; i < size; i++) {
		switch (text[i]) {
		case '<': angles++; break;
		case '[': brackets++; break;
		case ']': brackets -= brackets > 0; break;
		case '"': {
			size_t string = text[1] == '/' ? 0 : grammar_string(text + i, size - i);

			i += string ? string - 1 : 0;
			break;
		}
		case '>':
			if (brackets && text[i - 1] == '-' && text[1] != '/')
				break;
			if (!--angles)
				return i + 1;
		}
	}
	return 0;
}

static size_t comment(const char *text, size_t size)
{
	const char *end = size > 3 && text[1] == '*' ? memmem(text + 2, size - 2, "*/", 2) : NULL;

	return end ? end - text + 2 : 1;
}

/* What stands at '<': 5<path>, <... of a call that was resumed, or a sign of less. */
static size_t angle(const char *text, size_t at, size_t size)
{
	size_t length = 0;

	if (at && is_word(text[at - 1]) && at + 1 < size && !strchr("<= ", text[at + 1]))
		length = grammar_angle(text + at, size - at);
	return length ? length : 1;
}

static char closing(char c)
{
	return c == '(' ? ')' : c == '[' ? ']' : '}';
}

/* Bytes that mean something outside of strings. */
static const bool special[256] = {
	['"'] = true, ['('] = true, [')'] = true, ['['] = true, [']'] = true,
	['{'] = true, ['}'] = true, [','] = true, ['<'] = true, ['/'] = true
};

size_t grammar_end(const char *text, size_t size, bool commas)
{
	char open[DEPTH];
	unsigned int depth = 0;
	size_t i = 0, length;

	while (i < size) {
		char c = text[i];

		length = 1;
		if (special[(unsigned char)c])
			switch (c) {
			case '"':
				length = grammar_string(text + i, size - i);
				if (!length)
					return GRAMMAR_NONE;
				break;
			case '<': length = angle(text, i, size); break;
			case '/': length = comment(text + i, size - i); break;
			case ',':
				if (commas && !depth)
					return i;
				break;
			case '(':
			case '[':
			case '{':
				if (depth == DEPTH)
					return GRAMMAR_NONE;
				open[depth++] = closing(c);
				break;
			default:
				if (!depth)
					return i;
				if (open[--depth] != c)
					return GRAMMAR_NONE;
			}
		i += length;
	}
	return depth ? GRAMMAR_NONE : size;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* \12 and \x0a: at most so many digits. */
static size_t number(const char *text, size_t size, int base, size_t most, char *byte)
{
	unsigned int value = 0;
	size_t i = 0;

	for (; i < size && i < most && digit(text[i]) < base; i++)
		value = value * base + digit(text[i]);
	*byte = (char)value;
	return i;
}

size_t grammar_unescape(const char *text, size_t size, char *bytes)
{
	static const char letters[] = "t\tn\nv\vf\fr\r";
	char *to = bytes;

	for (size_t i = 0; i < size;) {
		const char *letter;

		if (text[i] != '\\' || i + 1 == size) {
			*to++ = text[i++];
			continue;
		}
		i++;
		letter = strchr(letters, text[i]);
		if (text[i] >= '0' && text[i] <= '7') {
			i += number(text + i, size - i, 8, 3, to++);
		} else if (text[i] == 'x' && i + 1 < size && digit(text[i + 1]) < 16) {
			i += 1 + number(text + i + 1, size - i - 1, 16, 2, to++);
		} else {
			*to++ = letter && text[i] ? letter[1] : text[i];
			i++;
		}
	}
	return to - bytes;
}

struct grammar_part grammar_trimmed(const char *at, size_t size)
{
	while (size && (*at == ' ' || *at == '\n')) {
		at++;
		size--;
	}
	while (size && (at[size - 1] == ' ' || at[size - 1] == '\n'))
		size--;
	return (struct grammar_part){ at, size };
}

bool grammar_is(struct grammar_part p, const char *word)
{
	return p.size == strlen(word) && !memcmp(p.at, word, p.size);
}

bool grammar_next(struct grammar_part *rest, struct grammar_part *value)
{
	size_t end;

	if (!rest->size)
		return false;
	end = grammar_end(rest->at, rest->size, true);
	if (end == GRAMMAR_NONE || (end < rest->size && rest->at[end] != ','))
		end = rest->size;
	*value = grammar_trimmed(rest->at, end);
	end += end < rest->size;
	rest->at += end;
	rest->size -= end;
	return true;
}

size_t grammar_name(struct grammar_part p)
{
	size_t n = 0;

	while (n < p.size && (isalnum((unsigned char)p.at[n]) || p.at[n] == '_'))
		n++;
	return n && n < p.size && p.at[n] == '=' && !(n + 1 < p.size && p.at[n + 1] == '=') &&
			       !isdigit((unsigned char)*p.at)
		       ? n
		       : 0;
}

size_t grammar_number(struct grammar_part p, uint64_t *value)
{
	size_t n = p.size < 31 ? p.size : 31;
	char digits[32], *end;

	memcpy(digits, p.at, n);
	digits[n] = '\0';
	if (!isdigit((unsigned char)digits[digits[0] == '-']))
		return 0;
	*value = strtoull(digits, &end, 0);
	return end - digits;
}

static bool is_comment(struct grammar_part p)
{
	return p.size > 7 && !memcmp(p.at, " /* ", 4) && !memcmp(p.at + p.size - 3, " */", 3) &&
	       !memmem(p.at + 4, p.size - 7, "*/", 2);
}

bool grammar_behind(struct grammar_part rest, struct grammar_behind *b)
{
	static const char deleted[] = "(deleted)";
	size_t end;

	*b = (struct grammar_behind){ .comment = is_comment(rest) };
	if (b->comment) {
		b->within = (struct grammar_part){ rest.at + 4, rest.size - 7 };
		return true;
	}
	if (!rest.size)
		return true;
	end = *rest.at == '<' ? grammar_angle(rest.at, rest.size) : 0;
	if (!end)
		return false;
	b->angle = true;
	b->within = (struct grammar_part){ rest.at + 1, end - 2 };
	b->deleted = grammar_is((struct grammar_part){ rest.at + end, rest.size - end }, deleted);
	return b->deleted || end == rest.size;
}
