// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/stream_filter.h"

#include <sys/wait.h>

bool filter_has_pid(const struct stream_filter *f, const struct trace_index *index)
{
	for (size_t i = 0; i < f->pid_count; i++)
		if (index->threads[f->pids[i] / 64 % 8] >> (f->pids[i] & 63) & 1)
			return true;
	return !f->pid_count;
}

/* Bits of both tables are tried. */
bool filter_has_call(const struct stream_filter *f, const struct trace_index *index)
{
	if (!f->calls || filter_is_all(f->calls))
		return true;
	for (uint32_t nr = 0; nr < 512; nr++)
		if (index->calls[nr / 64] >> (nr & 63) & 1 &&
		    (filter_wants(f->calls, DESC_X86_64, nr) ||
		     filter_may_want(f->calls, DESC_I386, nr)))
			return true;
	return false;
}

static bool pid_wanted(const struct stream_filter *f, uint32_t tid, uint32_t tgid)
{
	for (size_t i = 0; i < f->pid_count; i++)
		if ((uint32_t)f->pids[i] == tid || (uint32_t)f->pids[i] == tgid)
			return true;
	return !f->pid_count;
}

bool filter_wants_time(const struct stream_filter *f, uint64_t time)
{
	return time >= f->since && (!f->until || time < f->until);
}

static enum filter_status status_of(const struct call *call)
{
	switch (call->state) {
	case CALL_DONE: return call->failed ? FILTER_FAILED : FILTER_SUCCESSFUL;
	case CALL_LOST_EXIT: return FILTER_UNAVAILABLE;
	case CALL_DETACHED: return FILTER_DETACHED;
	case CALL_BEGUN:
	case CALL_NO_RETURN:
	case CALL_UNFINISHED: break;
	}
	return FILTER_UNFINISHED;
}

bool filter_wants_beginnings(const struct stream_filter *f)
{
	for (int status = 0; f->calls && status < FILTER_STATUSES; status++)
		if (!filter_wants_status(f->calls, status))
			return false;
	return !f->failed_only && !f->slower;
}

bool filter_refuses_calls(const struct stream_filter *f)
{
	return f->failed_only || f->slower || f->calls || f->pid_count || f->touch;
}

static bool took_longer(const struct call *call, uint64_t ns)
{
	return call->state == CALL_DONE && call->enter && call->exit > call->enter &&
	       call->exit - call->enter > ns;
}

bool filter_wants_call(const struct stream_filter *f, const struct call *call)
{
	if (f->failed_only && !(call->state == CALL_DONE && call->failed))
		return false;
	if (f->slower && !took_longer(call, f->slower))
		return false;
	if (f->calls &&
	    !(call->carried ? filter_wants_traced(f->calls, call->carried->arch, call->carried->nr)
			    : filter_wants_traced(f->calls, call->arch, call->nr)))
		return false;
	if (f->calls && call->state != CALL_BEGUN &&
	    !filter_wants_status(f->calls, status_of(call)))
		return false;
	return pid_wanted(f, call->tid, call->tgid) &&
	       (!f->touch || path_match_wants(f->touch, call));
}

/* -e signal= is about deliveries and about threads that a signal killed. */
static bool signal_wanted(const struct stream_filter *f, const struct note *note)
{
	if (!f->calls)
		return true;
	if (note->kind == NOTE_SIGNAL)
		return filter_wants_signal(f->calls, note->signal->signal);
	if (note->kind == NOTE_PROCESS && note->process->record.type == TRACE_END &&
	    WIFSIGNALED(note->process->code))
		return filter_wants_signal(f->calls, WTERMSIG(note->process->code));
	return true;
}

bool filter_wants_note(const struct stream_filter *f, const struct note *note)
{
	if (note->thread && !pid_wanted(f, note->thread->entry.tid, note->thread->tgid))
		return false;
	return signal_wanted(f, note);
}

bool filter_note_unasked(const struct stream_filter *f, const struct note *note, bool chosen)
{
	bool ended = note->kind == NOTE_PROCESS && note->process->record.type == TRACE_END;

	if (note->kind != NOTE_PROCESS && note->kind != NOTE_SIGNAL && note->kind != NOTE_ARCH &&
	    note->kind != NOTE_TEXT)
		return false;
	if (f->signals_chosen && f->notes != NOTES_NEVER &&
	    (note->kind == NOTE_SIGNAL || (ended && WIFSIGNALED(note->process->code))))
		return false;
	return f->notes == NOTES_NEVER || (f->notes == NOTES_AUTO && (f->chosen || chosen));
}
