// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/option_table.h"

#include <stddef.h>

// clang-format off
const struct option_row option_table[] = {
	{ 'o', "output", "FILE", "where it goes: a file, - (standard output), or '|COMMAND'" },
	{ 'l', "format", "FMT", "bin, hex (default), hex_sl, strace, list; 'help' says more" },
	{ 't', "timestamp", NULL, "with a time column" },
	{ 'K', "hex-separator", "SEP", "between the fields of the hex formats (TAB)" },
	{ 'X', "failed", NULL, "only calls that failed" },
	{ 'e', "expr", "EXPR", "trace=SET: calls; status=SET: results; kprobe:, uprobe:, tracepoint:...: events; 'help' says more" },
	{ 'b', "backend", "NAME", "auto (default), bpf, ftrace or perf" },
	{ 'f', "follow", NULL, "children and new threads as well; -ff a file per process, -fff per thread" },
	{ 'F', "follow-one", NULL, "the same for children, but no grandchildren; -FF, -FFF" },
	{ 'n', "filenames", "MODE", "how much of a file name: fast, name_max, a NUMBER of 256 bytes, full (default)" },
	{ 's', "string-size", "N", "bytes kept of other strings and buffers (32)" },
	{ OPTION_CAPTURE, "capture", "LEVEL", "full (default), names, or numbers: what is fetched from behind pointers" },
	{ OPTION_ENV, "environment", NULL, "keep the strings of the environment that a program is started with" },
	{ OPTION_FAST, "fast", NULL, "one time per call in place of two: the cheapest" },
	{ 'p', "pid", "PID[,PID]", "attach to processes, all their threads; may be repeated" },
	{ 'G', "cgroup", "PATH", "only processes in this cgroup (v2) and those below it" },
	{ 'C', "cpu", "LIST", "only calls on these CPUs, like 0,2-5" },
	{ 'u', "uid", "USER", "only threads with this real user, a name or a number" },
	{ OPTION_COMM, "comm", "NAME", "only threads with this comm" },
	{ OPTION_SELF, "self", NULL, "of the whole machine: do not leave out systape and its pipeline" },
	{ 'L', "list", NULL, "print the calls of this kernel; words behind it choose, as in -e, or *open*" },
	{ 'R', "ll-list", NULL, "print the functions of this kernel that can be probed; words choose: vfs_*, /^do_" },
	{ 'B', "builtin-list", NULL, "print the calls that systape knows, with their arguments; words choose" },
	{ 'N', "bpf-object", "FILE", "use this BPF object in place of the built-in one" },
	{ OPTION_BUFFER, "buffer", "SIZE", "ring per CPU: 4K to 1G (by memory, up to 32M)" },
	{ OPTION_COMPRESS, "compress", "CODEC", "of the tape: none, zlib[:1-9], zstd[:-7-19] (default zstd:1)" },
	{ OPTION_DECODE, "decode", "OPTION", "an option for the decoder of the live view; may be repeated" },
	{ OPTION_STDERR, "stderr", NULL, "without -o, lines go to standard error, for -p and the whole machine as well" },
	{ OPTION_ONE_THREAD, "one-thread", NULL, "of -p only the thread of that number" },
	{ OPTION_SET, "set", "VAR[=VALUE]", "set a variable in the command's environment, or remove it; may be repeated" },
	{ OPTION_USER, "as-user", "USER", "run the command as another user, or as UID:GID" },
	{ OPTION_ARGV0, "call-it", "NAME", "what the command is told that its name is" },
	{ OPTION_RERAISE, "reraise", NULL, "end by the signal that ended the command, as strace does" },
	{ OPTION_PATIENT, "patient", NULL, "signals do not end the capture while the command runs" },
	{ OPTION_FAIL_ON_LOSS, "fail-on-loss", NULL, "exit status 3 when anything was lost" },
	{ OPTION_PROBE, "probe", NULL, "show what each backend offers on this kernel, why not, and which one auto takes" },
	{ 'q', "quiet", NULL, "no summary, unless something was lost" },
	{ 'd', "debug", NULL, "say what is done and why" },
	{ 'h', "help", NULL, "this text" },
	{ 'V', "version", NULL, "the version" },
	{ 0, NULL, NULL, NULL },
};

const struct option_format option_formats[] = {
	{ "bin", "binary", "the tape: the fastest, for systape-decode" },
	{ "hex", "hex_raw", "columns in hexadecimal for awk; long strings may continue on further lines" },
	{ "hex_sl", NULL, "the same, one line for each call" },
	{ "strace", NULL, "as strace prints it" },
	{ "summary", NULL, "calls, errors and times by call, as strace -c prints them" },
	{ "list", NULL, "a paragraph for each call, field by field" },
	{ NULL, NULL, NULL },
};
// clang-format on
