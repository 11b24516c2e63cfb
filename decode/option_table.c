// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/option_table.h"

#include <stddef.h>

// clang-format off
const struct decode_option_row decode_option_table[] = {
	{ 'l', "format", "FMT", "hex (default), hex_sl, strace, list, bin; 'help' says more" },
	{ 'o', "output", "FILE", "where the text goes (standard output)" },
	{ OPTION_APPEND, "append", NULL, "to the end of the file of -o" },
	{ 'f', "files", NULL, "-ff: a file for each process, FILE.pid; -fff: for each thread, FILE.tid.pid" },
	{ OPTION_PER_THREAD, "per-thread", NULL, "a file for each thread, FILE.tid, as strace -ff does" },
	{ 't', "timestamp", NULL, "time column; strace: time of day, -tt with microseconds, -ttt seconds since 1970" },
	{ OPTION_ABSOLUTE, "absolute-timestamps", "[=FORMAT]", "strace: none, time or unix, then ,s ,ms ,us or ,ns" },
	{ 'r', "relative-timestamps", "[=UNIT]", "strace: time since the line before, to the s, ms, us (default) or ns" },
	{ 'T', "syscall-times", "[=UNIT]", "strace: time spent in each call, to the s, ms, us (default) or ns" },
	{ 'n', "syscall-number", NULL, "strace: numbers of calls" },
	{ 'K', "hex-separator", "SEP", "between the fields of the hex formats (TAB)" },
	{ OPTION_COLUMNS, "columns", "LIST", "further hex columns: TID TGID CPU DUR SEQ NR START ADDR FDS" },
	{ OPTION_NO_HEADER, "no-header", NULL, "hex: without the first two lines" },
	{ 'e', "expr", "EXPR", "trace=SET: which calls; status=, signal=, quiet=, abbrev=, verbose=, raw=; see systape-filter(7)" },
	{ 'P', "trace-path", "PATH", "only calls that touch this file, by name or by a descriptor; may be repeated" },
	{ OPTION_TRACE_FDS, "trace-fds", "SET", "only calls that touch these descriptors, or the files of -P" },
	{ 'p', "pid", "PID[,PID]", "only these processes or threads; may be repeated" },
	{ 'X', "failed", NULL, "only calls that failed" },
	{ OPTION_SINCE, "since", "T", "from T seconds after the first event on" },
	{ OPTION_UNTIL, "until", "T", "before T seconds after the first event" },
	{ 's', "string-size", "N", "bytes shown of strings, elements of arrays (32)" },
	{ 'a', "column", "N", "strace: where = stands (40)" },
	{ 'y', "descriptors", NULL, "strace: what descriptors are open on; -yy the addresses of sockets, too" },
	{ 'x', "hex-strings", NULL, "strace: strings that are not ASCII in hex; -xx all" },
	{ 'v', "verbose", NULL, "strace, list: structures in full" },
	{ OPTION_CONSTANTS, "const-print-style", "STYLE", "strace: abbrev (default): names; raw: numbers; verbose: both" },
	{ OPTION_SUMMARY, "summary", NULL, "strace: behind the lines, what -l summary shows" },
	{ OPTION_SUMMARY_ORDER, "summary-sort-by", "WORD", "summary: total-time (default), or another column, or nothing" },
	{ OPTION_SUMMARY_COLUMNS, "summary-columns", "LIST", "summary: time-percent total-time min-time max-time avg-time calls errors name" },
	{ OPTION_SUMMARY_OVERHEAD, "summary-overhead", "TIME", "summary: taken off each call: a number and s, ms, us (default) or ns" },
	{ OPTION_UNTIL_EXECVE, "until-execve", NULL, "of each process what comes before it executes another program" },
	{ OPTION_PIDS, "pids", "WHEN", "strace: pid before lines: auto (default), never, several, always" },
	{ OPTION_THREADS, "threads", "N", "of this program: 1 decodes, the others unpack ahead of it (1; long files: one per CPU, at most 4)" },
	{ OPTION_HEADER, "header", NULL, "print the trace.h that the tape was written with, and nothing else" },
	{ 'q', "less", NULL, "strace: -q no lines about new processes and modes, -qq nor exits, -qqq nor anything else like it" },
	{ OPTION_QUIET, "quiet", NULL, "no summary, unless something was lost or damaged" },
	{ 'd', "debug", NULL, "say what is done and why" },
	{ 'h', "help", NULL, "this text" },
	{ 'V', "version", NULL, "the version" },
	{ 0, NULL, NULL, NULL },
};
// clang-format on
