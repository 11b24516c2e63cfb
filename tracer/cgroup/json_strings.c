// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/cgroup/json_strings.h"

#if HAVE_JSON_C
#include <json-c/json.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum {
	DEPTH_MOST = 32,
	PATH_ROOM = 1024,
};

struct walk {
	char path[PATH_ROOM];
	json_strings_each *each;
	void *context;
};

static void walk_value(struct walk *w, size_t length, struct json_object *value);

/* What a name or number leads to, if the path fits. */
static void walk_down(struct walk *w, size_t length, const char *name, struct json_object *value)
{
	int more = snprintf(w->path + length, PATH_ROOM - length, "%s%s", length ? "/" : "", name);

	if (more >= 0 && (size_t)more < PATH_ROOM - length)
		walk_value(w, length + (size_t)more, value);
	w->path[length] = '\0';
}

static void walk_value(struct walk *w, size_t length, struct json_object *value)
{
	const char *text;
	char number[24];

	switch (json_object_get_type(value)) {
	case json_type_object: {
		json_object_object_foreach(value, name, inner) walk_down(w, length, name, inner);
		break;
	}
	case json_type_array:
		for (size_t i = 0; i < json_object_array_length(value); i++) {
			snprintf(number, sizeof(number), "%zu", i);
			walk_down(w, length, number, json_object_array_get_idx(value, i));
		}
		break;
	case json_type_string:
		text = json_object_get_string(value);
		if (strlen(text) == (size_t)json_object_get_string_len(value))
			w->each(w->context, w->path, text);
		break;
	default: break;
	}
}

bool json_strings_available(void)
{
	return true;
}

bool json_each_string(const char *text, size_t size, json_strings_each *each, void *context)
{
	struct json_tokener *reader = size < INT_MAX ? json_tokener_new_ex(DEPTH_MOST) : NULL;
	struct walk walk = { .path = "", .each = each, .context = context };
	struct json_object *value;
	bool good;

	if (!reader)
		return false;
	json_tokener_set_flags(reader, JSON_TOKENER_STRICT);
	value = json_tokener_parse_ex(reader, text, (int)size + 1); /* the NUL ends a number */
	good = json_tokener_get_error(reader) == json_tokener_success;
	if (good)
		walk_value(&walk, 0, value);
	json_object_put(value);
	json_tokener_free(reader);
	return good;
}
#else
bool json_strings_available(void)
{
	return false;
}

bool json_each_string(const char *text, size_t size, json_strings_each *each, void *context)
{
	(void)text;
	(void)size;
	(void)each;
	(void)context;
	return false;
}
#endif
