/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options: strace's command line. What stands for itself goes straight into words for the recorder
 * and for its decoder; what depends on other options is kept until all are known (command.h).
 */
#ifndef SYSTAPE_STRACE_OPTIONS_H
#define SYSTAPE_STRACE_OPTIONS_H

#include "format/filter/filter.h"
#include "strace/tips.h"
#include "strace/words.h"

#include <sys/types.h>

struct strace_options {
	struct words recorder, decoder; /* words that need no further thought */
	struct words lines, table;	/* the decoder's for lines, and for the table of -c */
	struct filter *checked;		/* takes every set, to find mistakes */
	const char *output, *trace;	/* -o, -e trace= */
	const char *user;		/* -u */
	const char *hex;		/* the decoder's option for --strings-in-hex, NULL: none */
	char *pipe;			/* -o with its ! as |, NULL if it is no command */
	bool append, summary_only, summary, full, descriptors, dumps;
	bool always_pid, seccomp, argv0;
	bool follow, separately; /* as given by their words; after strace_options_parse in effect */
	bool quiet_attach;	 /* -e quiet=attach */
	bool quiet_paths;	 /* -e quiet=path-resolution */
	bool details;		 /* --decode-fds, and not none */
	bool time_of_day;	 /* --absolute-timestamps, and not none */
	bool limited;		 /* --syscall-limit */
	bool frames;		 /* --stack-trace-frame-limit */
	bool say_try;		 /* strace's last line belongs to the mistake in an expression */
	struct words paths;	 /* -P */
	char **resolved;	 /* what they are without symbolic links; owned */
	size_t resolved_count;
	pid_t *pids; /* -p; owned */
	size_t pid_count;
	unsigned int daemonize; /* -D, -DD, -DDD */
	unsigned int daemonize_word;
	int interruptible; /* -I, 0: not given */
	struct tips tips;
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
