// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/options.h"

#include "decode/message.h"
#include "decode/option_filter.h"
#include "decode/option_values.h"
#include "decode/render/hex_columns.h"
#include "decode/render/renderer_table.h"
#include "decode/render/summary.h"
#include "format/option_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

static bool parse_format(struct decode_options *o, const char *text)
{
	o->binary = !strcmp(text, "bin") || !strcmp(text, "binary");
	o->renderer = renderer_by_name(text);
	return o->binary || o->renderer ||
	       decode_wrong("there is no format '%s'; -l help prints them", text);
}

/* Which of some words it is; -1 for another, which is said. `help` names them. */
static int word_of(const char *option, const char *const *words, const char *help, const char *text)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(text, words[i]))
			return i;
	decode_wrong("%s takes %s, not '%s'", option, help, text);
	return -1;
}

static bool parse_pid_style(struct decode_options *o, const char *text)
{
	static const char *const styles[] = {
		[PIDS_NEVER] = "never",
		[PIDS_SEVERAL] = "several",
		[PIDS_ALWAYS] = "always",
		[PIDS_AUTO] = "auto",
		NULL,
	};
	int style = word_of("--pids", styles, "auto, never, several or always", text);

	o->render.pids = style < 0 ? PIDS_AUTO : style;
	return style >= 0;
}

static bool parse_notes(struct decode_options *o, const char *text)
{
	static const char *const words[] = {
		[NOTES_AUTO] = "auto", [NOTES_ALWAYS] = "always", [NOTES_NEVER] = "never", NULL
	};
	int word = word_of("--notes", words, "auto, always or never", text);

	o->filter.notes = word < 0 ? NOTES_AUTO : word;
	return word >= 0;
}

static bool parse_constants(struct decode_options *o, const char *text)
{
	static const char *const styles[] = { "abbrev", "raw", "verbose", NULL };
	int style = word_of("--const-print-style", styles, "abbrev, raw or verbose", text);

	o->render.raw_names = style < 0 ? 0 : style;
	return style >= 0;
}

static bool parse_weight(struct decode_options *o, const char *text)
{
	static const char *const words[] = { [WEIGHT_CALLS] = "calls",
					     [WEIGHT_TIME] = "time",
					     [WEIGHT_ERRORS] = "errors",
					     [WEIGHT_BYTES] = "bytes",
					     NULL };
	int word = word_of("--weight", words, "calls, time, errors or bytes", text);

	o->render.weight = word < 0 ? WEIGHT_CALLS : word;
	return word >= 0;
}

static bool parse_profile(struct decode_options *o, const char *text)
{
	static const char *const words[] = {
		[PROFILE_OCI] = "oci", [PROFILE_SYSTEMD] = "systemd", [PROFILE_C] = "c", NULL
	};
	int word = word_of("--profile", words, "oci, systemd or c", text);

	o->render.profile = word < 0 ? PROFILE_OCI : word;
	return word >= 0;
}

/* programs, calls, calls:N, none */
static bool parse_spans(struct otlp_options *o, const char *text)
{
	static const char *const words[] = {
		[OTLP_PROGRAMS] = "programs", [OTLP_CALLS] = "calls", [OTLP_NO_SPANS] = "none", NULL
	};
	const char *most = strncmp(text, "calls:", 6) ? NULL : text + 6;
	int word = word_of("--spans", words, "programs, calls, calls:N or none",
			   most ? "calls" : text);

	o->spans = word < 0 ? OTLP_PROGRAMS : word;
	return word >= 0 && (!most || option_parse_number(most, 0, UINT64_MAX, &o->most) ||
			     decode_wrong("'%s' is not a number of spans", most));
}

static void set_flag(struct decode_options *o, int id)
{
	switch (id) {
	case 't': option_more_time(&o->render); break;
	case 'y': o->render.descriptors = o->render.descriptors ? SHOW_DETAILS : SHOW_PATHS; break;
	case 'Y': o->render.comms = true; break;
	case OPTION_TRANSLATE_PIDS: o->render.pids_translated = true; break;
	case 'x':
		if (o->render.quoting < TEXT_QUOTE_HEX_ALL)
			o->render.quoting++;
		break;
	case OPTION_HEX_CHARS: o->render.quoting = TEXT_QUOTE_HEX_CHARS; break;
	case 'v': o->render.verbose = true; break;
	case 'q': o->quiet_level++; break;
	case OPTION_ARG_NAMES: o->render.argument_names = true; break;
	case OPTION_APPEND: o->split.append = true; break;
	case OPTION_SUMMARY: o->summary = true; break;
	case OPTION_LOGS: o->render.otlp.logs = true; break;
	case OPTION_COMMAND_ARGS: o->render.otlp.command_args = true; break;
	case OPTION_RELATIVE_TO_NOW: o->render.otlp.relative = true; break;
	case OPTION_JSON_SAFE: o->render.json_safe = true; break;
	case OPTION_UNTIL_EXECVE: o->filter.until_execve = true; break;
	case 'i': o->render.pointer = true; break;
	case 'n': o->render.numbers = true; break;
	case 'd': o->debug = true; break;
	case 'f': o->files++; break;
	case OPTION_PER_THREAD: o->split.by = SPLIT_THREAD; break;
	case OPTION_NO_HEADER: o->render.header = false; break;
	case OPTION_HEADER: o->header_text = true; break;
	case OPTION_QUIET: o->quiet = true; break;
	case OPTION_CHECK: o->only_check = true; break;
	}
}

static bool parse_ready(struct decode_options *o, const char *value)
{
	char *end;
	long fd = strtol(value, &end, 10);

	if (*end || end == value || fd <= STDERR_FILENO || fcntl((int)fd, F_SETFD, FD_CLOEXEC))
		return decode_wrong("'%s' is not an open descriptor besides the standard ones",
				    value);
	o->ready = (int)fd;
	return true;
}

/* What says how lines and tables look. */
static bool set_looks(struct decode_options *o, int id, const char *value)
{
	switch (id) {
	case OPTION_SUMMARY_ORDER: o->render.summary_order = value; return true;
	case OPTION_SUMMARY_COLUMNS: o->render.summary_columns = value; return true;
	case OPTION_SUMMARY_OVERHEAD:
		return option_parse_span(value, &o->render.summary_overhead) ||
		       decode_wrong("'%s' is not a time such as 12us", value);
	case OPTION_CONSTANTS: return parse_constants(o, value);
	case OPTION_WEIGHT: return parse_weight(o, value);
	case OPTION_SPANS: return parse_spans(&o->render.otlp, value);
	case OPTION_RETRY_FOR:
		return option_parse_span(value, &o->render.otlp.retry) ||
		       decode_wrong("'%s' is not a time such as 60s", value);
	case OPTION_PROFILE: return parse_profile(o, value);
	case OPTION_PROGRAM:
		o->render.program = value;
		return *value || decode_wrong("--program takes a name or a path, not ''");
	case OPTION_PIDS: return parse_pid_style(o, value);
	}
	set_flag(o, id);
	return true;
}

static bool set_value(struct decode_options *o, int id, const char *value)
{
	uint32_t column = 0;

	if (option_filter_has(id))
		return option_filter(o, id, value);
	switch (id) {
	case 'l': return parse_format(o, value);
	case 'r':
	case 'T':
	case OPTION_ABSOLUTE:
		return option_time(&o->render, id, value) ||
		       decode_wrong("'%s' is not a form of time", value);
	case 's': return option_number(value, 1 << 20, &o->render.string_size);
	case 'a':
		if (!option_number(value, 1000, &column))
			return false;
		o->render.column = column;
		return true;
	case 'o':
	case OPTION_THREADS: return option_common(o, id, value);
	case OPTION_READY: return parse_ready(o, value);
	case 'K':
		o->render.separator = value;
		return *value || decode_wrong("-K takes a separator, not '%s'", value);
	case OPTION_COLUMNS: o->render.columns = strcmp(value, "none") ? value : NULL; return true;
	case OPTION_NOTES: return parse_notes(o, value);
	case OPTION_CPU_TIME:
		o->render.cpu_time = true;
		o->render.cpu_time_auto = value;
		return !value || !strcmp(value, "auto") ||
		       decode_wrong("--cpu-time takes auto, not '%s'", value);
	case OPTION_LEFT_STATUS: o->left_status = true; return true;
	case OPTION_MESSAGE_NAME:
		program_invocation_name = (char *)value;
		o->render.tracer = value;
		return true;
	case OPTION_MODE:
		return output_rules_mode(&o->split.rules, value) ||
		       decode_wrong("--mode takes permissions such as 0640, or umask, not '%s'",
				    value);
	case OPTION_GROUP:
		return output_rules_group(&o->split.rules, value) ||
		       decode_wrong("--group takes a group of this machine, not '%s'", value);
	}
	return set_looks(o, id, value);
}

/* For the look at what the options mean to the format, once that is known. */
static bool note_given(struct decode_options *o, int id)
{
	const struct option_row *row = option_row_find(decode_option_table, id);

	if (row && row->formats && o->given_count < OPTION_ROWS_MOST)
		o->given[o->given_count++] = row;
	return true;
}

static void print_help(void)
{
	fputs("usage: systape-decode [options] FILE...|-\n"
	      "Shows a tape of systape. Needs no privileges, and not the machine that recorded "
	      "it.\n\n",
	      stdout);
	option_print_rows(decode_option_table);
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
		print_help();
	else if (id == 'V')
		puts("systape-decode " SYSTAPE_VERSION);
	else if (id == 'l' && !strcmp(value, "help"))
		print_formats();
	else
		return false;
	return true;
}

static void say_no_effect(const struct decode_options *o, const char *what, unsigned int formats)
{
	char names[200];

	option_format_names(formats, names, sizeof(names));
	decode_say("%s has no effect on -l %s: it is for %s", what,
		   o->renderer ? o->renderer->name : "bin", names);
}

/* Nothing is left aside in silence. */
static void check_formats(const struct decode_options *o)
{
	unsigned int format = o->renderer ? option_format_bit(o->renderer->name) : OPTION_FOR_BIN;
	char word[64];

	format |= o->summary ? OPTION_FOR_SUMMARY : 0;
	for (size_t i = 0; i < o->given_count; i++) {
		option_row_word(o->given[i], word, sizeof(word));
		if (!(o->given[i]->formats & format))
			say_no_effect(o, word, o->given[i]->formats);
	}
	for (size_t i = 0; i < o->qualifier_count; i++) {
		snprintf(word, sizeof(word), "-e %s", o->qualifiers[i]->name);
		if (!(o->qualifiers[i]->formats & format))
			say_no_effect(o, word, o->qualifiers[i]->formats);
	}
	if (format == OPTION_FOR_HEX && (o->render.time_digits || o->render.time == TIME_EPOCH) &&
	    o->render.time)
		decode_say("-tt and -ttt are -t on -l hex: it has microseconds anyway");
}

static bool is_given(const struct decode_options *o, int id)
{
	for (size_t i = 0; i < o->given_count; i++)
		if (o->given[i]->id == id)
			return true;
	return false;
}

/* What a person finds too long, a program can leave aside. */
static void show_whole(struct decode_options *o)
{
	bool details = is_given(o, 'y');

	for (size_t i = 0; i < o->qualifier_count; i++)
		details |= !strcmp(o->qualifiers[i]->name, "decode-fds=");
	if (!details)
		o->render.descriptors = SHOW_DETAILS;
	if (!is_given(o, 's'))
		o->render.string_size = UINT32_MAX;
}

enum render_target decode_target(const struct decode_options *o)
{
	return o->renderer ? o->renderer->target : TARGET_STREAM;
}

static bool check_files(struct decode_options *o)
{
	enum render_target target = decode_target(o);

	if (o->files == 1)
		return decode_wrong("one -f does nothing: -ff makes a file for each process, -fff "
				    "for each thread");
	if (!o->split.by && o->files)
		o->split.by = o->files > 2 ? SPLIT_BOTH : SPLIT_PROCESS;
	if (o->split.by && (o->summary || (o->renderer && o->renderer->one)))
		return decode_wrong("-l %s is one for all: it takes no -ff, -fff or --per-thread",
				    o->summary ? "summary" : o->renderer->name);
	if (o->summary && o->renderer &&
	    !(option_format_bit(o->renderer->name) &
	      (OPTION_FOR_HEX | OPTION_FOR_STRACE | OPTION_FOR_LIST | OPTION_FOR_SUMMARY)))
		return decode_wrong("--summary is a table for people: -l %s takes none",
				    o->renderer->name);
	if (o->split.by && o->binary)
		return decode_wrong("-l bin is one tape: it takes no -ff, -fff or --per-thread");
	if (o->split.by && !o->output)
		return decode_wrong(
			"-ff and --per-thread write files: -o says what their names begin with");
	if (o->split.append && (!o->output || !strcmp(o->output, "-")))
		return decode_wrong("--append is for the file of -o");
	if ((target == TARGET_REWRITTEN || target == TARGET_FOLDER) &&
	    (!o->output || !strcmp(o->output, "-")))
		return decode_wrong("-l %s makes a %s, no stream: -o names it", o->renderer->name,
				    target == TARGET_FOLDER ? "folder" : "file");
	return true;
}

static bool take_tapes(struct decode_options *o, int argc, char **argv)
{
	o->tapes = argv + optind;
	o->tape_count = argc - optind;
	if (!o->tape_count)
		return decode_wrong("which tape? give a file, or - for standard input");
	for (size_t i = 0; o->tape_count > 1 && i < o->tape_count; i++)
		if (!strcmp(o->tapes[i], "-"))
			return decode_wrong("standard input is one tape: no others go with it");
	if (o->tape_count > 1 && o->binary)
		return decode_wrong("-l bin copies one tape at a time");
	if (o->tape_count > 1 && o->header_text)
		return decode_wrong("--header is of one tape: give one file");
	return true;
}

static bool check(struct decode_options *o, int argc, char **argv)
{
	static const unsigned int quiet_levels[] = {
		0,
		QUIET_ATTACH | QUIET_PERSONALITY,
		QUIET_ATTACH | QUIET_PERSONALITY | QUIET_EXIT,
		QUIET_ALL,
	};
	const struct stream_filter *f = &o->filter;
	char word[100];
	hex_column *columns[COLUMNS_MOST];
	struct tape_error why;

	if (!take_tapes(o, argc, argv))
		return false;
	o->render.quiet |= quiet_levels[o->quiet_level > 3 ? 3 : o->quiet_level];
	if (!summary_knows(o->render.summary_columns, o->render.summary_order, word, sizeof(word)))
		return decode_wrong("%s", word);
	o->filter.chosen |= o->filter.failed_only || o->filter.slower || o->touch;
	if (o->renderer && o->renderer->whole)
		show_whole(o);
	o->captures = o->renderer && o->renderer->captures && !o->split.by;
	if (!check_files(o))
		return false;
	if (o->binary && (f->calls || f->touch || f->pid_count || f->failed_only || f->since ||
			  f->until || f->slower))
		return decode_wrong(
			"-l bin copies the whole tape: it takes no -e, -P, -p, -X, --since, "
			"--until or --slower");
	if ((o->only_check || o->ready) &&
	    hex_columns_parse(o->render.columns, columns, COLUMNS_MOST, &why) < 0)
		return decode_wrong("%s", why.text);
	if (!o->only_check)
		check_formats(o);
	return true;
}

static enum option_reading take_option(void *context, int id, const char *value)
{
	struct decode_options *o = context;

	if (answer(id, value))
		return OPTION_ANSWERED;
	return set_value(o, id, value) && note_given(o, id) ? OPTION_GOES_ON : OPTION_REFUSED;
}

enum decode_options_result decode_options_parse(struct decode_options *o, int argc, char **argv)
{
	enum option_reading reading;

	*o = (struct decode_options){
		.renderer = renderer_by_name("hex"),
		.split.rules.group = (gid_t)-1,
		.render = { .separator = "\t",
			    .header = true,
			    .tracer = "strace",
			    .string_size = 32,
			    .column = 40,
			    .pids = PIDS_AUTO,
			    .relative_digits = 6,
			    .duration_digits = 6,
			    .otlp = { .most = 10000, .retry = 60000000000 } },
	};
	reading = option_read(decode_option_table, argc, argv, take_option, o);
	if (reading != OPTION_GOES_ON)
		return reading == OPTION_ANSWERED ? DECODE_DONE : DECODE_WRONG;
	if (!check(o, argc, argv))
		return DECODE_WRONG;
	if (o->ready) {
		if (write(o->ready, "", 1) != 1)
			return DECODE_WRONG; /* who started it has gone */
		close(o->ready);
	}
	return o->only_check ? DECODE_DONE : DECODE_RUN;
}

void decode_options_free(struct decode_options *o)
{
	filter_free(o->calls);
	filter_free(o->dumps);
	filter_free(o->abbrev);
	filter_free(o->dereference);
	filter_free(o->raw);
	path_match_free(o->touch);
	output_folder_close(o->split.folder);
	free(o->pids);
}
