/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit_script: the fewest insertions and deletions that make one sequence of numbers of another
 * (Myers, An O(ND) Difference Algorithm, 1986). Used by diff_pairs, for lines and for processes.
 */
#ifndef SYSTAPE_EDIT_SCRIPT_H
#define SYSTAPE_EDIT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The `at`th number of side 0 or 1. */
typedef uint32_t (*edit_number)(const void *context, int side, size_t at);

struct edit_script {
	bool *changed[2]; /* of each element: it has no partner on the other side */
	bool rough; /* there were more differences than it looks for: all between is changed */
};

/* `count`: of both sides. Of more than `most` differences what lies between the first and the last
 * counts as changed. 0 or -ENOMEM; edit_script_free in any case. */
int edit_script_make(struct edit_script *script, const size_t count[2], edit_number number,
		     const void *context, size_t most);
void edit_script_free(struct edit_script *script);

#endif
