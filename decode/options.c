// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>

enum {
	OPTION_COLUMNS = 256, OPTION_NO_HEADER, OPTION_HEADER, OPTION_SINCE, OPTION_UNTIL, OPTION_QUIET, OPTION_PIDS,
	OPTION_PER_THREAD,
	OPTIONS_MOST = 64,
};

// clang-format off
const struct decode_option_row decode_option_table[] = {
	{ 'l', "format", "FMT", "hex (default), hex_sl, strace, list, bin; 'help' says more" },
	{ 'o', "output", "FILE", "where the text goes (standard output)" },
	{ 'f', "files", NULL, "-ff: a file for each process, FILE.pid; -fff: for each thread, FILE.tid.pid" },
	{ OPTION_PER_THREAD, "per-thread", NULL, "a file for each thread, FILE.tid, as strace -ff does" },
	{ 't', "timestamp", NULL, "time column; strace: time of day, -tt with microseconds, -ttt seconds since 1970" },
	{ 'r', "relative-timestamps", NULL, "strace: time since the line before" },
	{ 'T', "syscall-times", NULL, "strace: time spent in each call" },
	{ 'K', "hex-separator", "SEP", "between the fields of the hex formats (TAB)" },
	{ OPTION_COLUMNS, "columns", "LIST", "further hex columns: TID TGID CPU DUR SEQ NR START ADDR FDS" },
	{ OPTION_NO_HEADER, "no-header", NULL, "hex: without the first two lines" },
	{ 'e', "expr", "EXPR", "trace=SET: which calls; see systape-filter(7)" },
	{ 'p', "pid", "PID[,PID]", "only these processes or threads; may be repeated" },
	{ 'X', "failed", NULL, "only calls that failed" },
	{ OPTION_SINCE, "since", "T", "from T seconds after the first event on" },
	{ OPTION_UNTIL, "until", "T", "before T seconds after the first event" },
	{ 's', "string-size", "N", "bytes shown of strings, elements of arrays (32)" },
	{ 'a', "column", "N", "strace: where = stands (40)" },
	{ 'x', "hex-strings", NULL, "strace: strings that are not ASCII in hex; -xx all" },
	{ 'v', "verbose", NULL, "strace, list: structures in full" },
	{ OPTION_PIDS, "pids", "WHEN", "strace: pid before lines: auto (default), never, several, always" },
	{ OPTION_HEADER, "header", NULL, "print the trace.h that the tape was written with, and nothing else" },
	{ 'q', "quiet-exit", NULL, "strace: no lines about ended threads" },
	{ OPTION_QUIET, "quiet", NULL, "no summary, unless something was lost or damaged" },
	{ 'd', "debug", NULL, "say what is done and why" },
	{ 'h', "help", NULL, "this text" },
	{ 'V', "version", NULL, "the version" },
	{ 0, NULL, NULL, NULL },
};
// clang-format on

static bool __attribute__((format(printf, 1, 2))) wrong(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("systape-decode: ", stderr);
	vfprintf(stderr, format, args);
	fputs("; --help shows how\n", stderr);
	va_end(args);
	return false;
}

static bool parse_pids(struct decode_options *o, const char *text)
{
	const char *at = text;

	do {
		char *end;
		unsigned long pid = strtoul(at, &end, 10);
		uint32_t *more = reallocarray(o->pids, o->filter.pid_count + 1, sizeof(*more));

		if (!more)
			return false;
		o->pids = more;
		o->filter.pids = more;
		if (*at < '0' || *at > '9' || (*end && *end != ',') || !pid || pid > INT_MAX)
			return wrong("'%s' is not a list of process ids", text);
		more[o->filter.pid_count++] = pid;
		at = *end ? end + 1 : end;
	} while (*at);
	return true;
}

static bool parse_expression(struct decode_options *o, const char *text)
{
	char error[160];

	if (!o->calls)
		o->calls = filter_new();
	o->filter.calls = o->calls;
	if (!o->calls || !filter_trace(o->calls, !strncmp(text, "trace=", 6) ? text + 6 : text, error, sizeof(error)))
		return o->calls;
	return wrong("-e: %s", error);
}

static bool parse_format(struct decode_options *o, const char *text)
{
	o->binary = !strcmp(text, "bin") || !strcmp(text, "binary");
	o->renderer = renderer_by_name(text);
	return o->binary || o->renderer || wrong("there is no format '%s'; -l help prints them", text);
}

static bool parse_seconds(const char *text, uint64_t *ns)
{
	char *end;
	double seconds = strtod(text, &end);

	if (*end || end == text || !(seconds >= 0 && seconds < 1e9))
		return wrong("'%s' is not a time in seconds", text);
	*ns = seconds * 1e9 + 0.5;
	return true;
}

static bool parse_number(const char *text, uint32_t most, uint32_t *value)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || number > most)
		return wrong("'%s' is not a number up to %u", text, most);
	*value = number;
	return true;
}

static bool parse_pid_style(struct decode_options *o, const char *text)
{
	static const char *const styles[] = {
		[PIDS_NEVER] = "never", [PIDS_SEVERAL] = "several", [PIDS_ALWAYS] = "always", [PIDS_AUTO] = "auto",
	};

	for (size_t i = 0; i < sizeof(styles) / sizeof(*styles); i++) {
		if (!strcmp(text, styles[i])) {
			o->render.pids = i;
			return true;
		}
	}
	return wrong("--pids takes auto, never, several or always, not '%s'", text);
}

static void set_flag(struct decode_options *o, int id)
{
	switch (id) {
	case 't':
		if (o->render.time < TIME_EPOCH)
			o->render.time++;
		break;
	case 'x':
		if (o->render.quoting < TEXT_QUOTE_HEX_ALL)
			o->render.quoting++;
		break;
	case 'r': o->render.relative_time = true; break;
	case 'T': o->render.duration = true; break;
	case 'v': o->render.verbose = true; break;
	case 'q': o->render.quiet_exit = true; break;
	case 'X': o->filter.failed_only = true; break;
	case 'd': o->debug = true; break;
	case 'f': o->files++; break;
	case OPTION_PER_THREAD: o->split = SPLIT_THREAD; break;
	case OPTION_NO_HEADER: o->render.header = false; break;
	case OPTION_HEADER: o->header_text = true; break;
	case OPTION_QUIET: o->quiet = true; break;
	}
}

static bool set_value(struct decode_options *o, int id, const char *value)
{
	uint32_t column;

	switch (id) {
	case 'l': return parse_format(o, value);
	case 'p': return parse_pids(o, value);
	case 'e': return parse_expression(o, value);
	case 's': return parse_number(value, 1 << 20, &o->render.string_size);
	case 'a':
		if (!parse_number(value, 1000, &column))
			return false;
		o->render.column = column;
		return true;
	case 'o':
		o->output = value;
		return *value || wrong("-o takes a file name, not '%s'", value);
	case 'K':
		o->render.separator = value;
		return *value || wrong("-K takes a separator, not '%s'", value);
	case OPTION_COLUMNS: o->render.columns = value; return true;
	case OPTION_SINCE: return parse_seconds(value, &o->filter.since);
	case OPTION_UNTIL: return parse_seconds(value, &o->filter.until);
	case OPTION_PIDS: return parse_pid_style(o, value);
	}
	set_flag(o, id);
	return true;
}

static void print_help(FILE *to)
{
	fputs("usage: systape-decode [options] FILE|-\n"
	      "Shows a tape of systape. Needs no privileges, and not the machine that recorded it.\n\n", to);
	for (const struct decode_option_row *row = decode_option_table; row->name; row++) {
		char left[64];

		snprintf(left, sizeof(left), "%c%c%s--%s%s%s", row->id < 128 ? '-' : ' ', row->id < 128 ? row->id : ' ',
			 row->id < 128 ? ", " : "  ", row->name, row->value ? " " : "", row->value ? row->value : "");
		fprintf(to, "  %-30s %s\n", left, row->help);
	}
}

static void print_formats(void)
{
	for (const struct renderer *const *r = renderer_all(); *r; r++)
		printf("%-8s %s%s%s%s\n", (*r)->name, (*r)->help, (*r)->alias ? " (also " : "",
		       (*r)->alias ? (*r)->alias : "", (*r)->alias ? ")" : "");
	printf("%-8s %s\n", "bin", "the tape itself, uncompressed (also binary)");
}

/* Options that answer and end: true if it was one. */
static bool answer(int id, const char *value)
{
	if (id == 'h')
		print_help(stdout);
	else if (id == 'V')
		puts("systape-decode " SYSTAPE_VERSION);
	else if (id == 'l' && !strcmp(value, "help"))
		print_formats();
	else
		return false;
	return true;
}

static bool check(struct decode_options *o, int argc, char **argv)
{
	const struct stream_filter *f = &o->filter;

	if (optind + 1 != argc)
		return wrong(optind == argc ? "which tape? give a file, or - for standard input" : "one tape at a time");
	o->file = argv[optind];
	if (!o->split && o->files > 1)
		o->split = o->files > 2 ? SPLIT_BOTH : SPLIT_PROCESS;
	if (o->split && !o->output)
		return wrong("-ff and --per-thread write files: -o says what their names begin with");
	if (o->split && o->binary)
		return wrong("-l bin is one tape: it takes no -ff, -fff or --per-thread");
	if (o->binary && (f->calls || f->pid_count || f->failed_only || f->since || f->until))
		return wrong("-l bin copies the whole tape: it takes no -e, -p, -X, --since or --until");
	return true;
}

enum decode_options_result decode_options_parse(struct decode_options *o, int argc, char **argv)
{
	struct option longs[OPTIONS_MOST + 1] = { { NULL, 0, NULL, 0 } };
	char shorts[3 * OPTIONS_MOST] = "";
	size_t at = 0, n = 0;
	int id;

	*o = (struct decode_options){
		.renderer = renderer_by_name("hex"),
		.render = { .separator = "\t", .header = true, .string_size = 32, .column = 40, .pids = PIDS_AUTO },
	};
	for (const struct decode_option_row *row = decode_option_table; row->name; row++, n++) {
		longs[n] = (struct option){ row->name, row->value ? required_argument : no_argument, NULL, row->id };
		if (row->id < 128) {
			shorts[at++] = row->id;
			if (row->value)
				shorts[at++] = ':';
		}
	}
	while ((id = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (id == '?') {
			fputs("systape-decode: --help lists the options\n", stderr);
			return DECODE_WRONG;
		}
		if (answer(id, optarg))
			return DECODE_DONE;
		if (!set_value(o, id, optarg))
			return DECODE_WRONG;
	}
	return check(o, argc, argv) ? DECODE_RUN : DECODE_WRONG;
}

void decode_options_free(struct decode_options *o)
{
	filter_free(o->calls);
	free(o->pids);
}
