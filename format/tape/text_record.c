// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/text_record.h"

#include <stdbool.h>

size_t text_record_head(unsigned int type)
{
	switch (type) {
	case TRACE_CALL:
	case TRACE_ENTER:
	case TRACE_EXIT: return sizeof(struct trace_call);
	case TRACE_FORK:
	case TRACE_EXEC:
	case TRACE_COMM:
	case TRACE_EXISTING:
	case TRACE_END: return sizeof(struct trace_process);
	case TRACE_SIGNAL: return sizeof(struct trace_signal);
	default: return sizeof(struct trace_record);
	}
}

static bool is_within(const struct trace_span *span, uint64_t size)
{
	return span->at <= size && span->size <= size - span->at;
}

const struct trace_text *text_record(const struct trace_record *r)
{
	size_t head = text_record_head(r->type);
	const struct trace_text *t = (const void *)((const char *)r + head);
	uint64_t size;

	if (!(r->flags & TRACE_F_TEXT) || r->length < head + sizeof(*t))
		return NULL;
	size = (uint64_t)t->line + t->more;
	if (size > r->length - head - sizeof(*t) || !is_within(&t->body, size) ||
	    !is_within(&t->name, size) || !is_within(&t->args, size) ||
	    !is_within(&t->result, size))
		return NULL;
	return t;
}
