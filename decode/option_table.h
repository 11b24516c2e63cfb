/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: the options that systape-decode alone has; those that the live view has as well are
 * in format/option_row.h. */
#ifndef SYSTAPE_DECODE_OPTION_TABLE_H
#define SYSTAPE_DECODE_OPTION_TABLE_H

#include "format/option_row.h"

enum {
	OPTION_HEADER = 256,
	OPTION_QUIET,
	OPTION_THREADS,
	OPTION_MESSAGE_NAME,
	OPTION_MODE,
	OPTION_GROUP,
	OPTION_EXACT_PATH,
	OPTION_CHECK,
	OPTION_READY,
	OPTION_LEFT_STATUS,
	OPTION_SPANS,
	OPTION_LOGS,
	OPTION_COMMAND_ARGS,
	OPTION_RELATIVE_TO_NOW,
	OPTION_RETRY_FOR,
};

extern const struct option_row decode_option_table[];

/* Which calls are counted, or compared: the same in programs that show none of them alone. */
// clang-format off
#define OPTION_ROWS_OF_CHOICE \
	{ 'e', "expr", "EXPR", "trace=SET: which calls; status=SET; see systape-filter(7)", 0 }, \
	{ 'p', "pid", "PID[,PID]", "only these processes or threads; may be repeated", 0 }, \
	{ 'P', "trace-path", "PATH", "only calls that touch this file, by name or by a descriptor; DIR/: all below it; with * ? [: a pattern; may be repeated", 0 }, \
	{ OPTION_EXACT_PATH, "exact-path", "PATH", "as -P, but names only as they stand, and only this path", 0 }, \
	{ OPTION_TRACE_FDS, "trace-fds", "SET", "only calls that touch these descriptors, or the files of -P", 0 }, \
	{ 'X', "failed", NULL, "only calls that failed", 0 }, \
	{ OPTION_SLOWER, "slower", "TIME", "only calls that took longer: a number and s, ms, us (default) or ns", 0 }, \
	{ OPTION_SINCE, "since", "T", "from T seconds after the first event on", 0 }, \
	{ OPTION_UNTIL, "until", "T", "before T seconds after the first event", 0 }
// clang-format on

#endif
