// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/option_row.h"

#include "format/option_parse.h"

#include <stdio.h>
#include <string.h>

#define LINES	OPTION_FOR_STRACE
#define VALUES	(OPTION_FOR_STRACE | OPTION_FOR_LIST)
#define WORDS	(VALUES | OPTION_FOR_CSV | OPTION_FOR_HTML | OPTION_FOR_OTLP) /* of arguments */
#define COUNTED OPTION_FOR_SUMMARY
#define HEX	OPTION_FOR_HEX
#define TEXT	OPTION_FOR_TEXT
#define JSON	OPTION_FOR_JSON
#define DATA                                                                                       \
	(OPTION_FOR_JSON | OPTION_FOR_SQLITE | OPTION_FOR_PERFETTO | OPTION_FOR_CHROME |           \
	 OPTION_FOR_CTF)

// clang-format off
const struct option_row option_view_table[] = {
	{ OPTION_APPEND, "append", NULL, "to the end of the file of -o", TEXT & ~(OPTION_FOR_SQLITE | OPTION_FOR_SECCOMP | OPTION_FOR_CHROME | OPTION_FOR_CTF | OPTION_FOR_HTML | OPTION_FOR_OTLP) },
	{ OPTION_PER_THREAD, "per-thread", NULL, "a file for each thread, FILE.tid, as strace -ff does", HEX | VALUES | OPTION_FOR_CSV | JSON },
	{ OPTION_ABSOLUTE, "absolute-timestamps", "[=FORMAT]", "strace: none, time or unix, then ,s ,ms ,us or ,ns", LINES },
	{ 'r', "relative-timestamps", "[=UNIT]", "strace: time since the line before, to the s, ms, us (default) or ns", LINES },
	{ 'T', "syscall-times", "[=UNIT]", "strace: time spent in each call, to the s, ms, us (default) or ns", LINES },
	{ 'i', "instruction-pointer", NULL, "strace: where the program is, if systape --state has recorded it", LINES },
	{ OPTION_COLUMNS, "columns", "LIST", "further hex columns: TID TGID CPU DUR SEQ NR START ADDR FDS, or none", HEX },
	{ OPTION_NO_HEADER, "no-header", NULL, "hex, csv: without the lines before the calls", HEX | OPTION_FOR_CSV },
	{ 'P', "trace-path", "PATH", "only calls that touch this file, by name or by a descriptor; DIR/: all below it; with * ? [: a pattern; may be repeated", TEXT },
	{ OPTION_TRACE_FDS, "trace-fds", "SET", "only calls that touch these descriptors, or the files of -P", TEXT },
	{ OPTION_NOTES, "notes", "WHEN", "lines of signals and of processes that end: auto (not where calls are chosen), always, never", VALUES | DATA },
	{ OPTION_SINCE, "since", "T", "from T seconds after the first event on", TEXT },
	{ OPTION_UNTIL, "until", "T", "before T seconds after the first event", TEXT },
	{ OPTION_SLOWER, "slower", "TIME", "only calls that took longer: a number and s, ms, us (default) or ns", TEXT },
	{ OPTION_LIMIT, "limit", "N", "end after so many calls with a result", TEXT },
	{ 'a', "column", "N", "strace: where = stands (40)", LINES | OPTION_FOR_OTLP },
	{ 'Y', "comms", NULL, "strace: names of processes beside their numbers", WORDS | DATA },
	{ OPTION_TRANSLATE_PIDS, "pidns-translation", NULL, "strace: beside numbers of other pid namespaces the one in the recorder's", WORDS | DATA },
	{ 'x', "hex-strings", NULL, "strace: strings that are not ASCII in hex; -xx all", WORDS },
	{ OPTION_HEX_CHARS, "hex-chars", NULL, "strace: escapes in strings in hex, not octal", WORDS },
	{ 'v', "verbose", NULL, "strace, list: structures in full", WORDS },
	{ OPTION_CONSTANTS, "const-print-style", "STYLE", "strace: abbrev (default): names; raw: numbers; verbose: both", WORDS },
	{ OPTION_ARG_NAMES, "arg-names", NULL, "strace: names of arguments", LINES },
	{ OPTION_SUMMARY, "summary", NULL, "strace: behind the lines, what -l summary shows", HEX | VALUES },
	{ OPTION_SUMMARY_ORDER, "summary-sort-by", "WORD", "summary: total-time (default), or another column, or nothing", COUNTED },
	{ OPTION_SUMMARY_COLUMNS, "summary-columns", "LIST", "summary: time-percent total-time min-time max-time avg-time wall-total wall-min wall-max wall-avg calls errors name", COUNTED },
	{ OPTION_SUMMARY_OVERHEAD, "summary-overhead", "TIME", "summary: taken off each call: a number and s, ms, us (default) or ns", COUNTED },
	{ OPTION_CPU_TIME, "cpu-time", "[=auto]", "summary: time on a CPU in place of time from beginning to end, if systape --state has recorded it; auto: else that", COUNTED },
	{ OPTION_WEIGHT, "weight", "WHAT", "folded: calls (default), time in microseconds, errors or bytes", OPTION_FOR_FOLDED },
	{ OPTION_PROFILE, "profile", "FORM", "seccomp: oci (default) for Docker, Podman and the like, systemd, or c for libseccomp", OPTION_FOR_SECCOMP },
	{ OPTION_PROGRAM, "program", "NAME", "seccomp: only from where this program is executed on, a name or a path", OPTION_FOR_SECCOMP },
	{ OPTION_JSON_SAFE, "json-safe", NULL, "json: integers beyond 2^53 as strings, for readers whose numbers are doubles", JSON },
	{ OPTION_UNTIL_EXECVE, "until-execve", NULL, "of each process what comes before it executes another program", TEXT },
	{ OPTION_PIDS, "pids", "WHEN", "strace: pid before lines: auto (default), never, several, always", LINES },
	{ 0, NULL, NULL, NULL, 0 },
};

static const struct option_qualifier qualifiers[] = {
	{ "signal=", "s=", VALUES | DATA, false, false, false },
	{ "quiet=", "q=", LINES, false, false, false },
	{ "abbrev=", "a=", LINES, true, false, false },
	{ "verbose=", "v=", LINES, false, false, false },
	{ "raw=", "x=", LINES, false, false, false },
	{ "read=", "r=", LINES, false, true, false },
	{ "write=", "w=", LINES, false, true, false },
	{ "decode-fds=", NULL, WORDS | DATA, false, false, true },
	{ "trace-fds=", NULL, TEXT, false, false, true },
};
// clang-format on

static const struct {
	unsigned int bit;
	const char *name, *alias;
} formats[] = {
	{ OPTION_FOR_HEX, "hex", "hex_raw" },	   { OPTION_FOR_HEX, "hex_sl", NULL },
	{ OPTION_FOR_STRACE, "strace", NULL },	   { OPTION_FOR_LIST, "list", NULL },
	{ OPTION_FOR_SUMMARY, "summary", NULL },   { OPTION_FOR_BIN, "bin", "binary" },
	{ OPTION_FOR_JSON, "json", NULL },	   { OPTION_FOR_CSV, "csv", NULL },
	{ OPTION_FOR_FOLDED, "folded", NULL },	   { OPTION_FOR_SQLITE, "sqlite", NULL },
	{ OPTION_FOR_PERFETTO, "perfetto", NULL }, { OPTION_FOR_CHROME, "chrome", NULL },
	{ OPTION_FOR_CTF, "ctf", NULL },	   { OPTION_FOR_SECCOMP, "seccomp", NULL },
	{ OPTION_FOR_HTML, "html", NULL },	   { OPTION_FOR_OTLP, "otlp", NULL },
};

const struct option_row *option_row_at(const struct option_row *own, size_t i)
{
	size_t count = 0;

	while (own[count].name)
		count++;
	if (i < count)
		return &own[i];
	if (own[count].id == OPTION_ALONE)
		return NULL;
	for (own = option_view_table, i -= count; i && own->name; i--)
		own++;
	return own->name ? own : NULL;
}

const struct option_row *option_row_find(const struct option_row *own, int id)
{
	const struct option_row *row;

	for (size_t i = 0; (row = option_row_at(own, i)); i++)
		if (row->id == id)
			return row;
	return NULL;
}

void option_row_getopt(const struct option_row *own, struct option *longs, char *shorts)
{
	const struct option_row *row;

	*longs = (struct option){ NULL, 0, NULL, 0 }; /* each is added where they end */
	for (size_t i = 0; (row = option_row_at(own, i)) && i < OPTION_ROWS_MOST; i++)
		option_parse_add(longs, shorts, row->id, row->name, row->value);
}

void option_row_left(const struct option_row *row, char *text, size_t size)
{
	bool letter = row->id < 128;

	snprintf(text, size, "%c%c%s--%s%s%s", letter ? '-' : ' ', letter ? row->id : ' ',
		 letter ? ", " : "  ", row->name, row->value && *row->value != '[' ? " " : "",
		 row->value ? row->value : "");
}

void option_row_word(const struct option_row *row, char *text, size_t size)
{
	if (row->id < 128)
		snprintf(text, size, "-%c", row->id);
	else
		snprintf(text, size, "--%s", row->name);
}

unsigned int option_format_bit(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (!strcmp(name, formats[i].name) ||
		    (formats[i].alias && !strcmp(name, formats[i].alias)))
			return formats[i].bit;
	return 0;
}

void option_format_names(unsigned int bits, char *text, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats) && used < size; i++)
		if (formats[i].bit & bits)
			used += snprintf(text + used, size - used, "%s%s", used ? ", " : "",
					 formats[i].name);
}

const struct option_qualifier *option_qualifier(const char *text, const char **set)
{
	for (size_t i = 0; i < sizeof(qualifiers) / sizeof(*qualifiers); i++) {
		const char *words[] = { qualifiers[i].name, qualifiers[i].letter };

		for (int n = 0; n < 2 && words[n]; n++) {
			size_t length = strlen(words[n]);

			if (strncmp(text, words[n], length))
				continue;
			*set = text + length;
			return &qualifiers[i];
		}
	}
	return NULL;
}

bool option_chooses_nothing(const char *text)
{
	if (!strncmp(text, "trace=", 6))
		text += 6;
	else if (!strncmp(text, "t=", 2))
		text += 2;
	return !strcmp(text, "none") || !strcmp(text, "!all") || !strcmp(text, "all") ||
	       !strcmp(text, "!none") || !strcmp(text, "status=all");
}
