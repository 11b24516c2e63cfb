/* SPDX-License-Identifier: GPL-2.0-or-later */
/* message: the one way from systape to standard error. */
#ifndef SYSTAPE_TRACER_MESSAGE_H
#define SYSTAPE_TRACER_MESSAGE_H

#include "format/message.h"

#include <stdbool.h>

/* A line on standard error: the program's name and the text, escaped. No newline in it. */
void tracer_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same of a mistake on the command line, where --help shows how; returns false. */
bool tracer_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
void tracer_vsay(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* The same for each line of a text that others have made. */
void tracer_say_lines(const char *text);

#endif
