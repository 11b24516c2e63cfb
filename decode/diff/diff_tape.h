/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_tape: one of two tapes that are compared, in memory: its calls added up by call, error and
 * file (decode/stat), and of every thread the lines of its events in order (diff_values). It is
 * filled by a renderer. Lines are numbers of strings that both sides share, so that equal lines
 * have equal numbers. Used by systape-diff.
 */
#ifndef SYSTAPE_DIFF_TAPE_H
#define SYSTAPE_DIFF_TAPE_H

#include "decode/diff/diff_values.h"
#include "decode/diff/temporary_names.h"
#include "decode/stat/stat_collect.h"
#include "format/tid_table.h"

struct diff_event {
	uint32_t line; /* number of the string */
	uint32_t name; /* of the call; 0: it is none */
	uint64_t time; /* ns; 0: not known */
};

struct diff_thread {
	struct tid_entry entry;
	uint32_t number; /* the stream's: a tid is used again; 0: only children were seen yet */
	uint32_t tgid, label;	    /* label: number of its last comm */
	uint64_t born, order;	    /* ns on the tape's clock, 0: before; when it was first seen */
	struct diff_thread *parent; /* NULL: none that is on the tape */
	struct diff_thread *pair;   /* on the other tape; NULL: none */
	struct diff_event *events;
	size_t count, room;
};

struct diff_tape_options {
	struct render_options render;
	const char *const *ignored; /* names of arguments and fields */
	bool events;		    /* lines are wanted */
	size_t most;		    /* events that are kept */
	size_t memory;		    /* bytes for tables and names */
};

struct diff_tape {
	const struct diff_tape_options *options;
	struct stat_strings *strings;  /* of lines and labels: both sides' */
	struct temporary_names *names; /* the same */
	int side;
	struct stat_options stat;
	struct stat_collect *collect;
	struct diff_values values;
	struct tid_table current;     /* those that have their tid now */
	struct diff_thread **threads; /* all, in the order in which they were first seen */
	size_t thread_count, thread_room;
	size_t events, left_out; /* kept; not kept, for there were too many */
	int error;
};

/* Keys of `collect`: the call, the error, the file. */
enum { DIFF_CALL, DIFF_ERROR, DIFF_FILE, DIFF_KEYS };

/* Side 0 or 1. What it is given stays the caller's. 0 or -ENOMEM; diff_tape_free in any case. */
int diff_tape_init(struct diff_tape *tape, int side, const struct diff_tape_options *options,
		   struct stat_strings *strings, struct temporary_names *names);
void diff_tape_free(struct diff_tape *tape);

/* Hides temporary names in its lines, once they are known. 0 or -ENOMEM. */
int diff_tape_hide(struct diff_tape *tape);

/* For stream_run, with render->state the struct diff_tape. */
extern const struct renderer diff_renderer;

#endif
