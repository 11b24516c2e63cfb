/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * split: a renderer in front of another one: every thread or process gets a text of its own in a
 * file of its own
 * (-ff, -fff, --per-thread). Called by main in place of the renderer; the stream does not notice.
 */
#ifndef SYSTAPE_SPLIT_H
#define SYSTAPE_SPLIT_H

#include "decode/stream/renderer.h"
#include "format/output/output_file.h"

enum split_by {
	SPLIT_NONE,
	SPLIT_PROCESS, /* FILE.pid */
	SPLIT_BOTH,    /* FILE.tid.pid */
	SPLIT_THREAD,  /* FILE.tid, as strace -ff does */
};

/* Where the files are made, and how. */
struct split_target {
	struct output_folder *folder; /* with the name that theirs begin with */
	struct output_rules rules;
	enum split_by by;
	bool append;
	/* Set at the end: files with -1, -2 ... behind their names, because something that is not
	 * ours stood under them. */
	uint64_t displaced;
};

/*
 * Prepares *outer for stream_run with split_renderer, which frees what is made here at its end.
 * `inner` and `target` stay the caller's. Files are made (or, with `append`, added to) when their
 * first line comes; `outer->out`, which must be a text that is kept, takes the first error of any.
 * 0 or -ENOMEM.
 */
int split_prepare(struct render *outer, const struct renderer *inner, struct split_target *target);

extern const struct renderer split_renderer;

#endif
