/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options: strace's command line. What stands for itself goes straight into words for the recorder
 * and for its decoder; what depends on other options is kept until all are known (command.h).
 */
#ifndef SYSTAPE_STRACE_OPTIONS_H
#define SYSTAPE_STRACE_OPTIONS_H

#include "format/filter/filter.h"
#include "strace/words.h"

struct strace_options {
	struct words recorder, decoder; /* words that need no further thought */
	struct words lines, table;	/* the decoder's for lines, and for the table of -c */
	struct filter *checked;		/* takes every set, to find mistakes */
	const char *output, *trace;	/* -o, -e trace= */
	char *pipe;			/* -o with its ! as |, NULL if it is no command */
	unsigned int follow;		/* -f, -ff */
	bool append, separately, always_pid, summary_only, summary, realtime_clock, attached,
		several, full, descriptors, dumps;
	bool quiet_attach;  /* -e quiet=attach */
	bool quiet_paths;   /* -e quiet=path-resolution */
	struct words paths; /* -P */
	char **resolved;    /* what they are without symbolic links; owned */
	size_t resolved_count;
	unsigned int daemonize; /* -D, -DD, -DDD */
	int interruptible;	/* -I, 0: not given */
	bool long_time, long_hex, long_details,
		long_quiet;	  /* the word that says what a letter does */
	unsigned char given[128]; /* by letter: how often */
	char **command;		  /* *command NULL: none */
};

enum strace_result { STRACE_RUN, STRACE_DONE, STRACE_WRONG };

/* Reads the command line. STRACE_DONE: --help or the like was answered; STRACE_WRONG: a sentence
 * was printed. */
enum strace_result strace_options_parse(struct strace_options *options, int argc, char **argv);
void strace_options_free(struct strace_options *options);

#endif
