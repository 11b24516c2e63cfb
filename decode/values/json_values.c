// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/json_values.h"

#include "decode/values/flag_walk.h"
#include "decode/values/json_string.h"

#include <errno.h>

static struct json_values *json_of(struct show *s)
{
	return s->writing;
}

static struct json_level *top(struct json_values *j)
{
	return &j->level[j->depth];
}

/* What stands at the value's beginning goes before it. */
static void insert(struct text *t, size_t at, const char *what)
{
	size_t size = strlen(what);

	if (!text_room(t, size))
		return;
	memmove(t->data + at + size, t->data + at, t->used - at);
	memcpy(t->data + at, what, size);
	t->used += size;
}

/* The value becomes an object that others may stand in, beside it. */
static void wrap(struct json_values *j)
{
	struct json_level *l = top(j);

	if (l->beside)
		return;
	if (l->open)
		text_put(&j->text, "null");
	insert(&j->text, l->start, "{\"value\":");
	l->beside = true;
	l->open = false;
}

static void separate(struct text *t)
{
	char c = t->used ? t->data[t->used - 1] : '{';

	if (c != '{' && c != '[')
		text_char(t, ',');
}

static void take_stray(struct show *s, struct json_values *j);
static void finish(struct json_values *j);

static void key(struct json_values *j, const char *name);

/* Whether a value may be written now. One that nobody has made a place for gets one: the next
 * element, a field, or beside the last value. */
static bool value_begins(struct show *s)
{
	struct json_values *j = json_of(s);
	struct json_level *l = top(j);

	if (j->stray.used)
		take_stray(s, j);
	if (j->skipped)
		return false;
	if (!l->open && l->end == ']') {
		finish(j);
		separate(&j->text);
		l->start = j->text.used;
	} else if (!l->open && l->end == '}' && !l->named) {
		key(j, "value");
		l->start = j->text.used;
		l->named = true;
	} else if (!l->open) {
		wrap(j);
		text_put(&j->text, ",\"also\":");
		l->closing++;
		l->beside = false;
		l->start = j->text.used;
	}
	l->open = false;
	return true;
}

static void finish(struct json_values *j)
{
	struct json_level *l = top(j);

	if (l->open)
		text_put(&j->text, "null");
	if (l->beside)
		text_char(&j->text, '}');
	for (; l->closing; l->closing--)
		text_char(&j->text, '}');
	l->open = l->beside = false;
}

static void quote_text(struct text *t, const char *name)
{
	if (!json_string(t, name, strlen(name)))
		text_put(t, "\"?\"");
}

/* Text past the writer: a family that does not use it yet. */
static void take_stray(struct show *s, struct json_values *j)
{
	size_t size = j->stray.used;

	j->stray.used = 0;
	if (!value_begins(s))
		return;
	text_put(&j->text, "{\"text\":");
	if (!json_string(&j->text, j->stray.data, size))
		text_put(&j->text, "\"?\"");
	text_char(&j->text, '}');
}

static void open_slot(struct json_values *j)
{
	top(j)->start = j->text.used;
	top(j)->open = top(j)->named = true;
}

static void key(struct json_values *j, const char *name)
{
	separate(&j->text);
	quote_text(&j->text, name);
	text_char(&j->text, ':');
}

static void json_slot(struct show *s, enum value_slot slot, const char *name)
{
	struct json_values *j = json_of(s);
	struct json_level *l = top(j);

	if (j->stray.used)
		take_stray(s, j);
	if (j->skipped)
		return;
	if (slot == SLOT_AFTER) {
		if (l->open)
			text_put(&j->text, "null");
		if (l->beside)
			text_char(&j->text, '}');
		l->open = l->beside = false;
		insert(&j->text, l->start, "{\"before\":");
		text_put(&j->text, ",\"after\":");
		l->closing++;
		open_slot(j);
		return;
	}
	finish(j);
	if (l->end == '}')
		key(j, name ? name : "value");
	else
		separate(&j->text);
	open_slot(j);
}

static void push(struct json_values *j, char end, bool open)
{
	j->depth++;
	*top(j) = (struct json_level){ .start = j->text.used, .end = (uint8_t)end, .open = open };
}

/* Whether there is room for another group; null stands for those that are too deep. */
static bool is_deep(struct show *s)
{
	struct json_values *j = json_of(s);

	if (!j->skipped && j->depth + 1 < JSON_DEPTH)
		return false;
	if (!j->skipped && value_begins(s))
		text_put(&j->text, "null");
	j->skipped++;
	return true;
}

/* Part of the value in the slot at hand, or of what stands beside it. */
static bool begin_within(struct json_values *j, enum value_group group)
{
	switch (group) {
	case GROUP_POINTED: return true;
	case GROUP_INDEX:
		text_put(&j->text, "{\"index\":");
		open_slot(j);
		return true;
	case GROUP_DETAILS:
		j->details_from = j->text.used;
		text_char(&j->text, '{');
		push(j, '}', false);
		return true;
	case GROUP_MEANING:
		wrap(j);
		text_put(&j->text, ",\"meaning\":");
		push(j, 0, true);
		return true;
	default: return false;
	}
}

static void json_begin(struct show *s, enum value_group group, const char *name, uint64_t number)
{
	struct json_values *j = json_of(s);

	if (j->stray.used)
		take_stray(s, j);
	if (is_deep(s) || begin_within(j, group) || !value_begins(s))
		return;
	if (group == GROUP_MACRO || group == GROUP_MIX) {
		text_put(&j->text, "{\"value\":");
		text_unsigned(&j->text, number);
		text_put(&j->text, ",\"");
		text_put(&j->text, group == GROUP_MIX ? "parts" : name);
		text_put(&j->text, "\":[");
	} else if (group == GROUP_ALL_BUT) {
		text_put(&j->text, "{\"all_but\":[");
	} else {
		text_char(&j->text, group == GROUP_STRUCT ? '{' : '[');
	}
	push(j, group == GROUP_STRUCT ? '}' : ']', false);
	top(j)->mix = group == GROUP_MIX;
}

static void json_end(struct show *s, enum value_group group)
{
	struct json_values *j = json_of(s);
	char end;

	if (j->stray.used)
		take_stray(s, j);
	if (j->skipped) {
		j->skipped--;
		return;
	}
	if (group == GROUP_POINTED)
		return;
	finish(j);
	if (group == GROUP_INDEX) {
		text_put(&j->text, ",\"value\":");
		top(j)->closing++;
		open_slot(j);
		return;
	}
	end = (char)top(j)->end;
	if (end)
		text_char(&j->text, end);
	if (j->depth)
		j->depth--;
	if (group == GROUP_DETAILS) {
		text_bytes(&j->details, j->text.data + j->details_from,
			   j->text.used - j->details_from);
		j->text.used = j->details_from;
	}
	if (group == GROUP_MACRO || group == GROUP_MIX || group == GROUP_ALL_BUT)
		top(j)->beside = true; /* its brace is still open */
}

static void json_reopen(struct show *s)
{
	struct json_values *j = json_of(s);

	if (j->skipped || j->depth + 1 >= JSON_DEPTH || top(j)->beside) {
		j->skipped++; /* what follows finds no place */
		return;
	}
	j->text.used--;
	j->depth++;
}

static void json_number(struct show *s, uint64_t value, enum value_base base)
{
	if (!value_begins(s))
		return;
	if (base == BASE_SIGNED)
		text_signed(&json_of(s)->text, (int64_t)value);
	else
		text_unsigned(&json_of(s)->text, value);
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
	if (!value_begins(s))
		return;
	if (address)
		put_address(&json_of(s)->text, address);
	else
		text_put(&json_of(s)->text, "null");
}

static void json_constant(struct show *s, uint64_t value, enum value_base base, const char *name)
{
	struct json_values *j = json_of(s);

	if (!value_begins(s))
		return;
	text_put(&j->text, "{\"value\":");
	if (base == BASE_SIGNED)
		text_signed(&j->text, (int64_t)value);
	else
		text_unsigned(&j->text, value);
	text_put(&j->text, ",\"name\":");
	if (name)
		quote_text(&j->text, name);
	else
		text_put(&j->text, "null");
	top(j)->beside = true;
}

static void json_flags(struct show *s, const struct flag_table *table, uint64_t value)
{
	struct json_values *j = json_of(s);
	struct flag_walk walk = flag_walk_begin(value);
	const char *name;

	if (!value_begins(s))
		return;
	text_put(&j->text, "{\"value\":");
	text_unsigned(&j->text, value);
	text_put(&j->text, ",\"flags\":[");
	while ((name = flag_walk_next(table, &walk))) {
		separate(&j->text);
		quote_text(&j->text, name);
	}
	text_char(&j->text, ']');
	if (walk.left) {
		text_put(&j->text, ",\"rest\":");
		text_unsigned(&j->text, walk.left);
	}
	top(j)->beside = true;
}

static void json_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	struct json_values *j = json_of(s);
	struct text *t = &j->text;
	size_t before;

	if (!value_begins(s))
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
		top(j)->beside = true;
	}
	if (total <= size)
		return;
	top(j)->beside = true;
	text_put(t, ",\"size\":");
	if (total == VALUE_CUT)
		text_put(t, "null");
	else
		text_unsigned(t, total);
}

static void json_words(struct show *s, uint64_t value, const char *words)
{
	struct json_values *j = json_of(s);

	if (!value_begins(s))
		return;
	if (top(j)->mix && !value) {
		quote_text(&j->text, words);
		return;
	}
	text_put(&j->text, "{\"value\":");
	text_unsigned(&j->text, value);
	text_put(&j->text, ",\"words\":");
	quote_text(&j->text, words);
	top(j)->beside = true;
}

static void json_beside(struct show *s, const char *name, const char *text, size_t size)
{
	struct json_values *j = json_of(s);

	if (j->stray.used)
		take_stray(s, j);
	if (j->skipped)
		return;
	wrap(j);
	key(j, name);
	if (!json_string(&j->text, text, size)) {
		text_put(&j->text, "{\"bytes\":\"");
		json_hex_digits(&j->text, text, size);
		text_put(&j->text, "\"}");
	}
}

static void json_missing(struct show *s, enum value_missing why, uint64_t address)
{
	static const char *const keys[] = { "more", "more", "unreadable" };
	struct json_values *j = json_of(s);
	bool object;

	if (j->stray.used)
		take_stray(s, j);
	if (j->skipped)
		return;
	object = top(j)->end == '}' && !top(j)->open;
	if (!top(j)->open)
		finish(j);
	if (!object) {
		if (!top(j)->open)
			separate(&j->text);
		top(j)->open = false;
		text_char(&j->text, '{');
	}
	key(j, keys[why]);
	if (why == MISSING_AT)
		put_address(&j->text, address);
	else
		text_put(&j->text, "true");
	if (!object)
		text_char(&j->text, '}');
}

const struct value_writer json_values = {
	.name = "json",
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

int json_values_open(struct json_values *j, struct show *s)
{
	*j = (struct json_values){ 0 };
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
	text_char(&j->text, '{');
	j->level[0] = (struct json_level){ .start = 1, .end = '}' };
}

void json_values_end(struct show *s)
{
	struct json_values *j = json_of(s);

	if (j->stray.used)
		take_stray(s, j);
	finish(j);
	text_char(&j->text, '}');
}
