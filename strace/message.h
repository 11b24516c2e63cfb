/* SPDX-License-Identifier: GPL-2.0-or-later */
/* message: the one way from systape-strace to standard error. */
#ifndef SYSTAPE_STRACE_MESSAGE_H
#define SYSTAPE_STRACE_MESSAGE_H

#include "format/message.h"

#include <stdbool.h>

/* A line on standard error: the program's name and the text, escaped. No newline in it. */
void strace_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void strace_vsay(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* The same, for an option that is no good: both return false. strace_wrong adds the last line. */
bool strace_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool strace_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* strace's last line where its command line is wrong. */
void strace_say_try(void);

#endif
