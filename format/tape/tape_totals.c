// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_totals.h"

void tape_totals_count(struct tape_totals *t, const struct trace_record *r)
{
	if (r->type >= TRACE_CALL && r->type <= TRACE_PAYLOAD &&
	    r->length >= sizeof(struct trace_call))
		t->calls += r->type == TRACE_CALL || r->type == TRACE_EXIT ||
			    r->flags & TRACE_F_NO_RETURN;
	if (r->type == TRACE_LOST && r->length >= sizeof(struct trace_lost)) {
		const struct trace_lost *lost = (const void *)r;

		t->lost_calls += lost->calls;
		t->lost_enters += lost->enters;
		t->lost_events += lost->events;
	}
}

void tape_totals_add(struct tape_totals *sum, const struct tape_totals *t)
{
	sum->bytes += t->bytes;
	sum->raw += t->raw;
	sum->blocks += t->blocks;
	sum->records += t->records;
	sum->calls += t->calls;
	sum->lost_calls += t->lost_calls;
	sum->lost_enters += t->lost_enters;
	sum->lost_events += t->lost_events;
	sum->unwritten_calls += t->unwritten_calls;
	sum->unwritten_enters += t->unwritten_enters;
	sum->unwritten_events += t->unwritten_events;
}
