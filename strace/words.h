/* SPDX-License-Identifier: GPL-2.0-or-later */
/* words: a list of words that grows: the command line that systape is started with. */
#ifndef SYSTAPE_STRACE_WORDS_H
#define SYSTAPE_STRACE_WORDS_H

#include <stddef.h>

struct words {
	const char **word; /* NULL-terminated once something was added; the strings are not owned */
	size_t count, room;
};

/* Adds a word; ends the program with a sentence without memory. */
void words_add(struct words *words, const char *word);

#endif
