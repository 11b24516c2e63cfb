/* SPDX-License-Identifier: GPL-2.0-or-later */
/* call_pairing: makes one call of the records of its beginning and its end. Part of the stream. */
#ifndef SYSTAPE_CALL_PAIRING_H
#define SYSTAPE_CALL_PAIRING_H

#include "decode/events/event.h"
#include "decode/events/tape_facts.h"

/*
 * Fills in what both ends of a call have in common: `record` is either of them, the thread may hold
 * the other. The name of a call without row is put into `unknown`.
 */
void call_pairing_fill(struct facts *facts, struct call *call, const struct thread *thread,
		       const struct trace_call *record, char unknown[32]);
/* Whether `record`, an end, belongs to the call that the thread is in. */
bool call_pairing_same(const struct thread *thread, const struct trace_call *record);

#endif
