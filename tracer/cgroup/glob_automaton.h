/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glob_automaton: patterns of cgroup paths as one deterministic automaton, so that a path costs a
 * look-up per byte, however many patterns there are, and a cgroup's state follows from that of the
 * one above and its own name. Used by cgroup_selection.
 */
#ifndef SYSTAPE_GLOB_AUTOMATON_H
#define SYSTAPE_GLOB_AUTOMATON_H

#include "format/tape/tape_reader.h"
#include "tracer/cgroup/glob_row.h"

#include <stddef.h>

struct glob_automaton {
	struct glob_row *rows; /* the first is that of the root, whose path is empty */
	size_t count;
};

/*
 * A path is "/NAME/NAME...". In a pattern `*`, `?` and `[...]` match within a name, `**` any text,
 * and a whole component of `**` also none; a backslash takes a meaning away. A pattern without a
 * slash is the name of a cgroup wherever it is. What is below a match matches too. 0, or a negative
 * errno with a sentence.
 */
int glob_automaton_make(struct glob_automaton *automaton, char *const *patterns, size_t count,
			struct tape_error *why);
void glob_automaton_free(struct glob_automaton *automaton);

/* The state behind `length` more bytes. */
uint16_t glob_automaton_step(const struct glob_automaton *automaton, uint16_t state,
			     const char *text, size_t length);

#endif
