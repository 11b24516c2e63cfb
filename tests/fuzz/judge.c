// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/fuzz/judge.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void refuse(const char *why, const char *line, size_t size)
{
	fprintf(stderr, "%s in the output: %.*s\n", why, (int)(size > 4000 ? 4000 : size), line);
	abort();
}

const char *judge_line(const char *at, const char *end, bool returns)
{
	const char *stop = memchr(at, '\n', (size_t)(end - at));

	if (!stop)
		refuse("no end of a line", at, (size_t)(end - at));
	if (returns && (stop == at || stop[-1] != '\r'))
		refuse("no carriage return", at, (size_t)(stop - at));
	for (const char *c = at; c < stop - returns; c++)
		if (*c < ' ' || *c > '~')
			refuse("a byte that is not ASCII", at, (size_t)(stop - at));
	return stop;
}

void judge_json(const char *line, size_t size)
{
	struct json_tokener *tokener = json_tokener_new();
	struct json_object *value;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	value = json_tokener_parse_ex(tokener, line, (int)size);
	if (json_tokener_get_error(tokener) != json_tokener_success ||
	    json_tokener_get_parse_end(tokener) != size ||
	    !json_object_is_type(value, json_type_object))
		refuse("no JSON", line, size);
	json_object_put(value);
	json_tokener_free(tokener);
}
