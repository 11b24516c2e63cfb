// SPDX-License-Identifier: GPL-2.0-or-later
#include "diff/option_table.h"

#include "decode/option_table.h"

// clang-format off
const struct option_row diff_option_table[] = {
	{ DIFF_IGNORE, "ignore", "WHAT[,WHAT]", "calls, errors, files, latency, events: a part that is not compared; .NAME: the argument or field of that name, .result: results; may be repeated", 0 },
	{ DIFF_LATENCY, "latency", "TIME", "the least difference of a time that counts, if it is twice as long, too: a number and s, ms, us (default) or ns (10ms)", 0 },
	{ 'n', "lines", "N", "of each process so many differences; 0: all (text: 40, --json: 0)", 0 },
	{ 's', "string-size", "N", "bytes of strings and buffers, elements of arrays that are compared (64)", 0 },
	{ DIFF_JSON, "json", NULL, "JSON, one line for each difference", 0 },
	{ 'o', "output", "FILE", "where it goes (standard output)", 0 },
	OPTION_ROWS_OF_CHOICE,
	{ OPTION_LIMIT, "limit", "N", "of each tape only so many calls with a result", 0 },
	{ DIFF_EVENTS, "events", "N", "of each tape so many events are compared one by one (4000000)", 0 },
	{ DIFF_MEMORY, "memory", "MIB", "for the tables, and for the lines of events (256)", 0 },
	{ OPTION_THREADS, "threads", "N", "of this program: 1 compares, the others unpack ahead of it (1; long files: one per CPU, at most 4)", 0 },
	{ OPTION_QUIET, "quiet", NULL, "print nothing: only the exit status says whether they differ", 0 },
	{ 'd', "debug", NULL, "say what is done and why", 0 },
	{ 'h', "help", NULL, "this text", 0 },
	{ 'V', "version", NULL, "the version", 0 },
	{ OPTION_ALONE, NULL, NULL, NULL, 0 },
};
// clang-format on
