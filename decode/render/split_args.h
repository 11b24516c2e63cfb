/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * split_args: the text between the parentheses of a call, taken apart into its arguments. For
 * list.c: families of calls print all their arguments at once.
 */
#ifndef SYSTAPE_SPLIT_ARGS_H
#define SYSTAPE_SPLIT_ARGS_H

#include <stddef.h>

struct split_arg {
	const char *text;
	size_t size;
};

/* Fills at most `most` of them; how many there are, 0 where the text does not come out even. */
size_t split_args(const char *text, size_t size, struct split_arg *arg, size_t most);

#endif
