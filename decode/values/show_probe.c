// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show_probe.h"

static void show_number(struct text *out, const struct probe_value *value, size_t i)
{
	uint64_t number = probe_number(value, i);

	if (value->field->kind == PROBE_SIGNED)
		text_signed(out, number);
	else if (value->field->kind == PROBE_UNSIGNED)
		text_unsigned(out, number);
	else
		text_hex(out, number);
}

void show_probe_value(struct text *out, const struct probe_value *value, enum text_quoting quoting)
{
	if (value->fault) {
		text_put(out, "(fault)");
		return;
	}
	if (value->field->kind == PROBE_TEXT || value->field->kind == PROBE_BYTES) {
		text_quoted(out, value->data, value->size,
			    value->field->kind == PROBE_TEXT ? quoting : TEXT_QUOTE_HEX_ALL);
		return;
	}
	if (value->count > 1)
		text_char(out, '[');
	for (size_t i = 0; i < value->count; i++) {
		text_put(out, i ? ", " : "");
		show_number(out, value, i);
	}
	if (value->count > 1)
		text_char(out, ']');
}

void show_probe(struct text *out, const struct note *note, enum text_quoting quoting)
{
	const struct probe_format *format = note->format;
	struct probe_value value;
	bool comma = false;

	text_escaped(out, format->name, strlen(format->name), NULL);
	text_char(out, '(');
	for (size_t i = 0; i < format->count; i++) {
		if (!probe_value(format, i, note->hit, &value))
			continue;
		text_put(out, comma ? ", " : "");
		text_escaped(out, value.field->name, strlen(value.field->name), NULL);
		text_char(out, '=');
		show_probe_value(out, &value, quoting);
		comma = true;
	}
	text_char(out, ')');
}

void show_probe_hex(struct text *out, const struct probe_value *value, const char *separator)
{
	if (value->field->kind == PROBE_TEXT) {
		text_escaped(out, value->data, value->size, separator);
		return;
	}
	if (value->field->kind == PROBE_BYTES) {
		for (size_t i = 0; i < value->size; i++)
			text_printf(out, "%02X", (unsigned char)value->data[i]);
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		text_put(out, i ? "," : "");
		text_hex16(out, probe_number(value, i));
	}
}
