// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show_text.h"

#include "decode/events/call_fds.h"
#include "decode/text/strace_grammar.h"
#include "decode/values/values.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SOCKET_TYPE = 0xf, /* bits of the kind of a socket */
	DEPTH = 16,	   /* structures within each other; what is deeper is words */
};

static void put_words(struct show *s, struct grammar_part p)
{
	value_given(s, p.at, p.size);
}

static bool put_string(struct show *s, struct grammar_part p)
{
	size_t size = grammar_string(p.at, p.size), bytes;
	struct grammar_part rest = { p.at + size, p.size - size };
	char *room;

	if (!size || (rest.size && !grammar_is(rest, "...")))
		return false;
	room = malloc(size);
	if (!room)
		return false;
	bytes = grammar_unescape(p.at + 1, size - 2, room);
	value_bytes(s, room, bytes, rest.size ? VALUE_CUT : bytes);
	free(room);
	return true;
}

static void put_behind(struct show *s, const struct grammar_behind *b)
{
	if (b->angle)
		value_beside(s, "path", b->within.at, b->within.size);
	else if (b->comment)
		value_beside(s, "comment", b->within.at, b->within.size);
	if (b->deleted)
		value_deleted(s);
}

static bool put_number(struct show *s, struct grammar_part p)
{
	struct grammar_behind behind;
	uint64_t value;
	size_t n = grammar_number(p, &value);

	if (!n || !grammar_behind((struct grammar_part){ p.at + n, p.size - n }, &behind))
		return false;
	if (n > 1 && p.at[0] == '0' && p.at[1] == 'x')
		value_hex(s, value);
	else if (n > 1 && p.at[0] == '0')
		value_octal(s, value);
	else if (*p.at == '-')
		value_signed(s, (int64_t)value);
	else
		value_unsigned(s, value);
	put_behind(s, &behind);
	return true;
}

static void put_value(struct show *s, struct grammar_part p, int depth);

static void put_elements(struct show *s, struct grammar_part rest, int depth)
{
	struct grammar_part value;

	value_array(s);
	while (grammar_next(&rest, &value)) {
		if (grammar_is(value, "...")) {
			value_more(s);
			continue;
		}
		value_element(s);
		put_value(s, value, depth);
	}
	value_array_end(s);
}

/* FUNCTION(...): what is between the parentheses. */
static bool is_function(struct grammar_part p, const char *function, struct grammar_part *within)
{
	size_t n = strlen(function);

	if (p.size < n + 2 || memcmp(p.at, function, n) != 0 || p.at[n] != '(' ||
	    grammar_end(p.at + n + 1, p.size - n - 1, false) != p.size - n - 2)
		return false;
	*within = grammar_trimmed(p.at + n + 1, p.size - n - 2);
	return true;
}

/* htons(80), inet_addr("127.0.0.1"): what stands in a structure in another order. */
static bool put_function(struct show *s, struct grammar_part p)
{
	struct grammar_part within;

	if (is_function(p, "htons", &within) || is_function(p, "htonl", &within))
		return within.size && put_number(s, within);
	return is_function(p, "inet_addr", &within) && within.size && *within.at == '"' &&
	       put_string(s, within);
}

/* inet_pton(AF_INET6, "::1", &sin6_addr): the field that stands among its arguments. */
static bool put_inet_field(struct show *s, struct grammar_part field)
{
	struct grammar_part rest, address, to, family;
	char name[64];

	if (!is_function(field, "inet_pton", &rest) || !grammar_next(&rest, &family) ||
	    !grammar_next(&rest, &address) || !grammar_next(&rest, &to) || to.size < 2 ||
	    to.size > sizeof(name) || *to.at != '&' || *address.at != '"')
		return false;
	if (!s)
		return true;
	snprintf(name, sizeof(name), "%.*s", (int)to.size - 1, to.at + 1);
	value_field(s, name);
	if (!put_string(s, address))
		put_words(s, address);
	return true;
}

/* What a socket's address begins with says what the rest is. */
static bool put_family(struct show *s, const char *field, struct grammar_part p, size_t at)
{
	const struct flag_table *t = show_table(s, "addrfams");
	char name[64];
	uint64_t value;

	if (strcmp(field, "sa_family") != 0 || !t || p.size - at >= sizeof(name))
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)(p.size - at), p.at + at);
	if (flag_value_by_name(t, name, &value))
		return false;
	show_enum(s, "addrfams", value);
	return true;
}

static bool put_fields(struct show *s, struct grammar_part all, int depth)
{
	struct grammar_part rest = all, field;
	char name[64];

	while (grammar_next(&rest, &field))
		if (!grammar_is(field, "...") && !put_inet_field(NULL, field) &&
		    (!grammar_name(field) || grammar_name(field) >= sizeof(name)))
			return false;
	value_struct(s);
	for (rest = all; grammar_next(&rest, &field);) {
		size_t n = grammar_name(field);

		if (!n) {
			if (!put_inet_field(s, field))
				value_more(s);
			continue;
		}
		memcpy(name, field.at, n);
		name[n] = '\0';
		value_field(s, name);
		if (put_family(s, name, field, n + 1))
			continue;
		put_value(s, (struct grammar_part){ field.at + n + 1, field.size - n - 1 }, depth);
	}
	value_struct_end(s);
	return true;
}

/* [...] or {...} and nothing behind it: what is in it. */
static bool is_group(struct grammar_part p, struct grammar_part *within)
{
	size_t end = p.size > 1 ? grammar_end(p.at + 1, p.size - 1, false) : GRAMMAR_NONE;

	if (end == GRAMMAR_NONE || end + 2 != p.size)
		return false;
	*within = grammar_trimmed(p.at + 1, end);
	return true;
}

/* False: nothing that the grammar knows, and nothing is written. */
static bool put_known(struct show *s, struct grammar_part p, int depth)
{
	struct grammar_part within;

	if (!p.size)
		return false;
	if (grammar_is(p, "NULL")) {
		value_address(s, 0);
		return true;
	}
	if (*p.at == '"')
		return put_string(s, p);
	if (*p.at == '-' || isdigit((unsigned char)*p.at))
		return put_number(s, p);
	if (put_function(s, p))
		return true;
	if ((*p.at != '[' && *p.at != '{') || depth >= DEPTH || !is_group(p, &within))
		return false;
	if (*p.at == '{')
		return put_fields(s, within, depth + 1);
	put_elements(s, within, depth + 1);
	return true;
}

static void put_value(struct show *s, struct grammar_part p, int depth)
{
	if (!put_known(s, p, depth))
		put_words(s, p);
}

/* The row or variant that has as many arguments. */
static const struct desc_call *row_of(const struct call *call, struct grammar_part rest)
{
	struct grammar_part value;
	unsigned int count = 0;

	while (grammar_next(&rest, &value))
		count++;
	if (call->text->words && call->desc && call->desc->args >= count)
		return call->desc;
	for (const struct desc_call *row = call->row; row; row = row->next_variant)
		if (row->args == count)
			return row;
	return call->row && call->row->args > count ? call->row : NULL;
}

/* Whether a recorded call's argument has more than the text: names of bits, what a descriptor is
 * open on. */
static bool shown_by_row(struct show *s, int i, struct grammar_part value)
{
	if (i < 0 || !(s->call->text->known & 1u << i))
		return false;
	switch (s->call->desc->arg[i].kind) {
	case DESC_FLAGS:
	case DESC_FLAGS64:
	case DESC_ENUM:
	case DESC_ENUM64:
	case DESC_SIGNAL:
	case DESC_CLOCKID: return true;
	case DESC_FD:
	case DESC_DIRFD: /* unless it was said in words that are not known */
		return !memchr(value.at, '<', value.size) ||
		       fds_of_call(s->call, (int)s->call->arg[i], false) ||
		       (int)s->call->arg[i] == AT_FDCWD;
	default: return false;
	}
}

static void put_by_row(struct show *s, int i)
{
	uint64_t value = s->call->arg[i];

	if (strcmp(s->call->desc->arg[i].ref, "socktypes") != 0) {
		show_arg(s, i);
		return;
	}
	if (!(value & ~SOCKET_TYPE)) {
		show_enum(s, "socktypes", value);
		return;
	}
	value_mix(s, value, BASE_NONE);
	value_part(s);
	show_enum(s, "socktypes", value & SOCKET_TYPE);
	value_part(s);
	show_flags(s, "sock_type_flags", value & ~SOCKET_TYPE);
	value_mix_end(s);
}

static void put_args(struct show *s, struct grammar_part rest)
{
	const struct desc_call *row = row_of(s->call, rest);
	struct grammar_part value;
	unsigned int at = 0;
	char name[64];
	int place;

	for (unsigned int i = 0; grammar_next(&rest, &value); i++, at++) {
		size_t n = grammar_name(value); /* -N */

		while (row && at < row->args &&
		       (row->arg[at].kind == DESC_HIGH || row->arg[at].kind == DESC_UNUSED))
			at++;
		if (n && n < sizeof(name))
			snprintf(name, sizeof(name), "%.*s", (int)n, value.at);
		else if (row && at < row->args)
			snprintf(name, sizeof(name), "%s", row->arg[at].name);
		else
			snprintf(name, sizeof(name), "arg%u", i + 1);
		value_argument(s, name);
		if (value_is_text(s)) {
			put_words(s, value);
			continue;
		}
		n = n && n < sizeof(name) ? n + 1 : 0;
		value = (struct grammar_part){ value.at + n, value.size - n };
		place = s->call->text->words && i < DESC_ARGS ? s->call->text->place[i] : -1;
		if (shown_by_row(s, place, value))
			put_by_row(s, place);
		else
			put_value(s, value, 0);
	}
}

void show_text_args(struct show *s)
{
	struct grammar_part all;

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
	struct grammar_part result = { .size = 0 };

	if (s->call->text && value_is_text(s))
		result.size = call_text_result(s->call->text, &result.at);
	if (result.size)
		put_words(s, result);
	return result.size;
}
