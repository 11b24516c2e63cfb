/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cgroup_selection: the cgroups that are wanted, by folders of the unified hierarchy (cgroup v2)
 * and by patterns of their paths, each with all below it. Made by the options, asked by the
 * backends.
 */
#ifndef SYSTAPE_CGROUP_SELECTION_H
#define SYSTAPE_CGROUP_SELECTION_H

#include "format/tape/tape_reader.h"
#include "tracer/cgroup/glob_automaton.h"

#include <stdbool.h>

struct cgroup_selection {
	char *at;   /* where the hierarchy is mounted */
	char *root; /* the cgroup that is mounted there, as /proc/PID/cgroup names it; "" for the
		       first of what the reader sees */
	bool part;  /* of the hierarchy is all that is seen here: the kernel's own paths begin
		       above it */
	char **patterns;
	size_t count;
	char *folder; /* the one that was added as a folder last */
	size_t folders;
	struct glob_automaton automaton; /* once finished */
};

/* Finds the hierarchy: NULL with a sentence if there is none. */
struct cgroup_selection *cgroup_selection_new(struct tape_error *why);
void cgroup_selection_free(struct cgroup_selection *selection);

/* A folder, a place below the hierarchy's, or a pattern (see glob_automaton.h): false with a
 * sentence. */
bool cgroup_selection_add(struct cgroup_selection *selection, const char *word,
			  struct tape_error *why);
/* A pattern that is none of the others; false without memory. */
bool cgroup_selection_add_pattern(struct cgroup_selection *selection, const char *pattern);
/* The one pattern that means just this text. */
bool cgroup_selection_add_literal(struct cgroup_selection *selection, const char *text);
/* When all have been added: false with a sentence. */
bool cgroup_selection_finish(struct cgroup_selection *selection, struct tape_error *why);

/* The folder, if it is a single one and all there is; else NULL. */
const char *cgroup_selection_folder(const struct cgroup_selection *selection);
/* Whether a place in the hierarchy, which begins with a slash and ends with `\n` or the string, is
 * wanted. */
bool cgroup_selection_inside(const struct cgroup_selection *selection, const char *place);

#endif
