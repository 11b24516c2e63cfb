/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * importer: from the lines of strace's text to the records of a tape, in their order. Every byte of
 * the text is on the tape: a line that is no event is a record of its own. Called by main, and by
 * the fuzzer.
 */
#ifndef SYSTAPE_IMPORTER_H
#define SYSTAPE_IMPORTER_H

#include "import/log_time.h"
#include "import/tape_records.h"

struct importer;

struct import_counts {
	uint64_t lines; /* with what follows a newline at the end, if anything does */
	uint64_t calls; /* entered */
	uint64_t open;	/* without a result */
	uint64_t signals, ends;
	uint64_t text;	   /* lines that are no event, and none of strace's notes */
	uint64_t notes;	   /* of strace, frames of stacks, rows of dumps */
	uint64_t nobody;   /* events that do not say whose they are */
	bool timed, dated; /* lines have times; these needed a date */
};

/* Told of each line that was not understood, and why: a constant phrase. */
typedef void import_report(void *context, uint64_t number, const char *why, const char *line,
			   size_t size);

/* `date`: see log_time_begin. NULL without memory. */
struct importer *importer_new(struct tape_writer *writer, uint64_t date, bool date_given);
void importer_free(struct importer *importer);
void importer_on_report(struct importer *importer, import_report *report, void *context);
/*
 * The beginning of the text, as much as is at hand: whose lines without a process number are may be
 * told there.
 */
void importer_begin(struct importer *importer, const char *text, size_t size);
/* Whether the beginning of a text has calls of close: then what descriptors are open on follows
 * from the calls. strace -e trace=openat,read leaves them out. */
bool importer_sees_closes(const char *text, size_t size);
/*
 * A line without its newline, which it has or has not: false where the writer has failed. `tid`:
 * whose all lines of its file are, 0 if the file does not say.
 */
bool importer_line(struct importer *importer, const char *line, size_t size, bool newline,
		   uint32_t tid);
/* Nothing follows: 0, or the first error of the writer. */
int importer_end(struct importer *importer);
const struct import_counts *importer_counts(const struct importer *importer);

#endif
