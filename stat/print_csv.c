// SPDX-License-Identifier: GPL-2.0-or-later
/* A table as comma-separated values (RFC 4180). Times are integers in nanoseconds; what is not
 * known is empty. Bytes that are not printable ASCII are escaped as in text. */
#include "format/flags/flags.h"
#include "stat/stat_view.h"

#include <inttypes.h>
#include <stdio.h>

static void put_field(struct text *out, struct text *room, const char *bytes, size_t size)
{
	room->used = 0;
	text_escaped(room, bytes, size, NULL);
	if (!memchr(room->data, ',', room->used) && !memchr(room->data, '"', room->used)) {
		text_bytes(out, room->data, room->used);
		return;
	}
	text_char(out, '"');
	for (size_t i = 0; i < room->used; i++) {
		if (room->data[i] == '"')
			text_char(out, '"');
		text_char(out, room->data[i]);
	}
	text_char(out, '"');
}

static void put_value(struct text *out, enum stat_unit unit, uint64_t value)
{
	const char *name;
	char text[40];

	switch (unit) {
	case UNIT_COUNT:
	case UNIT_TIME: text_unsigned(out, value); break;
	case UNIT_SHARE: text_printf(out, "%.4f", (double)value / 10000); break;
	case UNIT_MOMENT:
		stat_view_moment(value, text);
		text_put(out, text);
		break;
	case UNIT_SIGNAL:
		name = flag_signal_name((unsigned int)value);
		if (name)
			text_put(out, name);
		else
			text_unsigned(out, value);
		break;
	}
}

static void put_key(struct text *out, struct text *room, const struct stat_view *v,
		    const struct stat_row *row, unsigned int i)
{
	struct stat_label label;

	stat_key_label(v->collect->options->key[i], v->collect->strings, row->key[i], &label);
	if (label.kind == STAT_NUMBER)
		text_unsigned(out, label.number);
	else if (label.kind == STAT_TEXT)
		put_field(out, room, label.text, label.size);
	text_char(out, ',');
}

static void put_head(struct text *out, const struct stat_view *v)
{
	if (v->options->stat.interval)
		text_put(out, "from,to,");
	for (unsigned int k = v->first_key; k < v->collect->options->keys; k++)
		text_printf(out, "%s,", v->collect->options->key[k]->name);
	for (size_t i = 0; i < v->columns; i++)
		text_printf(out, "%s%s", i ? "," : "", v->column[i]->name);
	text_put(out, "\r\n");
}

static void put_interval(struct text *out, const struct stat_view *v)
{
	if (!v->options->stat.interval)
		return;
	put_value(out, UNIT_MOMENT, v->collect->begin);
	text_char(out, ',');
	put_value(out, UNIT_MOMENT, v->collect->end);
	text_char(out, ',');
}

static void put_values(struct text *out, const struct stat_view *v, const struct stat_row *row)
{
	uint64_t value;

	for (size_t i = 0; i < v->columns; i++) {
		if (i)
			text_char(out, ',');
		if (v->column[i]->value(row, v->all, &value))
			put_value(out, v->column[i]->unit, value);
	}
	text_put(out, "\r\n");
}

void print_csv(struct text *out, const struct stat_view *v, bool head)
{
	struct text room;

	if (text_open(&room, -1))
		return;
	if (head)
		put_head(out, v);
	for (size_t i = 0; i < v->count; i++) {
		put_interval(out, v);
		for (unsigned int k = v->first_key; k < v->collect->options->keys; k++)
			put_key(out, &room, v, v->rows[i], k);
		put_values(out, v, v->rows[i]);
	}
	if (v->others->sums.calls || v->hidden) {
		put_interval(out, v);
		text_put(out, "(others)");
		for (unsigned int k = v->first_key; k < v->collect->options->keys; k++)
			text_char(out, ',');
		put_values(out, v, v->others);
	}
	text_close(&room);
}
