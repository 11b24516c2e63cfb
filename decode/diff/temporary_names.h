/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * temporary_names: names of files that are another one in every run, as of mkstemp, mkdtemp and
 * their kin, wherever they are: made so that nothing of that name was there before, on one of two
 * tapes only, and on the other one of the same length that differs in letters and digits somebody
 * has drawn lots for. Those are shown as *. Used by diff_tape, for lines and for sums.
 */
#ifndef SYSTAPE_TEMPORARY_NAMES_H
#define SYSTAPE_TEMPORARY_NAMES_H

#include "decode/events/event.h"
#include "decode/text/text.h"

struct temporary_names;

struct temporary_names *temporary_names_new(void);
void temporary_names_free(struct temporary_names *names);

/* Something of that name, which is in some folder, was made on side 0 or 1. Of more than a bounded
 * number, or without memory, it is left as it is. */
void temporary_names_add(struct temporary_names *names, int side, const char *name, size_t size);
/* The same of a call that made one. */
void temporary_names_note(struct temporary_names *names, int side, const struct call *call);
/* Finds out which are temporary: behind all of both sides. 0 or -ENOMEM. */
int temporary_names_find(struct temporary_names *names);
/* Writes a line, or a path, with * in such names: false if it has none. */
bool temporary_names_hide(const struct temporary_names *names, const char *line, size_t size,
			  struct text *to);

#endif
