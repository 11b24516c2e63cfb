/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log_input: the lines of several files, in the order of their times where they have any, as those
 * of strace -ff; else one file behind another. Called by main.
 */
#ifndef SYSTAPE_LOG_INPUT_H
#define SYSTAPE_LOG_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct log_input;

struct log_source_line {
	const char *line;
	size_t size;
	bool newline;  /* follows it: else it is the last, or longer than anybody wants to know */
	uint32_t tid;  /* of the file, by its name; 0: the name does not say */
	size_t source; /* which file */
	bool first;    /* of all */
};

/* Free with log_input_free (NULL accepted). NULL without memory. */
struct log_input *log_input_new(void);
void log_input_free(struct log_input *input);
/* Adds a file that is open: false without memory. */
bool log_input_add(struct log_input *input, int fd, const char *name);
/* The next line, valid until the next call: 1, 0 at the end, or a negative errno. */
int log_input_next(struct log_input *input, struct log_source_line *line);
/* What is at hand behind the line that came last, of the same file. */
size_t log_input_ahead(const struct log_input *input, const char **text);
/* Bytes that have been read. */
uint64_t log_input_bytes(const struct log_input *input);

#endif
