/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_result: what is told of a call's result besides its number, as JSON: its words, and the
 * descriptors that the call has made. For renderers whose `show` writes by json_values and has just
 * shown the arguments, whose details are gone then: those of the result take their place.
 */
#ifndef SYSTAPE_JSON_RESULT_H
#define SYSTAPE_JSON_RESULT_H

#include "decode/values/show.h"

/* Begins an object with the one member "result", without its end (json_values_end): false if
 * nothing is told. */
bool json_result_words(struct show *show, const struct call *call);
/* The same of "fds", an array. */
bool json_result_fds(struct show *show, const struct call *call);

#endif
