/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_session: what every program that reads tapes does around its work: it opens tapes and
 * output, closes what else it has inherited, gives up root, starts threads, shuts itself into the
 * sandbox, reads the headers; and in the end it says what was damaged. Called by the mains.
 */
#ifndef SYSTAPE_DECODE_TAPE_SESSION_H
#define SYSTAPE_DECODE_TAPE_SESSION_H

#include "decode/capture_files.h"
#include "decode/options.h"
#include "decode/progress.h"
#include "decode/supervisor.h"

struct tape_session {
	struct capture_files files;
	struct capture_files others;   /* of options->others; empty where there is one set */
	struct workers *workers;       /* NULL: none */
	struct turns *turns;	       /* of several processes; NULL: this one is alone */
	struct progress progress;      /* to be ended before messages follow */
	struct supervisor *supervisor; /* of an output that is rewritten; NULL: it is another */
	bool sends;		       /* another process does, what is written here */
	int scratch[RENDER_SCRATCH];   /* for that, without a name */
	const struct output_folder *folder; /* where files are made; NULL: there is one output */
};

/* False: why not has been said. tape_session_end follows in any case. */
bool tape_session_begin(struct tape_session *session, struct decode_options *options);
/* The files of one capture from that one on, as one stream; *next is the first of another capture,
 * or the count. NULL without memory. `files`: session->files or session->others. */
struct stream *tape_session_stream_of(struct tape_session *session,
				      const struct capture_files *files, size_t first,
				      const struct stream_filter *filter, size_t *next);
/* The same of session->files. */
struct stream *tape_session_stream(struct tape_session *session, size_t first,
				   const struct stream_filter *filter, size_t *next);
/* Says what cannot be read and what is missing: true if anything is. */
bool tape_session_damage(const struct tape_session *session);
/* The status of a program whose output ended with this error, which is said: a negative errno or 0.
 */
int tape_session_status(int error);
void tape_session_end(struct tape_session *session);

#endif
