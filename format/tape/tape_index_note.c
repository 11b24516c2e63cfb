// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/tape_index_note.h"

static void mark_thread(struct trace_index *entry, uint32_t tid)
{
	if (tid)
		entry->threads[tid / 64 % 8] |= 1ull << (tid & 63);
}

void tape_index_note(struct trace_index *entry, const struct trace_record *r)
{
	entry->types |= 1ull << (r->type & 63);
	mark_thread(entry, r->tid);
	mark_thread(entry, r->tgid);
	if ((r->type == TRACE_FORK || r->type == TRACE_EXEC) &&
	    r->length >= sizeof(struct trace_process))
		mark_thread(entry, ((const struct trace_process *)r)->other_tid);
	if (r->type >= TRACE_CALL && r->type <= TRACE_PAYLOAD &&
	    r->length >= sizeof(struct trace_call)) {
		uint32_t nr = ((const struct trace_call *)r)->nr;

		entry->calls[nr / 64 % 8] |= 1ull << (nr & 63);
	}
}
