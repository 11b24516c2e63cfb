/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message: the text of a message for a person on standard error. What it is made of (file names,
 * operands, errors of others) is not to be trusted: whatever a terminal would act on is escaped
 * here, for all programs. They print it, each in its `say`.
 */
#ifndef SYSTAPE_MESSAGE_H
#define SYSTAPE_MESSAGE_H

#include <getopt.h>
#include <stdarg.h>

/*
 * One line with its newline: `NAME: ` and the text, NAME being program_invocation_name, with
 * control characters, bytes that are no UTF-8, and marks that change the direction of text as
 * \ooo. To be freed; NULL without memory.
 */
char *message_text(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* The same of any text, without name and newline. */
char *message_escaped(const char *text);

/*
 * What getopt_long would print of the word that it has refused, with opterr 0 and a ':' at the
 * beginning of the short options: `answer` is what it returned. To be freed; NULL without memory.
 */
char *message_of_option(int answer, char *const *argv, const struct option *longs);

#endif
