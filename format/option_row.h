/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * option_row: one row for each option of a program, which drives parsing, --help and the check
 * against the manual; and the table of the options that say how a tape is shown, which the live
 * view of systape has in common with systape-decode. Used by the options.c of both.
 */
#ifndef SYSTAPE_OPTION_ROW_H
#define SYSTAPE_OPTION_ROW_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

/* The formats that an option or a part of -e means something to. */
enum option_formats {
	OPTION_FOR_HEX = 1,
	OPTION_FOR_STRACE = 2,
	OPTION_FOR_LIST = 4,
	OPTION_FOR_SUMMARY = 8,
	OPTION_FOR_BIN = 16,
	OPTION_FOR_JSON = 32,
	OPTION_FOR_CSV = 64,
	OPTION_FOR_FOLDED = 128,
	OPTION_FOR_SQLITE = 256,
	OPTION_FOR_PERFETTO = 512,
	OPTION_FOR_SECCOMP = 1024,
	OPTION_FOR_CHROME = 2048,
	OPTION_FOR_HTML = 4096,
	OPTION_FOR_OTLP = 8192,
	OPTION_FOR_CTF = 16384,
	/* all but the tape itself */
	OPTION_FOR_TEXT = 15 | OPTION_FOR_JSON | OPTION_FOR_CSV | OPTION_FOR_FOLDED |
			  OPTION_FOR_SQLITE | OPTION_FOR_PERFETTO | OPTION_FOR_SECCOMP |
			  OPTION_FOR_CHROME | OPTION_FOR_HTML | OPTION_FOR_OTLP | OPTION_FOR_CTF,
};

struct option_row {
	int id;		   /* the short letter, or a number from 256 on */
	const char *name;  /* long name; NULL ends the table */
	const char *value; /* what stands for its value in the help, in brackets if it may be
			      missing; NULL if it has none */
	const char *help;
	unsigned int formats; /* enum option_formats; 0: all */
};

/* Numbers of the common table's options. */
enum {
	OPTION_COLUMNS = 512,
	OPTION_NO_HEADER,
	OPTION_SINCE,
	OPTION_UNTIL,
	OPTION_PIDS,
	OPTION_PER_THREAD,
	OPTION_ABSOLUTE,
	OPTION_CONSTANTS,
	OPTION_SUMMARY,
	OPTION_SUMMARY_ORDER,
	OPTION_SUMMARY_COLUMNS,
	OPTION_SUMMARY_OVERHEAD,
	OPTION_APPEND,
	OPTION_UNTIL_EXECVE,
	OPTION_TRACE_FDS,
	OPTION_LIMIT,
	OPTION_HEX_CHARS,
	OPTION_CPU_TIME,
	OPTION_NOTES,
	OPTION_TRANSLATE_PIDS,
	OPTION_SLOWER,
	OPTION_WEIGHT,
	OPTION_PROFILE,
	OPTION_PROGRAM,
	OPTION_JSON_SAFE,
	OPTION_ARG_NAMES,
	OPTION_ROWS_MOST = 128, /* of both tables of a program */
	OPTION_ALONE,		/* id of a table's end: the common table does not follow */
};

extern const struct option_row option_view_table[];

/* The `i`th option of a program: those of its own table, then the common ones; NULL behind the
 * last. */
const struct option_row *option_row_at(const struct option_row *own, size_t i);
/* The row of an option that getopt_long has found. */
const struct option_row *option_row_find(const struct option_row *own, int id);
/* What getopt_long needs, OPTION_ROWS_MOST + 1 and 3 times as many; `shorts` has its beginning
 * already. */
void option_row_getopt(const struct option_row *own, struct option *longs, char *shorts);
/* The left column of the help: `-x, --name VALUE`. */
void option_row_left(const struct option_row *row, char *text, size_t size);

/* How messages call it: -x, or --name where there is no letter. */
void option_row_word(const struct option_row *row, char *text, size_t size);

/* The bit of a format, by its name or its other name; 0 if there is none. */
unsigned int option_format_bit(const char *name);
/* Names of the formats of these bits, for a message. */
void option_format_names(unsigned int formats, char *text, size_t size);

/* The part of -e before its `=`, where it says how calls are shown, not which. */
struct option_qualifier {
	const char *name, *letter; /* letter: NULL if it has none */
	unsigned int formats;
	bool memory;	  /* shows more of what is behind pointers than is recorded unasked */
	bool dumps;	  /* shows all of what is read or written */
	bool descriptors; /* depends on what descriptors are open on */
};
/* NULL if `text` begins with none of them; *set is what stands behind it. */
const struct option_qualifier *option_qualifier(const char *text, const char **set);

/* Whether this -e asks for no calls at all: what is left are signals, ends and probes. */
bool option_chooses_nothing(const char *text);

#endif
