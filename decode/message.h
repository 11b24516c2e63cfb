/* SPDX-License-Identifier: GPL-2.0-or-later */
/* message: the one way from systape-decode to standard error. */
#ifndef SYSTAPE_DECODE_MESSAGE_H
#define SYSTAPE_DECODE_MESSAGE_H

#include "format/message.h"

#include <stdbool.h>

/* A line on standard error: the program's name and the text, escaped. No newline in it. */
void decode_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same of a mistake on the command line, where --help shows how; returns false. */
bool decode_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* From here on nothing is said: another process does. */
void decode_silence(void);
void decode_vsay(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

#endif
