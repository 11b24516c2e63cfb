/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options: the command line of systape-stat. */
#ifndef SYSTAPE_STAT_OPTIONS_H
#define SYSTAPE_STAT_OPTIONS_H

#include "decode/options.h"
#include "decode/stat/stat_collect.h"

enum stat_form { FORM_TEXT, FORM_JSON, FORM_CSV };

struct stat_column;

struct program_options {
	struct decode_options decode; /* tapes, filter, output */
	struct stat_options stat;
	enum stat_form form;
	const struct stat_column *sort; /* NULL: total, or calls where no times are known */
	uint32_t rows;			/* 0: all */
	bool rows_given, top;
	bool host_added;	   /* to the keys, though nobody asked: there are several tapes */
	unsigned int lines, width; /* --top: of the terminal */
};

enum program_options_result { PROGRAM_RUN, PROGRAM_DONE, PROGRAM_WRONG };

/* Reads the command line; decode_options_free(&options->decode) afterwards in any case. */
enum program_options_result program_options_parse(struct program_options *options, int argc,
						  char **argv);

#endif
