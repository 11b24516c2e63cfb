// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_levels.h"

#include "decode/json/json_string.h"

void json_insert_bytes(struct text *t, size_t at, const char *what, size_t size)
{
	if (!text_room(t, size))
		return;
	memmove(t->data + at + size, t->data + at, t->used - at);
	memcpy(t->data + at, what, size);
	t->used += size;
}

bool json_find_place(struct show *s)
{
	struct json_values *j = json_of(s);
	struct json_level *l = json_top(j);

	json_stray(s);
	if (j->skipped)
		return false;
	if (!l->open && l->end == ']') {
		json_finish(j);
		json_separate(&j->text);
		l->start = j->text.used;
		l->named = true;
	} else if (!l->open && l->end == '}' && !l->named) {
		json_key(j, "also");
		l->start = j->text.used;
		l->named = true;
	} else if (!l->open) {
		json_key_beside(j, "also");
		l->closing++;
		l->beside = false;
		l->start = j->text.used;
	}
	l->open = false;
	return true;
}

void json_finish_value(struct json_values *j)
{
	struct json_level *l = json_top(j);

	if (l->open)
		text_put(&j->text, "null");
	if (l->beside)
		text_char(&j->text, '}');
	for (; l->closing; l->closing--)
		text_char(&j->text, '}');
	l->open = l->beside = false;
}

/* A name that is not UTF-8 is taken for Latin-1. */
void json_quote(struct text *t, const char *name)
{
	if (json_string(t, name, strlen(name)))
		return;
	text_char(t, '"');
	for (; *name; name++)
		text_printf(t, "\\u%04x", (unsigned char)*name);
	text_char(t, '"');
}

void json_take_stray(struct show *s)
{
	struct json_values *j = json_of(s);
	size_t size = j->stray.used;

	j->stray.used = 0;
	if (!json_value(s))
		return;
	text_put(&j->text, "{\"text\":");
	json_any_string(&j->text, j->stray.data, size);
	text_char(&j->text, '}');
}

void json_open_slot(struct json_values *j)
{
	json_top(j)->start = j->text.used;
	json_top(j)->open = json_top(j)->named = true;
}

/* Behind the string that begins at `at`. */
static const char *behind_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\';
	return at + 1;
}

/* Whether the object that goes from `at`, behind its brace, to `end` has this key, quotes
 * included. */
static bool has_key(const char *at, const char *end, const char *key, size_t size)
{
	int depth = 0;

	while (at < end) {
		const char *from = at;

		if (*at != '"') {
			depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
			at++;
			continue;
		}
		at = behind_string(at, end);
		if (!depth && (size_t)(at - from) == size && at < end && *at == ':' &&
		    !memcmp(from, key, size))
			return true;
	}
	return false;
}

/* Of an object whose keys begin at `from`; a name that it has already becomes name_2, name_3...:
 * then true. */
static bool put_key(struct text *t, size_t from, const char *name)
{
	size_t at = t->used;
	bool numbered = false;

	json_quote(t, name);
	for (int i = 2; has_key(t->data + from, t->data + at, t->data + at, t->used - at); i++) {
		t->used = at;
		json_quote(t, name);
		t->used -= t->used > at; /* the quote at its end */
		text_printf(t, "_%d\"", i);
		numbered = true;
	}
	text_char(t, ':');
	return numbered;
}

/* That a key is new is known by hashes of those before it, without a look at the text; by a few
 * bits of them, as a rule. */
static inline bool seen_before(struct json_level *l, uint32_t hash)
{
	uint64_t bit = 1ull << hash % 64;

	if (l->keys == JSON_KEYS)
		return true;
	for (unsigned int i = 0; l->seen & bit && i < l->keys; i++)
		if (l->key[i] == hash)
			return true;
	l->seen |= bit;
	l->key[l->keys++] = hash;
	return false;
}

/* Whether a byte of `x` is below '0', beyond 'z' or a backslash. */
static inline bool is_odd(uint64_t x)
{
	const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
	uint64_t slash = x ^ ones * '\\';

	return ((x - ones * '0') | x | (x + ones * (0x7f - 'z')) | ((slash - ones) & ~slash)) &
	       high;
}

static inline uint32_t mixed(uint64_t first, uint64_t last)
{
	uint64_t x = (first ^ (last << 29 | last >> 35)) * 0x9e3779b97f4a7c15;

	return (uint32_t)(x >> 32);
}

/* Copies a name of up to 16 bytes in steps that overlap; false for longer and odd ones. */
static inline bool copy_name(char *to, const char *name, size_t size, uint32_t *hash)
{
	uint64_t first, last;
	uint32_t start, end;

	if (!size || size > 16)
		return false;
	if (size >= 8) {
		memcpy(&first, name, 8);
		memcpy(&last, name + size - 8, 8);
		memcpy(to, &first, 8);
		memcpy(to + size - 8, &last, 8);
	} else if (size < 4) {
		memset(to, '0', 8);
		to[0] = name[0];
		to[size / 2] = name[size / 2];
		to[size - 1] = name[size - 1];
		memcpy(&first, to, 8);
		last = first;
	} else {
		memcpy(&start, name, 4);
		memcpy(&end, name + size - 4, 4);
		memcpy(to, &start, 4);
		memcpy(to + size - 4, &end, 4);
		first = last = start | (uint64_t)end << 32;
	}
	*hash = mixed(first, last + size);
	return !is_odd(first) && !is_odd(last);
}

static bool copy_bytes(char *to, const char *name, size_t size, uint32_t *hash)
{
	bool odd = false;

	*hash = 0;
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)name[i];

		*hash = (*hash + c) * 0x9e3779b1u;
		odd |= c < '0' || c > 'z' || c == '\\';
		to[i] = (char)c;
	}
	return !odd;
}

/* Names of fields and arguments are letters, as a rule. */
void json_key(struct json_values *j, const char *name)
{
	enum { SHORT = 64 };
	struct json_level *l = json_top(j);
	struct text *t = &j->text;
	size_t size = strlen(name);
	uint32_t hash = 0;
	bool plain;
	char *to;

	json_separate(t);
	if (!j->depth && j->members++ < JSON_MEMBERS)
		j->member[j->members - 1] = t->used;
	if (!text_room(t, SHORT + 4))
		return;
	to = t->data + t->used;
	*to++ = '"';
	plain = copy_name(to, name, size, &hash) ||
		(size < SHORT && copy_bytes(to, name, size, &hash));
	if (!plain || seen_before(l, hash)) {
		if (put_key(t, l->begins, name))
			l->keys = JSON_KEYS; /* any may be there from here on */
		return;
	}
	to += size;
	*to++ = '"';
	*to++ = ':';
	t->used = (size_t)(to - t->data);
}

/* The value becomes an object that others may stand in, beside it: true unless it was one. */
static bool wrap(struct json_values *j)
{
	struct json_level *l = json_top(j);

	if (l->beside)
		return false;
	if (l->open)
		text_put(&j->text, "null");
	json_insert(&j->text, l->start, "{\"value\":");
	l->beside = true;
	l->open = false;
	return true;
}

void json_key_beside(struct json_values *j, const char *name)
{
	struct text *t = &j->text;
	bool alone = wrap(j) && strcmp(name, "value") != 0;

	json_separate(t);
	if (!alone) {
		put_key(t, json_top(j)->start + 1, name);
		return;
	}
	json_quote(t, name);
	text_char(t, ':');
}

void json_slot(struct show *s, enum value_slot slot, const char *name)
{
	struct json_values *j = json_of(s);
	struct json_level *l = json_top(j);

	json_stray(s);
	if (j->skipped)
		return;
	if (slot == SLOT_AFTER) {
		if (l->open)
			text_put(&j->text, "null");
		if (l->beside)
			text_char(&j->text, '}');
		l->open = l->beside = false;
		json_insert(&j->text, l->start, "{\"before\":");
		text_put(&j->text, ",\"after\":");
		l->closing++;
		json_open_slot(j);
		return;
	}
	if (!l->end)
		return; /* has one slot: what comes now stands beside its value */
	json_finish(j);
	if (l->end == '}')
		json_key(j, name ? name : "value");
	else
		json_separate(&j->text);
	json_open_slot(j);
}

void json_push(struct json_values *j, char end, bool open)
{
	j->depth++;
	json_level_begin(json_top(j), j->text.used, end, open);
}
