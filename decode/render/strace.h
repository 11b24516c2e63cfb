/* SPDX-License-Identifier: GPL-2.0-or-later */
/* strace: the state that the two halves of the strace renderer share: lines of calls (strace.c), of
 * all else (strace_note.c). */
#ifndef SYSTAPE_STRACE_H
#define SYSTAPE_STRACE_H

#include "decode/render/strace_lead.h"
#include "decode/values/show.h"

struct strace {
	struct show show;
	struct render_options options; /* for the call at hand */
	struct text words;	       /* the arguments of the call at hand */
	struct text line;	       /* what is being put together */
	bool raw;		       /* they are bare numbers */
	bool given;		       /* lines are shown as a tape of strace's text has them */
	struct strace_lead lead;
	bool open;	       /* a line is not finished: */
	uint32_t open_tid;     /* the thread's, which on a hostile tape may be 0 */
	struct text open_line; /* that line so far */
	size_t shown;	       /* bytes of it that have been written */
};

/* Writes what of the open line has not been written. */
void strace_write_open(struct render *render);
/* Another thread (0: nobody, or any) speaks: the line that is open ends with `how`. */
void strace_close_line(struct render *render, uint32_t speaker, const char *how);
void strace_note(struct render *render, const struct note *note);

#endif
