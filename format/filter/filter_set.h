/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter_set: sets of small numbers, and the outer form that all of strace's sets share:
 * `[!...]all`, `none`, or words with commas between. Only the filter*.c files use it.
 */
#ifndef SYSTAPE_FILTER_SET_H
#define SYSTAPE_FILTER_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Above every call number that a table may hold (desc_table_add refuses more) and every signal. */
#define FILTER_SET_NUMBERS 4096
/* Larger numbers that a set can name: descriptors can be any. */
#define FILTER_SET_FAR 64

struct filter_set {
	uint64_t bits[FILTER_SET_NUMBERS / 64];
	bool beyond; /* whether the numbers from FILTER_SET_NUMBERS on are in it */
	uint32_t far_count;
	uint32_t far[FILTER_SET_FAR]; /* those of them of which the contrary is true */
};

/* False if it is one of more numbers from FILTER_SET_NUMBERS on than a set has room for. */
bool filter_set_add(struct filter_set *set, uint32_t number);
void filter_set_fill(struct filter_set *set);
bool filter_set_has(const struct filter_set *set, uint32_t number);
bool filter_set_is_full(const struct filter_set *set);

/* What a kind of set knows about its words. */
struct filter_grammar {
	const char *what; /* "system call": for the message */
	/*
	 * Adds a word to the sets: 0; -ENOENT where the word is unknown; or another negative errno
	 * with a sentence of its own in `error`. The word may be written to, and is restored.
	 */
	int (*add)(const void *context, struct filter_set *sets, char *word, char *error,
		   size_t size);
	const void *context;
};

/* Whether `text` is a decimal number of at most `most`, and nothing else. */
bool filter_number(const char *text, uint32_t most, uint32_t *number);

/*
 * Reads `text` into `sets` (`count` of them, which `all` and `!` change alike). 0; -EINVAL or
 * -ENOMEM with a sentence in `error`, strace's own where strace has one, and the sets in no useful
 * state.
 */
int filter_set_parse(const struct filter_grammar *grammar, const char *text,
		     struct filter_set *sets, size_t count, char *error, size_t size);

#endif
