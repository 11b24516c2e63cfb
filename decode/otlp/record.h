/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record: spans and log records as messages. Each is begun, takes attributes, and is ended; it
 * stands in a text that is kept. Called by otlp and programs.
 */
#ifndef SYSTAPE_OTLP_RECORD_H
#define SYSTAPE_OTLP_RECORD_H

#include "decode/text/text.h"

/* The fields that attributes are in. */
enum { SPAN_ATTRIBUTE = 9, LOG_ATTRIBUTE = 6 };

/* Severities of log records. */
enum { LOG_INFO = 9, LOG_WARN = 13 };

struct trace_id {
	unsigned char bytes[16];
};

/* A number that others of the trace do not have, of what makes it one: never 0. */
uint64_t record_id(uint64_t kind, uint64_t number, uint64_t time);

struct span {
	const struct trace_id *trace;
	uint64_t id, parent; /* parent 0: it has none */
	const char *name;
	size_t name_size;
	uint64_t begin, end; /* ns since 1970 */
};

/* Overwrites the text. */
void span_put(struct text *text, const struct span *span);
/* It has failed, and why. */
void span_failed(struct text *text, const char *why);
/* Attributes that could not be kept. */
void span_dropped(struct text *text, uint64_t count);

/* Overwrites the text. `span` 0: it is in none. */
void log_put(struct text *text, const struct trace_id *trace, uint64_t span, uint64_t time,
	     int severity);
/* The body is what is written, in ASCII, between these two. */
struct log_body {
	size_t value, string;
};
struct log_body log_body_begin(struct text *text);
void log_body_end(struct text *text, struct log_body body);

#endif
