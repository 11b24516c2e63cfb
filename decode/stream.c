// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream.h"

#include "decode/facts.h"
#include "decode/merge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stream {
	struct tape_reader *reader;
	const struct stream_filter *filter;
	struct merge *merge;
	struct threads *threads;
	struct facts facts;
	struct stream_counts counts;
	uint64_t first, now;	/* times of the first and of the current record */
	bool first_known, begun;
	const struct renderer *renderer;
	struct render *render;
	char unknown[32];	/* name of a call without row */
};

enum {
	PROCESS_TYPES = 1 << TRACE_FORK | 1 << TRACE_EXEC | 1 << TRACE_COMM | 1 << TRACE_END | 1 << TRACE_EXISTING,
};

static bool has_pid(const struct stream_filter *f, const struct trace_index *index)
{
	for (size_t i = 0; i < f->pid_count; i++)
		if (index->threads[f->pids[i] / 64 % 8] >> (f->pids[i] & 63) & 1)
			return true;
	return !f->pid_count;
}

/* Whether the block may have a call that the filter wants: bits of both tables are tried. */
static bool has_call(const struct stream_filter *f, const struct trace_index *index)
{
	if (!f->calls || filter_is_all(f->calls))
		return true;
	for (uint32_t nr = 0; nr < 512; nr++)
		if (index->calls[nr / 64] >> (nr & 63) & 1 &&
		    (filter_wants(f->calls, DESC_X86_64, nr) || filter_wants(f->calls, DESC_I386, nr)))
			return true;
	return false;
}

static bool block_wanted(void *context, const struct trace_block *block, const struct trace_index *index)
{
	struct stream *s = context;

	if (block->kind != TRACE_RECORDS || !index || index->types & 1 << TRACE_LOST)
		return true;
	if (!has_pid(s->filter, index))
		return false;
	if (index->types & (PROCESS_TYPES | 1 << TRACE_META))
		return true;
	if (s->first_known && s->filter->since && block->last < s->first + s->filter->since)
		return false;
	return has_call(s->filter, index);
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
		return s;
	stream_free(s);
	return NULL;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	merge_free(s->merge);
	threads_free(s->threads);
	facts_free(&s->facts);
	free(s);
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

static bool pid_wanted(const struct stream_filter *f, uint32_t tid, uint32_t tgid)
{
	for (size_t i = 0; i < f->pid_count; i++)
		if (f->pids[i] == tid || f->pids[i] == tgid)
			return true;
	return !f->pid_count;
}

static bool time_wanted(const struct stream *s, uint64_t time)
{
	uint64_t at = time > s->first ? time - s->first : 0;

	return at >= s->filter->since && (!s->filter->until || at < s->filter->until);
}

static bool call_wanted(const struct stream *s, const struct call *call)
{
	const struct stream_filter *f = s->filter;
	enum desc_arch arch = call->arch == TRACE_X32 ? DESC_X86_64 : call->arch;

	if (f->failed_only && !(call->state == CALL_DONE && call->failed))
		return false;
	if (f->calls && !(arch < DESC_ARCHES && filter_wants(f->calls, arch, call->nr)))
		return false;
	return pid_wanted(f, call->tid, call->tgid) && time_wanted(s, call->enter ? call->enter : s->now);
}

/* Finds name and row; the arguments must be there. */
static void describe(struct stream *s, struct call *call)
{
	const struct desc_table *table = facts_table(&s->facts, call->arch);
	const struct desc_call *desc = table ? desc_table_call(table, call->nr) : NULL;

	if (desc && desc->next_variant)
		desc = desc_table_variant(table, call->nr, call->arg);
	call->desc = desc;
	if (desc) {
		call->name = desc->name;
		call->args = desc->args;
		return;
	}
	snprintf(s->unknown, sizeof(s->unknown), "syscall_0x%x", call->nr);
	call->name = s->unknown;
	call->args = 6;
}

static void take_args(struct call *call, const struct trace_call *record)
{
	size_t room = (record->record.length - sizeof(*record)) / sizeof(uint64_t);
	size_t n = record->args < room ? record->args : room;

	if (record->record.flags & TRACE_F_NO_ARGS)
		return;
	for (size_t i = 0; i < n && i < 6; i++)
		call->arg[i] = record->arg[i];
	call->args_known = true;
}

/* What both ends of a call have in common. */
static void fill(struct stream *s, struct call *call, const struct thread *thread, const struct trace_call *record,
		 uint32_t cpu)
{
	memset(call, 0, sizeof(*call));
	call->cpu = cpu;
	call->tid = record->record.tid;
	call->tgid = record->record.tgid;
	call->nr = record->nr;
	call->arch = record->arch;
	call->enter = record->enter;
	call->comm = thread->comm;
	call->enter_lost = record->record.flags & TRACE_F_ENTER_LOST;
	if (thread->pending && thread->enter) {
		call->enter_record = thread->enter;
		if (!call->enter)
			call->enter = thread->enter->enter;
		call->begun = thread->shown;
		take_args(call, thread->enter);
		if (record->record.type == TRACE_EXIT || record->nr == ~0u)
			call->nr = thread->enter->nr, call->arch = thread->enter->arch;
	}
	if (!call->args_known && record->record.type != TRACE_EXIT)
		take_args(call, record);
	describe(s, call);
}

static void show(struct stream *s, struct call *call)
{
	call->sequence = ++s->counts.shown;
	s->counts.failed += call->state == CALL_DONE && call->failed;
	s->renderer->call(s->render, call);
}

/* A call that began and has no end. */
static void end_pending(struct stream *s, struct thread *thread, enum call_state state)
{
	struct call call;

	if (!thread->pending || !thread->enter)
		return;
	fill(s, &call, thread, thread->enter, TRACE_NO_CPU);
	call.state = state;
	call.exit = 0;
	thread->pending = false;
	s->counts.unfinished += state == CALL_UNFINISHED;
	if (call_wanted(s, &call))
		show(s, &call);
}

static bool same_call(const struct thread *thread, const struct trace_call *record)
{
	const struct trace_call *enter = thread->enter;

	return record->record.type == TRACE_EXIT || record->nr == ~0u ||
	       (enter->nr == record->nr && enter->arch == record->arch && !record->enter);
}

static void on_end(struct stream *s, struct thread *thread, const struct trace_call *record, uint32_t cpu)
{
	struct call call;

	if (thread->pending && !same_call(thread, record)) {
		if (s->facts.public.header->optional & TRACE_O_FAILED_ONLY)
			thread->pending = false;
		else
			end_pending(s, thread, CALL_LOST_EXIT);
	}
	fill(s, &call, thread, record, cpu);
	call.state = CALL_DONE;
	call.exit = record->record.time;
	call.result = record->result;
	call.exit_record = record;
	call.failed = record->result < 0 && record->result >= -4095 && !(call.desc && call.desc->never_fails);
	thread->pending = false;
	s->counts.calls++;
	if (call_wanted(s, &call))
		show(s, &call);
}

static void on_begin(struct stream *s, struct thread *thread, const struct trace_call *record, uint32_t cpu)
{
	struct call call;

	if (thread->pending)
		end_pending(s, thread, s->facts.public.header->optional & TRACE_O_FAILED_ONLY ? CALL_UNFINISHED :
			    CALL_LOST_EXIT);
	fill(s, &call, thread, record, cpu);
	call.enter_record = record;
	if (record->record.flags & TRACE_F_NO_RETURN) {
		call.state = CALL_NO_RETURN;
		s->counts.calls++;
		if (call_wanted(s, &call))
			show(s, &call);
		return;
	}
	if (!threads_begin(s->threads, thread, record))
		return;
	call.state = CALL_BEGUN;
	if (s->renderer->begun && !s->filter->failed_only && call_wanted(s, &call)) {
		thread->shown = true;
		s->renderer->begun(s->render, &call);
	}
}

static void on_call(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_call *record = (const void *)r;
	struct thread *thread;

	if (r->length < sizeof(*record) || record->args > (r->length - sizeof(*record)) / sizeof(uint64_t))
		return;
	thread = threads_get(s->threads, r->tid);
	if (!thread)
		return;
	thread->tgid = r->tgid;
	if (r->type == TRACE_ENTER)
		on_begin(s, thread, record, cpu);
	else
		on_end(s, thread, record, cpu);
}

static void give_note(struct stream *s, const struct note *note, uint32_t tid, uint32_t tgid)
{
	bool wanted = (!note->thread || pid_wanted(s->filter, tid, tgid)) && time_wanted(s, note->time);

	if (wanted && s->renderer->note)
		s->renderer->note(s->render, note);
}

static void on_process(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_process *p = (const void *)r;
	struct note note = { .kind = NOTE_PROCESS, .cpu = cpu, .time = r->time, .process = p };
	struct thread *thread, *child;

	if (r->length < sizeof(*p))
		return;
	if (r->type == TRACE_EXEC && p->other_tid != r->tid)
		threads_rename(s->threads, p->other_tid, r->tid);
	thread = threads_get(s->threads, r->tid);
	child = r->type == TRACE_FORK ? threads_get(s->threads, p->other_tid) : NULL;
	thread = threads_get(s->threads, r->tid);
	if (!thread)
		return;
	thread->tgid = r->tgid;
	if (child) {
		child->tgid = p->other_tgid;
		child->parent = r->tgid;
		child->pending = false;
		thread_set_comm(child, p->comm);
	} else if (r->type != TRACE_END || !*thread->comm) {
		thread_set_comm(thread, p->comm);
	}
	if (r->type == TRACE_EXISTING)
		thread->parent = p->parent;
	if (r->type == TRACE_END)
		end_pending(s, thread, CALL_UNFINISHED);
	note.thread = thread;
	give_note(s, &note, r->tid, r->tgid);
	if (r->type == TRACE_END)
		threads_remove(s->threads, r->tid);
}

static void on_signal(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_signal *signal = (const void *)r;
	struct note note = { .kind = NOTE_SIGNAL, .cpu = cpu, .time = r->time, .signal = signal };

	note.thread = r->length >= sizeof(*signal) ? threads_get(s->threads, r->tid) : NULL;
	if (note.thread)
		give_note(s, &note, r->tid, r->tgid);
}

static void on_lost(struct stream *s, const struct trace_record *r, uint32_t cpu)
{
	const struct trace_lost *lost = (const void *)r;
	struct note note = { .kind = NOTE_LOST, .cpu = cpu, .time = r->time, .lost = lost };

	if (r->length < sizeof(*lost))
		return;
	s->counts.lost_calls += lost->calls;
	s->counts.lost_enters += lost->enters;
	s->counts.lost_events += lost->events;
	give_note(s, &note, 0, 0);
}

static int begin(struct stream *s, struct tape_error *why)
{
	if (s->begun)
		return 0;
	s->begun = true;
	return s->renderer->begin ? s->renderer->begin(s->render, why) : 0;
}

/* A tape can name more threads than there is memory: those that have been quiet for long are forgotten. */
static void forget_threads(struct stream *s)
{
	struct thread *thread;

	while ((thread = threads_excess(s->threads))) {
		end_pending(s, thread, CALL_UNFINISHED);
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
	case TRACE_EXIT:
		on_call(s, r, item->cpu);
		break;
	case TRACE_FORK:
	case TRACE_EXEC:
	case TRACE_COMM:
	case TRACE_END:
	case TRACE_EXISTING:
		on_process(s, r, item->cpu);
		break;
	case TRACE_SIGNAL:
		on_signal(s, r, item->cpu);
		break;
	case TRACE_LOST:
		on_lost(s, r, item->cpu);
		break;
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
	s->first_known = true;
}

static void finish_thread(void *context, struct thread *thread)
{
	end_pending(context, thread, CALL_UNFINISHED);
}

static void flush(void *context)
{
	struct stream *s = context;

	if (s->begun && s->renderer->flush)
		s->renderer->flush(s->render);
	else
		text_flush(s->render->out);
}

int stream_run(struct stream *s, const struct renderer *renderer, struct render *render, struct tape_error *why)
{
	struct merge_item item;
	int got = 0;

	s->renderer = renderer;
	s->render = render;
	merge_on_wait(s->merge, flush, s);
	while (!render->out->error) {
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
			struct note note = { .kind = NOTE_MISSING, .cpu = item.cpu, .time = s->now, .missing = item.missing };

			give_note(s, &note, 0, 0);
		}
	}
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
