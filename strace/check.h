/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check: whether values, and options together, make sense; what does not is said in strace's words.
 * Called by options.c, so that a mistake is found before a command is started. */
#ifndef SYSTAPE_STRACE_CHECK_H
#define SYSTAPE_STRACE_CHECK_H

#include "strace/options.h"

/* The columns of -U: of a list the word that is wrong, with a sentence in `error`. */
bool check_columns(const char *list, char *error, size_t size);

/* What is said by a letter and by its word: NULL, or a sentence. */
const char *check_twice(const struct strace_options *options);
/* All options together: NULL, or a sentence. What has no effect is said on standard error, and
 * does no harm. */
const char *check_together(const struct strace_options *options);

#endif
