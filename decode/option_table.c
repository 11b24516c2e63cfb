// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/option_table.h"

#include <stddef.h>

// clang-format off
const struct option_row decode_option_table[] = {
	{ 'l', "format", "FMT", "hex (default), hex_sl, strace, list, json, csv, folded, html, sqlite, perfetto, chrome, ctf, seccomp, otlp, bin; 'help' says more", 0 },
	{ 'o', "output", "FILE", "where the text goes (standard output)", 0 },
	{ 'f', "files", NULL, "given twice (-ff): a file for each process, FILE.pid; -fff: for each thread, FILE.tid.pid", OPTION_FOR_HEX | OPTION_FOR_STRACE | OPTION_FOR_LIST | OPTION_FOR_JSON | OPTION_FOR_CSV },
	{ 't', "timestamp", NULL, "time column; strace: time of day, -tt with microseconds, -ttt seconds since 1970", OPTION_FOR_HEX | OPTION_FOR_STRACE | OPTION_FOR_LIST },
	{ 'n', "syscall-number", NULL, "strace: numbers of calls", OPTION_FOR_STRACE },
	{ 'K', "hex-separator", "SEP", "between the fields of the hex formats (TAB)", OPTION_FOR_HEX },
	{ 'e', "expr", "EXPR", "trace=SET: which calls; status=, signal=, quiet=, abbrev=, verbose=, raw=, read=, write=; see systape-filter(7)", OPTION_FOR_TEXT },
	{ 'p', "pid", "PID[,PID]", "only these processes or threads; may be repeated", OPTION_FOR_TEXT },
	{ 'X', "failed", NULL, "only calls that failed", OPTION_FOR_TEXT },
	{ 's', "string-size", "N", "bytes shown of strings, elements of arrays (32; json, sqlite: all; html: 96)", OPTION_FOR_STRACE | OPTION_FOR_LIST | OPTION_FOR_JSON | OPTION_FOR_PERFETTO | OPTION_FOR_CHROME | OPTION_FOR_CTF | OPTION_FOR_SQLITE | OPTION_FOR_CSV | OPTION_FOR_HTML | OPTION_FOR_OTLP },
	{ 'y', "descriptors", NULL, "strace: what descriptors are open on; -yy the addresses of sockets, too (json, sqlite, html: unasked)", OPTION_FOR_STRACE | OPTION_FOR_LIST | OPTION_FOR_JSON | OPTION_FOR_PERFETTO | OPTION_FOR_CHROME | OPTION_FOR_CTF | OPTION_FOR_SQLITE | OPTION_FOR_CSV | OPTION_FOR_HTML | OPTION_FOR_OTLP },
	{ OPTION_EXACT_PATH, "exact-path", "PATH", "as -P, but names only as they stand, and only this path, as strace -P does", OPTION_FOR_TEXT },
	{ OPTION_MODE, "mode", "MODE", "permissions of the files of -o (0600), or umask: 0666 less the umask", 0 },
	{ OPTION_GROUP, "group", "GROUP", "group of the files of -o", 0 },
	{ OPTION_THREADS, "threads", "N", "of this program: text, list, JSON and CSV of files by turns, else 1 decodes, the others unpack (1; long files: one per CPU, at most 4)", OPTION_FOR_TEXT },
	{ OPTION_HEADER, "header", NULL, "print the trace.h that the tape was written with, and nothing else", 0 },
	{ 'q', "less", NULL, "strace: -q no lines about new processes and modes, -qq nor exits, -qqq nor anything else like it", OPTION_FOR_STRACE },
	{ OPTION_MESSAGE_NAME, "message-name", "NAME", "what messages begin with, in place of systape-decode", 0 },
	{ OPTION_CHECK, "check", NULL, "only say whether the options are right", 0 },
	{ OPTION_READY, "ready", "FD", "write a byte to this descriptor, and close it, once the options are right", 0 },
	{ OPTION_SPANS, "spans", "WHAT", "otlp: a span for programs (default), calls as well (calls:N at most, 10000 unless said), or none", OPTION_FOR_OTLP },
	{ OPTION_LOGS, "logs", NULL, "otlp: calls as log records, in strace's words", OPTION_FOR_OTLP },
	{ OPTION_COMMAND_ARGS, "command-args", NULL, "otlp: the arguments of programs, which may have secrets", OPTION_FOR_OTLP },
	{ OPTION_RELATIVE_TO_NOW, "relative-to-now", NULL, "otlp: times as if the tape had ended now, for servers that drop what is old", OPTION_FOR_OTLP },
	{ OPTION_RETRY_FOR, "retry-for", "TIME", "otlp: how long a batch is sent again to a server that is busy or away (60s)", OPTION_FOR_OTLP },
	{ OPTION_LEFT_STATUS, "left-status", NULL, "exit with status 5 where --limit or --until-execve has left the command", 0 },
	{ OPTION_QUIET, "quiet", NULL, "no progress on the terminal, and no summary, unless something was lost or damaged", 0 },
	{ 'd', "debug", NULL, "say what is done and why", 0 },
	{ 'h', "help", NULL, "this text", 0 },
	{ 'V', "version", NULL, "the version", 0 },
	{ 0, NULL, NULL, NULL, 0 },
};
// clang-format on
