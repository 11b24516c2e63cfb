// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_values.h"

#include "decode/json/json_levels.h"
#include "decode/json/json_string.h"
#include "decode/values/flag_walk.h"

#include <errno.h>

/* Whether there is room for another group; null stands for those that are too deep. */
static bool is_deep(struct show *s)
{
	struct json_values *j = json_of(s);

	if (!j->skipped && j->depth + 1 < JSON_DEPTH)
		return false;
	if (!j->skipped && json_value(s))
		text_put(&j->text, "null");
	j->skipped++;
	return true;
}

/* Part of the value in the slot at hand, or of what stands beside it. */
static bool begin_within(struct json_values *j, enum value_group group, const char *name)
{
	switch (group) {
	case GROUP_POINTED: return true;
	case GROUP_NAMED:
		json_key_beside(j, name);
		json_push(j, 0, true);
		return true;
	case GROUP_INDEX:
		text_put(&j->text, "{\"index\":");
		json_open_slot(j);
		return true;
	case GROUP_DETAILS:
		j->details_from = j->text.used;
		text_char(&j->text, '{');
		json_push(j, '}', false);
		return true;
	case GROUP_MEANING:
		json_key_beside(j, "meaning");
		json_push(j, 0, true);
		return true;
	default: return false;
	}
}

static void json_begin(struct show *s, enum value_group group, const char *name, uint64_t number)
{
	struct json_values *j = json_of(s);

	json_stray(s);
	if (is_deep(s) || begin_within(j, group, name) || !json_value(s))
		return;
	if (group == GROUP_MACRO || group == GROUP_MIX) {
		text_put(&j->text, "{\"value\":");
		json_integer(&j->text, number, false, j->safe);
		text_put(&j->text, ",\"");
		text_put(&j->text, group == GROUP_MIX ? "flags" : name);
		text_put(&j->text, "\":[");
	} else if (group == GROUP_ALL_BUT) {
		text_put(&j->text, "{\"all_but\":[");
	} else {
		text_char(&j->text, group == GROUP_STRUCT ? '{' : '[');
	}
	json_push(j, group == GROUP_STRUCT ? '}' : ']', false);
	json_top(j)->mix = group == GROUP_MIX;
}

static void json_end(struct show *s, enum value_group group)
{
	struct json_values *j = json_of(s);
	char end;

	json_stray(s);
	if (j->skipped) {
		j->skipped--;
		return;
	}
	if (group == GROUP_POINTED)
		return;
	json_finish(j);
	if (group == GROUP_MIX)
		json_mix_name(j);
	if (group == GROUP_INDEX) {
		text_put(&j->text, ",\"value\":");
		json_top(j)->closing++;
		json_open_slot(j);
		return;
	}
	end = (char)json_top(j)->end;
	if (end && !(group == GROUP_MIX && !json_top(j)->mix))
		text_char(&j->text, end);
	if (j->depth)
		j->depth--;
	if (group == GROUP_DETAILS) {
		if (!j->details.used)
			text_bytes(&j->details, j->text.data + j->details_from,
				   j->text.used - j->details_from);
		j->text.used = j->details_from;
	}
	if (group == GROUP_MACRO || group == GROUP_MIX || group == GROUP_ALL_BUT)
		json_top(j)->beside = true; /* its brace is still open */
}

static void json_reopen(struct show *s)
{
	struct json_values *j = json_of(s);

	if (j->skipped || j->depth + 1 >= JSON_DEPTH || json_top(j)->beside) {
		j->skipped++; /* what follows finds no place */
		return;
	}
	j->text.used--;
	j->depth++;
}

static void json_number(struct show *s, uint64_t value, enum value_base base)
{
	if (json_top(json_of(s))->mix) {
		json_mix_number(s, value, value_is_signed(base));
		return;
	}
	if (json_value(s))
		json_integer(&json_of(s)->text, value, value_is_signed(base), json_of(s)->safe);
}

static void put_address(struct text *t, uint64_t address)
{
	text_put(t, "{\"address\":\"");
	text_put(t, address ? "" : "0x");
	text_hex(t, address);
	text_put(t, "\"}");
}

static void json_address(struct show *s, uint64_t address)
{
	if (!json_value(s))
		return;
	if (address)
		put_address(&json_of(s)->text, address);
	else
		text_put(&json_of(s)->text, "null");
}

static void json_constant(struct show *s, uint64_t value, enum value_base base, const char *name)
{
	struct json_values *j = json_of(s);

	if (json_top(j)->mix) {
		if (name)
			json_mix_text(s, name);
		else
			json_mix_number(s, value, value_is_signed(base));
		return;
	}
	if (!json_value(s))
		return;
	text_put(&j->text, "{\"value\":");
	json_integer(&j->text, value, value_is_signed(base), j->safe);
	text_put(&j->text, ",\"name\":");
	if (name)
		json_quote(&j->text, name);
	else
		text_put(&j->text, "null");
	json_top(j)->beside = true;
}

static void json_flags(struct show *s, const struct flag_table *table, uint64_t value)
{
	struct json_values *j = json_of(s);
	struct flag_walk walk = flag_walk_begin(value);
	const char *name;

	if (json_top(j)->mix) {
		json_mix_flags(s, table, value);
		return;
	}
	if (!json_value(s))
		return;
	text_put(&j->text, "{\"value\":");
	json_integer(&j->text, value, false, j->safe);
	text_put(&j->text, ",\"flags\":[");
	while ((name = flag_walk_next(table, &walk))) {
		json_separate(&j->text);
		json_quote(&j->text, name);
	}
	text_char(&j->text, ']');
	if (walk.left) {
		text_put(&j->text, ",\"rest\":");
		json_integer(&j->text, walk.left, false, j->safe);
	}
	json_top(j)->beside = true;
}

static void json_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	struct json_values *j = json_of(s);
	struct text *t = &j->text;
	size_t before;

	if (!json_value(s))
		return;
	if (total > size)
		text_put(t, "{\"value\":");
	before = t->used;
	if (!json_string(t, data, size)) {
		t->used = before;
		if (total <= size)
			text_put(t, "{\"bytes\":\"");
		else
			t->used -= strlen("\"value\":"), text_put(t, "\"bytes\":\"");
		json_hex_digits(t, data, size);
		text_char(t, '"');
		json_top(j)->beside = true;
	}
	if (total <= size)
		return;
	json_top(j)->beside = true;
	text_put(t, ",\"size\":");
	if (total == VALUE_CUT)
		text_put(t, "null");
	else
		json_integer(t, total, false, j->safe);
}

static void json_words(struct show *s, uint64_t value, const char *words)
{
	struct json_values *j = json_of(s);

	if (json_top(j)->mix) {
		json_mix_text(s, words);
		return;
	}
	if (!json_value(s))
		return;
	text_put(&j->text, "{\"value\":");
	json_integer(&j->text, value, false, j->safe);
	text_put(&j->text, ",\"words\":");
	json_quote(&j->text, words);
	json_top(j)->beside = true;
}

static void json_beside(struct show *s, const char *name, const char *text, size_t size)
{
	struct json_values *j = json_of(s);

	json_stray(s);
	if (j->skipped)
		return;
	json_key_beside(j, name);
	json_any_string(&j->text, text, size);
}

static void put_missing(struct json_values *j, enum value_missing why, uint64_t address)
{
	json_top(j)->start = j->text.used;
	if (why == MISSING_AT)
		put_address(&j->text, address);
	else
		text_put(&j->text, "true");
}

/* In a slot and in an array it is a value, in an object a field. */
static void json_missing(struct show *s, enum value_missing why, uint64_t address)
{
	const char *key = why == MISSING_UNREADABLE ? "unreadable" : "more";
	struct json_values *j = json_of(s);
	struct json_level *l = json_top(j);
	size_t start;

	json_stray(s);
	if (j->skipped)
		return;
	if (l->open || l->end == ']') {
		if (!l->open) {
			json_finish(j);
			json_separate(&j->text);
		}
		start = j->text.used;
		text_printf(&j->text, "{\"%s\":", key);
		put_missing(j, why, address);
		text_char(&j->text, '}');
		l->start = start;
		l->open = false;
		l->named = true;
	} else if (l->end) {
		json_finish(j);
		json_key(j, key);
		put_missing(j, why, address);
	} else {
		json_key_beside(j, key);
		start = l->start;
		put_missing(j, why, address);
		l->start = start;
	}
}

const struct value_writer json_values = {
	.name = "json",
	.for_programs = true,
	.slot = json_slot,
	.begin = json_begin,
	.end = json_end,
	.reopen = json_reopen,
	.number = json_number,
	.address = json_address,
	.constant = json_constant,
	.flags = json_flags,
	.bytes = json_bytes,
	.words = json_words,
	.beside = json_beside,
	.missing = json_missing,
};

int json_values_open(struct json_values *j, struct show *s, bool safe)
{
	*j = (struct json_values){ .safe = safe };
	if (text_open(&j->text, -1) || text_open(&j->stray, -1) || text_open(&j->details, -1))
		return -ENOMEM;
	s->writer = &json_values;
	s->writing = j;
	s->out = &j->stray;
	return 0;
}

void json_values_close(struct json_values *j)
{
	text_close(&j->text);
	text_close(&j->stray);
	text_close(&j->details);
}

void json_values_begin(struct show *s)
{
	struct json_values *j = json_of(s);

	j->text.used = j->stray.used = j->details.used = 0;
	j->depth = j->skipped = 0;
	j->members = 0;
	text_char(&j->text, '{');
	json_level_begin(&j->level[0], 1, '}', false);
}

void json_values_end(struct show *s)
{
	struct json_values *j = json_of(s);

	json_stray(s);
	json_finish(j);
	text_char(&j->text, '}');
}
