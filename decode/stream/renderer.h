/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * renderer: what every output format implements. A renderer turns events into text; it never pairs,
 * filters or keeps state of threads and descriptors: the stream before it does. One `const struct
 * renderer` each, in renderer_table.c.
 */
#ifndef SYSTAPE_RENDERER_H
#define SYSTAPE_RENDERER_H

#include "decode/events/event.h"
#include "decode/text/text.h"
#include "format/filter/filter.h"

enum time_style { TIME_NONE, TIME_OF_DAY, TIME_EPOCH };

/* What -e quiet=SET leaves out, strace's words. */
enum quiet {
	QUIET_ATTACH = 1,      /* Process N attached */
	QUIET_EXIT = 2,	       /* +++ exited with 0 +++ */
	QUIET_PATHS = 4,       /* how -P paths were resolved */
	QUIET_PERSONALITY = 8, /* [ Process PID=N runs in 32 bit mode. ] */
	QUIET_EXECVE = 16,     /* +++ superseded by execve in pid N +++ */
	QUIET_ALL = 31,
};

/* What is told of descriptors: the words of -e decode-fds=SET. */
enum descriptor_detail {
	SHOW_PATHS = 1, /* -y */
	SHOW_DEVICES = 2,
	SHOW_SOCKETS = 4,
	SHOW_PIDS = 8,
	SHOW_SIGNALS = 16,
	SHOW_EVENTS = 32,
	SHOW_DETAILS = 63, /* -yy */
};

enum pid_style {
	PIDS_NEVER,
	PIDS_SEVERAL, /* [pid 1234] while there is more than one thread */
	PIDS_ALWAYS,  /* 1234 before every line */
	PIDS_AUTO,    /* ALWAYS for tapes that can have several threads, else NEVER */
};

/* What stands behind each stack of -l folded. */
enum folded_weight { WEIGHT_CALLS, WEIGHT_TIME /* microseconds */, WEIGHT_ERRORS, WEIGHT_BYTES };

/* What -l seccomp writes. */
enum profile_form { PROFILE_OCI, PROFILE_SYSTEMD, PROFILE_C };

/* What -l otlp has a span for. */
enum otlp_spans { OTLP_PROGRAMS, OTLP_CALLS /* besides */, OTLP_NO_SPANS };

struct otlp_options {
	enum otlp_spans spans;
	uint64_t most;	   /* spans of calls; those beyond are counted */
	bool logs;	   /* calls are log records, too */
	bool command_args; /* of programs, which may have secrets */
	bool relative;	   /* as if the tape had ended now */
	bool batches;	   /* the output is a sender: batches with their heads */
	uint64_t retry;	   /* ns: how long the sender tries a batch again */
};

/* What the person asked for; renderers use what concerns them. */
struct render_options {
	enum time_style time; /* -t, -tt, -ttt */
	int time_digits;      /* behind the second: 0, 3, 6, 9; the same for the next two */
	bool relative_time;   /* -r */
	int relative_digits;
	bool duration; /* -T */
	int duration_digits;
	bool pointer;		      /* -i: instruction pointers */
	bool cpu_time, cpu_time_auto; /* summary: time on a CPU, where it is known */
	bool numbers;		      /* -n: the numbers of calls */
	bool argument_names;	      /* -N: strace's names before arguments */
	const char *separator;	      /* -K */
	const char *columns;	      /* --columns: comma-separated, NULL for none */
	bool header;
	const char *tracer; /* whose lines those about new processes are */
	enum pid_style pids;
	uint32_t string_size;	   /* -s */
	int column;		   /* -a: where `=` stands */
	enum text_quoting quoting; /* -x, -xx */
	bool verbose;		   /* -v: structures in full */
	bool addresses;		   /* of structures and arrays, in place of what is in them */
	int raw_names;		   /* -X: 0 names, 1 raw numbers, 2 both */
	unsigned int descriptors;  /* SHOW_... */
	bool comms;		   /* -Y: names of processes beside their numbers */
	bool pids_translated;	   /* numbers of other pid namespaces with that of the recorder's */
	unsigned int quiet;	   /* QUIET_... */
	const char *summary_columns, *summary_order; /* NULL: as strace */
	uint64_t summary_overhead;		     /* ns, taken off each call */
	enum folded_weight weight;
	enum profile_form profile;
	const char *program;	    /* whose profile; NULL: of all that are executed */
	const struct filter *dumps; /* -e read=, -e write=: of which descriptors; NULL: none */
	bool json_safe;		    /* integers that a double cannot hold are strings */
	struct otlp_options otlp;
	const struct filter *abbrev, *dereference,
		*raw; /* -e abbrev=, verbose=, raw=: which calls; NULL: all, all, none */
};

enum { RENDER_SCRATCH = 4 };

struct output_folder;
struct output_rules;
struct show_lookup;
struct stream_counts;
struct turns;

struct render {
	struct text *out;
	const struct render_options *options;
	const struct tape_facts *facts;
	const struct stream_counts *counts; /* as they are now; NULL: not of this output alone */
	uint64_t end; /* about when the last event was, on the tape's clock; 0: not known, or not
			 wanted */
	struct tape_error remark; /* for the person, where something asked for is not on the tape */
	const int *scratch; /* for TARGET_REWRITTEN: RENDER_SCRATCH empty files without a name,
			       for reading and writing */
	const struct output_folder *folder; /* of TARGET_FOLDER: where its files are made, */
	const struct output_rules *rules;   /* and how */
	struct show_lookup *names; /* of show, where renderers share them; NULL: each its own */
	struct turns *turns;	   /* with other processes (decode/turns.h); NULL: alone */
	bool several, further;	   /* one of several captures; not the first of them */
	void *state;		   /* the renderer's own */
};

/* What an output goes to. All but a stream get their names when they are whole. */
enum render_target {
	TARGET_STREAM,	  /* whatever there is, as it comes */
	TARGET_FILE,	  /* a file, or a pipe, but no terminal */
	TARGET_REWRITTEN, /* a file, `out->fd`, in which it goes back */
	TARGET_FOLDER,	  /* a folder of files */
	TARGET_SERVER,	  /* a file, or without one a server, by batches (decode/sender.h) */
};

struct renderer {
	const char *name, *alias, *help;
	/* Wants what a tracer sees, as late as it sees it: no result of a call that killed its
	 * thread, a leader's end last. */
	bool as_tracer;
	bool one;	  /* shows all in one, and only at the end: no file for each thread */
	bool descriptors; /* shows what descriptors are open on: call->fds is kept for it */
	bool whole;    /* shows all of strings and descriptors that there is, unless asked not to */
	bool captures; /* takes several captures: begin, events and end of each; then finish */
	enum render_target target;
	bool divisible; /* several processes can show calls by turns (decode/turns.h) */
	/* Before the first event: 0, or a negative errno; `why` takes a sentence on options that it
	 * cannot honour. NULL: nothing to do. */
	int (*begin)(struct render *render, struct tape_error *why);
	/* A call that has begun and has no result yet. NULL: only whole calls are of interest. */
	void (*begun)(struct render *render, const struct call *call);
	/* A call in any other state. */
	void (*call)(struct render *render, const struct call *call);
	void (*note)(struct render *render, const struct note *note);
	/* Of one that is `divisible`: a call, or the beginning of one, that another process shows.
	 * NULL: what has been shown means nothing for what follows. */
	void (*skip)(struct render *render, const struct call *call);
	/* Of one that is `divisible`: no line is open, another process can go on. NULL: always. */
	bool (*settled)(const struct render *render);
	/* Nothing more comes for now: what is there is to be seen. NULL: `out` is written. */
	void (*flush)(struct render *render);
	/* After how many ns in which nothing comes `flush` is to be called again; 0: not. NULL:
	 * never. */
	uint64_t (*due)(struct render *render);
	/* Behind the last event; frees the state, unless `finish` does. NULL: nothing to do. */
	void (*end)(struct render *render);
	/* Behind the last capture; frees the state. Not `whole`: nobody will want what has been
	 * written. 0, or a negative errno; or `why` takes a sentence. NULL: nothing to do. */
	int (*finish)(struct render *render, bool whole, struct tape_error *why);
};

#endif
