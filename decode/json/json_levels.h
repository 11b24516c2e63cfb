/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_levels: what json_values.c, the writer, and json_mix.c build JSON with: groups within each
 * other, each with the slot that waits for a value or has one. Nobody else includes it.
 */
#ifndef SYSTAPE_JSON_LEVELS_H
#define SYSTAPE_JSON_LEVELS_H

#include "decode/json/json_values.h"

static inline struct json_values *json_of(struct show *s)
{
	return s->writing;
}

static inline struct json_level *json_top(struct json_values *json)
{
	return &json->level[json->depth];
}

/* A string of our own, or a name of the tape. */
void json_quote(struct text *text, const char *name);
/* What is written at the value's beginning, before it. */
void json_insert_bytes(struct text *text, size_t at, const char *what, size_t size);
static inline void json_insert(struct text *text, size_t at, const char *what)
{
	json_insert_bytes(text, at, what, strlen(what));
}
/* A comma, unless a group has just begun. */
static inline void json_separate(struct text *text)
{
	char c = text->used ? text->data[text->used - 1] : '{';

	if (c != '{' && c != '[')
		text_char(text, ',');
}
/* A key of the object at hand, or of what stands beside the value in the slot at hand: one that is
 * there already gets a number. */
void json_key(struct json_values *json, const char *name);
void json_key_beside(struct json_values *json, const char *name);
/* The slot at hand is done: its value, which may be missing, and what it needs at its end. */
void json_finish_value(struct json_values *json);
static inline void json_finish(struct json_values *json)
{
	const struct json_level *l = json_top(json);

	if (l->open || l->beside || l->closing)
		json_finish_value(json);
}
void json_open_slot(struct json_values *json);
void json_slot(struct show *show, enum value_slot slot, const char *name);
/* Whether a value may be written now. One that nobody has made a place for gets one: the next
 * element, a field, or beside the last value. */
bool json_find_place(struct show *show);
static inline bool json_value(struct show *show)
{
	struct json_values *j = json_of(show);
	struct json_level *l = json_top(j);

	if (!l->open || j->skipped || j->stray.used)
		return json_find_place(show);
	l->open = false;
	return true;
}
/* Begins a group, which `end` will close; `open`: it is a slot by itself. */
void json_push(struct json_values *json, char end, bool open);
/* Takes text that was written past the writer for a value. */
void json_take_stray(struct show *show);
static inline void json_stray(struct show *show)
{
	if (json_of(show)->stray.used)
		json_take_stray(show);
}

/* In a mix: parts are strings, or numbers where they have no name. */
void json_mix_text(struct show *show, const char *words);
void json_mix_number(struct show *show, uint64_t value, bool is_signed);
void json_mix_flags(struct show *show, const struct flag_table *table, uint64_t value);
/* At its end: one part with a name is a constant, not a set of flags. */
void json_mix_name(struct json_values *json);

#endif
