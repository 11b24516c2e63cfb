// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_loss.h"

#include "format/tape/tape_reader.h"

static void add_record(struct trace_lost *l, const struct trace_record *r)
{
	if (r->type == TRACE_LOST && r->length >= sizeof(*l)) {
		const struct trace_lost *other = (const void *)r;

		l->calls += other->calls;
		l->enters += other->enters;
		l->events += other->events;
	} else if (r->type == TRACE_CALL || r->type == TRACE_EXIT || r->flags & TRACE_F_NO_RETURN) {
		l->calls++;
	} else if (r->type == TRACE_ENTER) {
		l->enters++;
	} else if (r->type != TRACE_PAYLOAD) {
		l->events++;
	}
}

void tape_loss_add(struct trace_lost *l, const void *records, size_t size)
{
	const struct trace_record *r;
	size_t at = 0;

	while ((r = tape_record_next(records, size, &at))) {
		add_record(l, r);
		if (!l->first)
			l->first = r->time;
		l->last = l->record.time = r->time;
	}
}
