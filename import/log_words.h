/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log_words: what names of errors and signals mean. Called by log_body. */
#ifndef SYSTAPE_LOG_WORDS_H
#define SYSTAPE_LOG_WORDS_H

#include <stddef.h>

struct log_words;

/* What names mean: errors, signals. NULL without memory. */
struct log_words *log_words_new(void);
void log_words_free(struct log_words *words);

/* The errno or signal with the name: 0 if there is none. */
int log_words_error(const struct log_words *words, const char *name, size_t size);
int log_words_signal(const struct log_words *words, const char *name, size_t size);

#endif
