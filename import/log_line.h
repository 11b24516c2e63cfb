/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log_line: one line of strace's text, taken apart as far as that can be done without the lines
 * before it: process, time, and the event that it tells of. Called by the importer.
 */
#ifndef SYSTAPE_LOG_LINE_H
#define SYSTAPE_LOG_LINE_H

#include "format/tape/record.h"
#include "import/log_words.h"

#include <stdbool.h>
#include <stddef.h>

enum log_kind {
	LOG_TEXT,	/* nothing that is known */
	LOG_CALL,	/* name(args) = result */
	LOG_BEGUN,	/* name(args <unfinished ...> */
	LOG_LEFT,	/* name(args <detached ...> */
	LOG_CUT,	/* name(args, and something that ends the line */
	LOG_RESUMED,	/* <... name resumed>args) = result */
	LOG_SIGNAL,	/* --- SIGCHLD {...} --- */
	LOG_STOPPED,	/* --- stopped by SIGSTOP --- */
	LOG_END,	/* +++ exited with 0 +++, +++ killed by SIGKILL +++ */
	LOG_SUPERSEDED, /* +++ superseded by execve in pid 5 +++ */
	LOG_NOTE,	/* of the tracer: strace: Process 5 attached, [ Process PID=5 runs ... ] */
	LOG_BESIDE,	/* belongs to the line before: a frame of a stack, a row of a dump */
};

enum log_outcome {
	OUTCOME_VALUE,
	OUTCOME_ERROR, /* number is the errno */
	OUTCOME_NONE,  /* ? */
};

enum log_clock { CLOCK_NOT, CLOCK_OF_DAY, CLOCK_EPOCH };

/* Spans are of `text`. */
struct log_line {
	const char *text; /* what is to be taken apart, without newline */
	size_t size;
	enum log_kind kind;
	bool has_tid;
	uint32_t tid;
	struct trace_span comm;
	enum log_clock clock;
	uint64_t time; /* ns, of the day or since 1970 */
	bool relative;
	uint64_t since; /* ns since the line before */
	bool numbered;
	uint32_t nr; /* of -n */
	struct trace_span body, name, args, result;
	enum log_outcome outcome;
	int64_t number;
	bool timed; /* by -T */
	uint64_t latency;
	int signal; /* LOG_SIGNAL, LOG_END: 0 for one that nobody knows, or an exit */
	int status; /* LOG_END: as wait has it */
	uint32_t
		other; /* LOG_SUPERSEDED, LOG_NOTE that says a thread is attached: its id, else 0 */
	bool undecided; /* a call, but where its arguments end cannot be told */
};

void log_line_parse(struct log_line *line, const struct log_words *words, const char *text,
		    size_t size);
/* What stands before the event: process, time, number and address; for log_line_parse. */
void log_lead_parse(struct log_line *line);
/* The event: its kind and parts; for log_line_parse. */
void log_body_parse(struct log_line *line, const struct log_words *words);
#endif
