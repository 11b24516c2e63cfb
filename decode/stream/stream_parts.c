// SPDX-License-Identifier: GPL-2.0-or-later
/* The stream's files, where it has several: the parts of a rotated capture. Each begins with what
 * the recorder knew then, so that it can be shown alone; behind the first one this has been told.
 */
#include "decode/stream/stream_state.h"

bool stream_add(struct stream *s, struct tape_reader *reader)
{
	s->several = true;
	return merge_add(s->merge, reader);
}

/* What has begun may have ended in the part that is not there. */
static void lose_end(void *context, struct thread *thread)
{
	struct stream *s = context;

	stream_release(s, thread, false);
	stream_end_pending(s, thread, CALL_LOST_EXIT);
}

static void tell_gap(struct stream *s, uint32_t first, uint32_t count)
{
	struct note note = { .kind = NOTE_PARTS,
			     .cpu = TRACE_NO_CPU,
			     .time = s->now,
			     .part = first,
			     .missing = count };

	threads_each(s->threads, lose_end, s);
	stream_give_note(s, &note);
}

static void begin_part(struct stream *s, const struct trace_header *header)
{
	uint32_t next = s->part->part + 1;

	s->part = header;
	s->later_part = true;
	s->behind_gap = header->part > next;
	tape_facts_part(&s->facts, header);
	if (s->behind_gap)
		tell_gap(s, next, header->part - next);
}

bool stream_told_before(struct stream *s, const struct trace_record *r)
{
	const struct trace_header *first = s->facts.public.header, *header = first;
	const struct tape_reader *reader = merge_reader(s->merge);

	if (!s->part)
		s->part = first;
	if (reader)
		header = tape_reader_header(reader);
	if (r->type == TRACE_META) /* has no time: it can come before the end of the part before */
		return header != first && r->length >= sizeof(struct trace_meta) &&
		       !tape_facts_changes((const void *)r);
	if (header->part > s->part->part)
		begin_part(s, header);
	if (!s->later_part)
		return false;
	switch (r->type) {
	case TRACE_EXISTING: return !s->behind_gap && threads_find(s->threads, r->tid);
	case TRACE_ENTER:
		return r->flags & TRACE_F_IN_FLIGHT && !s->behind_gap &&
		       threads_find(s->threads, r->tid);
	}
	return false;
}
