// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIELDS_MOST = 128,
};

/* The words of a "field" line, see systape-tape(5). */
static const struct {
	const char *word;
	enum probe_value_kind kind;
	bool elsewhere, relative;
} kinds[] = {
	{ "unsigned", PROBE_UNSIGNED, false, false }, { "signed", PROBE_SIGNED, false, false },
	{ "hex", PROBE_HEX, false, false },	      { "text", PROBE_TEXT, false, false },
	{ "bytes", PROBE_BYTES, false, false },	      { "loctext", PROBE_TEXT, true, false },
	{ "locbytes", PROBE_BYTES, true, false },     { "reltext", PROBE_TEXT, true, true },
	{ "relbytes", PROBE_BYTES, true, true },
};

static bool add_field(struct probe_format *format, const char *line)
{
	struct probe_field f = { .name = NULL }, *more;
	char name[65], kind[17];

	if (sscanf(line, "field %64s %16s %u %u %u", name, kind, &f.offset, &f.size, &f.count) !=
		    5 ||
	    !f.count || format->count == FIELDS_MOST)
		return true;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kind, kinds[i].word))
			continue;
		f.kind = kinds[i].kind;
		f.elsewhere = kinds[i].elsewhere;
		f.relative = kinds[i].relative;
	}
	more = reallocarray(format->fields, format->count + 1, sizeof(*more));
	f.name = more ? strdup(name) : NULL;
	if (more)
		format->fields = more;
	if (!f.name)
		return false;
	format->fields[format->count++] = f;
	return true;
}

struct probe_format *probe_format_parse(const char *text, size_t size)
{
	struct probe_format *format = calloc(1, sizeof(*format));
	char *copy = strndup(text, size), *save = NULL;
	bool good = format && copy;

	for (char *line = good ? strtok_r(copy, "\n", &save) : NULL; line && good;
	     line = strtok_r(NULL, "\n", &save)) {
		if (!strncmp(line, "name ", 5) && !format->name)
			good = (format->name = strdup(line + 5));
		else if (!strncmp(line, "field ", 6))
			good = add_field(format, line);
	}
	free(copy);
	if (good && format->name)
		return format;
	probe_format_free(format);
	return NULL;
}

void probe_format_free(struct probe_format *format)
{
	if (!format)
		return;
	for (size_t i = 0; i < format->count; i++)
		free(format->fields[i].name);
	free(format->fields);
	free(format->name);
	free(format);
}

bool probe_value(const struct probe_format *format, size_t i, const struct trace_probe *hit,
		 struct probe_value *value)
{
	const struct probe_field *f = &format->fields[i];
	const char *data = (const char *)(hit + 1);
	uint64_t at = f->offset, size = f->size;
	uint32_t where;

	*value = (struct probe_value){ .field = f, .count = f->count };
	if (at + size > hit->size || !size)
		return false;
	if (f->elsewhere) {
		if (size != sizeof(where))
			return false;
		memcpy(&where, data + at, sizeof(where));
		at = (where & 0xffff) + (f->relative ? at + sizeof(where) : 0);
		size = where >> 16;
		value->fault = !size && f->kind == PROBE_TEXT;
		if (at + size > hit->size)
			return false;
	}
	value->data = data + at;
	value->size = size;
	if (f->kind == PROBE_TEXT)
		value->size = strnlen(value->data, size);
	else if (f->kind != PROBE_BYTES && (size % f->count || size / f->count > 8))
		return false;
	return true;
}

uint64_t probe_number(const struct probe_value *value, size_t n)
{
	size_t size = value->size / value->count;
	uint64_t number = 0;

	memcpy(&number, value->data + n * size, size);
	if (value->field->kind == PROBE_SIGNED && size < 8 && number >> (8 * size - 1))
		number |= ~0ull << 8 * size;
	return number;
}
