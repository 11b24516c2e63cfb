/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * writer: what makes something of the values that families describe (values.h). strace's text is
 * one writer, called directly because it is the common one: `show->writer` is NULL for it. Every
 * other is a `struct value_writer`.
 */
#ifndef SYSTAPE_VALUE_WRITER_H
#define SYSTAPE_VALUE_WRITER_H

#include "decode/values/show.h"
#include "format/flags/flags.h"

enum value_group {
	GROUP_STRUCT,  /* {field=value, ...} */
	GROUP_ARRAY,   /* [value, ...] */
	GROUP_LONE,    /* an array whose one element strace writes without brackets */
	GROUP_SET,     /* [3 4 5]: the members of a set, */
	GROUP_ALL_BUT, /* ~[9]: or those that it lacks */
	GROUP_POINTED, /* [3]: one value behind a pointer */
	GROUP_MACRO,   /* makedev(8, 1): a number as C would have it */
	GROUP_MIX,     /* AF|0x3: a number put together from parts */
	GROUP_INDEX,   /* [NAME]=value: the place of an element, before its value */
	GROUP_MEANING, /* 5 (word): of the value before it */
	GROUP_NAMED,   /* <name:value>: another value beside the one before it */
	GROUP_DETAILS, /* in parentheses behind the result */
};

enum value_slot {
	SLOT_ARGUMENT, /* of the call, by the name that its row has */
	SLOT_LABEL,    /* the same, and strace writes the name */
	SLOT_FIELD,
	SLOT_UNNAMED, /* a field whose name strace does not write */
	SLOT_ELEMENT, /* of an array or a macro */
	SLOT_MEMBER,  /* of a set */
	SLOT_PART,    /* of a mix */
	SLOT_OR,      /* another name of it */
	SLOT_AFTER,   /* what the value before it has become: before => after */
	SLOT_DETAIL,  /* of the details; the name may be NULL */
	SLOT_REST,    /* of a structure, behind the fields that are known: "bytes 24..31" */
};

enum value_base {
	BASE_SIGNED,
	BASE_UNSIGNED,
	BASE_HEX,
	BASE_SIGNED_HEX, /* -0x1 */
	BASE_OCTAL,
	BASE_NONE, /* of a macro or mix: words stand for the number even with -X raw */
};

static inline bool value_is_signed(enum value_base base)
{
	return base == BASE_SIGNED || base == BASE_SIGNED_HEX;
}

/* Why there is no value. */
enum value_missing {
	MISSING_MORE,	    /* there are more than one wants to see */
	MISSING_AT,	    /* from this address on nothing could be read */
	MISSING_UNREADABLE, /* the rest of a structure was not captured */
};

/* The length of bytes that go on nobody knows how far. */
#define VALUE_CUT UINT64_MAX

/* What a writer other than strace's text does. Texts that it is handed may be anybody's bytes. */
struct value_writer {
	const char *name;
	/* For programs: of bytes that are not all there those that are, and no dates in words. */
	bool for_programs;
	void (*slot)(struct show *show, enum value_slot slot, const char *name);
	/* `name` and `number`: of a macro or mix. */
	void (*begin)(struct show *show, enum value_group group, const char *name, uint64_t number);
	void (*end)(struct show *show, enum value_group group);
	/* The structure or array that has just ended goes on. */
	void (*reopen)(struct show *show);
	void (*number)(struct show *show, uint64_t value, enum value_base base);
	void (*address)(struct show *show, uint64_t address);
	/* A number that has a name; NULL: of a set of named ones, but none of them. */
	void (*constant)(struct show *show, uint64_t value, enum value_base base, const char *name);
	void (*flags)(struct show *show, const struct flag_table *table, uint64_t value);
	/* The first `size` of `total` bytes. */
	void (*bytes)(struct show *show, const void *data, size_t size, uint64_t total);
	/* A number told in words; in a mix, words alone. */
	void (*words)(struct show *show, uint64_t value, const char *words);
	/* More about the value just written; `key` says what. */
	void (*beside)(struct show *show, const char *key, const char *text, size_t size);
	void (*missing)(struct show *show, enum value_missing why, uint64_t address);
};

extern const struct value_writer json_values;

/* strace's text: what is more than a line. */
void text_argument(struct show *show, const char *name); /* NULL: without a name of its own */
void text_slot(struct show *show, enum value_slot slot, const char *name);
void text_begin(struct show *show, enum value_group group);
bool text_words(struct show *show, enum value_group group, const char *name, uint64_t number,
		enum value_base base);
void text_end(struct show *show, enum value_group group);
void text_named(struct show *show, const char *name);
void text_missing(struct show *show, enum value_missing why, uint64_t address);

/* A comma, unless what stands there has just been opened or named. */
void separate_text(struct text *text);

#endif
