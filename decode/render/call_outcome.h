/* SPDX-License-Identifier: GPL-2.0-or-later */
/* call_outcome: how a call ended, in the words and numbers that all structured outputs have. */
#ifndef SYSTAPE_CALL_OUTCOME_H
#define SYSTAPE_CALL_OUTCOME_H

#include "decode/events/event.h"

struct call_outcome {
	bool returned;	  /* `value` is what the program sees: -1 for an error */
	bool is_unsigned; /* `value` is */
	uint64_t value;
	uint64_t error;	  /* its number, 0: none */
	const char *name; /* of the error; NULL: it has none */
	bool timed;	  /* `latency` is known */
	uint64_t latency; /* ns */
};

struct call_outcome call_outcome_of(const struct call *call);
/* Letters without a character that needs an escape anywhere. */
const char *call_outcome_state(enum call_state state);
/* Of an enum trace_arch; NULL: there is no such one. */
const char *call_outcome_arch(unsigned int arch);
/* Why something was lost. */
const char *call_outcome_reason(const struct trace_lost *lost);

#endif
