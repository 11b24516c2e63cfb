// SPDX-License-Identifier: GPL-2.0-or-later
#include "stat/options.h"

#include "decode/message.h"
#include "decode/option_filter.h"
#include "decode/option_values.h"
#include "format/option_parse.h"
#include "stat/option_table.h"
#include "stat/stat_columns.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	MEMORY = 48, /* MiB */
	MEMORY_MOST = 65536,
	ROWS = 50,
	TOP_REST = 8,	  /* lines of a screen that are no rows */
	TOP_INTERVAL = 2, /* seconds */
};

static bool add_key(struct program_options *o, const char *name, size_t size)
{
	const struct stat_key *key = stat_key_find(name, size);

	if (!key)
		return decode_wrong("there is no key '%.*s'; --by help lists them", (int)size,
				    name);
	for (unsigned int i = 0; i < o->stat.keys; i++)
		if (o->stat.key[i] == key)
			return decode_wrong("--by has %s twice", key->name);
	if (o->stat.keys == STAT_WORDS - 1) /* one place is for the host */
		return decode_wrong("--by takes %d keys at most", STAT_WORDS - 1);
	o->stat.key[o->stat.keys++] = key;
	return true;
}

static bool parse_keys(struct program_options *o, const char *list)
{
	do {
		size_t size = strcspn(list, ",");

		if (!add_key(o, list, size))
			return false;
		list += size + (list[size] == ',');
	} while (*list);
	return true;
}

static bool parse_sort(struct program_options *o, const char *name)
{
	o->sort = stat_column_find(name);
	return o->sort || decode_wrong("there is no column '%s'; --sort help lists them", name);
}

/* A number alone is seconds. */
static bool parse_interval(struct program_options *o, const char *text)
{
	size_t size = strlen(text);
	char unit[40];

	snprintf(unit, sizeof(unit), "%.30s%s", text,
		 size && text[size - 1] >= '0' && text[size - 1] <= '9' ? "s" : "");
	return (size <= 30 && option_parse_span(unit, &o->stat.interval) && o->stat.interval) ||
	       decode_wrong("--interval takes a time such as 5s, not '%s'", text);
}

static bool parse_memory(struct program_options *o, const char *text)
{
	uint32_t mib;

	if (!option_number(text, MEMORY_MOST, &mib))
		return false;
	o->stat.memory = (size_t)mib << 20;
	return mib || decode_wrong("--memory takes a number of MiB from 1 on");
}

static bool set_value(struct program_options *o, int id, const char *value)
{
	switch (id) {
	case 'b': return parse_keys(o, value);
	case 'S': return parse_sort(o, value);
	case 'n': o->rows_given = true; return option_number(value, UINT32_MAX, &o->rows);
	case STAT_INTERVAL: return parse_interval(o, value);
	case STAT_TOP: o->top = true; return true;
	case STAT_JSON: o->form = FORM_JSON; return true;
	case STAT_CSV: o->form = FORM_CSV; return true;
	case STAT_MEMORY: return parse_memory(o, value);
	}
	return option_common(&o->decode, id, value);
}

static void print_help(void)
{
	puts("usage: systape-stat [options] FILE...|-\n"
	     "Adds up the calls of tapes: how many, how many failed, how long they took, how many "
	     "bytes they moved.\n");
	option_print_rows(stat_option_table);
}

/* Options that answer and end: true if it was one. */
static bool answer(int id, const char *value)
{
	bool asked = value && !strcmp(value, "help");

	if (id == 'h')
		print_help();
	else if (id == 'V')
		puts("systape-stat " SYSTAPE_VERSION);
	else if (id == 'b' && asked)
		for (const struct stat_key *key = stat_keys; key->name; key++)
			printf("%-8s %s\n", key->name, key->help);
	else if (id == 'S' && asked)
		for (const struct stat_column *c = stat_columns; c->name; c++)
			printf("%-8s %s\n", c->name, c->help);
	else
		return false;
	return true;
}

static bool take_tapes(struct program_options *o, int argc, char **argv)
{
	struct decode_options *d = &o->decode;

	d->tapes = argv + optind;
	d->tape_count = (size_t)(argc - optind);
	d->captures = true;
	if (!d->tape_count)
		return decode_wrong("which tape? give a file, or - for standard input");
	for (size_t i = 0; d->tape_count > 1 && i < d->tape_count; i++)
		if (!strcmp(d->tapes[i], "-"))
			return decode_wrong("standard input is one tape: no others go with it");
	return true;
}

/* A screen is one table: as long and as wide as it can be. */
static bool check_top(struct program_options *o)
{
	struct winsize size;

	if (o->form != FORM_TEXT)
		return decode_wrong("--top is for people: it takes no --json or --csv");
	if (o->decode.output || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		return decode_wrong("--top needs a terminal");
	o->lines = size.ws_row > TOP_REST ? size.ws_row : 24;
	o->width = size.ws_col ? size.ws_col : 80;
	if (!o->rows || o->rows > o->lines - TOP_REST)
		o->rows = o->lines - TOP_REST;
	if (!o->stat.interval)
		o->stat.interval = TOP_INTERVAL * 1000000000ull;
	return true;
}

static bool check(struct program_options *o, int argc, char **argv)
{
	const struct stat_key *host = stat_key_find("host", 4);
	bool has_host = false;

	if (!take_tapes(o, argc, argv))
		return false;
	if (!o->stat.keys)
		add_key(o, "call", 4);
	for (unsigned int i = 0; i < o->stat.keys; i++)
		has_host |= o->stat.key[i] == host;
	if (o->decode.tape_count > 1 && !has_host) { /* machines stay apart */
		memmove(o->stat.key + 1, o->stat.key, o->stat.keys * sizeof(struct stat_key *));
		o->stat.key[0] = host;
		o->stat.keys++;
		o->host_added = true;
	}
	if (o->form == FORM_TEXT && !o->rows_given)
		o->rows = ROWS;
	return !o->top || check_top(o);
}

static enum option_reading take_option(void *context, int id, const char *value)
{
	if (answer(id, value))
		return OPTION_ANSWERED;
	return set_value(context, id, value) ? OPTION_GOES_ON : OPTION_REFUSED;
}

enum program_options_result program_options_parse(struct program_options *o, int argc, char **argv)
{
	enum option_reading reading;

	*o = (struct program_options){
		.decode.split.rules.group = (gid_t)-1,
		.decode.render.tracer = "systape-stat",
		.stat.memory = (size_t)MEMORY << 20,
	};
	reading = option_read(stat_option_table, argc, argv, take_option, o);
	if (reading != OPTION_GOES_ON)
		return reading == OPTION_ANSWERED ? PROGRAM_DONE : PROGRAM_WRONG;
	return check(o, argc, argv) ? PROGRAM_RUN : PROGRAM_WRONG;
}
