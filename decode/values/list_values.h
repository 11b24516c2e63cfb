/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list_values: the writer that makes a line of each value within a call's arguments, for the list:
 * `field statbuf.st_mode (flags): 33188 S_IFREG|0644`, which is its path, its type, its number, its
 * words. Numbers and strings that are arguments by themselves have no line: the list has one
 * already.
 */
#ifndef SYSTAPE_LIST_VALUES_H
#define SYSTAPE_LIST_VALUES_H

#include "decode/values/values.h"

enum { LIST_DEPTH = 48 }; /* groups within each other; what is deeper has no line */

struct list_values {
	struct text lines;
	struct text path;	   /* of the value at hand */
	struct text words;	   /* of a value that consists of several, while they are told */
	int depth, deeper;	   /* groups in use; groups that are too deep */
	size_t prefix[LIST_DEPTH]; /* of `path`, which the values of a group share */
	uint32_t index[LIST_DEPTH];
	int compound;	 /* groups that are one value: flags put together, a macro, a set */
	uint64_t number; /* of the outermost of them */
	bool silent;	 /* what stands behind the result is no argument */
};

/* Makes `show` write lines, into list->lines; 0 or -ENOMEM. `show` is prepared already. */
int list_values_open(struct list_values *list, struct show *show);
void list_values_close(struct list_values *list);
void list_values_begin(struct show *show);

#endif
