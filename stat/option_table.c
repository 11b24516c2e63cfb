// SPDX-License-Identifier: GPL-2.0-or-later
#include "stat/option_table.h"

#include "decode/option_table.h"

// clang-format off
const struct option_row stat_option_table[] = {
	{ 'b', "by", "KEY[,KEY]", "call (default), pid, tid, comm, exe, cgroup, file, dir, socket, errno, cpu, host; 'help' says more", 0 },
	{ 'S', "sort", "COLUMN", "which rows come first: total (default), or another column; 'help' lists them", 0 },
	{ 'n', "rows", "N", "so many rows, then one of all others; 0: all (text: 50, --json and --csv: 0)", 0 },
	{ STAT_INTERVAL, "interval", "TIME", "a table for each such time: a number and s (default), ms, us or ns", 0 },
	{ STAT_TOP, "top", NULL, "each table in the place of the one before, on a terminal (--interval 2s)", 0 },
	{ STAT_JSON, "json", NULL, "JSON, one line for each table", 0 },
	{ STAT_CSV, "csv", NULL, "comma-separated values", 0 },
	{ 'o', "output", "FILE", "where the table goes (standard output)", 0 },
	{ 'e', "expr", "EXPR", "trace=SET: which calls; status=SET; see systape-filter(7)", 0 },
	{ 'p', "pid", "PID[,PID]", "only these processes or threads; may be repeated", 0 },
	{ 'P', "trace-path", "PATH", "only calls that touch this file, by name or by a descriptor; DIR/: all below it; with * ? [: a pattern; may be repeated", 0 },
	{ OPTION_EXACT_PATH, "exact-path", "PATH", "as -P, but names only as they stand, and only this path", 0 },
	{ OPTION_TRACE_FDS, "trace-fds", "SET", "only calls that touch these descriptors, or the files of -P", 0 },
	{ 'X', "failed", NULL, "only calls that failed", 0 },
	{ OPTION_SLOWER, "slower", "TIME", "only calls that took longer: a number and s, ms, us (default) or ns", 0 },
	{ OPTION_SINCE, "since", "T", "from T seconds after the first event on", 0 },
	{ OPTION_UNTIL, "until", "T", "before T seconds after the first event", 0 },
	{ OPTION_LIMIT, "limit", "N", "end after so many calls with a result", 0 },
	{ STAT_MEMORY, "memory", "MIB", "for rows and their names (48): beyond, the rows with the fewest calls become one", 0 },
	{ OPTION_THREADS, "threads", "N", "of this program: 1 counts, the others unpack ahead of it (1; long files: one per CPU, at most 4)", 0 },
	{ OPTION_QUIET, "quiet", NULL, "text: only the table", 0 },
	{ 'd', "debug", NULL, "say what is done and why", 0 },
	{ 'h', "help", NULL, "this text", 0 },
	{ 'V', "version", NULL, "the version", 0 },
	{ OPTION_ALONE, NULL, NULL, NULL, 0 },
};
// clang-format on
