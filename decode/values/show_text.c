// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show_text.h"

#include "decode/text/strace_grammar.h"
#include "decode/values/values.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	DEPTH = 16, /* structures within each other; what is deeper is words */
};

/* Part of the text at hand. */
struct part {
	const char *at;
	size_t size;
};

static struct part trimmed(const char *at, size_t size)
{
	while (size && (*at == ' ' || *at == '\n')) {
		at++;
		size--;
	}
	while (size && (at[size - 1] == ' ' || at[size - 1] == '\n'))
		size--;
	return (struct part){ at, size };
}

/* The next of several values; *rest moves behind it and its comma. False behind the last, and where
 * the text cannot be taken apart. */
static bool next(struct part *rest, struct part *value)
{
	size_t end;

	if (!rest->size)
		return false;
	end = grammar_end(rest->at, rest->size, true);
	if (end == GRAMMAR_NONE || (end < rest->size && rest->at[end] != ','))
		end = rest->size;
	*value = trimmed(rest->at, end);
	end += end < rest->size;
	rest->at += end;
	rest->size -= end;
	return true;
}

static bool is(struct part p, const char *word)
{
	return p.size == strlen(word) && !memcmp(p.at, word, p.size);
}

static void put_words(struct show *s, struct part p)
{
	value_given(s, p.at, p.size);
}

static bool put_string(struct show *s, struct part p)
{
	size_t size = grammar_string(p.at, p.size), bytes;
	struct part rest = { p.at + size, p.size - size };
	char *room;

	if (!size || (rest.size && !is(rest, "...")))
		return false;
	room = malloc(size);
	if (!room)
		return false;
	bytes = grammar_unescape(p.at + 1, size - 2, room);
	value_bytes(s, room, bytes, rest.size ? VALUE_CUT : bytes);
	free(room);
	return true;
}

/* Behind a number: <path>, or a comment. */
static bool is_comment(struct part p)
{
	return p.size > 7 && !memcmp(p.at, " /* ", 4) && !memcmp(p.at + p.size - 3, " */", 3) &&
	       !memmem(p.at + 4, p.size - 7, "*/", 2);
}

static void put_behind(struct show *s, struct part rest)
{
	if (rest.size && *rest.at == '<')
		value_beside(s, "path", rest.at + 1, rest.size - 2);
	else if (rest.size)
		value_beside(s, "comment", rest.at + 4, rest.size - 7);
}

static bool put_number(struct show *s, struct part p)
{
	char digits[32], *end;
	bool negative = *p.at == '-';
	struct part rest;
	uint64_t value;

	snprintf(digits, sizeof(digits), "%.*s", (int)(p.size < 31 ? p.size : 31), p.at);
	value = strtoull(digits, &end, 0);
	if (end == digits || !isdigit(digits[negative]))
		return false;
	rest = (struct part){ p.at + (end - digits), p.size - (end - digits) };
	if (rest.size && !is_comment(rest) &&
	    (*rest.at != '<' || grammar_angle(rest.at, rest.size) != rest.size))
		return false;
	if (digits[0] == '0' && digits[1] == 'x')
		value_hex(s, value);
	else if (digits[0] == '0' && digits[1])
		value_octal(s, value);
	else if (negative)
		value_signed(s, (int64_t)value);
	else
		value_unsigned(s, value);
	put_behind(s, rest);
	return true;
}

static void put_value(struct show *s, struct part p, int depth);

static void put_elements(struct show *s, struct part rest, int depth)
{
	struct part value;

	value_array(s);
	while (next(&rest, &value)) {
		if (is(value, "...")) {
			value_more(s);
			continue;
		}
		value_element(s);
		put_value(s, value, depth);
	}
	value_array_end(s);
}

/* NAME=VALUE: how long the name is, 0 if it is none. */
static size_t field_name(struct part p)
{
	size_t n = 0;

	while (n < p.size && (isalnum((unsigned char)p.at[n]) || p.at[n] == '_'))
		n++;
	return n && n < p.size && p.at[n] == '=' && !(n + 1 < p.size && p.at[n + 1] == '=') &&
			       !isdigit((unsigned char)*p.at)
		       ? n
		       : 0;
}

static bool put_fields(struct show *s, struct part all, int depth)
{
	struct part rest = all, field;
	char name[64];

	while (next(&rest, &field))
		if (!is(field, "...") && (!field_name(field) || field_name(field) >= sizeof(name)))
			return false;
	value_struct(s);
	for (rest = all; next(&rest, &field);) {
		size_t n = field_name(field);

		if (!n) {
			value_more(s);
			continue;
		}
		memcpy(name, field.at, n);
		name[n] = '\0';
		value_field(s, name);
		put_value(s, (struct part){ field.at + n + 1, field.size - n - 1 }, depth);
	}
	value_struct_end(s);
	return true;
}

/* [...] or {...} and nothing behind it: what is in it. */
static bool is_group(struct part p, struct part *within)
{
	size_t end = p.size > 1 ? grammar_end(p.at + 1, p.size - 1, false) : GRAMMAR_NONE;

	if (end == GRAMMAR_NONE || end + 2 != p.size)
		return false;
	*within = trimmed(p.at + 1, end);
	return true;
}

/* False: nothing that the grammar knows, and nothing is written. */
static bool put_known(struct show *s, struct part p, int depth)
{
	struct part within;

	if (!p.size)
		return false;
	if (is(p, "NULL")) {
		value_address(s, 0);
		return true;
	}
	if (*p.at == '"')
		return put_string(s, p);
	if (*p.at == '-' || isdigit((unsigned char)*p.at))
		return put_number(s, p);
	if ((*p.at != '[' && *p.at != '{') || depth >= DEPTH || !is_group(p, &within))
		return false;
	if (*p.at == '{')
		return put_fields(s, within, depth + 1);
	put_elements(s, within, depth + 1);
	return true;
}

static void put_value(struct show *s, struct part p, int depth)
{
	if (!put_known(s, p, depth))
		put_words(s, p);
}

/* The row or variant that has as many arguments. */
static const struct desc_call *row_of(const struct call *call, struct part rest)
{
	struct part value;
	unsigned int count = 0;

	while (next(&rest, &value))
		count++;
	for (const struct desc_call *row = call->row; row; row = row->next_variant)
		if (row->args == count)
			return row;
	return call->row && call->row->args > count ? call->row : NULL;
}

static void put_args(struct show *s, struct part rest)
{
	const struct desc_call *row = row_of(s->call, rest);
	struct part value;
	char name[64];

	for (unsigned int i = 0; next(&rest, &value); i++) {
		size_t n = field_name(value); /* -N */

		if (n && n < sizeof(name))
			snprintf(name, sizeof(name), "%.*s", (int)n, value.at);
		else if (row && i < row->args)
			snprintf(name, sizeof(name), "%s", row->arg[i].name);
		else
			snprintf(name, sizeof(name), "arg%u", i + 1);
		value_argument(s, name);
		if (value_is_text(s)) {
			put_words(s, value);
			continue;
		}
		n = n && n < sizeof(name) ? n + 1 : 0;
		put_value(s, (struct part){ value.at + n, value.size - n }, 0);
	}
}

void show_text_args(struct show *s)
{
	struct part all;

	all.size = call_text_args(s->call->text, &all.at);
	if (!value_is_text(s) || s->marks) {
		put_args(s, all);
		return;
	}
	put_words(s, all);
	if (all.size && all.at[all.size - 1] == ',')
		value_given(s, " ", 1);
	if (s->call->begun && s->call->text->args_begun) {
		s->settled = s->first + s->call->text->args_begun;
		s->settled_known = true;
	}
}

bool show_text_result(struct show *s)
{
	struct part result = { .size = 0 };

	if (s->call->text && value_is_text(s))
		result.size = call_text_result(s->call->text, &result.at);
	if (result.size)
		put_words(s, result);
	return result.size;
}
