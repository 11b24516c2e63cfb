/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_values: the writer that makes one line of a call, in which the same call of another run
 * looks the same: addresses, process ids, times, inodes and the like are *, descriptors are what
 * they are open on, names are normal_text's. Used by diff_tape.
 */
#ifndef SYSTAPE_DIFF_VALUES_H
#define SYSTAPE_DIFF_VALUES_H

#include "decode/values/values.h"

struct diff_values {
	struct show show;
	struct text text;	    /* the line */
	struct text stray;	    /* what is no value */
	size_t at;		    /* of `text`: where the last value begins */
	bool number;		    /* that is a number alone: a path beside it takes its place */
	bool moving;		    /* the value in the slot at hand is another one in every run */
	bool all_moving;	    /* so is every value of the call */
	const char *const *ignored; /* names of arguments and fields, NULL ends them */
};

/* `ignored` stays the caller's. 0 or -ENOMEM; diff_values_close in any case. */
int diff_values_open(struct diff_values *values, const struct render_options *options,
		     const struct tape_facts *facts, const char *const *ignored);
void diff_values_close(struct diff_values *values);
/* The line of a call, in values->text. */
void diff_values_call(struct diff_values *values, const struct call *call);

#endif
