/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show_fields: structures whose text follows from a list of their fields: {a=1, b=0x2, ...}. The
 * list has them all in order, with the padding that C adds left out: offsets follow from the types
 * by the rules of the call's ABI, so one list serves 64-bit and 32-bit programs. Families keep such
 * lists in their `layouts`; others call show_fields.
 */
#ifndef SYSTAPE_SHOW_FIELDS_H
#define SYSTAPE_SHOW_FIELDS_H

#include "decode/values/show.h"

enum show_type {
	FIELD_CHAR,
	FIELD_SHORT,
	FIELD_INT,
	FIELD_LONG, /* also pointers and size_t: 4 bytes in a 32-bit ABI */
	FIELD_64,   /* aligned to 4 bytes in the i386 ABI */
	FIELD_HIGH, /* the upper half of the LONG before it in a 32-bit ABI; not there otherwise */
	FIELD_MORE, /* no field: what follows is shown with -v only, else "..." */
	FIELD_SEEK, /* no field: the next one is at offset `count` */
	FIELD_END,
};

enum show_form {
	FORM_NONE, /* not shown: padding, reserved */
	FORM_SIGNED,
	FORM_UNSIGNED,
	FORM_MOST, /* unsigned, UINT64_MAX by its name */
	FORM_HEX,
	FORM_POINTER, /* NULL for 0 */
	FORM_OCTAL,
	FORM_ID, /* -1 for 2^32-1 */
	FORM_FD,
	FORM_SIGNAL,
	FORM_CLOCK, /* a clockid */
	FORM_TICKS, /* clock_t: how many seconds that are */
	FORM_FLAGS, /* of `table` */
	FORM_ENUM,
	FORM_TEXT,  /* `count` characters, until a NUL */
	FORM_ARRAY, /* `count` numbers: [1, 2] */
	FORM_OTHER, /* `print` does it: a structure within; `count` is its size in units of the type
		     */
	FORM_FIELDS, /* a structure within, of `fields`; the type is what aligns it */
};

struct show_field {
	uint8_t type, form;
	uint16_t count; /* of an array; 0 and 1 are one */
	uint16_t each;	/* of a list by `print`: the size of one in units of the type */
	bool unless_0;	/* not shown when it is 0, or a list of none */
	bool list;	/* `count` of them: [a, b, ...] */
	const char *name;
	const char *counted; /* the field that says how many of the list there are; NULL: all */
	const char *table;
	union {
		void (*print)(struct show *show, const void *data, size_t size);
		const struct show_field *fields;
	};
};

/* Rows of a list. */
#define FIELD(type_, form_, name_)                                                                 \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_##form_, .name = name_                         \
	}
#define FIELD_UNLESS_0(type_, form_, name_)                                                        \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_##form_, .name = name_, .unless_0 = true       \
	}
#define FIELD_NAMED(type_, form_, name_, table_)                                                   \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_##form_, .name = name_, .table = table_        \
	}
#define FIELD_NAMED_UNLESS_0(type_, form_, name_, table_)                                          \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_##form_, .name = name_, .table = table_,       \
		.unless_0 = true                                                                   \
	}
#define FIELD_MANY(type_, form_, name_, count_)                                                    \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_##form_, .name = name_, .count = count_        \
	}
/* Numbers without a meaning, shown if any is not 0. */
#define FIELD_RESERVED(type_, name_, count_)                                                       \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_ARRAY, .name = name_, .count = count_,         \
		.unless_0 = true                                                                   \
	}
#define FIELD_INNER(type_, name_, count_, print_)                                                  \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_OTHER, .name = name_, .count = count_,         \
		.print = print_                                                                    \
	}
#define FIELD_WITHIN(type_, name_, fields_)                                                        \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_FIELDS, .name = name_, .fields = fields_       \
	}
/* Lists: of numbers, of structures, and of those which are not shown where there are none. */
#define FIELD_LIST(type_, form_, name_, count_, counted_)                                          \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_##form_, .name = name_, .count = count_,       \
		.list = true, .counted = counted_                                                  \
	}
#define FIELD_LIST_WITHIN(type_, name_, count_, counted_, fields_)                                 \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_FIELDS, .name = name_, .count = count_,        \
		.list = true, .counted = counted_, .fields = fields_                               \
	}
#define FIELD_LIST_UNLESS_0(type_, name_, count_, counted_, fields_)                               \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_FIELDS, .name = name_, .count = count_,        \
		.list = true, .unless_0 = true, .counted = counted_, .fields = fields_             \
	}
/* The same where `print` does it; each is so many units of the type. */
#define FIELD_LIST_INNER(type_, name_, each_, count_, counted_, print_)                            \
	{                                                                                          \
		.type = FIELD_##type_, .form = FORM_OTHER, .name = name_, .count = count_,         \
		.each = each_, .list = true, .unless_0 = true, .counted = counted_,                \
		.print = print_                                                                    \
	}
#define FIELD_TIMEVAL(name_)  FIELD_INNER(LONG, name_, 2, show_timeval)
#define FIELD_TIMESPEC(name_) FIELD_INNER(LONG, name_, 2, show_timespec)
#define FIELDS_MORE                                                                                \
	{                                                                                          \
		.type = FIELD_MORE                                                                 \
	}
#define FIELDS_AT(offset_)                                                                         \
	{                                                                                          \
		.type = FIELD_SEEK, .count = offset_                                               \
	}
#define FIELDS_END                                                                                 \
	{                                                                                          \
		.type = FIELD_END                                                                  \
	}

/* The fields in braces, as many as `size` bytes hold. */
void show_fields(struct show *show, const struct show_field *fields, const void *data, size_t size);
/* The same without the braces, in a structure that is open. */
void show_fields_within(struct show *show, const struct show_field *fields, const void *data,
			size_t size);
/* How many bytes the fields take; padding at the end does not count. */
size_t show_fields_size(const struct show *show, const struct show_field *fields);
/* The string in an array of `size` characters, cut where it has no NUL. */
void show_chars(struct show *show, const unsigned char *data, size_t size);
/* A number of `width` bytes; `form`: one that is for numbers; `table`: of FORM_FLAGS and FORM_ENUM.
 */
void show_number(struct show *show, enum show_form form, const char *table, uint64_t value,
		 size_t width);
/* Hundredths of a second, which is what clock_t counts for programs (USER_HZ), and how much that
 * is. */
void show_clock_t(struct show *show, uint64_t ticks);
/* Two words in hand, with the names of struct timespec and of struct timeval. */
void show_timespec(struct show *show, const void *data, size_t size);
void show_timeval(struct show *show, const void *data, size_t size);

#endif
