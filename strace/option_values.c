// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/option_values.h"

#include "format/option_parse.h"
#include "strace/check.h"
#include "strace/expression.h"
#include "strace/message.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
	SIZE_LIMIT = (1 << 30) - 1, /* of -s, as in strace */
	STRING_MOST = 131007,	    /* bytes that the recorder keeps of a string at most */
	COLUMN_MOST = 1000,	    /* of -a in the decoder: a line has no more */
};

/* An option as it was given. */
struct given {
	const struct option_row *row;
	bool by_name;
	const char *value;
};

static bool add(struct words *to, const char *option, const char *value)
{
	words_add(to, option);
	if (value)
		words_add(to, value);
	return true;
}

static bool wrong_value(const struct given *g)
{
	const char *value = g->value ? g->value : "";

	if (g->by_name)
		return strace_wrong("invalid --%s argument: '%s'", g->row->name, value);
	return strace_wrong("invalid -%c argument: '%s'", g->row->id, value);
}

/* A number as strtol reads it. */
static bool read_number(const char *text, uint64_t least, uint64_t most, uint64_t *number)
{
	while (isspace((unsigned char)*text))
		text++;
	return option_parse_number(text + (*text == '+'), least, most, number);
}

static bool add_number(struct words *to, const char *option, uint64_t number)
{
	char *text;

	if (asprintf(&text, "%llu", (unsigned long long)number) < 0)
		return strace_refuse("out of memory");
	return add(to, option, text);
}

static bool take_size(struct strace_options *o, const struct given *g)
{
	uint64_t size;

	if (!read_number(g->value, 0, SIZE_LIMIT, &size))
		return wrong_value(g);
	return add_number(&o->recorder, "-s", size < STRING_MOST ? size : STRING_MOST) &&
	       add_number(&o->lines, "-s", size > 1 << 20 ? 1 << 20 : size);
}

static bool take_pids(struct strace_options *o, const struct given *g)
{
	const char *at = g->value;
	int pid;

	while ((pid = option_parse_pid(&at)) > 0) {
		pid_t *more;

		if (pid == getpid())
			return strace_refuse("I'm sorry, I can't let you do that, Dave.");
		more = reallocarray(o->pids, o->pid_count + 1, sizeof(*more));
		if (!more)
			return strace_refuse("out of memory");
		o->pids = more;
		o->pids[o->pid_count++] = pid;
	}
	return !pid || strace_refuse("Invalid process id: '%.*s'", (int)strcspn(at, ", \t\n"), at);
}

/* The index of a word in any case of letters; -1 for another one. */
static int index_of(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++)
		if (!strcasecmp(words[i], word))
			return i;
	return -1;
}

static bool take_when(struct strace_options *o, const struct given *g)
{
	static const char *const names[] = { "anywhere", "always",     "waiting",
					     "never",	 "never_tstp", NULL };
	static const int numbers[] = { 1, 1, 2, 3, 4 };
	int i = index_of(names, g->value);
	uint64_t number = i < 0 ? 0 : numbers[i];

	if (!number && !read_number(g->value, 1, 4, &number))
		return wrong_value(g);
	o->interruptible = number;
	return true;
}

static bool take_daemonize(struct strace_options *o, const struct given *g)
{
	static const char *const names[] = { "grandchild", "pgroup", "pgrp", "session", NULL };
	static const unsigned int numbers[] = { 1, 2, 2, 3 };
	int i = g->value ? index_of(names, g->value) : 0;

	if (i < 0)
		return wrong_value(g);
	o->daemonize_word = numbers[i];
	return true;
}

static bool take_limit(struct strace_options *o, const struct given *g)
{
	uint64_t limit;

	if (!read_number(g->value, 1, LLONG_MAX, &limit))
		return wrong_value(g);
	o->limited = true;
	return add(&o->recorder, "--leave", NULL) && add(&o->decoder, "--left-status", NULL) &&
	       add_number(&o->decoder, "--limit", limit);
}

/* There is no -k, and without it strace's limit has no effect either. */
static bool take_frames(struct strace_options *o, const struct given *g)
{
	uint64_t limit;

	if (!read_number(g->value, 1, INT_MAX - 1, &limit))
		return wrong_value(g);
	o->frames = true;
	return true;
}

static bool take_columns(struct strace_options *o, const struct given *g)
{
	uint64_t column;

	if (!read_number(g->value, 0, INT_MAX, &column))
		return wrong_value(g);
	return add_number(&o->lines, "-a", column < COLUMN_MOST ? column : COLUMN_MOST);
}

static bool take_style(struct strace_options *o, const struct given *g)
{
	if (strcmp(g->value, "raw") && strcmp(g->value, "abbrev") && strcmp(g->value, "verbose"))
		return wrong_value(g);
	return add(&o->lines, "--const-print-style", g->value);
}

static bool take_color(const struct given *g)
{
	static const char *const words[] = { "never", "auto", "always", NULL };
	int i = index_of(words, g->value);

	if (i < 0)
		return wrong_value(g);
	return !i || strace_refuse("cannot do --color=%s: lines have no colours here; use "
				   "--color=never, or strace",
				   words[i]);
}

static bool take_hex(struct strace_options *o, const struct given *g)
{
	static const char *const names[] = { "none", "non-ascii-chars", "non-ascii", "all", NULL };
	static const char *const options[] = { NULL, "--hex-chars", "-x", "-xx" };
	int i = g->value ? index_of(names, g->value) : 3;

	if (i < 0)
		return wrong_value(g);
	o->long_hex = true;
	o->hex = options[i]; /* the last one counts */
	return true;
}

/* Both |COMMAND and !COMMAND are a pipe. */
static bool take_output(struct strace_options *o, const char *value)
{
	free(o->pipe);
	o->pipe = NULL;
	o->output = value;
	if (*value != '|' && *value != '!')
		return true;
	o->pipe = strdup(value);
	if (o->pipe)
		*o->pipe = '|';
	return o->pipe || strace_refuse("out of memory");
}

/* A long option of the decoder with a value that may be missing. */
static bool add_time(struct strace_options *o, const char *name, const char *value)
{
	char *text;

	if (asprintf(&text, "--%s%s%s", name, value && *value ? "=" : "", value ? value : "") < 0)
		return strace_refuse("out of memory");
	return add(&o->lines, text, NULL);
}

static bool take_unit(struct strace_options *o, const struct given *g)
{
	int digits = g->value ? option_parse_unit(g->value, strlen(g->value)) : 6;

	return digits < 0 ? wrong_value(g) : add_time(o, g->row->name, g->value);
}

static bool take_absolute(struct strace_options *o, const struct given *g)
{
	int style = 1, digits = 0;

	if (g->value && !option_parse_absolute(g->value, &style, &digits))
		return wrong_value(g);
	o->long_time = true;
	o->time_of_day = style;
	return add_time(o, "absolute-timestamps", g->value);
}

static bool take_order(struct strace_options *o, const char *value)
{
	return option_parse_column(value, strlen(value)) >= 0
		       ? add(&o->table, "--summary-sort-by", value)
		       : strace_wrong("invalid sortby: '%s'", value);
}

static bool take_table_columns(struct strace_options *o, const char *value)
{
	char error[160];

	return check_columns(value, error, sizeof(error))
		       ? add(&o->table, "--summary-columns", value)
		       : strace_wrong("%s", error);
}

static bool take_overhead(struct strace_options *o, const struct given *g)
{
	uint64_t ns;

	return option_parse_span(g->value, &ns) ? add(&o->table, "--summary-overhead", g->value)
						: wrong_value(g);
}

/* `name` NULL: -e. */
static bool take_expression(struct strace_options *o, const char *name, const char *value)
{
	char error[200] = "out of memory";

	o->say_try = false;
	if (name ? expression_take_named(o, name, value, error, sizeof(error))
		 : expression_take(o, value, error, sizeof(error)))
		return true;
	return o->say_try ? strace_wrong("%s", error) : strace_refuse("%s", error);
}

/* The sets: what an option's number is called in -e. */
static const char *expression_of(int id)
{
	switch (id) {
	case OPTION_TRACE: return "trace";
	case OPTION_TRACE_FDS: return "trace-fds";
	case OPTION_ABBREV: return "abbrev";
	case OPTION_VERBOSE: return "verbose";
	case OPTION_RAW: return "raw";
	case OPTION_SIGNALS: return "signal";
	case OPTION_STATUS: return "status";
	case OPTION_READ: return "read";
	case OPTION_WRITE: return "write";
	case OPTION_KVM: return "kvm";
	case OPTION_NAMESPACE: return "namespace";
	case OPTION_QUIET: return "quiet";
	case OPTION_DECODE_FDS: return "decode-fds";
	case OPTION_DECODE_PIDS: return "decode-pids";
	}
	return NULL;
}

static const char *default_of(int id)
{
	return id == OPTION_QUIET ? "attach,personality" : "path";
}

static bool take_text(struct strace_options *o, const struct given *g)
{
	const char *value = g->value;

	switch (g->row->id) {
	case 'e': return take_expression(o, NULL, value);
	case 'P': o->descriptors = true; return add(&o->paths, value, NULL);
	case 'b':
		if (strcmp(value, "execve"))
			return strace_refuse("Syscall '%s' for -b isn't supported", value);
		return add(&o->decoder, "--until-execve", NULL) &&
		       add(&o->decoder, "--left-status", NULL);
	case 'E': return add(&o->recorder, "--set", value);
	case 'u': o->user = value; return true;
	case OPTION_ARGV0: o->argv0 = true; return add(&o->recorder, "--call-it", value);
	case 'o': return take_output(o, value);
	case 'S': return take_order(o, value);
	case 'U': return take_table_columns(o, value);
	case OPTION_TIPS: return tips_parse(&o->tips, value ? value : "") || wrong_value(g);
	}
	return true;
}

static bool take_value(struct strace_options *o, const struct given *g)
{
	const char *set = expression_of(g->row->id);

	if (set)
		return take_expression(o, set, g->value ? g->value : default_of(g->row->id));
	switch (g->row->id) {
	case 'p': return take_pids(o, g);
	case 'I': return take_when(o, g);
	case OPTION_DAEMONIZE: return take_daemonize(o, g);
	case 'a': return take_columns(o, g);
	case 's': return take_size(o, g);
	case 'X': return take_style(o, g);
	case OPTION_COLOR: return take_color(g);
	case OPTION_STRINGS_IN_HEX: return take_hex(o, g);
	case OPTION_LIMIT: return take_limit(o, g);
	case OPTION_FRAMES: return take_frames(o, g);
	case OPTION_ABSOLUTE: return take_absolute(o, g);
	case 'r':
	case 'T': return take_unit(o, g);
	case 'O': return take_overhead(o, g);
	}
	return take_text(o, g);
}

/* -c and -C exclude each other, whatever else is wrong. */
static bool take_summary(struct strace_options *o, bool only)
{
	if (only ? o->summary : o->summary_only)
		return strace_wrong("-c/--summary-only and -C/--summary are mutually exclusive");
	*(only ? &o->summary_only : &o->summary) = true;
	return true;
}

bool option_take(struct strace_options *o, const struct option_row *row, bool by_name,
		 const char *value)
{
	const struct given given = { row, by_name, value };

	if (row->id < 128 && o->given[row->id] < UINT8_MAX)
		o->given[row->id]++;
	switch (row->id) {
	case 'z': return add(&o->decoder, "-e", "status=successful");
	case 'Z': return add(&o->decoder, "-e", "status=failed");
	case OPTION_FOLLOW: o->follow = true; return true;
	case OPTION_SEPARATELY: o->separately = true; return true;
	case 'A': o->append = true; return true;
	case 'q': return add(&o->lines, "-q", NULL);
	case 't': return add(&o->lines, "-t", NULL);
	case 'i': return add(&o->lines, "-i", NULL);
	case 'n': return add(&o->lines, "-n", NULL);
	case 'N': return add(&o->lines, "--arg-names", NULL);
	case 'Y': return add(&o->lines, "-Y", NULL);
	case 'v': o->full = true; return add(&o->lines, "-v", NULL);
	case 'x': return add(&o->lines, "-x", NULL);
	case 'y': o->descriptors = true; return add(&o->lines, "-y", NULL);
	case OPTION_TRANSLATE_PIDS: return add(&o->lines, "--pidns-translation", NULL);
	case OPTION_ALWAYS_PID: o->always_pid = true; return true;
	case OPTION_SECCOMP: o->seccomp = true; return true;
	case 'c': return take_summary(o, true);
	case 'C': return take_summary(o, false);
	case 'd': return add(&o->recorder, "-d", NULL);
	}
	return take_value(o, &given);
}
