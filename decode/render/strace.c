// SPDX-License-Identifier: GPL-2.0-or-later
/* The strace renderer: lines as strace 7.2 prints them. What stands in them is made by show; here
 * are only lines. */
#include "decode/render/strace.h"
#include "decode/render/heading.h"

#include "decode/render/dump.h"
#include "decode/render/strace_given.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <stdlib.h>

static int strace_begin(struct render *r, struct tape_error *why)
{
	struct strace *st = calloc(1, sizeof(*st));

	(void)why;
	if (!st)
		return -ENOMEM;
	r->state = st;
	if (text_open(&st->words, -1) || text_open(&st->line, -1) || text_open(&st->open_line, -1))
		return -ENOMEM;
	heading_put(r);
	st->options = *r->options;
	st->given = strace_given(r);
	return show_init(&st->show, &st->words, &st->options, r->facts, show_families, r->names);
}

static bool in_set(const struct filter *set, const struct call *call, bool otherwise)
{
	if (set && call->carried)
		return filter_wants_traced(set, call->carried->arch, call->carried->nr);
	return set && call->arch <= TRACE_X32 ? filter_wants_traced(set, call->arch, call->nr)
					      : otherwise;
}

/* As many as the call can have, whatever these arguments make of it. */
static int raw_args(const struct render *r, const struct call *call)
{
	enum desc_arch arch = call->arch == TRACE_X32 ? DESC_X86_64 : call->arch;
	const struct desc_table *table = arch < DESC_ARCHES ? r->facts->tables[arch] : NULL;
	const struct desc_call *row = table ? desc_table_call(table, call->nr) : NULL;
	const struct desc_call *last = row;
	int args = call->args;

	for (; row; row = row->next_variant)
		if (row->args > args)
			last = row, args = row->args;
	/* The upper half of the argument before it: in 64 bits there is none. */
	return arch == DESC_X86_64 && last && args && last->arg[args - 1].kind == DESC_HIGH
		       ? args - 1
		       : args;
}

/* What is carried has the registers of what carries it, behind the number; but for sockets. */
static void put_raw_args(const struct render *r, const struct call *call)
{
	const uint64_t *args = call->arg;
	struct strace *st = r->state;
	int n;

	if (!call->carried) {
		n = raw_args(r, call);
	} else if (call->carried->registers) {
		args = call->given + call->carried->first;
		n = call->carried->registers;
	} else {
		n = call->args;
	}
	for (int i = 0; i < n; i++) {
		text_put(&st->words, i ? ", " : "");
		if (r->options->argument_names)
			text_printf(&st->words, "arg%d=", i + 1);
		text_hex(&st->words, args[i]);
	}
}

/* -e abbrev=, verbose= and raw= differ from call to call. */
static void make_words(struct render *r, const struct call *call)
{
	const struct render_options *o = r->options;
	struct strace *st = r->state;

	st->words.used = 0;
	st->raw = in_set(o->raw, call, false);
	if (st->raw && call->args_known) {
		st->show.marked = st->show.settled_known = false;
		st->show.aux.used = 0;
		st->show.call = call;
		put_raw_args(r, call);
		return;
	}
	st->options.verbose = o->verbose || !in_set(o->abbrev, call, true);
	st->options.addresses = !in_set(o->dereference, call, true);
	show_call_args(&st->show, call);
}

/* What stands before the line of a call: at its beginning, or where it is resumed. */
static void take_lead(struct render *r, const struct call *call, bool resumed)
{
	struct strace *st = r->state;

	st->lead.ip = r->options->pointer ? call_ip(call) : 0;
	st->lead.compat = call->arch == TRACE_I386;
	st->lead.comm = resumed ? call->comm : call->comm_begun;
}

static void pad(struct text *line, int column)
{
	size_t blanks = line->used < (size_t)column ? column - line->used : 1;

	if (!text_room(line, blanks))
		return;
	memset(line->data + line->used, ' ', blanks);
	line->used += blanks;
}

/* strace has written `call(1, ` before it knows the result. */
static void strace_begun(struct render *r, const struct call *call)
{
	struct strace *st = r->state;

	if (st->given) {
		strace_given_call(r, call);
		return;
	}
	strace_close_line(r, 0, " <unfinished ...>");
	make_words(r, call);
	st->open_line.used = st->shown = 0;
	take_lead(r, call, false);
	strace_lead(&st->lead, r, &st->open_line, call->tid, call_time(call), call->nr);
	text_put(&st->open_line, call->name);
	text_char(&st->open_line, '(');
	text_bytes(&st->open_line, st->words.data,
		   st->show.settled_known ? st->show.settled : st->words.used);
	st->open = true;
	st->open_tid = call->tid;
}

/* The line up to the arguments that the end of the call brings. How many words are in it already.
 */
static size_t begin_line(struct render *r, const struct call *call)
{
	struct strace *st = r->state;
	struct text *line = &st->line;
	size_t known = st->show.settled_known ? st->show.settled : st->words.used;

	line->used = 0;
	if (call->begun && st->open) {
		text_bytes(line, st->open_line.data, st->open_line.used);
		return known;
	}
	take_lead(r, call, call->begun);
	if (call->begun) {
		strace_lead(&st->lead, r, line, call->tid, call->exit ? call->exit : call->enter,
			    call->nr);
		text_printf(line, "<... %s resumed>", call->name);
		return known;
	}
	strace_lead(&st->lead, r, line, call->tid, call_time(call), call->nr);
	text_put(line, call->name);
	text_char(line, '(');
	return 0;
}

static void end_line(struct render *r, const struct call *call)
{
	struct strace *st = r->state;
	struct text *line = &st->line;
	const struct render_options *o = r->options;

	text_char(line, ')');
	pad(line, o->column);
	text_put(line, "= ");
	st->show.out = line;
	if (st->raw && call->state == CALL_DONE && !call->failed)
		text_hex(line, call->result);
	else
		show_result(&st->show, call);
	st->show.out = &st->words;
	if (o->duration && call->enter && call->exit && call->state == CALL_DONE) {
		text_put(line, " <");
		strace_seconds(line, call->exit - call->enter, o->duration_digits);
		text_char(line, '>');
	}
}

static void strace_call(struct render *r, const struct call *call)
{
	struct strace *st = r->state;
	struct text *line = &st->line;
	size_t from, already;

	if (st->given) {
		strace_given_call(r, call);
		return;
	}
	if (call->state == CALL_LOST_EXIT && !call->begun)
		return;
	if (call->state == CALL_DETACHED && !strncmp(call->name, "execve", 6))
		st->lead.threads -= st->lead.threads > 1; /* left by --until-execve */
	/* Nobody comes back to a line for this. */
	if (call->state == CALL_DETACHED && call->begun && !(st->open && st->open_tid == call->tid))
		return;
	/* A line of its own thread may be that of another call: one whose end the tape lacks. */
	strace_close_line(r, call->begun ? call->tid : 0, " <unfinished ...>");
	make_words(r, call);
	already = st->open ? st->shown : 0;
	from = begin_line(r, call);
	if ((call->state == CALL_UNFINISHED || call->state == CALL_DETACHED) && st->show.marked) {
		if (from < st->show.mark)
			text_bytes(line, st->words.data + from, st->show.mark - from);
		if (call->state == CALL_UNFINISHED)
			text_put(line, " <unfinished ...>");
	} else {
		text_bytes(line, st->words.data + from, st->words.used - from);
	}
	if (call->state == CALL_DETACHED)
		text_put(line, " <detached ...>");
	else
		end_line(r, call);
	text_char(line, '\n');
	text_bytes(r->out, line->data + already, line->used - already);
	if (r->options->dumps && call->state == CALL_DONE)
		dump_call(&st->show, r->out, r->options->dumps);
	st->open = false;
}

/* Which line is open, and when the last one was, as if it had been shown. */
static void strace_skip(struct render *r, const struct call *call)
{
	struct strace *st = r->state;
	bool goes_on = call->begun && st->open && st->open_tid == call->tid;

	if (st->given) {
		strace_given_call(r, call);
		return;
	}
	if (call->state == CALL_LOST_EXIT && !call->begun)
		return;
	if (call->state == CALL_DETACHED && !strncmp(call->name, "execve", 6))
		st->lead.threads -= st->lead.threads > 1;
	if (call->state == CALL_DETACHED && call->begun && !goes_on)
		return;
	if (call->begun && !goes_on)
		st->lead.last = call->exit ? call->exit : call->enter;
	else if (!goes_on)
		st->lead.last = call_time(call);
	st->open = call->state == CALL_BEGUN;
	st->open_tid = call->tid;
	st->open_line.used = st->shown = 0;
}

static bool strace_settled(const struct render *r)
{
	const struct strace *st = r->state;

	return !st->open;
}

static void strace_flush(struct render *r)
{
	struct strace *st = r->state;

	if (st->open)
		strace_write_open(r);
	text_flush(r->out);
}

static void strace_end(struct render *r)
{
	struct strace *st = r->state;

	if (!st)
		return;
	strace_close_line(r, 0, " <detached ...>");
	show_done(&st->show);
	text_close(&st->words);
	text_close(&st->line);
	text_close(&st->open_line);
	free(st);
}

const struct renderer strace_renderer = {
	.name = "strace",
	.help = "as strace prints it",
	.as_tracer = true,
	.descriptors = true,
	.captures = true,
	.divisible = true,
	.begin = strace_begin,
	.begun = strace_begun,
	.call = strace_call,
	.note = strace_note,
	.skip = strace_skip,
	.settled = strace_settled,
	.flush = strace_flush,
	.end = strace_end,
};
