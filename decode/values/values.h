/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values: what families (net/, file/, process/, device/) say of a call: a structure, its fields by
 * name, numbers, constants, flags, bytes, what could not be read. A writer makes something of it
 * (writer.h): strace's text (text_values.c), which alone knows of braces, quotes and dots, and of
 * -X, -x, -s and -v, or JSON (json_values.c).
 *
 * A slot (argument, field, element, ...) is followed by its one value, a number or a group of
 * further slots. Nobody but a writer puts anything between them.
 */
#ifndef SYSTAPE_VALUES_H
#define SYSTAPE_VALUES_H

#include "decode/values/writer.h"

/* Slots. */
static inline void value_slot(struct show *s, enum value_slot slot, const char *name)
{
	if (!s->writer)
		text_slot(s, slot, name);
	else
		s->writer->slot(s, slot, name);
}

static inline void value_argument(struct show *s, const char *name)
{
	if (s->writer)
		s->writer->slot(s, SLOT_ARGUMENT, name);
	else if (s->told)
		text_argument(s, name);
	else if (s->out->used != s->first)
		text_bytes(s->out, ", ", 2);
}

static inline void value_label(struct show *s, const char *name)
{
	value_slot(s, SLOT_LABEL, name);
}

static inline void value_field(struct show *s, const char *name)
{
	if (s->writer) {
		s->writer->slot(s, SLOT_FIELD, name);
		return;
	}
	if (s->out->used && s->out->data[s->out->used - 1] != '{')
		text_bytes(s->out, ", ", 2);
	text_put(s->out, name);
	text_char(s->out, '=');
}

static inline void value_unnamed(struct show *s, const char *name)
{
	value_slot(s, SLOT_UNNAMED, name);
}

static inline void value_element(struct show *s)
{
	value_slot(s, SLOT_ELEMENT, NULL);
}

static inline void value_member(struct show *s)
{
	value_slot(s, SLOT_MEMBER, NULL);
}

static inline void value_part(struct show *s)
{
	value_slot(s, SLOT_PART, NULL);
}

static inline void value_or(struct show *s)
{
	value_slot(s, SLOT_OR, NULL);
}

static inline void value_becomes(struct show *s)
{
	value_slot(s, SLOT_AFTER, NULL);
}

static inline void value_detail(struct show *s, const char *name)
{
	value_slot(s, SLOT_DETAIL, name);
}

static inline void value_rest(struct show *s, const char *range)
{
	value_slot(s, SLOT_REST, range);
}

/* Groups. */
static inline void value_begin(struct show *s, enum value_group group)
{
	if (!s->writer)
		text_begin(s, group);
	else
		s->writer->begin(s, group, NULL, 0);
}

static inline void value_end(struct show *s, enum value_group group)
{
	if (!s->writer)
		text_end(s, group);
	else
		s->writer->end(s, group);
}

static inline void value_struct(struct show *s)
{
	if (!s->writer)
		text_char(s->out, '{');
	else
		s->writer->begin(s, GROUP_STRUCT, NULL, 0);
}

static inline void value_struct_end(struct show *s)
{
	if (!s->writer)
		text_char(s->out, '}');
	else
		s->writer->end(s, GROUP_STRUCT);
}

static inline void value_array(struct show *s)
{
	value_begin(s, GROUP_ARRAY);
}

static inline void value_array_end(struct show *s)
{
	value_end(s, GROUP_ARRAY);
}

static inline void value_pointed(struct show *s)
{
	value_begin(s, GROUP_POINTED);
}

static inline void value_pointed_end(struct show *s)
{
	value_end(s, GROUP_POINTED);
}

/*
 * NAME(element, ...) for `number`. False where the number alone is wanted, and has been written:
 * then without elements and end.
 */
static inline bool value_macro(struct show *s, const char *name, uint64_t number,
			       enum value_base base)
{
	if (!s->writer)
		return text_words(s, GROUP_MACRO, name, number, base);
	s->writer->begin(s, GROUP_MACRO, name, number);
	return true;
}

static inline void value_macro_end(struct show *s)
{
	value_end(s, GROUP_MACRO);
}

/* Words between the parts of a mix. */
static inline void value_say(struct show *s, const char *words)
{
	if (!s->writer)
		text_put(s->out, words);
	else
		s->writer->words(s, 0, words);
}

/* The same for part|part. With BASE_NONE each part follows -X for itself. */
static inline bool value_mix(struct show *s, uint64_t number, enum value_base base)
{
	if (!s->writer)
		return text_words(s, GROUP_MIX, NULL, number, base);
	s->writer->begin(s, GROUP_MIX, NULL, number);
	return true;
}

static inline void value_mix_end(struct show *s)
{
	value_end(s, GROUP_MIX);
}

/* 5 (word): what the value before it means. */
static inline void value_meaning(struct show *s)
{
	value_begin(s, GROUP_MEANING);
}

static inline void value_meaning_end(struct show *s)
{
	value_end(s, GROUP_MEANING);
}

/* What stands in parentheses behind the result. */
static inline void value_details(struct show *s)
{
	value_begin(s, GROUP_DETAILS);
}

static inline void value_details_end(struct show *s)
{
	value_end(s, GROUP_DETAILS);
}

/* The structure that has just ended goes on, with more fields and another end. */
static inline void value_reopen(struct show *s)
{
	if (!s->writer)
		s->out->used -= s->out->used > 0;
	else
		s->writer->reopen(s);
}

/* Numbers. */
static inline void value_signed(struct show *s, int64_t value)
{
	if (!s->writer)
		text_signed(s->out, value);
	else
		s->writer->number(s, (uint64_t)value, BASE_SIGNED);
}

static inline void value_unsigned(struct show *s, uint64_t value)
{
	if (!s->writer)
		text_unsigned(s->out, value);
	else
		s->writer->number(s, value, BASE_UNSIGNED);
}

static inline void value_hex(struct show *s, uint64_t value)
{
	if (!s->writer)
		text_hex(s->out, value);
	else
		s->writer->number(s, value, BASE_HEX);
}

/* As printf's %#0*llx. */
void value_hex_wide(struct show *show, uint64_t value, int width);
/* At least three digits, with a leading 0. */
void value_octal(struct show *show, uint64_t value);
/* A pointer, or memory that was not captured: NULL or 0x... */
void value_address(struct show *show, uint64_t address);

/* Names. `unknown`: strace's comment on a number that has none; NULL for no comment. */
void value_constant(struct show *show, uint64_t value, enum value_base base, const char *name,
		    const char *unknown);
/* The same where strace writes number and name by itself. */
void value_constant_both(struct show *show, uint64_t value, enum value_base base, const char *name,
			 const char *unknown);
/* The same with -X raw, too. */
void value_constant_always(struct show *show, uint64_t value, enum value_base base,
			   const char *name, const char *unknown);
/* The same where it has its comment within the comment of a group, too. */
void value_constant_within(struct show *show, uint64_t value, enum value_base base,
			   const char *name, const char *unknown);
/* Bits of a table. */
void value_flags(struct show *show, const struct flag_table *table, uint64_t value);
/* The same where strace writes nothing for no bits. */
void value_flags_any(struct show *show, const struct flag_table *table, uint64_t value);
/* The same, as words with -X raw, too. */
void value_flag_words(struct show *show, const struct flag_table *table, uint64_t value);
/* The same where strace writes number and names by itself. */
void value_flags_both(struct show *show, const struct flag_table *table, uint64_t value);
/* A number told in words of its own. */
void value_words(struct show *show, uint64_t value, const char *words);

/* The first `size` of `total` bytes, quoted. */
void value_bytes(struct show *show, const void *data, size_t size, uint64_t total);
/* The same of what is often a string: a NUL at the end of what is shown is left out, unless bytes
 * are hexadecimal. */
void value_string_bytes(struct show *show, const void *data, size_t size, uint64_t total);
/* The same, each byte as \xhh. */
void value_hex_bytes(struct show *show, const void *data, size_t size, uint64_t total);

/* What is text by itself, and stands without quotes. */
void value_text(struct show *show, const char *text);
/* The same of `size` bytes: words of a text that a tape was made of. */
void value_given(struct show *show, const char *text, size_t size);

/* A number in network order, `size` bytes: htons(80). */
void value_net(struct show *show, const char *function, const void *data, size_t size);
/* The same around words of its own: htons(ETH_P_IP). False where the bytes alone are wanted: then
 * without words and end. */
bool value_net_words(struct show *show, const char *function, const void *data, size_t size);
void value_net_words_end(struct show *show);
/* A socket's name: a path, or @"name" for one that begins with a NUL. */
void value_socket_name(struct show *show, const char *name, size_t size);
/* inet_addr("127.0.0.1"), inet_pton(AF_INET6, "::1"): with `name` the field of that name. */
void value_inet(struct show *show, const char *name, int family, const void *address);
/* The same where the field has `size` bytes, whatever the address needs: -X shows them. */
void value_inet_within(struct show *show, const char *name, int family, const void *address,
		       size_t size);
/* 01:02:03:ab:00:06; `size` is 32 at most. */
void value_mac(struct show *show, const void *address, size_t size);
/* The same of an address with `size` bytes, of which words tell `shown`. */
void value_mac_within(struct show *show, const void *address, size_t size, size_t shown);

/* In place of a result: the call has none. */
void value_no_result(struct show *show);
/* The error that the result before it stands for; `name` is NULL for one that has none. */
void value_error(struct show *show, const char *name, const char *text);
/* The details, where strace has them: behind the result. */
void value_put_details(struct show *show);

/* About the value before it. */
void value_remark(struct show *show, const char *text);
void value_remarkf(struct show *show, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* <name:value>: another value beside the one before it. */
static inline void value_named(struct show *s, const char *name)
{
	if (!s->writer)
		text_named(s, name);
	else
		s->writer->begin(s, GROUP_NAMED, name, 0);
}

static inline void value_named_end(struct show *s)
{
	value_end(s, GROUP_NAMED);
}

/* Of descriptors: a device's path and numbers, a socket (protocol, its ends, its name or NULL),
 * that a file has no name any more. */
void value_device(struct show *show, const char *path, const char *words);
void value_socket(struct show *show, const char *protocol, const char *ends, const char *name,
		  size_t size);
void value_deleted(struct show *show);
/* <text>: `key` is what it is of the value: its path, its comm. */
void value_beside(struct show *show, const char *key, const char *text, size_t size);

/* The same of words of our own. */
void value_beside_words(struct show *show, const char *key, const char *words);

/* What is not there. They stand in a place of their own: no slot before them. */
static inline void value_missing(struct show *s, enum value_missing why, uint64_t address)
{
	if (!s->writer)
		text_missing(s, why, address);
	else
		s->writer->missing(s, why, address);
}

static inline void value_more(struct show *s)
{
	value_missing(s, MISSING_MORE, 0);
}

/* A value that is there and is not to be seen, in its slot. */
static inline void value_left_out(struct show *s)
{
	if (!s->writer)
		text_bytes(s->out, "...", 3);
	else
		s->writer->missing(s, MISSING_MORE, 0);
}

/* The same for one that was not captured. */
static inline void value_cut(struct show *s)
{
	if (!s->writer)
		text_bytes(s->out, "???", 3);
	else
		s->writer->missing(s, MISSING_UNREADABLE, 0);
}

static inline void value_more_at(struct show *s, uint64_t address)
{
	value_missing(s, MISSING_AT, address);
}

static inline void value_unreadable(struct show *s)
{
	value_missing(s, MISSING_UNREADABLE, 0);
}

/* Whether all fields are wanted. If not, a family says value_more where some are left out. */
static inline bool value_full(const struct show *s)
{
	return s->writer || s->options->verbose;
}

/* Whether a number that has been written needs no words behind it. */
static inline bool value_numbers(const struct show *s)
{
	return !s->writer && s->options->raw_names == 1;
}

/* Whether strace's text is to have numbers and words. */
bool value_both(const struct show *show);

/* How many elements are wanted. */
static inline uint64_t value_limit(const struct show *s)
{
	return value_full(s) ? UINT64_MAX : s->options->string_size;
}

/* Element number `i` of an array; false where no more are wanted, which has been said then. */
static inline bool value_nth(struct show *s, uint64_t i)
{
	if (i >= value_limit(s)) {
		value_more(s);
		return false;
	}
	value_element(s);
	return true;
}

/* strace's text has room for so much and no more: where it is at (0 for other writers), and whether
 * it is beyond `most`; then what came behind `before` is taken back. */
static inline size_t value_used(const struct show *s)
{
	return s->writer ? 0 : s->out->used;
}

/* The same of the arguments: all of them while details are written. */
static inline size_t value_arguments_used(const struct show *s)
{
	return s->out == &s->aux ? s->line->used : value_used(s);
}

static inline bool value_overflows(struct show *s, size_t most, size_t before)
{
	if (s->writer || s->out->used < most)
		return false;
	s->out->used = before;
	return true;
}

/* How many bytes are wanted of `size`. */
static inline uint64_t value_wanted(const struct show *s, uint64_t size)
{
	return size < s->options->string_size ? size : s->options->string_size;
}

/* Whether strace's text is written: words that a tape was given stand as they are, and addresses
 * where strace has them. */
static inline bool value_is_text(const struct show *s)
{
	return !s->writer;
}

static inline bool value_for_programs(const struct show *s)
{
	return s->writer && s->writer->for_programs;
}

/* How many bytes of those can be shown, if `found` of them are there; 0: the address stands for
 * them. */
static inline uint64_t value_found(const struct show *s, uint64_t wanted, uint64_t found)
{
	return found >= wanted ? wanted : value_for_programs(s) ? found : 0;
}

/* IOPRIO_PRIO_VALUE(class, 4). */
void show_io_priority(struct show *show, uint32_t priority, enum value_base base);

/* A field and its number. */
static inline void field_signed(struct show *s, const char *name, int64_t value)
{
	value_field(s, name);
	value_signed(s, value);
}

static inline void field_unsigned(struct show *s, const char *name, uint64_t value)
{
	value_field(s, name);
	value_unsigned(s, value);
}

static inline void field_hex(struct show *s, const char *name, uint64_t value)
{
	value_field(s, name);
	value_hex(s, value);
}

static inline void field_address(struct show *s, const char *name, uint64_t value)
{
	value_field(s, name);
	value_address(s, value);
}

static inline void field_flags(struct show *s, const char *name, const char *table, uint64_t value)
{
	value_field(s, name);
	show_flags(s, table, value);
}

static inline void field_enum(struct show *s, const char *name, const char *table, uint64_t value)
{
	value_field(s, name);
	show_enum(s, table, value);
}

#endif
