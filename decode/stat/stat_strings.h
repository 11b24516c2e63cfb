/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat_strings: each string of keys once, with a number. Those that no row has any more make room:
 * who keeps a number takes a reference. A string may have a label, what is shown in its place, as
 * a socket whose addresses become known later than its number. Used by stat_table and stat_keys.
 */
#ifndef SYSTAPE_STAT_STRINGS_H
#define SYSTAPE_STAT_STRINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stat_strings;

struct stat_strings *stat_strings_new(void);
void stat_strings_free(struct stat_strings *strings);

/* The number of the bytes, from 1; 0 without memory, and of no bytes. It is gone when the last
 * reference is: a new one waits for its first. */
uint32_t stat_strings_number(struct stat_strings *strings, const void *bytes, size_t size);
/* The same of bytes that have a number already; 0: they have none. */
uint32_t stat_strings_find(const struct stat_strings *strings, const void *bytes, size_t size);
void stat_strings_ref(struct stat_strings *strings, uint32_t number);
void stat_strings_unref(struct stat_strings *strings, uint32_t number);

/* What is shown of it: the label, else the bytes. */
const char *stat_strings_text(const struct stat_strings *strings, uint32_t number, size_t *size);
/* Whether the label was made of something else than what has this hash: it is to be made anew. */
bool stat_strings_stale(const struct stat_strings *strings, uint32_t number, uint64_t hash);
void stat_strings_label(struct stat_strings *strings, uint32_t number, uint64_t hash,
			const void *bytes, size_t size);

/* Bytes that they take. */
size_t stat_strings_size(const struct stat_strings *strings);

/* The hash that tables and strings use, of any bytes. */
uint64_t stat_hash(const void *bytes, size_t size);

#endif
