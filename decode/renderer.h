/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * renderer: the second hinge. A renderer turns events into text; it never pairs, filters or keeps state of threads
 * and descriptors: the stream before it does. One `const struct renderer` each, in renderer.c's table.
 */
#ifndef SYSTAPE_RENDERER_H
#define SYSTAPE_RENDERER_H

#include "decode/event.h"
#include "decode/text.h"

enum time_style { TIME_NONE, TIME_SECONDS, TIME_MICROSECONDS, TIME_EPOCH };

enum pid_style {
	PIDS_NEVER,
	PIDS_SEVERAL,		/* [pid 1234] while there is more than one thread */
	PIDS_ALWAYS,		/* 1234 before every line */
	PIDS_AUTO,		/* ALWAYS for tapes that can have several processes, else NEVER */
};

/* What the person asked for; renderers use what concerns them. */
struct render_options {
	enum time_style time;		/* -t, -tt, -ttt */
	bool relative_time;		/* -r */
	bool duration;			/* -T */
	const char *separator;		/* -K */
	const char *columns;		/* --columns: comma-separated, NULL for none */
	bool header;
	enum pid_style pids;
	uint32_t string_size;		/* -s */
	int column;			/* -a: where `=` stands */
	enum text_quoting quoting;	/* -x, -xx */
	bool verbose;			/* -v: structures in full */
	int raw_names;			/* -X: 0 names, 1 raw numbers, 2 both */
	int descriptors;		/* -y, -yy */
	bool quiet_exit;		/* -qq */
};

struct render {
	struct text *out;
	const struct render_options *options;
	const struct tape_facts *facts;
	void *state;			/* the renderer's own */
};

struct renderer {
	const char *name, *alias, *help;
	/* Before the first event: 0, or a negative errno; `why` takes a sentence on options that it cannot honour. NULL: nothing to do. */
	int (*begin)(struct render *render, struct tape_error *why);
	/* A call that has begun and has no result yet. NULL: only whole calls are of interest. */
	void (*begun)(struct render *render, const struct call *call);
	/* A call in any other state. */
	void (*call)(struct render *render, const struct call *call);
	void (*note)(struct render *render, const struct note *note);
	/* Nothing more comes for now: what is there is to be seen. NULL: `out` is written. */
	void (*flush)(struct render *render);
	/* Behind the last event; frees the state. NULL: nothing to do. */
	void (*end)(struct render *render);
};

/* All renderers; NULL ends the list. */
const struct renderer *const *renderer_all(void);
const struct renderer *renderer_by_name(const char *name);

#endif
