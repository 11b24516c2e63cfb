/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stream_filter: what of a tape is wanted: calls, threads, times, ends. Asked by the stream for
 * blocks, calls and notes. */
#ifndef SYSTAPE_STREAM_FILTER_H
#define SYSTAPE_STREAM_FILTER_H

#include "decode/descriptors/path_match.h"
#include "format/filter/filter.h"

/* Lines that are no calls: signals, processes that begin and end. */
enum filter_notes {
	NOTES_AUTO, /* not where calls are chosen, but for signals that are */
	NOTES_ALWAYS,
	NOTES_NEVER,
};

struct stream_filter {
	const struct filter *calls;	/* which calls, ends and signals; NULL: all */
	const struct path_match *touch; /* only calls that touch these files; NULL: all */
	const pid_t *pids;		/* processes or threads; none: all */
	size_t pid_count;
	bool failed_only;
	uint64_t slower; /* ns: only calls that are known to have taken longer; 0: all */
	enum filter_notes notes;
	bool chosen;	       /* calls, by their number, files or results */
	bool signals_chosen;   /* -e signal= */
	bool until_execve;     /* of each process what comes before it executes another program */
	uint64_t limit;	       /* so many calls with a result, then no more; 0: all */
	uint64_t since, until; /* ns after the first event; until 0: to the end */
};

/* Whether a block may have something of the threads, or one of the calls that are wanted, as its
 * index entry says. */
bool filter_has_pid(const struct stream_filter *filter, const struct trace_index *index);
bool filter_has_call(const struct stream_filter *filter, const struct trace_index *index);

bool filter_wants_call(const struct stream_filter *filter, const struct call *call);
/* Whether it refuses any call, whatever its time. */
bool filter_refuses_calls(const struct stream_filter *filter);
/* Whether every way in which a call may end is wanted, so that it can be shown when it begins. */
bool filter_wants_beginnings(const struct stream_filter *filter);
/* Whether a note that is wanted is one that nobody has asked for; `chosen` says whether the tape
 * has chosen calls only. */
bool filter_note_unasked(const struct stream_filter *filter, const struct note *note, bool chosen);
bool filter_wants_note(const struct stream_filter *filter, const struct note *note);
/* `time` in ns after the first event. */
bool filter_wants_time(const struct stream_filter *filter, uint64_t time);

#endif
