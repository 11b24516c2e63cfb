// SPDX-License-Identifier: GPL-2.0-or-later
/* The strace renderer: lines that are not calls: signals, ends, new processes, losses. */
#include "decode/render/strace.h"
#include "decode/render/strace_given.h"
#include "decode/values/show_probe.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

static void lead(struct render *r, const struct note *note, uint32_t tid)
{
	struct strace *st = r->state;

	strace_close_line(r, 0, " <unfinished ...>");
	st->lead.ip = 0;
	st->lead.comm = note->thread ? note->thread->comm : NULL;
	st->lead.compat = note->thread && note->thread->arch == TRACE_I386;
	strace_lead(&st->lead, r, r->out, tid, note->time, note->thread ? note->thread->nr : 0);
}

static void put_signal(struct render *r, int signal)
{
	struct strace *st = r->state;

	st->words.used = 0;
	st->show.plain = 1; /* a name, whatever -X says */
	show_signal(&st->show, signal);
	st->show.plain = 0;
	text_bytes(r->out, st->words.data, st->words.used);
}

static void print_end(struct render *r, const struct note *note)
{
	const struct trace_process *p = note->process;
	struct strace *st = r->state;

	if (note->unasked) {
		/* its thread counts all the same */
	} else if (WIFEXITED(p->code) && !(r->options->quiet & QUIET_EXIT)) {
		lead(r, note, p->record.tid);
		text_printf(r->out, "+++ exited with %d +++\n", WEXITSTATUS(p->code));
	} else if (WIFSIGNALED(p->code)) {
		lead(r, note, p->record.tid);
		text_put(r->out, "+++ killed by ");
		put_signal(r, WTERMSIG(p->code));
		text_put(r->out, WCOREDUMP(p->code) ? " (core dumped) +++\n" : " +++\n");
	}
	st->lead.threads -= st->lead.threads > 0;
}

enum {
	ACTION_IMMUTABLE = 0x00800000, /* SA_IMMUTABLE, linux/signal_types.h, since Linux 5.16 */
};

/* Whether the signal stops the process, as the kernel decides it for one that is not in an orphaned
 * group. */
static bool stops(const struct trace_signal *s)
{
	return s->signal == SIGSTOP ||
	       (!s->handler &&
		(s->signal == SIGTSTP || s->signal == SIGTTIN || s->signal == SIGTTOU));
}

static void print_stopped(struct render *r, const struct note *note, uint32_t tid, uint32_t signal)
{
	lead(r, note, tid);
	text_put(r->out, "--- stopped by ");
	put_signal(r, signal);
	text_put(r->out, " ---\n");
}

static void print_signal(struct render *r, const struct note *note)
{
	const struct call none = { .fds = note->thread ? note->thread->fds : NULL };
	const struct trace_signal *s = note->signal;
	struct strace *st = r->state;

	/* Neither is delivered where a tracer sees it: the second is a signal by which the kernel
	 * ends a program. */
	if (note->unasked || s->signal == SIGKILL || s->handler_flags & ACTION_IMMUTABLE)
		return;
	lead(r, note, s->record.tid);
	text_put(r->out, "--- ");
	put_signal(r, s->signal);
	if (s->size) {
		st->words.used = 0;
		st->show.compat = false; /* the kernel's own copy, whatever the program is */
		text_char(&st->words, ' ');
		st->show.call = &none;
		show_struct_data(&st->show, "siginfo", s->info, s->size);
		st->show.call = NULL;
		text_bytes(r->out, st->words.data, st->words.used);
	}
	text_put(r->out, " ---\n");
	if (!stops(s))
		return;
	print_stopped(r, note, s->record.tid, s->signal);
}

/* strace says it on standard error, which is where its lines go, too, when they carry pids like
 * this. */
static void print_attached(struct render *r, uint32_t tid)
{
	if (r->options->quiet & QUIET_ATTACH || r->options->pids != PIDS_SEVERAL)
		return;
	strace_close_line(r, 0, " <unfinished ...>");
	text_lines(r->out, r->options->tracer);
	text_printf(r->out, ": Process %u attached\n", tid);
}

static void on_process(struct render *r, const struct note *note)
{
	const struct trace_process *p = note->process;
	struct strace *st = r->state;

	switch (p->record.type) {
	case TRACE_FORK:
		if (!(r->facts->header->optional & TRACE_O_FOLLOW) &&
		    r->facts->header->optional & TRACE_O_FILTERED)
			break;
		st->lead.threads += st->lead.threads ? 1 : 2;
		if (!note->unasked)
			print_attached(r, p->other_tid);
		break;
	case TRACE_EXISTING:
		/* A command alone is not one of several. */
		st->lead.threads += !(p->record.flags & TRACE_F_COMMAND) || st->lead.threads;
		if (p->record.flags & TRACE_F_STOPPED && p->code)
			print_stopped(r, note, p->record.tid, p->code);
		break;
	case TRACE_EXEC:
		if (note->unasked || p->other_tid == p->record.tid ||
		    r->options->quiet & QUIET_EXECVE)
			break;
		lead(r, note, p->record.tid);
		text_printf(r->out, "+++ superseded by execve in pid %u +++\n", p->other_tid);
		break;
	case TRACE_END: print_end(r, note); break;
	}
}

/* The thread's line ends here, its execve goes on in the leader's: said only where it is open. */
static void on_renamed(struct render *r, const struct note *note)
{
	struct strace *st = r->state;
	char how[64];

	st->lead.threads -= st->lead.threads > 1;
	strace_close_line(r, note->thread->entry.tid, " <unfinished ...>");
	snprintf(how, sizeof(how), " <pid changed to %u ...>", note->process->record.tid);
	strace_close_line(r, 0, how);
}

static void print_arch(struct render *r, const struct note *note)
{
	const char *mode = note->thread->arch == TRACE_I386  ? "32 bit"
			   : note->thread->arch == TRACE_X32 ? "x32"
							     : "64 bit";

	if (note->unasked || r->options->quiet & QUIET_PERSONALITY)
		return;
	strace_close_line(r, 0, " <unfinished ...>");
	text_printf(r->out, "[ Process PID=%u runs in %s mode. ]\n", note->thread->entry.tid, mode);
}

static void print_lost(struct render *r, const struct note *note)
{
	strace_close_line(r, 0, " <unfinished ...>");
	if (note->kind == NOTE_MISSING)
		text_printf(r->out, "!!! the tape is damaged here: %llu records are missing !!!\n",
			    (unsigned long long)note->missing);
	else
		text_printf(r->out,
			    "!!! lost here on CPU %u: %llu calls, %llu beginnings of calls, %llu "
			    "other events !!!\n",
			    note->cpu, (unsigned long long)note->lost->calls,
			    (unsigned long long)note->lost->enters,
			    (unsigned long long)note->lost->events);
}

/* A line of strace's text whose columns are not those that it had. */
static void print_text(struct render *r, const struct note *note, const struct trace_text *text)
{
	if (!text || note->unasked)
		return;
	if (note->thread && text->body.size != text->line)
		lead(r, note, note->thread->entry.tid);
	else
		strace_close_line(r, 0, " <unfinished ...>");
	text_bytes(r->out, text_record_line(text) + text->body.at, text->body.size);
	text_char(r->out, '\n');
}

void strace_note(struct render *r, const struct note *note)
{
	const struct strace *st = r->state;
	const struct trace_text *text = strace_given_text(note);

	if (st->given && strace_given_note(r, note))
		return;
	if (text && note->kind == NOTE_SIGNAL) {
		print_text(r, note, text);
		return;
	}
	switch (note->kind) {
	case NOTE_PROCESS: on_process(r, note); break;
	case NOTE_SIGNAL: print_signal(r, note); break;
	case NOTE_PROBE:
		lead(r, note, note->hit->record.tid);
		show_probe(r->out, note, r->options->quoting);
		text_char(r->out, '\n');
		break;
	case NOTE_TEXT: print_text(r, note, text); break;
	case NOTE_RENAMED: on_renamed(r, note); break;
	case NOTE_ARCH: print_arch(r, note); break;
	case NOTE_LOST:
	case NOTE_MISSING: print_lost(r, note); break;
	case NOTE_PARTS:
		strace_close_line(r, 0, " <unfinished ...>");
		text_printf(r->out,
			    "!!! %llu parts of the capture are missing here, from part %u !!!\n",
			    (unsigned long long)note->missing, note->part);
		break;
	}
}
