// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/options.h"

#include "format/option_parse.h"
#include "format/output/output_file.h"
#include "strace/check.h"
#include "strace/expression.h"
#include "strace/message.h"
#include "strace/option_table.h"
#include "strace/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SIZE_LIMIT = (1 << 30) - 1, /* of -s, as in strace */
	STRING_MOST = 131007,	    /* bytes that the recorder keeps of a string at most */
};

static bool __attribute__((format(printf, 1, 2))) refuse(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strace_vsay(format, args);
	va_end(args);
	return false;
}

static bool __attribute__((format(printf, 1, 2))) wrong(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strace_vsay(format, args);
	va_end(args);
	strace_say_try();
	return false;
}

static bool decode(struct strace_options *o, const char *option, const char *value)
{
	words_add(&o->decoder, option);
	if (value)
		words_add(&o->decoder, value);
	return true;
}

/* The same of what is about lines, not about the table. */
static bool decode_lines(struct strace_options *o, const char *option, const char *value)
{
	words_add(&o->lines, option);
	if (value)
		words_add(&o->lines, value);
	return true;
}

/* And of what is about the table. */
static bool decode_table(struct strace_options *o, const char *option, const char *value)
{
	words_add(&o->table, option);
	if (value)
		words_add(&o->table, value);
	return true;
}

static bool record(struct strace_options *o, const char *option, const char *value)
{
	words_add(&o->recorder, option);
	if (value)
		words_add(&o->recorder, value);
	return true;
}

static bool take_size(struct strace_options *o, const char *text)
{
	uint64_t size;
	char *kept;

	if (!option_parse_number(text, 0, SIZE_LIMIT, &size))
		return wrong("invalid -s argument: '%s'", text);
	if (asprintf(&kept, "%llu", (unsigned long long)(size < STRING_MOST ? size : STRING_MOST)) <
	    0)
		return wrong("out of memory");
	return record(o, "-s", kept) && decode_lines(o, "-s", size > 1 << 20 ? "1048576" : text);
}

static bool take_pids(struct strace_options *o, const char *text)
{
	const char *at = text;
	bool any = false;
	int pid;

	for (; (pid = option_parse_pid(&at)) > 0; any = true) {
		o->several |= o->attached;
		o->attached = true;
	}
	if (pid < 0)
		return refuse("Invalid process id: '%.*s'", (int)strcspn(at, ", \t\n"), at);
	return !any || record(o, "-p", text); /* strace takes a list of none */
}

static bool take_when(struct strace_options *o, const char *text)
{
	static const char *const names[] = { "anywhere", "waiting", "never", "never_tstp" };
	uint64_t number = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(text, names[i]))
			number = i + 1;
	if (!number && !option_parse_number(text, 1, 4, &number))
		return wrong("invalid -I argument: '%s'", text);
	o->interruptible = number;
	return true;
}

static bool take_daemonize(struct strace_options *o, const char *where)
{
	static const char *const names[] = { "grandchild", "pgroup", "session" };

	if (!where)
		return ++o->daemonize <= 3 ||
		       wrong("Too many -D's (%u), maximum supported -D count is 3", o->daemonize);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!strcmp(where, names[i])) {
			o->daemonize = i + 1;
			return true;
		}
	}
	return wrong("invalid --daemonize argument: '%s'", where);
}

static bool take_limit(struct strace_options *o, const char *text)
{
	uint64_t limit;

	if (!option_parse_number(text, 1, INT_MAX, &limit))
		return wrong("invalid --syscall-limit argument: '%s'", text);
	return record(o, "--leave", NULL) && decode(o, "--limit", text);
}

static bool take_columns(struct strace_options *o, const char *text)
{
	uint64_t column;

	if (!option_parse_number(text, 0, 1000, &column))
		return wrong("invalid -a argument: '%s'", text);
	return decode_lines(o, "-a", text);
}

static bool take_style(struct strace_options *o, const char *text)
{
	if (strcmp(text, "raw") && strcmp(text, "abbrev") && strcmp(text, "verbose"))
		return wrong("invalid -X argument: '%s'", text);
	return decode_lines(o, "--const-print-style", text);
}

static bool take_hex(struct strace_options *o, const char *text)
{
	o->long_hex = true;
	if (text && !strcmp(text, "non-ascii"))
		return decode_lines(o, "-x", NULL);
	if (text && !strcmp(text, "non-ascii-chars"))
		return decode_lines(o, "--hex-chars", NULL);
	if (text && strcmp(text, "all"))
		return wrong("invalid --strings-in-hex argument: '%s'", text);
	return decode_lines(o, "-xx", NULL);
}

/* Both |COMMAND and !COMMAND are a pipe. */
static bool take_output(struct strace_options *o, const char *value)
{
	free(o->pipe);
	o->pipe = NULL;
	o->output = value;
	if (*value != '|' && *value != '!')
		return *value || wrong("-o takes a file name, not '%s'", value);
	o->pipe = strdup(value);
	if (o->pipe)
		*o->pipe = '|';
	return o->pipe || wrong("out of memory");
}

/* A long option of the decoder with a value that may be missing. */
static bool take_time(struct strace_options *o, const char *name, const char *value, bool good)
{
	char *text;

	o->long_time |= name[0] == 'a' || name[0] == 't';
	if (value && !good)
		return wrong("invalid --%s argument: '%s'", name, value);
	if (asprintf(&text, "--%s%s%s", !strcmp(name, "timestamps") ? "absolute-timestamps" : name,
		     value && *value ? "=" : "", value ? value : "") < 0)
		return wrong("out of memory");
	return decode_lines(o, text, NULL);
}

static bool take_summary(struct strace_options *o, int id, const char *value)
{
	char error[160];
	uint64_t ns;

	if (id == 'S')
		return option_parse_column(value, strlen(value)) >= 0
			       ? decode_table(o, "--summary-sort-by", value)
			       : wrong("invalid sortby: '%s'", value);
	if (id == 'U')
		return check_columns(value, error, sizeof(error))
			       ? decode_table(o, "--summary-columns", value)
			       : wrong("%s", error);
	return option_parse_span(value, &ns) ? decode_table(o, "--summary-overhead", value)
					     : wrong("invalid -O argument: '%s'", value);
}

static bool take_expression(struct strace_options *o, const char *name, const char *value)
{
	char error[200];

	if (name ? expression_take_named(o, name, value, error, sizeof(error))
		 : expression_take(o, value, error, sizeof(error)))
		return true;
	return refuse("%s", error);
}

static bool is_time(const char *value)
{
	int style, digits;

	return option_parse_absolute(value, &style, &digits);
}

static bool is_unit(const char *value)
{
	return option_parse_unit(value, strlen(value)) >= 0;
}

static bool take_value(struct strace_options *o, int id, const char *value)
{
	switch (id) {
	case 'e': return take_expression(o, NULL, value);
	case OPTION_TRACE: return take_expression(o, "trace", value);
	case OPTION_ABBREV: return take_expression(o, "abbrev", value);
	case OPTION_VERBOSE: return take_expression(o, "verbose", value);
	case OPTION_RAW: return take_expression(o, "raw", value);
	case OPTION_SIGNAL: return take_expression(o, "signal", value);
	case OPTION_STATUS: return take_expression(o, "status", value);
	case OPTION_LIMIT: return take_limit(o, value);
	case OPTION_READ: return take_expression(o, "read", value);
	case OPTION_WRITE: return take_expression(o, "write", value);
	case OPTION_TRACE_FDS: return take_expression(o, "trace-fds", value);
	case 'P':
		o->descriptors = true;
		words_add(&o->paths, value);
		return true;
	case OPTION_QUIET: return take_expression(o, "quiet", value ? value : "attach,personality");
	case 'p': return take_pids(o, value);
	case 'b':
		if (!strcmp(value, "execve"))
			return decode(o, "--until-execve", NULL);
		return refuse("Syscall '%s' for -b isn't supported", value);
	case 'E': return record(o, "--set", value);
	case 'u': return record(o, "--as-user", value);
	case OPTION_ARGV0: return record(o, "--call-it", value);
	case 'I': return take_when(o, value);
	case 'D': return take_daemonize(o, value);
	case 'a': return take_columns(o, value);
	case 's': return take_size(o, value);
	case 'X': return take_style(o, value);
	case OPTION_DECODE_FDS: return take_expression(o, "decode-fds", value ? value : "all");
	case OPTION_TRANSLATE_PIDS: return decode(o, "--pidns-translation", NULL);
	case OPTION_DECODE_PIDS: return take_expression(o, "decode-pids", value);
	case OPTION_STRINGS_IN_HEX: return take_hex(o, value);
	case OPTION_ABSOLUTE:
		return take_time(o, "absolute-timestamps", value, !value || is_time(value));
	case OPTION_TIMESTAMPS: return take_time(o, "timestamps", value, !value || is_time(value));
	case 'r': return take_time(o, "relative-timestamps", value, !value || is_unit(value));
	case 'T': return take_time(o, "syscall-times", value, !value || is_unit(value));
	case 'S':
	case 'U':
	case 'O': return take_summary(o, id, value);
	case 'o': return take_output(o, value);
	}
	return true;
}

static bool take(struct strace_options *o, int id, const char *value)
{
	if (id < 128 && o->given[id] < UINT8_MAX)
		o->given[id]++;
	switch (id) {
	case 'z': return decode(o, "-e", "status=successful");
	case 'Z': return decode(o, "-e", "status=failed");
	case 'f': o->follow++; return true;
	case OPTION_SEPARATELY: o->separately = true; return true;
	case 'A': o->append = true; return true;
	case 'q': return decode_lines(o, "-q", NULL);
	case 'v': o->full = true; return decode_lines(o, "-v", NULL);
	case 'x': return decode_lines(o, "-x", NULL);
	case 'Y': return decode_lines(o, "-Y", NULL);
	case 'y': o->descriptors = true; return decode_lines(o, "-y", NULL);
	case 't': return decode_lines(o, "-t", NULL);
	case 'i': return decode_lines(o, "-i", NULL);
	case 'n': return decode_lines(o, "-n", NULL);
	case OPTION_ALWAYS_PID: o->always_pid = true; return true;
	case 'c': o->summary_only = true; return true;
	case 'C': o->summary = true; return true;
	case 'd': return record(o, "-d", NULL);
	}
	return take_value(o, id, value);
}

static void print_help(void)
{
	puts("usage: systape-strace [options] COMMAND [ARGUMENT ...]\n"
	     "       systape-strace [options] -p PID\n"
	     "Shows system calls as strace does, at a small part of its price.\n");
	for (const struct option_row *row = option_table; row->name || row->help; row++) {
		char left[80];

		if (row->refusal || !row->help)
			continue;
		snprintf(left, sizeof(left), "%c%c%s%s%s%s%s", row->id < 128 ? '-' : ' ',
			 row->id < 128 ? row->id : ' ',
			 !row->name	 ? ""
			 : row->id < 128 ? ", "
					 : "  ",
			 row->name ? "--" : "", row->name ? row->name : "",
			 row->value && *row->value != '[' ? " " : "", row->value ? row->value : "");
		printf("  %-36s %s\n", left, row->help);
	}
	puts("\nRefused, with a sentence that says what to do instead:");
	for (const struct option_row *row = option_table; row->name || row->help; row++)
		if (row->refusal)
			printf("%s%s%.1s", row->name ? " --" : " -", row->name ? row->name : "",
			       row->name ? "" : (const char[]){ row->id, '\0' });
	puts("");
}

static bool together(const struct strace_options *o)
{
	const char *twice = check_twice(o), *sentence = twice ? NULL : check_together(o);

	if (twice)
		return refuse("%s", twice);
	return !sentence || wrong("%s", sentence);
}

/* A command is not started for a log that cannot be written. Who reads a pipe would see its end. */
static bool output_opens(const struct strace_options *o)
{
	static const struct output_rules rules = { .group = (gid_t)-1, .as_programs = true };
	struct tape_error why;
	struct stat st;
	int fd;

	if (!o->output || o->pipe || o->follow > 1 || o->separately ||
	    (!stat(o->output, &st) && !S_ISREG(st.st_mode)))
		return true;
	fd = output_file_open(o->output, o->append ? OUTPUT_APPEND : OUTPUT_OVER, &rules, &why);
	if (fd >= 0)
		return !close(fd);
	if (strstr(why.text, " folder that others can write"))
		return refuse("%s", why.text);
	return refuse("Can't fopen '%s': %s", o->output, strerror(-fd));
}

static const struct option_row *row_of(int id, const char *name)
{
	for (const struct option_row *row = option_table; row->name || row->help; row++)
		if (id == OPTION_REFUSED ? row->name && name && !strcmp(row->name, name)
					 : row->id == id)
			return row;
	return NULL;
}

/* Options that answer and end. */
static bool answer(int id)
{
	if (id == 'V')
		puts("systape-strace -- version " SYSTAPE_VERSION ", with the text of strace 6.13");
	return id == 'V';
}

static void refuse_option(int answer, char **argv, const struct option *longs)
{
	char *text = message_of_option(answer, argv, longs);

	strace_say("%s", text ? text : "out of memory");
	strace_say_try();
	free(text);
}

enum strace_result strace_options_parse(struct strace_options *o, int argc, char **argv)
{
	struct option longs[OPTIONS_MOST + 1] = { { NULL, 0, NULL, 0 } };
	char shorts[3 * OPTIONS_MOST] = "+:";
	int id, index = -1;
	bool help = false;

	*o = (struct strace_options){ .checked = filter_new() };
	if (!o->checked)
		return wrong("out of memory") ? STRACE_RUN : STRACE_WRONG;
	for (const struct option_row *row = option_table; row->name || row->help; row++)
		option_parse_add(longs, shorts, row->id, row->name, row->value);
	opterr = 0;
	while ((id = getopt_long(argc, argv, shorts, longs, &index)) != -1) {
		const struct option_row *row = row_of(id, index >= 0 ? longs[index].name : NULL);

		index = -1;
		if (id == '?' || id == ':' || !row) {
			refuse_option(id, argv, longs);
			return STRACE_WRONG;
		}
		if (answer(id))
			return STRACE_DONE;
		if (row->refusal) {
			strace_say("cannot do %s%s%s: %s", row->name ? "--" : "-",
				   row->name ? row->name : "",
				   row->name ? "" : (const char[]){ row->id, '\0' }, row->refusal);
			return STRACE_WRONG;
		}
		help |= id == 'h';
		if (id != 'h' && !take(o, id, optarg))
			return STRACE_WRONG;
	}
	o->command = argv + optind;
	if (help && !o->trace)
		print_help();
	if (help)
		return STRACE_DONE;
	return together(o) && paths_resolve(o) && output_opens(o) ? STRACE_RUN : STRACE_WRONG;
}

void strace_options_free(struct strace_options *o)
{
	filter_free(o->checked);
	free(o->pipe);
	free((void *)o->paths.word);
	while (o->resolved_count)
		free(o->resolved[--o->resolved_count]);
	free(o->resolved);
	free((void *)o->recorder.word);
	free((void *)o->decoder.word);
	free((void *)o->lines.word);
	free((void *)o->table.word);
}
