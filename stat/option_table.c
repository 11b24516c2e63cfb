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
	OPTION_ROWS_OF_CHOICE,
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
