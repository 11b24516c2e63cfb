/* SPDX-License-Identifier: GPL-2.0-or-later */
/* strace_given: a tape of strace's text, shown as it was: its lines, each where it stood. The
 * strace renderer calls it. */
#ifndef SYSTAPE_STRACE_GIVEN_H
#define SYSTAPE_STRACE_GIVEN_H

#include "decode/stream/renderer.h"

/* Whether lines are shown as they were: they are, unless something else is asked for. */
bool strace_given(const struct render *render);
/* The line of a call's beginning, or of its end. */
void strace_given_call(struct render *render, const struct call *call);
/* True if the note is a line of the text, which is written, or left out as asked. */
bool strace_given_note(struct render *render, const struct note *note);
/* The text of a note without what stands before it; NULL: it is no line of the text. */
const struct trace_text *strace_given_text(const struct note *note);

#endif
