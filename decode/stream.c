// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/last_call.h"
#include "decode/pair.h"
#include "decode/stream_state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HELD_MOST = 256, /* results that wait: a tape cannot make us keep more */
	PROCESS_TYPES = 1 << TRACE_FORK | 1 << TRACE_EXEC | 1 << TRACE_COMM | 1 << TRACE_END |
			1 << TRACE_EXISTING,
};

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
	if (s->merge && s->threads && facts_init(&s->facts, tape_reader_header(reader)))
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
	follow_free(s->follow); /* has files that are counted in: */
	threads_free(s->threads);
	facts_free(&s->facts);
	free(s);
}

void stream_use(struct stream *s, struct workers *workers)
{
	merge_use(s->merge, workers);
}

const struct tape_facts *stream_facts(const struct stream *s)
{
	return &s->facts.public;
}

const struct desc_table *stream_table(struct stream *s, enum desc_arch arch)
{
	return facts_table(&s->facts, arch);
}

const struct stream_counts *stream_counts(const struct stream *s)
{
	return &s->counts;
}

uint64_t stream_first(const struct stream *s)
{
	return s->first;
}

static bool time_wanted(const struct stream *s, uint64_t time)
{
	return filter_wants_time(s->filter, time > s->first ? time - s->first : 0);
}

static inline bool wanted(const struct stream *s, const struct call *call)
{
	return !s->refuses || (filter_wants_call(s->filter, call) &&
			       time_wanted(s, call->enter ? call->enter : s->now));
}

static void fill(struct stream *s, struct call *call, const struct thread *thread,
		 const struct trace_call *record, uint32_t cpu)
{
	pair_fill(&s->facts, call, thread, record, s->unknown);
	call->cpu = cpu;
	call->fds = thread->fds;
	call->opened = NULL;
	call->opened_count = 0;
}

static void show(struct stream *s, struct call *call)
{
	call->sequence = ++s->counts.shown;
	s->counts.failed += call->state == CALL_DONE && call->failed;
	s->limited += call->state == CALL_DONE;
	s->renderer->call(s->render, call);
}

void stream_give_note(struct stream *s, const struct note *note)
{
	if (note->thread && note->thread->left)
		return;
	if (s->renderer->note && filter_wants_note(s->filter, note) && time_wanted(s, note->time))
		s->renderer->note(s->render, note);
}

void stream_end_pending(struct stream *s, struct thread *thread, enum call_state state)
{
	struct call call;

	if (!thread->pending || !thread->enter)
		return;
	fill(s, &call, thread, thread->enter, TRACE_NO_CPU);
	call.state = state;
	call.exit = 0;
	thread->pending = false;
	s->counts.unfinished += state == CALL_UNFINISHED || state == CALL_DETACHED;
	if (wanted(s, &call))
		show(s, &call);
}

/* Whether the thread may have been killed within the call. */
static bool may_be_last(const struct stream *s, const struct trace_call *record)
{
	return last_call_restarts(record->result) || last_call_kills(record, s->threads);
}

static void end_call(struct stream *s, struct thread *thread, const struct trace_call *record,
		     uint32_t cpu, bool killed)
{
	struct call call;

	fill(s, &call, thread, record, cpu);
	call.state = killed ? CALL_UNFINISHED : CALL_DONE;
	call.exit = record->record.time;
	call.result = record->result;
	call.exit_record = record;
	s->pieces.state = PIECES_UNSOUGHT;
	call.pieces = &s->pieces;
	call.failed = !killed && record->result < 0 && record->result >= -4095;
	call.program = call.failed ? NULL : thread->program;
	thread->pending = false;
	if (s->follow)
		follow_prepare(s->follow, thread, &call);
	if (wanted(s, &call))
		show(s, &call);
	thread->renamed = false;
	if (s->follow)
		follow_commit(s->follow, thread, &call);
	thread->returned = true;
	thread->done_nr = call.nr;
	thread->done_arch = call.arch;
}

void stream_release(struct stream *s, struct thread *thread, bool killed)
{
	if (!thread->exit)
		return;
	s->held--;
	end_call(s, thread, thread->exit, TRACE_NO_CPU, killed);
	thread_let_go(thread);
}

/* Whether the filter of calls alone, without a look at the call, says that it is not shown. */
static bool not_asked_for(const struct stream *s, const struct trace_call *record)
{
	return s->filter->calls && record->arch < DESC_ARCHES && record->nr < CALLS_KNOWN &&
	       !s->wanted[record->arch][record->nr] &&
	       !(s->follow && follow_concerns(s->follow, record->arch, record->nr));
}

/* Whether a beginning without end may be a call whose result nobody asked for. */
static bool results_dropped(const struct stream *s)
{
	return s->facts.public.header->optional & (TRACE_O_FAILED_ONLY | TRACE_O_SUCCESSFUL_ONLY);
}

static void on_end(struct stream *s, struct thread *thread, const struct trace_call *record,
		   uint32_t cpu)
{
	if (!thread->pending && record->record.type == TRACE_CALL && not_asked_for(s, record)) {
		thread->returned = true;
		thread->done_nr = record->nr;
		thread->done_arch = record->arch;
		s->counts.calls++;
		if (thread->program)
			threads_drop_program(s->threads, thread);
		return;
	}
	if (thread->pending && !pair_same(thread, record)) {
		if (results_dropped(s) || thread->enter->record.flags & TRACE_F_IN_FLIGHT)
			thread->pending = false;
		else
			stream_end_pending(s, thread, CALL_LOST_EXIT);
	}
	s->counts.calls++;
	if (s->renderer->as_tracer && may_be_last(s, record) && s->held < HELD_MOST &&
	    thread_hold(thread, record))
		s->held++;
	else
		end_call(s, thread, record, cpu, false);
	if (thread->program)
		threads_drop_program(s->threads, thread);
}

static void on_begin(struct stream *s, struct thread *thread, const struct trace_call *record,
		     uint32_t cpu)
{
	struct call call;

	if (thread->pending && record->record.flags & TRACE_F_IN_FLIGHT)
		return; /* /proc was read a little later: the call has told of itself */
	if (thread->pending &&
	    (results_dropped(s) || thread->enter->record.flags & TRACE_F_IN_FLIGHT))
		thread->pending = false;
	else if (thread->pending)
		stream_end_pending(s, thread, CALL_LOST_EXIT);
	fill(s, &call, thread, record, cpu);
	call.enter_record = record;
	if (record->record.flags & TRACE_F_NO_RETURN) {
		call.state = CALL_NO_RETURN;
		s->counts.calls++;
		if (wanted(s, &call))
			show(s, &call);
		return;
	}
	if (!threads_begin(s->threads, thread, record))
		return;
	call.state = CALL_BEGUN;
	if (s->renderer->begun && filter_wants_beginnings(s->filter) && wanted(s, &call)) {
		thread->shown = true;
		s->renderer->begun(s->render, &call);
	}
}

/* The ABI of a thread's calls has changed: a tracer says so. */
static void tell_arch(struct stream *s, struct thread *thread, const struct trace_call *record,
		      uint32_t cpu)
{
	struct note note = {
		.kind = NOTE_ARCH, .cpu = cpu, .time = record->record.time, .thread = thread
	};

	thread->nr = record->nr;
	if (thread->arch == record->arch || record->arch > TRACE_X32)
		return;
	thread->arch = record->arch;
	stream_give_note(s, &note);
}

static void on_call(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_call *record = (const void *)r;
	struct thread *thread;
	bool ends;

	if (r->length < sizeof(*record) ||
	    record->args > (r->length - sizeof(*record)) / sizeof(uint64_t))
		return;
	thread = threads_get(s->threads, r->tid);
	if (!thread)
		return;
	thread->tgid = r->tgid;
	if (s->follow && !thread->fds)
		follow_thread(s->threads, thread);
	if (thread->left)
		return;
	stream_release(s, thread, false);
	/* An execve that changes the ABI ends before that is told. */
	ends = r->type != TRACE_ENTER && thread->pending && pair_same(thread, record);
	if (s->renderer->as_tracer && !ends)
		tell_arch(s, thread, record, cpu);
	if (r->type == TRACE_ENTER)
		on_begin(s, thread, record, cpu);
	else
		on_end(s, thread, record, cpu);
	if (s->renderer->as_tracer && ends)
		tell_arch(s, thread, record, cpu);
}

static int begin(struct stream *s, struct tape_error *why)
{
	if (s->begun)
		return 0;
	s->begun = true;
	if (s->renderer->descriptors || s->filter->touch)
		s->follow = follow_new(&s->facts);
	s->refuses = filter_refuses_calls(s->filter) || s->filter->since || s->filter->until;
	for (int arch = 0; s->filter->calls && arch < DESC_ARCHES; arch++)
		for (uint32_t nr = 0; nr < CALLS_KNOWN; nr++)
			s->wanted[arch][nr] = filter_wants(s->filter->calls, arch, nr);
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
		threads_remove(s->threads, thread->tid);
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
	case TRACE_EXIT: on_call(s, r, item->cpu); break;
	case TRACE_FORK:
	case TRACE_EXEC:
	case TRACE_COMM:
	case TRACE_END:
	case TRACE_EXISTING: stream_process(s, r, item->cpu); break;
	case TRACE_SIGNAL: stream_signal(s, r, item->cpu); break;
	case TRACE_LOST: stream_lost(s, r, item->cpu); break;
	case TRACE_PROBE: stream_probe(s, r, item->cpu); break;
	}
}

/* The tape's first event is the origin of the time column; a call counts from its beginning. */
static void set_first(struct stream *s, const struct trace_record *r)
{
	uint64_t enter = 0;

	if (s->first_known || r->type == TRACE_EXISTING)
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

static void flush(void *context)
{
	struct stream *s = context;

	if (s->held)
		threads_each(s->threads, release_thread, s);
	if (s->begun && s->renderer->flush)
		s->renderer->flush(s->render);
	else
		text_flush(s->render->out);
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
		if (item.record && item.record->type == TRACE_META) {
			if (item.record->length >= sizeof(struct trace_meta))
				facts_add(&s->facts, (const void *)item.record);
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
	if (!render->out->error && !got)
		got = begin(s, why);
	threads_each(s->threads, finish_thread, s);
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
			facts_add(&s->facts, (const void *)item.record);
}

const char *stream_header_text(const struct stream *s)
{
	return s->facts.header_text;
}
