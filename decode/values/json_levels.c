// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/json_levels.h"

#include "decode/values/json_string.h"

void json_insert(struct text *t, size_t at, const char *what)
{
	size_t size = strlen(what);

	if (!text_room(t, size))
		return;
	memmove(t->data + at + size, t->data + at, t->used - at);
	memcpy(t->data + at, what, size);
	t->used += size;
}

void json_wrap(struct json_values *j)
{
	struct json_level *l = json_top(j);

	if (l->beside)
		return;
	if (l->open)
		text_put(&j->text, "null");
	json_insert(&j->text, l->start, "{\"value\":");
	l->beside = true;
	l->open = false;
}

void json_separate(struct text *t)
{
	char c = t->used ? t->data[t->used - 1] : '{';

	if (c != '{' && c != '[')
		text_char(t, ',');
}

bool json_value(struct show *s)
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
		json_wrap(j);
		text_put(&j->text, ",\"also\":");
		l->closing++;
		l->beside = false;
		l->start = j->text.used;
	}
	l->open = false;
	return true;
}

void json_finish(struct json_values *j)
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

void json_quote(struct text *t, const char *name)
{
	if (!json_string(t, name, strlen(name)))
		text_put(t, "\"?\"");
}

void json_stray(struct show *s)
{
	struct json_values *j = json_of(s);
	size_t size = j->stray.used;

	if (!size)
		return;
	j->stray.used = 0;
	if (!json_value(s))
		return;
	text_put(&j->text, "{\"text\":");
	if (!json_string(&j->text, j->stray.data, size))
		text_put(&j->text, "\"?\"");
	text_char(&j->text, '}');
}

void json_open_slot(struct json_values *j)
{
	json_top(j)->start = j->text.used;
	json_top(j)->open = json_top(j)->named = true;
}

void json_key(struct json_values *j, const char *name)
{
	json_separate(&j->text);
	json_quote(&j->text, name);
	text_char(&j->text, ':');
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
	*json_top(j) =
		(struct json_level){ .start = j->text.used, .end = (uint8_t)end, .open = open };
}
