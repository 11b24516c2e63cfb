// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/stream_state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PROCESS_TYPES = 1 << TRACE_FORK | 1 << TRACE_EXEC | 1 << TRACE_COMM | 1 << TRACE_END |
			1 << TRACE_EXISTING,
};

enum { OFTEN = 4096 }; /* records until who watches is told again */

static bool block_wanted(void *context, const struct trace_block *block,
			 const struct trace_index *index)
{
	struct stream *s = context;

	if (block->kind != TRACE_RECORDS || !index || index->types & 1 << TRACE_LOST)
		return true;
	if (!s->first_known)
		return true; /* times count from the first event, whatever that is */
	if (s->filter->touch || (s->render && s->render->options->descriptors))
		return true; /* what is open depends on every call before */
	if (!filter_has_pid(s->filter, index))
		return false;
	if (index->types & (PROCESS_TYPES | 1 << TRACE_META | 1 << TRACE_PROBE))
		return true;
	if (s->first_known && s->filter->since && block->last < s->first + s->filter->since)
		return false;
	return filter_has_call(s->filter, index);
}

struct stream *stream_new(struct tape_reader *reader, const struct stream_filter *filter)
{
	struct stream *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->reader = reader;
	s->filter = filter;
	s->merge = merge_new(reader, block_wanted, s);
	s->threads = threads_new();
	if (s->merge && s->threads && tape_facts_init(&s->facts, tape_reader_header(reader)))
		s->facts.public.threads = s->threads;
	if (s->facts.public.threads)
		return s;
	stream_free(s);
	return NULL;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	merge_free(s->merge);
	text_args_free(&s->text_args);
	fd_tracking_free(s->follow); /* has files that are counted in: */
	threads_free(s->threads);
	tape_facts_free(&s->facts);
	free(s);
}

void stream_use(struct stream *s, struct workers *workers)
{
	merge_use(s->merge, workers);
}

void stream_watch(struct stream *s, void (*watch)(void *context, uint64_t bytes, uint64_t calls),
		  void *context)
{
	s->watch = watch;
	s->watcher = context;
}

const struct tape_facts *stream_facts(const struct stream *s)
{
	return &s->facts.public;
}

const struct stream_counts *stream_counts(const struct stream *s)
{
	return &s->counts;
}

/* What descriptors are open on. */
static void on_told(struct stream *s, const struct trace_record *r)
{
	struct thread *thread = s->follow ? stream_caller(s, r) : NULL;

	if (!thread)
		return;
	fd_tracking_thread(s->threads, thread);
	if (thread->fds)
		fd_tracking_told(thread, (const void *)r);
}

static int begin(struct stream *s, struct tape_error *why)
{
	if (s->begun)
		return 0;
	s->begun = true;
	if (s->renderer->descriptors || s->filter->touch)
		s->follow = fd_tracking_new(&s->facts);
	s->refuses = filter_refuses_calls(s->filter) || s->filter->since || s->filter->until;
	for (int arch = 0; s->filter->calls && arch < DESC_ARCHES; arch++)
		for (uint32_t nr = 0; nr < CALLS_KNOWN; nr++)
			s->wanted[arch][nr] = filter_may_want(s->filter->calls, arch, nr);
	return s->renderer->begin ? s->renderer->begin(s->render, why) : 0;
}

/* A tape can name more threads than there is memory: those that have been quiet for long are
 * forgotten. */
static void forget_threads(struct stream *s)
{
	struct thread *thread;

	while ((thread = threads_excess(s->threads))) {
		stream_release(s, thread, false);
		stream_end_pending(s, thread, CALL_UNFINISHED);
		threads_remove(s->threads, thread->entry.tid);
	}
}

static void dispatch(struct stream *s, const struct merge_item *item)
{
	const struct trace_record *r = item->record;

	s->now = r->time;
	forget_threads(s);
	switch (r->type) {
	case TRACE_CALL:
	case TRACE_ENTER:
	case TRACE_EXIT: stream_call(s, r, item->cpu); break;
	case TRACE_PAYLOAD: on_told(s, r); break;
	case TRACE_FORK:
	case TRACE_EXEC:
	case TRACE_COMM:
	case TRACE_END:
	case TRACE_EXISTING: stream_process(s, r, item->cpu); break;
	case TRACE_SIGNAL: stream_signal(s, r, item->cpu); break;
	case TRACE_LOST: stream_lost(s, r, item->cpu); break;
	case TRACE_PROBE: stream_probe(s, r, item->cpu); break;
	case TRACE_TEXT: stream_text(s, r, item->cpu); break;
	}
}

/* The tape's first event is the origin of the time column; a call counts from its beginning. */
static void set_first(struct stream *s, const struct trace_record *r)
{
	uint64_t enter = 0;

	if (s->first_known || r->type == TRACE_EXISTING || r->type == TRACE_PAYLOAD)
		return;
	if (r->type <= TRACE_EXIT && r->length >= sizeof(struct trace_call))
		enter = ((const struct trace_call *)r)->enter;
	s->first = enter && enter < r->time ? enter : r->time;
	s->facts.public.first = s->first;
	s->first_known = true;
}

static void finish_thread(void *context, struct thread *thread)
{
	struct stream *s = context;

	stream_release(s, thread, false);
	stream_end_pending(s, thread, CALL_DETACHED);
	if (thread->ended)
		stream_give_end(s, thread);
}

static void release_thread(void *context, struct thread *thread)
{
	stream_release(context, thread, false);
}

static uint64_t flush(void *context)
{
	struct stream *s = context;
	const struct renderer *renderer = s->renderer;

	if (s->held)
		threads_each(s->threads, release_thread, s);
	if (s->begun && renderer->flush)
		renderer->flush(s->render);
	else
		text_flush(s->render->out);
	return s->begun && renderer->due ? renderer->due(s->render) : 0;
}

/* Whether block_wanted can say no. */
static bool refuses_blocks(const struct stream *s)
{
	const struct stream_filter *f = s->filter;

	return !f->touch && !s->render->options->descriptors &&
	       ((f->calls && !filter_is_all(f->calls)) || f->pid_count || f->since);
}

int stream_run(struct stream *s, const struct renderer *renderer, struct render *render,
	       struct tape_error *why)
{
	struct merge_item item;
	int got = 0;

	s->renderer = renderer;
	s->render = render;
	merge_on_wait(s->merge, flush, s);
	if (refuses_blocks(s))
		merge_peek(s->merge);
	while (!render->out->error && !(s->filter->limit && s->limited >= s->filter->limit)) {
		got = merge_next(s->merge, &item);
		if (got <= 0)
			break;
		if (s->watch && !(++s->seen % OFTEN))
			s->watch(s->watcher, merge_bytes(s->merge), s->counts.calls);
		if (s->several && item.record && stream_told_before(s, item.record))
			continue;
		if (item.record && item.record->type == TRACE_META) {
			if (item.record->length >= sizeof(struct trace_meta))
				tape_facts_add(&s->facts, (const void *)item.record);
			continue;
		}
		got = begin(s, why);
		if (got)
			return got;
		if (item.record) {
			set_first(s, item.record);
			dispatch(s, &item);
		} else {
			struct note note = { .kind = NOTE_MISSING,
					     .cpu = item.cpu,
					     .time = s->now,
					     .missing = item.missing };

			stream_give_note(s, &note);
		}
	}
	s->counts.calls += merge_passed(s->merge);
	s->counts.limited = s->filter->limit && s->limited >= s->filter->limit;
	if (!render->out->error && !got)
		got = begin(s, why);
	threads_each(s->threads, finish_thread, s);
	s->counts.whole = !got && merge_whole(s->merge);
	if (renderer->end)
		renderer->end(render);
	text_flush(render->out);
	return got < 0 ? got : render->out->error;
}

void stream_metadata(struct stream *s)
{
	struct merge_item item;

	while (merge_next(s->merge, &item) > 0 && item.record && item.record->type == TRACE_META)
		if (item.record->length >= sizeof(struct trace_meta))
			tape_facts_add(&s->facts, (const void *)item.record);
}

const char *stream_header_text(const struct stream *s)
{
	return s->facts.header_text;
}
