/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log_dress: what others have put around strace's text: the journal's columns before each line,
 * colours, messages of the tracer in the middle of a line. Called by the importer.
 */
#ifndef SYSTAPE_LOG_DRESS_H
#define SYSTAPE_LOG_DRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `Mar 09 10:11:12 host tag[611]: `: how long it is, and where its tag is; 0 if it is none. */
size_t log_dress_journal(const char *line, size_t size, const char **tag, size_t *tag_size);
/* Copies what is no colour to `to`, which has room for `size`: how many bytes. */
size_t log_dress_plain(const char *line, size_t size, char *to);
/*
 * A message of the tracer at the end: how much of the line is before it, and whose it is if it says
 * that a thread is attached, else 0.
 */
size_t log_dress_message(const char *line, size_t size, uint32_t *attached);

#endif
