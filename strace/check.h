/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check: whether values, and options together, make sense; what does not is said in strace's words.
 * Called by options.c, so that a mistake is found before a command is started. */
#ifndef SYSTAPE_STRACE_CHECK_H
#define SYSTAPE_STRACE_CHECK_H

#include "strace/options.h"

/* The columns of -U: of a list the word that is wrong, with a sentence in `error`. */
bool check_columns(const char *list, char *error, size_t size);

/* All options together, in strace's order; works out which of them are in effect. False: a
 * sentence was printed. What has no effect is said, and does no harm. */
bool check_together(struct strace_options *options);
/* What strace says of -q only when the log is open. */
bool check_quiet(const struct strace_options *options);

#endif
