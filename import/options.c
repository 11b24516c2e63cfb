// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/options.h"

#include "decode/message.h"
#include "decode/option_filter.h"
#include "decode/option_values.h"
#include "import/log_time.h"
#include "import/option_table.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool set_value(struct import_options *o, int id, const char *value)
{
	switch (id) {
	case IMPORT_DATE:
		o->date_given = log_time_date(value, &o->date);
		return o->date_given ||
		       decode_wrong("--date takes YYYY-MM-DD, that and HH:MM:SS, or @SECONDS, not "
				    "'%s'",
				    value);
	case IMPORT_REPORT: o->report = true; return true;
	}
	return option_common(&o->decode, id, value);
}

static void print_help(void)
{
	puts("usage: systape-import [options] [-o TAPE] [FILE...|-]\n"
	     "Makes a tape of what strace has written: for every program that reads tapes.\n");
	option_print_rows(import_option_table);
}

static enum option_reading take_option(void *context, int id, const char *value)
{
	if (id == 'h')
		print_help();
	else if (id == 'V')
		puts("systape-import " SYSTAPE_VERSION);
	else
		return set_value(context, id, value) ? OPTION_GOES_ON : OPTION_REFUSED;
	return OPTION_ANSWERED;
}

static bool check(struct import_options *o, int argc, char **argv)
{
	static char *standard_input[] = { (char *)"-", NULL };
	struct decode_options *d = &o->decode;

	d->tapes = optind < argc ? argv + optind : standard_input;
	d->tape_count = optind < argc ? (size_t)(argc - optind) : 1;
	d->no_tapes = true;
	d->threads = 1;
	for (size_t i = 0; d->tape_count > 1 && i < d->tape_count; i++)
		if (!strcmp(d->tapes[i], "-"))
			return decode_wrong("standard input is one text: no others go with it");
	if (d->output && !strcmp(d->output, "-"))
		d->output = NULL;
	if (!d->output && isatty(STDOUT_FILENO))
		return decode_wrong("a tape does not go to a terminal: -o names a file");
	return true;
}

enum import_options_result import_options_parse(struct import_options *o, int argc, char **argv)
{
	enum option_reading reading;

	*o = (struct import_options){
		.decode = { .split.rules.group = (gid_t)-1, .render.tracer = "systape-import" },
	};
	reading = option_read(import_option_table, argc, argv, take_option, o);
	if (reading != OPTION_GOES_ON)
		return reading == OPTION_ANSWERED ? IMPORT_DONE : IMPORT_WRONG;
	return check(o, argc, argv) ? IMPORT_RUN : IMPORT_WRONG;
}
