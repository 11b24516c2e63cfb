// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show_fields.h"

#include "decode/values/values.h"

void show_clock_t(struct show *s, uint64_t ticks)
{
	value_unsigned(s, ticks);
	if (ticks && !value_numbers(s))
		value_remarkf(s, "%llu.%02u s", (unsigned long long)ticks / 100,
			      (unsigned int)(ticks % 100));
}

static size_t width_of(const struct show *s, enum show_type type)
{
	static const uint8_t widths[] = {
		[FIELD_CHAR] = 1, [FIELD_SHORT] = 2, [FIELD_INT] = 4,
		[FIELD_LONG] = 8, [FIELD_64] = 8,    [FIELD_HIGH] = 4,
	};

	if (type == FIELD_LONG)
		return show_word(s);
	return type < sizeof(widths) ? widths[type] : 0; /* what is no field has none */
}

static uint64_t number_at(const unsigned char *data, size_t width)
{
	uint64_t value = 0;

	memcpy(&value, data, width);
	return value;
}

static int64_t signed_of(uint64_t value, size_t width)
{
	int shift = 64 - 8 * width;

	return (int64_t)(value << shift) >> shift;
}

void show_chars(struct show *s, const unsigned char *data, size_t size)
{
	const void *nul = memchr(data, 0, size);

	if (nul)
		show_bytes(s, data, (const unsigned char *)nul - data, false);
	else
		show_bytes(s, data, size - 1, true);
}

static void show_numbers(struct show *s, const struct show_field *f, const unsigned char *data,
			 size_t width)
{
	if (f->count < 2) { /* one alone needs no brackets */
		value_hex(s, number_at(data, width));
		return;
	}
	value_array(s);
	for (int i = 0; i < f->count && value_nth(s, i); i++)
		value_hex(s, number_at(data + i * width, width));
	value_array_end(s);
}

void show_number(struct show *s, enum show_form form, const char *table, uint64_t value,
		 size_t width)
{
	switch (form) {
	case FORM_SIGNED: value_signed(s, signed_of(value, width)); break;
	case FORM_UNSIGNED: value_unsigned(s, value); break;
	case FORM_MOST:
		value_constant(s, value, BASE_UNSIGNED, value == UINT64_MAX ? "UINT64_MAX" : NULL,
			       NULL);
		break;
	case FORM_HEX: value_hex(s, value); break;
	case FORM_POINTER: show_address(s, value); break;
	case FORM_OCTAL: show_mode(s, value); break;
	case FORM_ID: show_uid(s, value); break;
	case FORM_FD: show_fd(s, value); break;
	case FORM_SIGNAL: show_signal(s, value); break;
	case FORM_TICKS: show_clock_t(s, value); break;
	case FORM_CLOCK: show_clockid(s, value); break;
	case FORM_FLAGS: show_flags(s, table, value); break;
	case FORM_ENUM: show_enum(s, table, value); break;
	default: break; /* no number */
	}
}

/* One alone: `width` bytes of a number, `size` of all. */
static void show_one(struct show *s, const struct show_field *f, const unsigned char *data,
		     size_t width, size_t size)
{
	if (f->form == FORM_OTHER)
		f->print(s, data, size);
	else if (f->form == FORM_FIELDS)
		show_fields(s, f->fields, data, size);
	else if (f->form == FORM_TEXT)
		show_chars(s, data, size);
	else if (f->form == FORM_ARRAY)
		show_numbers(s, f, data, width);
	else
		show_number(s, f->form, f->table, number_at(data, width), width);
}

static bool is_zero(const unsigned char *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (data[i])
			return false;
	return true;
}

/* The bytes of one of a field's elements: a structure is as long as its alignment makes it. */
static size_t each_of(const struct show *s, const struct show_field *f)
{
	size_t width = width_of(s, f->type), align = s->compat && width > 4 ? 4 : width;

	if (f->form != FORM_FIELDS)
		return width * (f->each ? f->each : 1);
	return (show_fields_size(s, f->fields) + align - 1) & ~(align - 1);
}

/* Moves `at` to where the field is; its bytes, 0 if it is none, or this ABI does not have it. */
static size_t place(const struct show *s, const struct show_field *f, size_t *at)
{
	size_t width, align;

	if (f->type == FIELD_SEEK)
		*at = f->count;
	if (f->type == FIELD_MORE || f->type == FIELD_SEEK || (f->type == FIELD_HIGH && !s->compat))
		return 0;
	width = width_of(s, f->type);
	align = s->compat && width > 4 ? 4 : width;
	*at = (*at + align - 1) & ~(align - 1);
	return each_of(s, f) * (f->count ? f->count : 1);
}

size_t show_fields_size(const struct show *s, const struct show_field *f)
{
	size_t at = 0, most = 0;

	for (; f->type != FIELD_END; f++) {
		size_t length = place(s, f, &at);

		at += length;
		most = at > most ? at : most;
	}
	return most;
}

/* What a field's list has: as many as another field says, or as there is room for. */
static size_t count_of(const struct show *s, const struct show_field *fields,
		       const struct show_field *list, const unsigned char *data, size_t size)
{
	size_t at = 0, length, width;

	for (const struct show_field *f = fields; list->counted && f->type != FIELD_END; f++) {
		length = place(s, f, &at);
		width = width_of(s, f->type);
		if (length && at + length <= size && f->name && !strcmp(f->name, list->counted)) {
			uint64_t count = number_at(data + at, width);

			return count < list->count ? count : list->count;
		}
		at += length;
	}
	return list->count;
}

static void show_list(struct show *s, const struct show_field *f, const unsigned char *data,
		      size_t count)
{
	size_t each = each_of(s, f);

	value_array(s);
	for (size_t i = 0; i < count && value_nth(s, i); i++)
		show_one(s, f, data + i * each, each, each);
	value_array_end(s);
}

static void show_field(struct show *s, const struct show_field *f, const unsigned char *data,
		       size_t size, size_t count)
{
	if (f->form == FORM_NONE || (f->unless_0 && (f->list ? !count : is_zero(data, size))))
		return;
	value_field(s, f->name);
	if (f->list)
		show_list(s, f, data, count);
	else
		show_one(s, f, data, width_of(s, f->type), size);
}

void show_fields_within(struct show *s, const struct show_field *fields, const void *data,
			size_t size)
{
	size_t at = 0;

	for (const struct show_field *f = fields; f->type != FIELD_END; f++) {
		size_t length = place(s, f, &at), count = 0;

		if (f->type == FIELD_MORE && !value_full(s)) {
			value_more(s);
			return;
		}
		if (at + length > size)
			return;
		if (f->list)
			count = count_of(s, fields, f, data, size);
		if (length)
			show_field(s, f, (const unsigned char *)data + at, length, count);
		at += length;
	}
}

void show_fields(struct show *s, const struct show_field *fields, const void *data, size_t size)
{
	value_struct(s);
	show_fields_within(s, fields, data, size);
	value_struct_end(s);
}
