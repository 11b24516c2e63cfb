/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report: what the page is made of, and its parts, each a function that writes one. Filled by the
 * renderer (html.c) while tapes are read.
 */
#ifndef SYSTAPE_HTML_REPORT_H
#define SYSTAPE_HTML_REPORT_H

#include "decode/html/activity.h"
#include "decode/html/losses.h"
#include "decode/html/process_tree.h"
#include "decode/html/slowest.h"

enum report_table {
	BY_CALL,    /* call, errno, host, whether it waited */
	BY_FILE,    /* file, socket, host */
	BY_PROCESS, /* pid; of the capture at hand */
	REPORT_TABLES,
};

enum { CAPTURES_MOST = 32 /* that are told apart; more have the last one's place */ };

struct report_capture {
	char *host, *kernel, *recorder, *backend, *command;
	const char *arch;
	uint64_t begin, end; /* ns since 1970, of calls and losses */
	uint64_t calls, shown;
	bool whole, limited, fast;
};

struct report {
	struct render_options options; /* of the calls that are shown */
	struct stat_options wanted[REPORT_TABLES];
	struct stat_collect *collect[REPORT_TABLES];
	struct render inner[REPORT_TABLES];
	struct text words;
	struct show show;
	bool open; /* a capture is being read */
	struct slowest work, waits;
	struct activity activity;
	struct losses losses;
	struct process_tree tree;
	struct report_capture capture[CAPTURES_MOST];
	size_t captures;
	uint64_t no_return, unfinished; /* calls that are left out */
	struct stat_sums all;		/* of all calls, once the tapes are read */
	uint64_t waited;		/* ns: of all calls that did */
	bool hosts;			/* there are several */
};

/* Rows of a table as an array to be freed, in order of time, or of calls where none is known. */
struct report_rows {
	struct stat_table *merged; /* has the rows; NULL: those of a collect */
	struct stat_row **row;
	size_t count;
	struct stat_row *others; /* all that have no row; only sums */
	size_t hidden;		 /* how many are in there, but for those of a table that was cut */
};

/* False without memory; report_rows_free in any case. `work`: without calls that waited. */
bool report_calls(const struct report *report, bool work, struct report_rows *rows);
/* Rows by call and errno, of errors, in order of calls. */
bool report_errors(const struct report *report, struct report_rows *rows);
/* Files, or sockets: those that are first by time, calls, errors or bytes. */
bool report_files(const struct report *report, bool sockets, struct report_rows *rows);
void report_rows_free(struct report_rows *rows);

/* The name that the row has: `word` of its key. */
const char *report_name(const struct report *report, enum report_table table,
			const struct stat_row *row, unsigned int word, size_t *size);

/* The parts of the page, in order. */
void report_head(struct text *out, const struct report *report);
void report_overview(struct text *out, const struct report *report);
void report_activity(struct text *out, const struct report *report);
void report_losses(struct text *out, const struct report *report);
void report_call_table(struct text *out, const struct report *report);
void report_error_table(struct text *out, const struct report *report);
void report_slowest(struct text *out, const struct report *report);
void report_file_table(struct text *out, const struct report *report, bool sockets);
void report_processes(struct text *out, const struct report *report);
void report_foot(struct text *out, const struct report *report);

#endif
