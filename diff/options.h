/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options: the command line of systape-diff. */
#ifndef SYSTAPE_DIFF_OPTIONS_H
#define SYSTAPE_DIFF_OPTIONS_H

#include "decode/diff/diff_tape.h"
#include "decode/options.h"

enum { IGNORED_MOST = 64 };

/* Parts of a comparison, as bits: those that --ignore names. */
enum diff_part {
	PART_CALLS = 1,
	PART_ERRORS = 2,
	PART_FILES = 4,
	PART_LATENCY = 8,
	PART_EVENTS = 16
};

struct diff_options {
	struct decode_options decode; /* tapes, filter, output */
	struct diff_tape_options tape;
	unsigned int left_out; /* enum diff_part */
	const char *ignored[IGNORED_MOST + 1];
	size_t ignored_count;
	uint64_t latency; /* ns */
	uint32_t lines;	  /* 0: all */
	bool lines_given, json;
};

enum diff_options_result { DIFF_RUN, DIFF_DONE, DIFF_WRONG };

/* Reads the command line; diff_options_free afterwards in any case. */
enum diff_options_result diff_options_parse(struct diff_options *options, int argc, char **argv);
void diff_options_free(struct diff_options *options);

#endif
