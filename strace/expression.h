/* SPDX-License-Identifier: GPL-2.0-or-later */
/* expression: -e NAME=SET and the long options that say the same. Called by options.c. */
#ifndef SYSTAPE_STRACE_EXPRESSION_H
#define SYSTAPE_STRACE_EXPRESSION_H

#include "strace/options.h"

/* The value of -e: false with a sentence (without program name) in `error`. */
bool expression_take(struct strace_options *options, const char *text, char *error, size_t size);
/* The same for --NAME=SET, `name` one of trace signal status quiet abbrev verbose raw. */
bool expression_take_named(struct strace_options *options, const char *name, const char *set,
			   char *error, size_t size);

#endif
