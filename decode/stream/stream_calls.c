// SPDX-License-Identifier: GPL-2.0-or-later
/* The stream's calls: their beginnings and ends are paired, and what is wanted goes to the
 * renderer. */
#include "decode/events/last_call.h"
#include "decode/stream/call_pairing.h"
#include "decode/stream/carrier.h"
#include "decode/stream/stream_state.h"

enum {
	HELD_MOST = 256, /* results that wait: a tape cannot make us keep more */
};

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
	call_pairing_fill(&s->facts, call, thread, record, s->unknown);
	call->cpu = cpu;
	call->fds = thread->fds;
	call->opened = NULL;
	call->opened_count = 0;
	if (call->text && s->follow)
		text_args_take(&s->text_args, call);
}

/* Tracers show what the call carries. The records must be there. */
static inline void open_carrier(struct stream *s, struct call *call)
{
	if (call->arch == TRACE_I386 && s->renderer->as_tracer)
		carrier_open(&s->facts, call);
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
	struct note marked = *note;

	if (note->thread && note->thread->left)
		return;
	if (!s->renderer->note || !filter_wants_note(s->filter, note) ||
	    !time_wanted(s, note->time))
		return;
	marked.unasked = filter_note_unasked(s->filter, note,
					     s->facts.public.header->optional & TRACE_O_CHOSEN);
	s->renderer->note(s->render, &marked);
}

void stream_end_pending(struct stream *s, struct thread *thread, enum call_state state)
{
	struct call call;

	if (!thread->pending || !thread->enter)
		return;
	fill(s, &call, thread, thread->enter, TRACE_NO_CPU);
	call.state = state;
	call.exit = 0;
	open_carrier(s, &call);
	thread->pending = false;
	s->counts.unfinished += state == CALL_UNFINISHED || state == CALL_DETACHED;
	if (wanted(s, &call))
		show(s, &call);
}

/* Whether the thread may have been killed within the call. */
static bool may_be_last(const struct stream *s, const struct trace_call *record)
{
	if (record->record.flags & TRACE_F_TEXT) /* a tracer has said it */
		return false;
	return last_call_restarts(record->result) || last_call_kills(record, s->threads);
}

static void end_call(struct stream *s, struct thread *thread, const struct trace_call *record,
		     uint32_t cpu, bool killed)
{
	struct call call;

	fill(s, &call, thread, record, cpu);
	call.state = killed ? CALL_UNFINISHED : CALL_DONE;
	call.exit = record->record.time;
	if (call.text)
		call.exit = call_text_end(call.text, call.enter, call.exit);
	call.result = record->result;
	call.exit_record = record;
	s->pieces.state = PIECES_UNSOUGHT;
	if (!call.pieces)
		call.pieces = &s->pieces;
	call.failed = !killed && record->result < 0 && record->result >= -4095;
	call.program = call.failed ? NULL : thread->program;
	open_carrier(s, &call);
	thread->pending = false;
	if (s->follow)
		fd_tracking_prepare(s->follow, thread, &call);
	if (wanted(s, &call))
		show(s, &call);
	thread->renamed = false;
	if (s->follow)
		fd_tracking_commit(s->follow, thread, &call);
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
	       !(s->follow && fd_tracking_concerns(s->follow, record->arch, record->nr));
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
	if (thread->pending && !call_pairing_same(thread, record)) {
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
		end_call(s, thread, record, cpu, record->record.flags & TRACE_F_NO_RETURN);
	if (thread->program)
		threads_drop_program(s->threads, thread);
}

static void on_begin(struct stream *s, struct thread *thread, const struct trace_call *record,
		     uint32_t cpu)
{
	struct call call;

	if (thread->pending && record->record.flags & TRACE_F_IN_FLIGHT)
		return; /* /proc was read a little later: the call has told of itself */
	if (thread->stopped && record->record.flags & TRACE_F_IN_FLIGHT) {
		/* It has returned for the stop: restart_syscall may resume it. */
		thread->returned = true;
		thread->done_nr = record->nr;
		thread->done_arch = record->arch;
		return;
	}
	thread->stopped = false;
	if (thread->pending &&
	    (results_dropped(s) || thread->enter->record.flags & TRACE_F_IN_FLIGHT))
		thread->pending = false;
	else if (thread->pending)
		stream_end_pending(s, thread, CALL_LOST_EXIT);
	fill(s, &call, thread, record, cpu);
	call.enter_record = record;
	open_carrier(s, &call);
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

struct thread *stream_caller(struct stream *s, const struct trace_record *r)
{
	const struct trace_call *record = (const void *)r;
	struct thread *thread;

	if (r->length < sizeof(*record) ||
	    record->args > (r->length - sizeof(*record)) / sizeof(uint64_t))
		return NULL;
	thread = threads_get(s->threads, r->tid);
	if (thread)
		thread->tgid = r->tgid;
	return thread;
}

void stream_call(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_call *record = (const void *)r;
	struct thread *thread = stream_caller(s, r);
	bool ends;

	if (!thread)
		return;
	if (s->follow && !thread->fds)
		fd_tracking_thread(s->threads, thread);
	if (thread->left)
		return;
	stream_release(s, thread, false);
	/* An execve that changes the ABI ends before that is told. */
	ends = r->type != TRACE_ENTER && thread->pending && call_pairing_same(thread, record);
	if (s->renderer->as_tracer && !ends)
		tell_arch(s, thread, record, cpu);
	if (r->type == TRACE_ENTER)
		on_begin(s, thread, record, cpu);
	else
		on_end(s, thread, record, cpu);
	if (s->renderer->as_tracer && ends)
		tell_arch(s, thread, record, cpu);
}
