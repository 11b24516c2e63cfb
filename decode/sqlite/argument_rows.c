// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sqlite/argument_rows.h"

/* Behind the string that begins at `at`. */
static const char *behind_string(const char *at)
{
	for (at++; *at != '"'; at++)
		at += *at == '\\';
	return at + 1;
}

bool json_member_get(const struct json_values *json, unsigned int i, struct json_member *m)
{
	unsigned int kept = json->members < JSON_MEMBERS ? json->members : JSON_MEMBERS;
	const struct text *t = &json->text;
	const char *from, *end;

	if (i >= kept)
		return false;
	from = t->data + json->member[i];
	end = t->data + (i + 1 < kept ? json->member[i + 1] : t->used) - 1; /* comma or brace */
	m->key = from + 1;
	from = behind_string(from);
	m->key_size = (size_t)(from - m->key) - 1;
	m->value = from + 1; /* behind the colon */
	m->size = (size_t)(end - m->value);
	return true;
}

static unsigned int digit(char c)
{
	return (unsigned int)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

static unsigned int unit(const char *at)
{
	return digit(at[0]) << 12 | digit(at[1]) << 8 | digit(at[2]) << 4 | digit(at[3]);
}

static void put_code(struct text *to, uint32_t code)
{
	if (code < 0x80) {
		text_char(to, (char)code);
		return;
	}
	if (code < 0x800) {
		text_char(to, (char)(0xc0 | code >> 6));
	} else {
		if (code < 0x10000) {
			text_char(to, (char)(0xe0 | code >> 12));
		} else {
			text_char(to, (char)(0xf0 | code >> 18));
			text_char(to, (char)(0x80 | (code >> 12 & 0x3f)));
		}
		text_char(to, (char)(0x80 | (code >> 6 & 0x3f)));
	}
	text_char(to, (char)(0x80 | (code & 0x3f)));
}

/* One escape, at a backslash: what is behind it. */
static const char *put_escape(struct text *to, const char *at)
{
	static const char letters[] = "b\bf\fn\nr\rt\t";
	const char *letter;
	uint32_t code;

	if (at[1] != 'u') {
		letter = strchr(letters, at[1]);
		text_char(to, letter ? letter[1] : at[1]);
		return at + 2;
	}
	code = unit(at + 2);
	at += 6;
	if (code >> 10 == 0xd800 >> 10) { /* the writer has both halves */
		code = 0x10000 + ((code & 0x3ff) << 10) + (unit(at + 2) & 0x3ff);
		at += 6;
	}
	put_code(to, code);
	return at;
}

/* The bytes of a string, from behind its quote on. */
static void add_string(struct row_batch *rows, const char *from, struct text *room)
{
	const char *at = from;

	while (*at != '"' && *at != '\\')
		at++;
	if (*at == '"') {
		row_text(rows, from, (size_t)(at - from));
		return;
	}
	room->used = 0;
	text_bytes(room, from, (size_t)(at - from));
	while (*at != '"') {
		if (*at == '\\')
			at = put_escape(room, at);
		else
			text_char(room, *at++);
	}
	row_bytes(rows, room->data, room->used);
}

/* {"bytes":"hex digits"}: what is not UTF-8. */
static void add_bytes(struct row_batch *rows, const char *at, struct text *room)
{
	room->used = 0;
	for (; *at != '"'; at += 2)
		text_char(room, (char)(digit(at[0]) << 4 | digit(at[1])));
	row_bytes(rows, room->data, room->used);
}

/* An integer of any 64 bits. */
static void add_number(struct row_batch *rows, const char *at)
{
	bool negative = *at == '-';
	uint64_t number = 0;

	for (at += negative; *at >= '0' && *at <= '9'; at++)
		number = 10 * number + (uint64_t)(*at - '0');
	row_number(rows, negative ? -number : number);
}

#define BEGINS(m, with) ((m)->size > sizeof(with) && !memcmp((m)->value, with, sizeof(with) - 1))

static bool is_number(char c)
{
	return c == '-' || (c >= '0' && c <= '9');
}

/* Number, text and JSON: those that the value has. */
static void add_value(struct row_batch *rows, const struct json_member *m, struct text *room)
{
	static const char value[] = "{\"value\":", bytes[] = "{\"bytes\":\"";
	const char *at = m->value;
	bool whole = false; /* the JSON says no more */

	if (BEGINS(m, value))
		at += sizeof(value) - 1;
	if (is_number(*at))
		add_number(rows, at);
	else
		row_null(rows);
	if (*at == '"') {
		add_string(rows, at + 1, room);
		whole = at == m->value;
	} else if (BEGINS(m, bytes)) {
		at += sizeof(bytes) - 1;
		add_bytes(rows, at, room);
		whole = behind_string(at - 1) + 1 == m->value + m->size;
	} else {
		row_null(rows);
		whole = at == m->value && is_number(*at);
	}
	if (whole)
		row_null(rows);
	else
		row_text(rows, m->value, m->size);
}

void argument_rows(struct row_batch *rows, uint64_t call, const struct json_values *json,
		   struct text *room)
{
	struct json_member m;

	for (unsigned int i = 0; json_member_get(json, i, &m); i++) {
		row_number(rows, call);
		row_number(rows, i);
		row_text(rows, m.key, m.key_size);
		add_value(rows, &m, room);
		row_end(rows);
	}
}
