// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_probe.h"

static void say_number(struct show *s, const struct probe_value *value, size_t i)
{
	uint64_t number = probe_number(value, i);

	if (value->field->kind == PROBE_SIGNED)
		value_signed(s, (int64_t)number);
	else
		value_unsigned(s, number);
}

static void say_value(struct show *s, const struct probe_value *value)
{
	value_field(s, value->field->name);
	if (value->fault) {
		value_cut(s);
	} else if (value->field->kind == PROBE_TEXT || value->field->kind == PROBE_BYTES) {
		value_bytes(s, value->data, value->size, value->size);
	} else if (value->count == 1) {
		say_number(s, value, 0);
	} else {
		value_array(s);
		for (size_t i = 0; i < value->count; i++) {
			value_element(s);
			say_number(s, value, i);
		}
		value_array_end(s);
	}
}

void json_probe_values(struct show *s, const struct note *note)
{
	struct probe_value value;

	json_values_begin(s);
	value_argument(s, "values");
	value_struct(s);
	for (size_t i = 0; i < note->format->count; i++)
		if (probe_value(note->format, i, note->hit, &value))
			say_value(s, &value);
	value_struct_end(s);
}
