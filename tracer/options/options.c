// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/options.h"

#include "format/option_parse.h"
#include "tracer/backends/backend_table.h"

#include "tracer/backends/feature.h"
#include "tracer/cgroup/cgroup_selection.h"
#include "tracer/options/option_events.h"
#include "tracer/options/option_table.h"
#include "tracer/options/option_targets.h"
#include "tracer/options/option_view.h"
#include "tracer/options/word_list.h"
#include "tracer/system/message.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	STRING_MOST = PLAN_PIECE_MAX - 64,
	NAME_PIECE = 256, /* -n NUMBER counts these: NAME_MAX and its NUL */
};

static bool parse_pids(struct options *o, const char *text)
{
	int error = option_parse_pids(text, &o->pids, &o->pid_count);

	if (error == -ENOMEM)
		return tracer_wrong("out of memory");
	return !error || tracer_wrong("'%s' is not a list of process ids", text);
}

/* 64K, 8M, 1G; rings are powers of two, so it is rounded up. */
static bool parse_buffer(struct options *o, const char *text)
{
	uint64_t size;

	if (!option_parse_size(text, &size) || size < 4096 || size > 1ull << 30)
		return tracer_wrong("--buffer takes a size from 4K to 1G, not '%s'", text);
	for (o->buffer = 4096; o->buffer < size; o->buffer *= 2)
		;
	return true;
}

static bool parse_names(struct options *o, const char *text)
{
	uint64_t pieces;

	if (!strcmp(text, "full"))
		o->wishes.path_size = PATH_MAX - 1;
	else if (!strcmp(text, "name_max") || !strcmp(text, "fast"))
		o->wishes.path_size = NAME_PIECE - 1;
	else if (option_parse_number(text, 1, PATH_MAX / NAME_PIECE, &pieces))
		o->wishes.path_size = pieces * NAME_PIECE - 1;
	else
		return tracer_wrong(
			"-n takes fast, name_max, full or a number from 1 to 16, not '%s'", text);
	return true;
}

static bool parse_format(struct options *o, const char *text)
{
	for (const struct option_format *f = option_formats; f->name; f++) {
		if (strcmp(text, f->name) && (!f->alias || strcmp(text, f->alias)))
			continue;
		o->format = f->name;
		o->binary = !strcmp(f->name, "bin");
		return true;
	}
	return tracer_wrong("there is no format '%s'; -l help prints them", text);
}

static bool parse_backend(struct options *o, const char *text)
{
	if (!strcmp(text, "auto"))
		return true;
	o->backend = backend_by_name(text);
	return o->backend ||
	       tracer_wrong("this build has no backend '%s'; --probe shows what there is", text);
}

static bool parse_size(struct options *o, const char *text)
{
	uint64_t size;

	if (!option_parse_number(text, 0, STRING_MOST, &size))
		return tracer_wrong("-s takes a number of bytes up to 131007, not '%s'", text);
	o->wishes.string_size = size;
	o->shown_size = text;
	return true;
}

static void set_flag(struct options *o, int id)
{
	switch (id) {
	case 't': o->time_columns++; break;
	case 'L':
	case 'R':
	case 'B': o->listing = id; break;
	case 'f': o->follow = UINT32_MAX, o->files++; break;
	case 'F': o->follow = 1, o->files++; break;
	case 'X': o->failed_only = true; break;
	case 'd': o->debug = true; break;
	case 'q': o->quiet++; break;
	case OPTION_KEEP_DESCRIPTORS: o->wishes.descriptors = true; break;
	case OPTION_LESS: option_append(&o->decode, "-q"); break;
	case OPTION_NUMBERS: option_append(&o->decode, "-n"); break;
	case OPTION_SELF: o->self = true; break;
	case OPTION_FAST: o->fast = true; break;
	case OPTION_ENV: o->wishes.environment = true; break;
	case OPTION_ARRAYS: o->wishes.arrays = true; break;
	case 'y': o->wishes.descriptors = true, o->descriptors++; break;
	case OPTION_STDERR: o->to_stderr = true; break;
	case OPTION_ONE_THREAD: o->one_thread = true; break;
	case OPTION_RERAISE: o->reraise = true; break;
	case OPTION_STATE: o->state = true; break;
	case OPTION_ANNOUNCE: o->announce = true; break;
	case OPTION_LEAVE: o->leave = true; break;
	case OPTION_PATIENT: o->patient = true; break;
	case OPTION_FAIL_ON_LOSS: o->fail_on_loss = true; break;
	}
}

static bool parse_redact(struct options *o, const char *rule)
{
	char error[160] = "out of memory";

	if (!o->redact)
		o->redact = redact_new();
	return (o->redact && !redact_add(o->redact, rule, error, sizeof(error))) ||
	       tracer_wrong("--redact: %s", error);
}

static bool set_keeping(struct options *o, int id, const char *value)
{
	char error[160];

	switch (storage_set(&o->storage, id, value, error, sizeof(error))) {
	case 0: return true;
	case -EINVAL: return tracer_wrong("%s", error);
	}
	set_flag(o, id);
	return true;
}

static bool parse_output(struct options *o, const char *text)
{
	o->output = text;
	if (*text == '|' && !text[1 + strspn(text + 1, " \t")])
		return tracer_wrong("-o takes a command behind its |, not '%s'", text);
	return *text || tracer_wrong("-o takes a file name, not ''");
}

static bool set_value(struct options *o, int id, const char *value)
{
	switch (id) {
	case 'o': return parse_output(o, value);
	case 'K':
		o->separator = value;
		return *value || tracer_wrong("-K takes a separator, not '%s'", value);
	case 'N': o->bpf_object = value; return true;
	case 'l': return parse_format(o, value);
	case 'b': return parse_backend(o, value);
	case 'p': return parse_pids(o, value);
	case 'e': return option_events(o, value);
	case OPTION_ADOPT:
		o->adopt = strcmp(value, "top") ? value : "";
		return !strchr(value, '/') ||
		       tracer_wrong("--adopt takes top or an instance's name, not '%s'", value);
	case 'C':
		return option_cpus(o, value) ||
		       tracer_wrong("-C takes CPUs of this machine like 0,2-5, not '%s'", value);
	case 'u': return option_user(o, value) || tracer_wrong("there is no user '%s'", value);
	case 'G': return option_cgroup(o, value);
	case OPTION_CONTAINER: return option_container(o, value);
	case OPTION_COMM:
		return option_comm(o, value) ||
		       tracer_wrong("--comm takes a name of up to 15 bytes, not '%s'", value);
	case 'n': return parse_names(o, value);
	case 's': return parse_size(o, value);
	case OPTION_REDACT: return parse_redact(o, value);
	case OPTION_CAPTURE:
		return option_capture(o, value) ||
		       tracer_wrong("--capture takes full, names or numbers, not '%s'", value);
	case OPTION_BUFFER: return parse_buffer(o, value);
	case OPTION_DECODE: return option_append(&o->decode, value);
	case OPTION_SET: return option_append(&o->environment, value);
	case OPTION_USER: o->user = value; return true;
	case OPTION_MESSAGE_NAME:
		program_invocation_name = (char *)value;
		return option_append(&o->decode, "--message-name") &&
		       option_append(&o->decode, value);
	case OPTION_FAREWELL: o->farewell = value; return true;
	case OPTION_ARGV0: o->argv0 = value; return true;
	case OPTION_DAEMONIZE:
		return option_where(o, value) ||
		       tracer_wrong("--daemonize takes grandchild, pgroup or session, not '%s'",
				    value);
	case OPTION_COMPRESS:
		return !codec_parse(value, &o->codec, &o->level) ||
		       tracer_wrong(
			       "--compress takes none, zlib or zstd, with :LEVEL if you like, not "
			       "'%s'",
			       value);
	}
	return set_keeping(o, id, value);
}

/* What nobody but systape-strace asks for, which is another command line over the same recorder. */
static bool for_strace(int id)
{
	static const int options[] = {
		OPTION_STDERR,	  OPTION_ONE_THREAD,	   OPTION_ARGV0,    OPTION_RERAISE,
		OPTION_DAEMONIZE, OPTION_MESSAGE_NAME,	   OPTION_ANNOUNCE, OPTION_LEAVE,
		OPTION_PATIENT,	  OPTION_KEEP_DESCRIPTORS, OPTION_FAREWELL
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (options[i] == id)
			return true;
	return false;
}

static void print_options(FILE *to, bool strace)
{
	const struct option_row *row;
	char left[64];

	for (size_t i = 0; (row = option_row_at(option_table, i)); i++) {
		if (for_strace(row->id) != strace)
			continue;
		option_row_left(row, left, sizeof(left));
		fprintf(to, "  %-30s %s\n", left, row->help);
	}
}

void options_help(FILE *to)
{
	fputs("usage: systape [options] [command [arguments]]\n"
	      "Records the system calls of a command, of processes (-p), or of the whole machine "
	      "until Ctrl-C.\n\n",
	      to);
	print_options(to, false);
	fputs("\nFor systape-strace, which starts systape with them:\n\n", to);
	print_options(to, true);
}

static void print_formats(void)
{
	for (const struct option_format *f = option_formats; f->name; f++)
		printf("%-8s %s%s%s%s\n", f->name, f->help, f->alias ? " (also " : "",
		       f->alias ? f->alias : "", f->alias ? ")" : "");
}

/* Options that answer and end: true if it was one. */
static bool answer(int id, const char *value)
{
	if (id == 'h')
		options_help(stdout);
	else if (id == 'V')
		puts("systape " SYSTAPE_VERSION);
	else if (id == OPTION_FEATURES)
		feature_print(stdout);
	else if (id == 'l' && !strcmp(value, "help"))
		print_formats();
	else if (id == 'e' && !strcmp(value, "help"))
		option_print_expressions();
	else
		return false;
	return true;
}

static bool check(struct options *o)
{
	const char *clash = storage_check(&o->storage, o->binary, o->output);

	if (clash)
		return tracer_wrong("%s", clash);
	if (!*o->command && (o->environment || o->user || o->argv0 || o->where))
		return tracer_wrong(
			"%s", "--set, --as-user, --call-it and --daemonize are for a command");
	if (o->files > 1 && o->binary)
		return tracer_wrong("%s",
				    "-l bin is one tape: it takes no -ff, systape-decode -ff makes "
				    "files of it");
	if (o->files > 1 && (!o->output || *o->output == '|' || *o->output == '-'))
		return tracer_wrong(
			"%s",
			"-ff, -fff, -FF and -FFF write files: -o says what their names begin with");
	if (o->adopt && (*o->command || o->backend))
		return tracer_wrong("%s", "--adopt goes without a command and without -b");
	return option_view_check(o);
}

static void refuse_option(int answer, char **argv, const struct option *longs)
{
	char *text = message_of_option(answer, argv, longs);

	tracer_say("%s; --help lists the options", text ? text : "out of memory");
	free(text);
}

static bool take(struct options *o, int id, const char *value)
{
	const struct option_row *row = option_row_find(option_table, id);

	for (size_t i = 0; option_view_table[i].name; i++)
		if (row == &option_view_table[i])
			return option_view(o, row, value);
	if (row && row->formats && o->given_count < OPTION_ROWS_MOST)
		o->given[o->given_count++] = row;
	return set_value(o, id, value);
}

static enum options_result parse_all(struct options *o, int argc, char **argv, const char *shorts,
				     const struct option *longs)
{
	int id;

	opterr = 0;
	while ((id = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (id == '?' || id == ':') {
			refuse_option(id, argv, longs);
			return OPTIONS_WRONG;
		}
		if (answer(id, optarg))
			return OPTIONS_DONE;
		if (!take(o, id, optarg))
			return OPTIONS_WRONG;
	}
	o->command = argv + optind;
	return check(o) ? OPTIONS_RUN : OPTIONS_WRONG;
}

static bool filter_wanted(const void *filter, enum desc_arch arch, uint32_t nr)
{
	return filter_may_want(filter, arch, nr);
}

/* Of calls that carry others, all are recorded; the decoder looks which they are. */
static bool hand_on_calls(struct options *o)
{
	return !o->trace || !filter_wants_carried(o->filter) ||
	       (option_append(&o->decode, "-e") && option_append(&o->decode, o->trace)) ||
	       tracer_wrong("%s", "out of memory");
}

enum options_result options_parse(struct options *o, int argc, char **argv)
{
	struct option longs[OPTION_ROWS_MOST + 1];
	char shorts[3 * OPTION_ROWS_MOST] = "+:";
	enum options_result result;

	*o = (struct options){
		.format = "hex",
		.shown_size = "32",
		.storage.rules.group = (gid_t)-1,
		.wishes = { .level = PLAN_FULL, .string_size = 32, .path_size = PATH_MAX - 1 },
	};
	codec_parse(codec_by_name("zstd") ? "zstd" : "zlib", &o->codec, &o->level);
	option_row_getopt(option_table, longs, shorts);
	result = parse_all(o, argc, argv, shorts, longs);
	if (result == OPTIONS_RUN && (!option_leave_out_calls(o) || !option_cgroups_finish(o)))
		result = OPTIONS_WRONG;
	if (o->dumps) /* all of every buffer, whatever the lines show of it */
		o->wishes.string_size = STRING_MOST;
	if (o->filter) {
		if (result == OPTIONS_RUN && !hand_on_calls(o))
			result = OPTIONS_WRONG;
		o->wishes.wanted = filter_wanted;
		o->wishes.context = o->filter;
	}
	return result;
}

void options_free(struct options *o)
{
	filter_free(o->filter);
	free(o->trace);
	redact_free(o->redact);
	for (size_t i = 0; i < o->probe_count; i++)
		probe_spec_free(&o->probes[i]);
	free(o->probes);
	free((void *)o->decode);
	while (o->made_count)
		free(o->made[--o->made_count]);
	free(o->made);
	free((void *)o->environment);
	cgroup_selection_free(o->cgroups);
	free(o->pids);
}
