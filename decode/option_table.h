/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: every option of systape-decode, once: parsing, --help and the check against the
 * manual read it. */
#ifndef SYSTAPE_DECODE_OPTION_TABLE_H
#define SYSTAPE_DECODE_OPTION_TABLE_H

enum {
	OPTION_COLUMNS = 256,
	OPTION_NO_HEADER,
	OPTION_HEADER,
	OPTION_SINCE,
	OPTION_UNTIL,
	OPTION_QUIET,
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
	OPTION_THREADS,
	OPTION_LIMIT,
	OPTION_HEX_CHARS,
	OPTION_CPU_TIME,
	OPTION_MESSAGE_NAME,
	OPTION_MODE,
	OPTION_GROUP,
	OPTIONS_MOST = 64,
};

struct decode_option_row {
	int id;		   /* the short letter, or a number from 256 on */
	const char *name;  /* long name; NULL ends the table */
	const char *value; /* what stands for its value in the help, in brackets if it may be
			      missing; NULL if it has none */
	const char *help;
};

extern const struct decode_option_row decode_option_table[];

#endif
