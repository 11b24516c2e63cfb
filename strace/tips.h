/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tips: --tips: hints of one's own, one of which stands at the end of a trace. Called by
 * options.c; the recorder prints the text. */
#ifndef SYSTAPE_STRACE_TIPS_H
#define SYSTAPE_STRACE_TIPS_H

#include <stdbool.h>

enum tips_format { TIPS_NONE, TIPS_COMPACT, TIPS_FULL };

struct tips {
	enum tips_format format;
	long number; /* -1: any */
};

/* [[id:]NUMBER|random][,[format:]none|compact|full], in any order: false for another word. */
bool tips_parse(struct tips *tips, const char *text);
/* The text to be freed; NULL without memory, and where none is wanted. */
char *tips_text(const struct tips *tips);

#endif
