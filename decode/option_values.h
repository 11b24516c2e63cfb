/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_values: values of options that have a grammar of their own: times and -e; and what is said
 * of an option that is refused. Called by options.c, here and in stat. */
#ifndef SYSTAPE_DECODE_OPTION_VALUES_H
#define SYSTAPE_DECODE_OPTION_VALUES_H

#include "decode/options.h"

#include <getopt.h>

/* One more -t: time of day, with microseconds, seconds since 1970 with microseconds. */
void option_more_time(struct render_options *render);
/* -r, -T or --absolute-timestamps with their values, NULL for none: false if a value is wrong. */
bool option_time(struct render_options *render, int id, const char *value);
/* false if the text is none, which has been said. */
bool option_number(const char *text, uint32_t most, uint32_t *value);
/* --trace-fds: false with a sentence in `error`. */
bool option_touch(struct decode_options *options, const char *set, char *error, size_t size);
/* `-e NAME=SET`: false with a sentence in `error`. */
bool option_expression(struct decode_options *options, const char *text, char *error, size_t size);

/* The table of the options, for --help. */
void option_print_rows(const struct option_row *rows);

enum option_reading { OPTION_GOES_ON, OPTION_ANSWERED, OPTION_REFUSED };
/*
 * Hands every option of a command line to `take`, which says whether to go on; what no row of the
 * table has, or has no value, is said and refused. Arguments that are no options are from optind
 * on.
 */
enum option_reading option_read(const struct option_row *rows, int argc, char **argv,
				enum option_reading (*take)(void *context, int id,
							    const char *value),
				void *context);

#endif
