// SPDX-License-Identifier: GPL-2.0-or-later
/* json_values: numbers that are put together from parts: "AF|0x3". */
#include "decode/json/json_levels.h"
#include "decode/json/json_string.h"
#include "decode/values/flag_walk.h"

#include <stdio.h>

/* In a mix, parts are strings, or numbers where they have no name. What comes behind one without a
 * place of its own belongs to it: "3<<SHIFT". */
static bool goes_on(const struct json_level *l)
{
	return !l->open && l->named && !l->beside;
}

void json_mix_text(struct show *s, const char *words)
{
	struct json_values *j = json_of(s);
	struct json_level *l = json_top(j);
	struct text *t = &j->text;
	size_t at;

	if (!goes_on(l) || t->used <= l->start) {
		if (json_value(s))
			json_quote(t, words);
		return;
	}
	if (t->data[t->used - 1] == '"')
		t->used--;
	else
		json_insert(t, l->start, "\"");
	at = t->used;
	json_quote(t, words);
	memmove(t->data + at, t->data + at + 1, t->used - at - 1);
	t->used--;
}

void json_mix_number(struct show *s, uint64_t value, bool negative)
{
	struct json_values *j = json_of(s);
	char digits[24];

	if (goes_on(json_top(j)) && j->text.used > json_top(j)->start) {
		snprintf(digits, sizeof(digits), negative ? "%lld" : "%llu",
			 (unsigned long long)value);
		json_mix_text(s, digits);
	} else if (json_value(s)) {
		json_integer(&j->text, value, negative, j->safe);
	}
}

void json_mix_flags(struct show *s, const struct flag_table *table, uint64_t value)
{
	struct flag_walk walk = flag_walk_begin(value);
	const char *name;
	int parts = 0;

	while ((name = flag_walk_next(table, &walk))) {
		if (parts++)
			json_slot(s, SLOT_PART, NULL);
		json_mix_text(s, name);
	}
	if (!walk.left && walk.any)
		return;
	if (walk.any)
		json_slot(s, SLOT_PART, NULL);
	json_mix_number(s, walk.left, false);
}

void json_mix_name(struct json_values *j)
{
	static const char flags[] = ",\"flags\":[", name[] = ",\"name\":";
	struct json_level *l = json_top(j);
	struct text *t = &j->text;
	size_t less = sizeof(flags) - sizeof(name);

	if (l->start != l->begins || t->used <= l->start || t->data[l->start] != '"')
		return;
	memcpy(t->data + l->start - (sizeof(flags) - 1), name, sizeof(name) - 1);
	memmove(t->data + l->start - less, t->data + l->start, t->used - l->start);
	t->used -= less;
	l->mix = false;
}
