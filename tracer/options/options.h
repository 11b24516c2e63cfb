/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options: the command line of systape, from one table that also prints --help and is compared with
 * the manual. */
#ifndef SYSTAPE_OPTIONS_H
#define SYSTAPE_OPTIONS_H

#include "format/filter/filter.h"
#include "format/option_row.h"
#include "format/tape/codec.h"
#include "tracer/backend/backend.h"
#include "tracer/options/redact.h"
#include "tracer/options/storage.h"
#include "tracer/plan/plan.h"
#include "tracer/probes/probe_spec.h"
#include "tracer/targets/launch.h"

#include <stdio.h>

enum output_format { FORMAT_HEX, FORMAT_HEX_SL, FORMAT_STRACE, FORMAT_LIST, FORMAT_BIN };

struct options {
	const char *output;	   /* -o: NULL, "-", "|COMMAND" or a file */
	const char *format;	   /* a name that systape-decode knows */
	bool binary;		   /* the format is the tape itself */
	unsigned int time_columns; /* -t, -tt, -ttt */
	unsigned int descriptors;  /* -y, -yy: shown */
	const char *shown_size;	   /* -s, as it was given */
	bool columns, per_thread, append, summary, dumps, durations; /* of the live view: given */
	const struct option_row *given[OPTION_ROWS_MOST]; /* those that are not for all formats */
	size_t given_count;
	const struct option_qualifier *qualifiers[OPTION_ROWS_MOST]; /* of -e */
	size_t qualifier_count;
	char **made; /* words in `decode` that are ours */
	size_t made_count;
	bool chosen; /* calls or results, by -e */
	const char *separator;
	const struct backend *backend; /* NULL: auto */
	const char *bpf_object;
	pid_t *pids;
	size_t pid_count;
	struct filter *filter;	   /* -e trace=..., NULL: all calls */
	char *trace;		   /* the same in words */
	const char *adopt;	   /* --adopt: as in struct backend_settings */
	int listing;		   /* -L, -R, -B: the letter; `command` has its words */
	struct probe_spec *probes; /* -e kprobe:... and so on */
	size_t probe_count;
	uint32_t follow;
	int files;	    /* how often -f or -F was given: 2, a file per process; 3, per thread */
	unsigned int quiet; /* -q, -qq, -qqq */
	bool failed_only, self, fast, debug, fail_on_loss;
	bool by_user, by_cpu, successful_only;
	uint32_t uid;			  /* -u, if by_user */
	uint64_t cpus[16];		  /* -C, if by_cpu */
	const char *comm;		  /* --comm, or NULL */
	struct cgroup_selection *cgroups; /* -G, or NULL */
	struct plan_wishes wishes;
	uint64_t buffer; /* 0: chosen by the machine's memory */
	const struct codec *codec;
	int level;
	struct storage storage;
	struct redact *redact;	   /* NULL: nothing is taken out */
	const char *const *decode; /* further options handed to systape-decode, --decode */
	const char *const
		*environment;	  /* changes for the command: VAR=VALUE, or VAR to remove it */
	const char *user, *argv0; /* of the command */
	const char *farewell;	  /* to standard error at the end; NULL: nothing */
	enum launch_where where;  /* the recorder runs, from the command */
	bool state;		  /* --state */
	bool announce;		  /* what -p has attached to */
	bool leave;		  /* a command whose calls nobody reads any more */
	bool to_stderr, reraise, patient, one_thread;
	char **command; /* NULL-terminated; *command NULL: none */
};

enum options_result { OPTIONS_RUN, OPTIONS_DONE, OPTIONS_WRONG };

/*
 * Reads the command line into *options (freed with options_free). OPTIONS_DONE: --help or the like
 * has been answered; OPTIONS_WRONG: a sentence has been printed.
 */
enum options_result options_parse(struct options *options, int argc, char **argv);
void options_free(struct options *options);
void options_help(FILE *to);

#endif
