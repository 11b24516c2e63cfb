/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tape_totals: what has been written of a tape, in numbers. The writer counts; the recorder adds up
 * the tapes of a capture. */
#ifndef SYSTAPE_TAPE_TOTALS_H
#define SYSTAPE_TAPE_TOTALS_H

#include "format/tape/record.h"

struct tape_totals {
	uint64_t bytes; /* written to the sink */
	uint64_t raw;	/* bytes of records before packing */
	uint64_t blocks, records;
	uint64_t calls; /* TRACE_CALL, TRACE_EXIT and entries of calls that do not return */
	uint64_t lost_calls, lost_enters, lost_events;
	uint64_t unwritten_calls, unwritten_enters,
		unwritten_events; /* of those: because the sink failed */
};

/* Counts the calls and losses of a record that is to be written. */
void tape_totals_count(struct tape_totals *totals, const struct trace_record *record);
/* Adds the totals of another tape. */
void tape_totals_add(struct tape_totals *sum, const struct tape_totals *t);

#endif
