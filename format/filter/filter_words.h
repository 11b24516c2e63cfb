/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter_words: the table of the words that `-e trace=SET` may consist of. filter_calls.c reads
 * sets by it, filter_help() prints it.
 */
#ifndef SYSTAPE_FILTER_WORDS_H
#define SYSTAPE_FILTER_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum filter_how {
	FILTER_SYNTAX, /* part of the grammar around the words; here for the help only */
	FILTER_NUMBER,
	FILTER_NAME,
	FILTER_REGEX,
	FILTER_GLOB,
	FILTER_CLASS,	 /* calls of any of these classes */
	FILTER_KNOWN,	 /* calls with a row */
	FILTER_EVERY,	 /* these, and the numbers without one */
	FILTER_FUNCTION, /* kernel functions, which are no calls */
};

struct filter_word {
	const char *word;
	const char *argument; /* what follows the word in the help; "": nothing may follow */
	enum filter_how how;
	uint32_t classes;
	const char *help;
};

/* The row of the table at `i`, or NULL past the last. */
const struct filter_word *filter_word_at(size_t i);
/* The row that `text` is read by. There is always one: the last stands for the name of a call. */
const struct filter_word *filter_word_find(const char *text);

#endif
