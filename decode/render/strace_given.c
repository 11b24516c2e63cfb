// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/strace_given.h"

#include <sys/wait.h>

bool strace_given(const struct render *r)
{
	return r->facts->header->optional & TRACE_O_TEXT && r->options->pids == PIDS_AUTO;
}

static void put_line(struct text *out, const struct trace_text *t)
{
	text_bytes(out, text_record_line(t), t->line);
	if (!(t->flags & TRACE_T_PART))
		text_char(out, '\n');
}

void strace_given_call(struct render *r, const struct call *call)
{
	const struct call_text *text = call->text;

	if (text && text->ended)
		put_line(r->out, text->ended);
	else if (text && text->begun && !call->begun)
		put_line(r->out, text->begun);
}

const struct trace_text *strace_given_text(const struct note *note)
{
	switch (note->kind) {
	case NOTE_TEXT: return note->text;
	case NOTE_PROCESS: return text_record(&note->process->record);
	case NOTE_SIGNAL: return text_record(&note->signal->record);
	default: return NULL;
	}
}

static bool is_quiet(const struct render *r, const struct note *note)
{
	unsigned int quiet = r->options->quiet;

	if (note->kind != NOTE_PROCESS)
		return false;
	if (note->process->record.type == TRACE_EXEC)
		return quiet & QUIET_EXECVE;
	return note->process->record.type == TRACE_END && quiet & QUIET_EXIT &&
	       WIFEXITED(note->process->code);
}

bool strace_given_note(struct render *r, const struct note *note)
{
	const struct trace_text *text = strace_given_text(note);

	if (text && !note->unasked && !is_quiet(r, note))
		put_line(r->out, text);
	return text || (strace_given(r) && note->kind != NOTE_LOST && note->kind != NOTE_MISSING &&
			note->kind != NOTE_PARTS);
}
