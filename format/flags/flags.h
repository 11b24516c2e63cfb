/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flags: the names of constants, by table. A tape is decoded on machines whose headers are older or
 * another architecture's, so every value is written out: flags.def is made from the .spec files in
 * flags/ (which name the tables, their constants in print order, and the headers) by a maintainer's
 * script, tools/refresh-flags, that asks the installed kernel headers, and is kept in the tree.
 * The order of a table is its print priority: a combination such as O_RDWR|O_CREAT is taken apart
 * from the top. Used by decode/ for text and by the filters for names. Values are x86-64's.
 */
#ifndef SYSTAPE_FLAGS_H
#define SYSTAPE_FLAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flag_value {
	const char *name;
	uint64_t value;
	uint64_t mask; /* 0: plain bits; else (bits & mask) == value selects, a field of a word */
};

struct flag_table {
	const char *name;    /* as the rows in calls.tbl refer to it */
	const char *unknown; /* the comment of an unknown value, "MAP_???"; "": the number alone */
	const struct flag_value *values;
	size_t count;
	bool sorted; /* in order of values, so that lookup by value is a binary search */
};

/* The table of that name, or NULL. Constant data, binary search. */
const struct flag_table *flag_table_find(const char *name);
/* All tables, in order of their names, for tests and listings. */
const struct flag_table *flag_table_all(size_t *count);
/* The first name whose value is exactly `value`, or NULL. */
const char *flag_name(const struct flag_table *table, uint64_t value);
/*
 * All names of exactly `value` in a sorted table (an ioctl command can have several): the first of
 * `*count` consecutive entries. NULL and 0 where there is none, or where the table is not sorted.
 */
const struct flag_value *flag_names(const struct flag_table *table, uint64_t value, size_t *count);
/*
 * The value of `name` in `table`; 0, or -ENOENT. Large tables are hashed when first asked (some 10
 * KiB each, kept until the program ends); from any thread.
 */
int flag_value_by_name(const struct flag_table *table, const char *name, uint64_t *value);

/* "ENOENT" for 2, with the kernel's own 512..530 (ERESTARTSYS ...); NULL where there is none. */
const char *flag_errno_name(unsigned int error);
/* "No such file or directory" for 2, as strace prints it (glibc's strerror); NULL where none. */
const char *flag_errno_text(unsigned int error);
/* "SIGCHLD" for 17; NULL where there is none (the caller makes the real-time ones: SIGRT_n). */
const char *flag_signal_name(unsigned int signal);

#endif
