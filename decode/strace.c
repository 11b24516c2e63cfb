// SPDX-License-Identifier: GPL-2.0-or-later
/* The strace renderer: lines as strace 6.13 prints them. What stands in them is made by show; here are only lines. */
#include "decode/renderer.h"
#include "decode/show.h"

#include "format/flags.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

struct strace {
	struct show show;
	struct text words;	/* the arguments of the call at hand */
	struct text line;	/* what is being put together */
	uint32_t open_tid;	/* the thread whose line is not finished, 0 if none */
	struct text open_line;	/* that line so far */
	uint64_t last_time;
	uint32_t threads;	/* that have been seen and have not ended */
};

static int strace_begin(struct render *r, struct tape_error *why)
{
	struct strace *st = calloc(1, sizeof(*st));

	(void)why;
	if (!st)
		return -ENOMEM;
	r->state = st;
	if (text_open(&st->words, -1) || text_open(&st->line, -1) || text_open(&st->open_line, -1))
		return -ENOMEM;
	return show_init(&st->show, &st->words, r->options, r->facts);
}

static void print_clock(struct text *out, const struct render_options *o, uint64_t ns)
{
	time_t seconds = ns / 1000000000;
	struct tm tm;

	if (o->time == TIME_EPOCH) {
		text_unsigned(out, seconds);
	} else {
		localtime_r(&seconds, &tm);
		text_padded(out, tm.tm_hour, 2);
		text_char(out, ':');
		text_padded(out, tm.tm_min, 2);
		text_char(out, ':');
		text_padded(out, tm.tm_sec, 2);
	}
	if (o->time != TIME_SECONDS) {
		text_char(out, '.');
		text_padded(out, ns / 1000 % 1000000, 6);
	}
	text_char(out, ' ');
}

/* Pid and times before a line. */
static void lead(struct render *r, struct text *out, uint32_t tid, uint64_t time)
{
	struct strace *st = r->state;
	const struct render_options *o = r->options;

	if (o->pids == PIDS_ALWAYS)
		text_printf(out, "%-5u ", tid);
	else if (o->pids == PIDS_SEVERAL && st->threads > 1)
		text_printf(out, "[pid %5u] ", tid);
	if (o->time)
		print_clock(out, o, time + r->facts->header->realtime);
	if (o->relative_time) {
		uint64_t since = st->last_time && time > st->last_time ? (time - st->last_time) / 1000 : 0;

		text_printf(out, "%6llu.%06llu ", (unsigned long long)since / 1000000, (unsigned long long)since % 1000000);
	}
	st->last_time = time;
}

/* Another thread speaks: the line that is open ends here for now. */
static void close_open(struct render *r, uint32_t speaker)
{
	struct strace *st = r->state;

	if (!st->open_tid || st->open_tid == speaker)
		return;
	text_bytes(r->out, st->open_line.data, st->open_line.used);
	text_put(r->out, " <unfinished ...>\n");
	st->open_tid = 0;
}

static void pad(struct text *line, int column)
{
	do
		text_char(line, ' ');
	while (line->used < (size_t)column);
}

/* Whether strace would have written `call(1, ` before it knew the result. */
static void strace_begun(struct render *r, const struct call *call)
{
	struct strace *st = r->state;

	close_open(r, call->tid);
	st->words.used = 0;
	show_call_args(&st->show, call);
	st->open_line.used = 0;
	lead(r, &st->open_line, call->tid, call->enter ? call->enter : call->exit);
	text_put(&st->open_line, call->name);
	text_char(&st->open_line, '(');
	text_bytes(&st->open_line, st->words.data, st->show.mark ? st->show.mark : st->words.used);
	st->open_tid = call->tid;
}

static void strace_call(struct render *r, const struct call *call)
{
	struct strace *st = r->state;
	struct text *line = &st->line;
	bool resumed = call->begun && st->open_tid != call->tid;
	size_t from = 0;

	if (call->state == CALL_LOST_EXIT && !call->begun)
		return;
	close_open(r, call->tid);
	st->open_tid = 0;
	st->words.used = line->used = 0;
	show_call_args(&st->show, call);
	lead(r, line, call->tid, call->enter ? call->enter : call->exit);
	if (resumed) {
		text_printf(line, "<... %s resumed>", call->name);
		from = st->show.mark ? st->show.mark : st->words.used;
	} else {
		text_put(line, call->name);
		text_char(line, '(');
	}
	if (call->state == CALL_UNFINISHED && st->show.mark) {
		text_bytes(line, st->words.data + from, st->show.mark - from);
		text_put(line, " <unfinished ...>");
	} else {
		text_bytes(line, st->words.data + from, st->words.used - from);
	}
	text_char(line, ')');
	pad(line, r->options->column);
	text_put(line, "= ");
	st->show.out = line;
	show_result(&st->show, call);
	st->show.out = &st->words;
	if (r->options->duration && call->enter && call->exit && call->state == CALL_DONE)
		text_printf(line, " <%llu.%06llu>", (unsigned long long)(call->exit - call->enter) / 1000000000,
			    (unsigned long long)(call->exit - call->enter) / 1000 % 1000000);
	text_char(line, '\n');
	text_bytes(r->out, line->data, line->used);
}

static void print_end(struct render *r, const struct trace_process *p)
{
	struct strace *st = r->state;

	st->threads -= st->threads > 0;
	if (r->options->quiet_exit)
		return;
	close_open(r, 0);
	lead(r, r->out, p->record.tid, p->record.time);
	if (WIFEXITED(p->code)) {
		text_printf(r->out, "+++ exited with %d +++\n", WEXITSTATUS(p->code));
		return;
	}
	text_put(r->out, "+++ killed by ");
	st->words.used = 0;
	show_signal(&st->show, WTERMSIG(p->code));
	text_bytes(r->out, st->words.data, st->words.used);
	text_put(r->out, WCOREDUMP(p->code) ? " (core dumped) +++\n" : " +++\n");
}

/* Whether the signal stopped the thread, which strace tells in a line of its own. */
static bool stops(const struct trace_signal *signal)
{
	return signal->signal == SIGSTOP ||
	       (!signal->handler && (signal->signal == SIGTSTP || signal->signal == SIGTTIN || signal->signal == SIGTTOU));
}

static void print_signal(struct render *r, const struct trace_signal *signal)
{
	struct strace *st = r->state;

	close_open(r, 0);
	lead(r, r->out, signal->record.tid, signal->record.time);
	st->words.used = 0;
	show_signal(&st->show, signal->signal);
	text_put(r->out, "--- ");
	if (signal->size >= 48) {
		st->show.compat = false; /* the kernel's own copy, whatever the program is */
		text_char(&st->words, ' ');
		show_struct_data(&st->show, "siginfo", signal->info, signal->size);
	}
	text_bytes(r->out, st->words.data, st->words.used);
	text_put(r->out, " ---\n");
	if (stops(signal)) {
		lead(r, r->out, signal->record.tid, signal->record.time);
		st->words.used = 0;
		show_signal(&st->show, signal->signal);
		text_put(r->out, "--- stopped by ");
		text_bytes(r->out, st->words.data, st->words.used);
		text_put(r->out, " ---\n");
	}
}

static void print_lost(struct render *r, const struct note *note)
{
	close_open(r, 0);
	if (note->kind == NOTE_MISSING)
		text_printf(r->out, "!!! the tape is damaged here: %llu records are missing !!!\n",
			    (unsigned long long)note->missing);
	else
		text_printf(r->out, "!!! lost here on CPU %u: %llu calls, %llu beginnings of calls, %llu other events !!!\n",
			    note->cpu, (unsigned long long)note->lost->calls, (unsigned long long)note->lost->enters,
			    (unsigned long long)note->lost->events);
}

static void strace_note(struct render *r, const struct note *note)
{
	struct strace *st = r->state;

	switch (note->kind) {
	case NOTE_PROCESS:
		if (note->process->record.type == TRACE_FORK)
			st->threads += st->threads ? 1 : 2;
		else if (note->process->record.type == TRACE_END)
			print_end(r, note->process);
		else if (note->process->record.type == TRACE_EXISTING)
			st->threads++;
		break;
	case NOTE_SIGNAL:
		print_signal(r, note->signal);
		break;
	case NOTE_LOST:
	case NOTE_MISSING:
		print_lost(r, note);
		break;
	}
}

static void strace_end(struct render *r)
{
	struct strace *st = r->state;

	if (!st)
		return;
	close_open(r, 0);
	show_done(&st->show);
	text_close(&st->words);
	text_close(&st->line);
	text_close(&st->open_line);
	free(st);
}

const struct renderer strace_renderer = {
	.name = "strace",
	.help = "as strace prints it",
	.begin = strace_begin,
	.begun = strace_begun,
	.call = strace_call,
	.note = strace_note,
	.end = strace_end,
};
