// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/call_pairing.h"

#include "call_numbers.h"

#include <stdio.h>
#include <string.h>

/* Finds name and row; the arguments must be there. */
static void describe(struct facts *facts, struct call *call, char unknown[32])
{
	const struct desc_call *desc = tape_facts_row(facts, call->arch, call->nr);

	call->row = desc;
	if (desc && desc->next_variant)
		desc = desc_variant(desc, call->arg);
	call->desc = desc;
	if (desc) {
		call->name = desc->name;
		call->args = desc->args;
		return;
	}
	snprintf(unknown, 32, "syscall_0x%x", call->nr);
	if (call->text)
		call_text_name(call->text, unknown, 32);
	call->name = unknown;
	call->args = 6;
}

/* A tape of strace's text: of calls that this one and the beginning before it tell of. */
static void take_text(struct facts *facts, struct call *call, const struct trace_call *record)
{
	call_text_begin(&facts->text, call->enter_record,
			record->record.type == TRACE_ENTER ? NULL : record);
	if (!facts->text.begun && record->record.type == TRACE_ENTER)
		call_text_begin(&facts->text, record, NULL);
	call->text = &facts->text;
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

/* execve and execveat: a program of another width ends them under its own number. */
static bool is_exec(const struct trace_call *record)
{
	if (record->arch == TRACE_I386)
		return record->nr == NR_I386_execve || record->nr == NR_I386_execveat;
	return record->nr == NR_X86_64_execve || record->nr == NR_X86_64_execveat ||
	       record->nr == NR_X32_execve || record->nr == NR_X32_execveat;
}

/*
 * When the call began, as far as is known: one that was under way when the capture began has been
 * seen in it from then on, as by strace. Without times of beginnings that is no duration.
 */
static uint64_t begun_at(const struct facts *facts, const struct trace_call *enter)
{
	if (enter->enter || !(enter->record.flags & TRACE_F_IN_FLIGHT) ||
	    facts->public.header->optional & TRACE_O_NO_ENTER_TIME)
		return enter->enter;
	return enter->record.time;
}

/* Whether the record at hand is the end of the call that has begun, though its number may be
 * another one: the kernel makes an execve of each execveat that succeeds (set_personality_64bit).
 */
static bool ends_it(const struct trace_call *enter, const struct trace_call *record)
{
	return record->record.type == TRACE_EXIT || record->nr == ~0u ||
	       (is_exec(enter) && is_exec(record) &&
		(record->arch != enter->arch || (!record->result && !record->enter)));
}

void call_pairing_fill(struct facts *facts, struct call *call, const struct thread *thread,
		       const struct trace_call *record, char unknown[32])
{
	/* Field by field: clearing it as one costs more than all the rest of this function. */
	call->state = CALL_DONE;
	call->sequence = 0;
	call->cpu = 0;
	call->tid = record->record.tid;
	call->tgid = record->record.tgid;
	call->nr = record->nr;
	call->arch = record->arch;
	call->begun = call->args_known = call->failed = false;
	call->enter_lost = record->record.flags & TRACE_F_ENTER_LOST;
	call->comm = thread->comm;
	call->comm_begun = thread->renamed ? thread->before : thread->comm;
	call->thread = thread;
	for (int i = 0; i < 6; i++)
		call->arg[i] = 0;
	call->result = 0;
	call->carried = NULL;
	call->enter = begun_at(facts, record);
	call->exit = 0;
	call->enter_record = call->exit_record = NULL;
	call->pieces = NULL;
	call->program = NULL;
	call->text = NULL;
	if (thread->pending && thread->enter) {
		call->enter_record = thread->enter;
		if (!call->enter)
			call->enter = begun_at(facts, thread->enter);
		call->begun = thread->shown;
		take_args(call, thread->enter);
		if (ends_it(thread->enter, record))
			call->nr = thread->enter->nr, call->arch = thread->enter->arch;
	}
	if (!call->args_known && record->record.type != TRACE_EXIT)
		take_args(call, record);
	if (call->enter_record)
		call->enter_lost |= call->enter_record->record.flags & TRACE_F_ENTER_LOST;
	call->known_fds = call->enter_lost && facts->public.header->optional & TRACE_O_TOLD
				  ? CALL_FDS_NONE
				  : facts->known_fds;
	if (facts->public.header->optional & TRACE_O_TEXT)
		take_text(facts, call, record);
	describe(facts, call, unknown);
}

bool call_pairing_same(const struct thread *thread, const struct trace_call *record)
{
	const struct trace_call *enter = thread->enter;

	/* The beginning of this call was lost: what is pending is another one, whose end was. */
	if (record->record.type == TRACE_CALL && record->record.flags & TRACE_F_ENTER_LOST)
		return false;
	if (ends_it(enter, record))
		return true;
	if (enter->nr != record->nr || enter->arch != record->arch)
		return false;
	/* /proc was read when the call had begun, though the capture had, too. */
	return !record->enter ||
	       (enter->record.flags & TRACE_F_IN_FLIGHT && record->enter <= enter->record.time);
}
