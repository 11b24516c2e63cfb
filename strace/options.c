// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/options.h"

#include "format/option_parse.h"
#include "format/output/output_file.h"
#include "strace/check.h"
#include "strace/message.h"
#include "strace/option_values.h"
#include "strace/paths.h"
#include "strace/targets.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* A command is not started for a log that cannot be written. Who reads a pipe would see its end;
 * the files of -ff are made as processes come. */
static bool output_opens(const struct strace_options *o)
{
	static const struct output_rules rules = { .group = (gid_t)-1, .as_programs = true };
	struct tape_error why;
	struct stat st;
	int fd;

	if (o->pipe && o->separately)
		return strace_wrong("piping the output and -ff/--output-separately are mutually "
				    "exclusive");
	if (!o->output || o->pipe || o->separately ||
	    (!stat(o->output, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return true;
	fd = output_file_open(o->output, o->append ? OUTPUT_APPEND : OUTPUT_OVER, &rules, &why);
	if (fd >= 0)
		return !close(fd);
	if (strstr(why.text, " folder that others can write"))
		return strace_refuse("%s", why.text);
	return strace_refuse("Can't fopen '%s': %s", o->output, strerror(-fd));
}

/* The row of an answer of getopt_long, `name` the long option's or NULL. */
static const struct option_row *row_of(int id, const char *name)
{
	for (const struct option_row *row = option_table; row->name || row->help; row++)
		if (row->id == id && (!name || (row->name && !strcmp(row->name, name))))
			return row;
	return NULL;
}

static void refuse_option(int answer, char **argv, const struct option *longs)
{
	char *text = message_of_option(answer, argv, longs);

	strace_say("%s", text ? text : "out of memory");
	strace_say_try();
	free(text);
}

/* An option with its value. Those that are refused in their own words know what no argument of
 * theirs is. */
static bool take(struct strace_options *o, const struct option_row *row, bool by_name)
{
	if (!row->refusal || row->id == OPTION_KVM || row->id == OPTION_NAMESPACE)
		return option_take(o, row, by_name, optarg);
	return strace_refuse("cannot do %s%s%s: %s", by_name ? "--" : "-", by_name ? row->name : "",
			     by_name ? "" : (const char[]){ (char)row->id, '\0' }, row->refusal);
}

/* What is answered in place of a trace: true if something was. */
static bool answer(const struct strace_options *o)
{
	char *tip;

	if (o->given['h'] && !o->trace)
		print_help();
	else if (o->given['V'])
		puts("systape-strace -- version " SYSTAPE_VERSION ", with the text of strace 7.2");
	if (o->given['h'] || o->given['V'])
		return true;
	tip = *o->command || o->pid_count ? NULL : tips_text(&o->tips);
	if (tip)
		fputs(tip, stderr);
	free(tip);
	return tip;
}

/* In strace's order. */
static bool prepare(struct strace_options *o)
{
	return check_together(o) && paths_resolve(o) && targets_user(o) && output_opens(o) &&
	       check_quiet(o) && targets_program(o) && targets_processes(o);
}

static bool read_options(struct strace_options *o, int argc, char **argv)
{
	struct option longs[OPTIONS_MOST + 1] = { { NULL, 0, NULL, 0 } };
	char shorts[3 * OPTIONS_MOST] = "+:";
	int id, index = -1;

	for (const struct option_row *row = option_table; row->name || row->help; row++)
		option_parse_add(longs, shorts, row->id, row->name, row->value);
	opterr = 0;
	while ((id = getopt_long(argc, argv, shorts, longs, &index)) != -1) {
		bool by_name = index >= 0;
		const struct option_row *row = row_of(id, by_name ? longs[index].name : NULL);

		index = -1;
		if (id == '?' || id == ':' || !row) {
			refuse_option(id, argv, longs);
			return false;
		}
		if (!take(o, row, by_name))
			return false;
		if (id == 'h')
			break;
	}
	o->command = argv + optind;
	return true;
}

enum strace_result strace_options_parse(struct strace_options *o, int argc, char **argv)
{
	*o = (struct strace_options){ .checked = filter_new(), .tips.number = -1 };
	if (!o->checked) {
		strace_say("out of memory");
		return STRACE_WRONG;
	}
	if (!read_options(o, argc, argv))
		return STRACE_WRONG;
	if (answer(o))
		return STRACE_DONE;
	return prepare(o) ? STRACE_RUN : STRACE_WRONG;
}

void strace_options_free(struct strace_options *o)
{
	filter_free(o->checked);
	free(o->pipe);
	free(o->pids);
	free((void *)o->paths.word);
	while (o->resolved_count)
		free(o->resolved[--o->resolved_count]);
	free(o->resolved);
	free((void *)o->recorder.word);
	free((void *)o->decoder.word);
	free((void *)o->lines.word);
	free((void *)o->table.word);
}
