/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options: the command line of systape-decode, from one table that also prints --help and is
 * compared with the manual. */
#ifndef SYSTAPE_DECODE_OPTIONS_H
#define SYSTAPE_DECODE_OPTIONS_H

#include "decode/option_table.h"
#include "decode/render/split.h"
#include "decode/stream/renderer.h"
#include "decode/stream/stream.h"

#include <stdio.h>

struct decode_options {
	const struct renderer *renderer;
	bool binary; /* -l bin: no renderer */
	struct render_options render;
	struct stream_filter filter;
	struct filter *dumps, *calls, *abbrev, *dereference, *raw;
	struct path_match *touch;
	pid_t *pids;
	const char *
		output; /* -o: NULL for standard output; with `split` the beginning of file names */
	struct split_target split;			  /* and how: also of the file of -o */
	int files;					  /* -f, -ff, -fff */
	unsigned int quiet_level;			  /* -q, -qq, -qqq */
	const struct option_row *given[OPTION_ROWS_MOST]; /* those that are not for all formats */
	size_t given_count;
	const struct option_qualifier *qualifiers[OPTION_ROWS_MOST]; /* of -e */
	size_t qualifier_count;
	bool only_check;			 /* --check */
	int ready;				 /* --ready: a descriptor, 0: none */
	bool left_status;			 /* --left-status */
	bool summary, quiet, debug, header_text; /* --header: print the tape's trace.h */
	uint32_t threads;			 /* --threads; 0: as many as help */
	char *const *tapes;			 /* "-" is standard input */
	size_t tape_count;			 /* several: the parts of one capture */
	bool captures;				 /* or of several, one after another */
	bool no_tapes; /* they are text, of which the program makes a tape */
	size_t others; /* the last ones of `tapes` are another set, to be compared with */
};

enum { DECODE_LEFT = 5 /* exit status of --left-status */ };

enum decode_options_result { DECODE_RUN, DECODE_DONE, DECODE_WRONG };

/* Reads the command line; decode_options_free afterwards in any case. DECODE_WRONG: a sentence has
 * been printed. */
enum decode_options_result decode_options_parse(struct decode_options *options, int argc,
						char **argv);
void decode_options_free(struct decode_options *options);
/* What the renderer that is wanted writes to. */
enum render_target decode_target(const struct decode_options *options);

#endif
