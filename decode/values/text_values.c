// SPDX-License-Identifier: GPL-2.0-or-later
/* values: strace's text. */
#include "decode/values/flag_walk.h"
#include "decode/values/show_lookup.h"
#include "decode/values/values.h"

#include <stdarg.h>
#include <stdio.h>

static char last(const struct text *t)
{
	return t->used ? t->data[t->used - 1] : 0;
}

void separate_text(struct text *t)
{
	char c = last(t);

	if (c && c != ' ' && c != '[' && c != '{' && c != '(' && c != '=')
		text_bytes(t, ", ", 2);
}

void text_slot(struct show *s, enum value_slot slot, const char *name)
{
	switch (slot) {
	case SLOT_ARGUMENT: value_argument(s, name); break;
	case SLOT_LABEL:
		text_argument(s, NULL);
		text_put(s->out, name);
		text_char(s->out, '=');
		break;
	case SLOT_FIELD: value_field(s, name); break;
	case SLOT_UNNAMED:
	case SLOT_ELEMENT: separate_text(s->out); break;
	case SLOT_MEMBER:
		if (last(s->out) != '[')
			text_char(s->out, ' ');
		break;
	case SLOT_PART:
		if (s->out->used != s->mix)
			text_char(s->out, '|');
		break;
	case SLOT_OR:
		if (s->out->used != s->mix)
			text_bytes(s->out, " or ", 4);
		break;
	case SLOT_AFTER: text_bytes(s->out, " => ", 4); break;
	case SLOT_DETAIL:
		separate_text(s->out);
		if (name) {
			text_put(s->out, name);
			text_char(s->out, ' ');
		}
		break;
	case SLOT_REST:
		separate_text(s->out);
		text_put(s->out, "/* ");
		text_put(s->out, name);
		text_put(s->out, " */ ");
		break;
	}
}

static void text_number(struct show *s, uint64_t value, enum value_base base)
{
	switch (base) {
	case BASE_SIGNED: text_signed(s->out, (int64_t)value); break;
	case BASE_UNSIGNED: text_unsigned(s->out, value); break;
	case BASE_SIGNED_HEX:
		if ((int64_t)value < 0) {
			text_char(s->out, '-');
			value = -value;
		}
		text_hex(s->out, value);
		break;
	case BASE_HEX: text_hex(s->out, value); break;
	case BASE_OCTAL: value_octal(s, value); break;
	case BASE_NONE: break;
	}
}

void text_begin(struct show *s, enum value_group group)
{
	switch (group) {
	case GROUP_STRUCT: text_char(s->out, '{'); break;
	case GROUP_ARRAY:
	case GROUP_SET:
	case GROUP_POINTED:
	case GROUP_INDEX: text_char(s->out, '['); break;
	case GROUP_ALL_BUT: text_bytes(s->out, "~[", 2); break;
	case GROUP_MEANING: text_bytes(s->out, " (", 2); break;
	case GROUP_DETAILS:
		s->line = s->out;
		s->out = &s->aux;
		break;
	default: break;
	}
}

/* Words that stand for a number, or behind it in a comment: in there all are words. */
bool text_words(struct show *s, enum value_group group, const char *name, uint64_t number,
		enum value_base base)
{
	if (s->plain) {
		s->plain++;
	} else if (base != BASE_NONE && s->options->raw_names) {
		text_number(s, number, base);
		if (s->options->raw_names == 1)
			return false;
		text_bytes(s->out, " /* ", 4);
		s->plain = 1;
	}
	if (group == GROUP_MACRO) {
		text_put(s->out, name);
		text_char(s->out, '(');
	} else {
		s->mix = s->out->used;
	}
	return true;
}

static void end_words(struct show *s, enum value_group group)
{
	if (group == GROUP_MACRO)
		text_char(s->out, ')');
	if (s->plain && !--s->plain)
		text_bytes(s->out, " */", 3);
}

void text_end(struct show *s, enum value_group group)
{
	switch (group) {
	case GROUP_STRUCT: text_char(s->out, '}'); break;
	case GROUP_ARRAY:
	case GROUP_SET:
	case GROUP_ALL_BUT:
	case GROUP_POINTED: text_char(s->out, ']'); break;
	case GROUP_LONE: break;
	case GROUP_INDEX: text_bytes(s->out, "]=", 2); break;
	case GROUP_MEANING: text_char(s->out, ')'); break;
	case GROUP_NAMED: text_char(s->out, '>'); break;
	case GROUP_MACRO:
	case GROUP_MIX: end_words(s, group); break;
	case GROUP_DETAILS: s->out = s->line; break;
	}
}

void text_named(struct show *s, const char *name)
{
	text_char(s->out, '<');
	text_put(s->out, name);
	text_char(s->out, ':');
}

void text_missing(struct show *s, enum value_missing why, uint64_t address)
{
	if (last(s->out) == '=')
		text_bytes(s->out, ", ", 2); /* an empty set of flags */
	else
		separate_text(s->out);
	switch (why) {
	case MISSING_MORE: text_bytes(s->out, "...", 3); break;
	case MISSING_AT:
		text_put(s->out, "... /* ");
		text_hex(s->out, address);
		text_put(s->out, " */");
		break;
	case MISSING_UNREADABLE: text_bytes(s->out, "???", 3); break;
	}
}

void value_hex_wide(struct show *s, uint64_t value, int width)
{
	if (!s->writer)
		text_printf(s->out, "%#0*llx", width, (unsigned long long)value);
	else
		s->writer->number(s, value, BASE_HEX);
}

void value_octal(struct show *s, uint64_t value)
{
	char digits[24], *at = digits + sizeof(digits);

	if (s->writer) {
		s->writer->number(s, value, BASE_OCTAL);
		return;
	}
	do
		*--at = (char)('0' + (value & 7));
	while (value >>= 3);
	while (*at != '0' || digits + sizeof(digits) - at < 3)
		*--at = '0';
	text_bytes(s->out, at, digits + sizeof(digits) - at);
}

void value_address(struct show *s, uint64_t address)
{
	if (s->writer)
		s->writer->address(s, address);
	else if (address)
		text_hex(s->out, address);
	else
		text_bytes(s->out, "NULL", 4);
}

bool value_both(const struct show *s)
{
	return !s->writer && s->options->raw_names > 1;
}

static void comment(struct show *s, const char *text)
{
	text_bytes(s->out, " /* ", 4);
	text_put(s->out, text);
	text_bytes(s->out, " */", 3);
}

void value_constant(struct show *s, uint64_t value, enum value_base base, const char *name,
		    const char *unknown)
{
	if (s->writer) {
		s->writer->constant(s, value, base, name);
		return;
	}
	if (name && (!s->options->raw_names || s->plain)) {
		if (base == BASE_SIGNED_HEX && (int64_t)value < 0)
			text_char(s->out, '-');
		text_put(s->out, name);
		return;
	}
	text_number(s, value, base);
	/* That a number is unknown is said in a comment, too, within the other. */
	if (s->options->raw_names != 1 && (name || (unknown && *unknown)))
		comment(s, name ? name : unknown);
}

void value_constant_within(struct show *s, uint64_t value, enum value_base base, const char *name,
			   const char *unknown)
{
	uint8_t plain = s->plain;

	s->plain = 0;
	value_constant(s, value, base, name, unknown);
	s->plain = plain;
}

static const char *walk_flags(struct text *out, const struct flag_table *t, uint64_t value)
{
	struct flag_walk walk = flag_walk_begin(value);
	const char *name;

	while ((name = flag_walk_next(t, &walk))) {
		text_put(out, name);
		text_char(out, '|');
	}
	if (walk.any && !walk.left) {
		out->used -= out->used > 0; /* the last bar */
		return NULL;
	}
	text_hex(out, walk.left);
	return walk.any || !walk.left ? NULL : t->unknown;
}

/* `unknown`: the comment that belongs behind them, or NULL. */
static void flag_words(struct show *s, const struct flag_table *t, uint64_t value,
		       const char **unknown)
{
	struct flag_text *known = show_lookup_flags(s->lookup, t, value);
	struct text *out = s->out;
	size_t before = out->used, size;

	if (known->table == t && known->value == value) {
		text_bytes(out, known->text, known->size);
		*unknown = known->unknown;
		return;
	}
	*unknown = walk_flags(out, t, value);
	size = out->used - before;
	if (out->fd >= 0 || size > sizeof(known->text)) /* it may have been written meanwhile */
		return;
	*known = (struct flag_text){
		.table = t, .value = value, .unknown = *unknown, .size = (uint32_t)size
	};
	memcpy(known->text, out->data + before, size);
}

void value_flag_words(struct show *s, const struct flag_table *t, uint64_t value)
{
	const char *unknown;

	if (s->writer) {
		s->writer->flags(s, t, value);
		return;
	}
	flag_words(s, t, value, &unknown);
	if (unknown && *unknown)
		comment(s, unknown);
}

/* The names, or that there are none, once; nothing where no bit is set and nothing is called so. */
static void flags_comment(struct show *s, const struct flag_table *t, uint64_t value)
{
	size_t before = s->out->used;
	struct flag_walk walk = flag_walk_begin(value);
	const char *unknown;

	if (!(t->unknown && *t->unknown) && !flag_walk_next(t, &walk))
		return;
	text_bytes(s->out, " /* ", 4);
	flag_words(s, t, value, &unknown);
	if (unknown && *unknown) {
		s->out->used = before;
		comment(s, unknown);
	} else if (!value && s->out->used == before + strlen(" /* 0")) {
		s->out->used = before;
	} else {
		text_bytes(s->out, " */", 3);
	}
}

void value_flags(struct show *s, const struct flag_table *t, uint64_t value)
{
	if (s->writer || !s->options->raw_names || s->plain) {
		value_flag_words(s, t, value);
		return;
	}
	text_hex(s->out, value);
	if (s->options->raw_names == 2)
		flags_comment(s, t, value);
}

void value_flags_any(struct show *s, const struct flag_table *t, uint64_t value)
{
	if (value || s->writer)
		value_flags(s, t, value);
}

void value_constant_always(struct show *s, uint64_t value, enum value_base base, const char *name,
			   const char *unknown)
{
	if (s->writer) {
		s->writer->constant(s, value, base, name);
		return;
	}
	text_number(s, value, base);
	if (name || (unknown && *unknown))
		comment(s, name ? name : unknown);
}

void value_constant_both(struct show *s, uint64_t value, enum value_base base, const char *name,
			 const char *unknown)
{
	bool words = s->options->raw_names != 1;

	value_constant_always(s, value, base, s->writer || words ? name : NULL,
			      words ? unknown : NULL);
}

void value_flags_both(struct show *s, const struct flag_table *t, uint64_t value)
{
	if (s->writer) {
		s->writer->flags(s, t, value);
		return;
	}
	text_hex(s->out, value);
	if (value && s->options->raw_names != 1)
		flags_comment(s, t, value);
}

void value_words(struct show *s, uint64_t value, const char *words)
{
	if (s->writer)
		s->writer->words(s, value, words);
	else
		text_put(s->out, words);
}

static void quoted(struct show *s, const void *data, size_t size, uint64_t total,
		   enum text_quoting quoting)
{
	if (s->writer) {
		s->writer->bytes(s, data, size, total);
		return;
	}
	text_quoted(s->out, data, size, quoting);
	if (total > size)
		text_bytes(s->out, "...", 3);
}

void value_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	quoted(s, data, size, total, s->options->quoting);
}

void value_string_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	bool words = s->writer || s->options->quoting == TEXT_QUOTE_OCTAL ||
		     s->options->quoting == TEXT_QUOTE_HEX_CHARS;

	if (words && size && !((const char *)data)[size - 1])
		value_bytes(s, data, size - 1, size - 1);
	else
		value_bytes(s, data, size, total);
}

void value_hex_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	quoted(s, data, size, total, TEXT_QUOTE_HEX_ALL);
}

void value_given(struct show *s, const char *text, size_t size)
{
	if (s->writer)
		s->writer->bytes(s, text, size, size);
	else
		text_bytes(s->out, text, size);
}

void value_text(struct show *s, const char *text)
{
	value_given(s, text, strlen(text));
}

void value_no_result(struct show *s)
{
	if (s->writer)
		s->writer->address(s, 0);
	else
		text_char(s->out, '?');
}

/* Every tenth call fails: not by printf. */
void value_error(struct show *s, const char *name, const char *text)
{
	const char *key = name ? name : text;

	if (s->writer) {
		s->writer->beside(s, "error", key, strlen(key));
		return;
	}
	text_char(s->out, ' ');
	if (name) {
		text_put(s->out, name);
		text_char(s->out, ' ');
	}
	text_char(s->out, '(');
	text_put(s->out, text);
	text_char(s->out, ')');
}

void value_put_details(struct show *s)
{
	if (s->writer || !s->aux.used)
		return;
	text_bytes(s->out, " (", 2);
	text_bytes(s->out, s->aux.data, s->aux.used);
	text_char(s->out, ')');
}

void value_remark(struct show *s, const char *text)
{
	if (s->writer)
		s->writer->beside(s, "comment", text, strlen(text));
	else
		comment(s, text);
}

void value_remarkf(struct show *s, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	value_remark(s, text);
}

void value_beside(struct show *s, const char *key, const char *text, size_t size)
{
	if (s->writer)
		s->writer->beside(s, key, text, size);
	else
		text_angled(s->out, text, size, s->options->quoting);
}
