// SPDX-License-Identifier: GPL-2.0-or-later
/* The list renderer: a paragraph of `field: value` lines for each call, for people who search and
 * for diff. */
#include "decode/render/heading.h"
#include "decode/stream/renderer.h"
#include "decode/values/list_values.h"
#include "decode/values/show.h"
#include "decode/values/show_families.h"
#include "decode/values/show_probe.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

struct list {
	struct show show, fields; /* as strace has it; what is in it, value by value */
	struct text words;
	struct show_marks marks; /* of the arguments in `words` */
	struct list_values values;
	time_t second; /* the one that `date` is the text of */
	char date[40];
};

static int list_begin(struct render *r, struct tape_error *why)
{
	struct list *l = calloc(1, sizeof(*l));

	(void)why;
	r->state = l;
	if (!l || text_open(&l->words, -1) ||
	    show_init(&l->show, &l->words, r->options, r->facts, show_families, r->names))
		return -ENOMEM;
	heading_put(r);
	l->show.marks = &l->marks;
	l->show.told = true;
	return show_init(&l->fields, &l->words, r->options, r->facts, show_families, r->names)
		       ? -ENOMEM
		       : list_values_open(&l->values, &l->fields);
}

static void list_end(struct render *r)
{
	struct list *l = r->state;

	if (!l)
		return;
	show_done(&l->show);
	show_done(&l->fields);
	list_values_close(&l->values);
	text_close(&l->words);
	free(l);
}

static void field_text(struct render *r, const char *name, const char *value)
{
	text_put(r->out, name);
	text_put(r->out, ": ");
	text_escaped(r->out, value, strlen(value), NULL);
	text_char(r->out, '\n');
}

static void field_number(struct render *r, const char *name, uint64_t value)
{
	text_put(r->out, name);
	text_put(r->out, ": ");
	text_unsigned(r->out, value);
	text_char(r->out, '\n');
}

/* Date and time of day where it was recorded, in UTC, to the nanosecond. */
static void field_time(struct render *r, const char *name, uint64_t at)
{
	uint64_t ns = tape_time(r->facts, at);
	time_t seconds = ns / 1000000000;
	struct list *l = r->state;
	struct tm tm;

	if (!at) {
		text_printf(r->out, "%s: unknown\n", name);
		return;
	}
	if (seconds != l->second || !*l->date) {
		gmtime_r(&seconds, &tm);
		strftime(l->date, sizeof(l->date), "%Y-%m-%dT%H:%M:%S.", &tm);
		l->second = seconds;
	}
	text_put(r->out, name);
	text_put(r->out, ": ");
	text_put(r->out, l->date);
	text_padded(r->out, ns % 1000000000, 9);
	text_put(r->out, "Z\n");
}

static void field_words(struct render *r)
{
	struct list *l = r->state;

	text_bytes(r->out, l->words.data, l->words.used);
	text_char(r->out, '\n');
	l->words.used = 0;
}

/* Those that have a place in the text of their own. */
static bool is_shown(const struct call *call, int i)
{
	return !call->desc ||
	       (call->desc->arg[i].kind != DESC_HIGH && call->desc->arg[i].kind != DESC_UNUSED);
}

/* Where argument number `i` of the row stands in the text of all; false if the call's family shows
 * others than the row has. */
static bool find_words(const struct list *l, const struct call *call, int i, size_t *from,
		       size_t *to)
{
	const struct show_marks *m = &l->marks;
	size_t shown = 0, at = 0;

	for (int k = 0; k < call->args; k++) {
		at = k == i ? shown : at;
		shown += is_shown(call, k);
	}
	if (call->text) /* a mark for each, whatever the row has */
		at = (size_t)i;
	else if (shown != m->count || !is_shown(call, i))
		return false;
	*from = m->at[at];
	*to = at + 1 < m->count ? m->at[at + 1] - strlen(", ") : l->words.used;
	return true;
}

static void print_arg(struct render *r, const struct call *call, int i)
{
	const struct desc_arg *arg =
		call->desc && i < call->desc->args ? &call->desc->arg[i] : NULL;
	struct list *l = r->state;
	size_t from, to, all = l->words.used;

	text_put(r->out, "argument ");
	text_unsigned(r->out, i + 1);
	text_put(r->out, ": ");
	if (arg) {
		text_put(r->out, arg->name);
		text_put(r->out, " (");
		text_put(r->out, desc_kind_name(arg->kind));
		text_put(r->out, *arg->ref ? ":" : "");
		text_put(r->out, arg->ref);
		text_put(r->out, "): ");
	}
	if (!find_words(l, call, i, &from, &to)) {
		l->show.exit = arg && arg->dir != DESC_IN;
		from = all;
		show_arg(&l->show, i);
		to = l->words.used;
	}
	text_bytes(r->out, l->words.data + from, to - from);
	text_char(r->out, '\n');
	l->words.used = all;
}

static int count_args(const struct list *l, const struct call *call)
{
	if (call->text)
		return (int)l->marks.count;
	return call->args_known ? call->args : 0;
}

static void print_args(struct render *r, const struct call *call)
{
	struct list *l = r->state;

	l->marks.count = 0;
	show_call_args(&l->show, call);
	for (int i = 0; i < count_args(l, call); i++)
		print_arg(r, call, i);
	l->words.used = 0;
	if (!call_has_args(call) && call->args)
		text_put(r->out, "arguments: unknown\n");
	list_values_begin(&l->fields);
	show_call_args(&l->fields, call);
	text_bytes(r->out, l->values.lines.data, l->values.lines.used);
}

/* What systape --state has recorded. */
static void field_state(struct render *r, const struct call *call)
{
	uint64_t ip = call_ip(call), ns;

	if (!ip)
		return;
	text_put(r->out, "instruction: ");
	text_hex(r->out, ip);
	text_char(r->out, '\n');
	if (call->state == CALL_DONE && call_cpu_time(call, &ns))
		text_printf(r->out, "on cpu: %llu ns\n", (unsigned long long)ns);
}

static void list_call(struct render *r, const struct call *call)
{
	static const char *const states[] = {
		[CALL_DONE] = "done",
		[CALL_NO_RETURN] = "does not return",
		[CALL_UNFINISHED] = "unfinished",
		[CALL_DETACHED] = "not ended with the tape",
		[CALL_LOST_EXIT] = "its end was lost",
	};
	struct list *l = r->state;

	field_number(r, "event", call->sequence);
	field_text(r, "call", call->name);
	field_number(r, "number", call->nr);
	field_number(r, "tid", call->tid);
	field_number(r, "pid", call->tgid);
	field_text(r, "comm", call->comm);
	if (call->cpu != TRACE_NO_CPU)
		field_number(r, "cpu", call->cpu);
	field_state(r, call);
	field_time(r, "begin", call->enter);
	if (call->state == CALL_DONE && call->exit) {
		field_time(r, "end", call->exit);
		if (call->enter)
			text_printf(r->out, "duration: %llu ns\n",
				    (unsigned long long)(call->exit - call->enter));
	}
	print_args(r, call);
	field_text(r, "state", states[call->state]);
	if (call->enter_lost)
		text_put(r->out, "lost: its beginning\n");
	if (call->state == CALL_DONE) {
		text_put(r->out, "result: ");
		show_result(&l->show, call);
		field_words(r);
	}
	text_char(r->out, '\n');
}

static void list_process(struct render *r, const struct trace_process *p)
{
	static const char *const kinds[] = {
		[TRACE_FORK] = "new thread",
		[TRACE_EXEC] = "new program",
		[TRACE_COMM] = "new comm",
		[TRACE_END] = "end of thread",
		[TRACE_EXISTING] = "thread at the start",
	};
	char comm[17] = "";

	text_printf(r->out, "note: %s\n", kinds[p->record.type]);
	field_number(r, "tid", p->record.tid);
	field_number(r, "pid", p->record.tgid);
	memcpy(comm, p->comm, 16);
	field_text(r, "comm", comm);
	if (p->record.type == TRACE_FORK) {
		field_number(r, "new tid", p->other_tid);
		field_number(r, "new pid", p->other_tgid);
	}
	if (p->record.type == TRACE_END) {
		show_struct_data(&((struct list *)r->state)->show, "wait_status", &p->code,
				 sizeof(p->code));
		text_put(r->out, "wait status: ");
		field_words(r);
	}
	field_time(r, "time", p->record.time);
	text_char(r->out, '\n');
}

static void list_probe(struct render *r, const struct note *note)
{
	struct probe_value value;

	field_text(r, "probe", note->format->name);
	field_number(r, "tid", note->hit->record.tid);
	field_number(r, "pid", note->hit->record.tgid);
	field_text(r, "comm", note->thread->comm);
	field_number(r, "cpu", note->cpu);
	field_time(r, "time", note->time);
	for (size_t i = 0; i < note->format->count; i++) {
		if (!probe_value(note->format, i, note->hit, &value))
			continue;
		text_put(r->out, "value ");
		text_escaped(r->out, value.field->name, strlen(value.field->name), NULL);
		text_put(r->out, ": ");
		show_probe_value(r->out, &value, r->options->quoting);
		text_char(r->out, '\n');
	}
	text_char(r->out, '\n');
}

/* Its name, and what comes with it. */
static void list_signal(struct render *r, const struct note *note)
{
	const struct call none = { .fds = note->thread ? note->thread->fds : NULL };
	const struct trace_signal *signal = note->signal;
	struct list *l = r->state;

	text_put(r->out, "signal: ");
	show_signal(&l->show, signal->signal);
	field_words(r);
	if (!signal->size)
		return;
	l->show.compat = false; /* the kernel's own copy, whatever the program is */
	l->show.call = &none;
	text_put(r->out, "info: ");
	show_struct_data(&l->show, "siginfo", signal->info, signal->size);
	field_words(r);
	l->show.call = NULL;
}

static void list_note(struct render *r, const struct note *note)
{
	if (note->unasked)
		return;
	switch (note->kind) {
	case NOTE_PROCESS: list_process(r, note->process); break;
	case NOTE_TEXT:
		text_put(r->out, "note: text\ntext: ");
		text_escaped(r->out, text_record_line(note->text), note->text->line, NULL);
		text_put(r->out, "\n\n");
		break;
	case NOTE_SIGNAL:
		text_put(r->out, "note: signal\n");
		field_number(r, "tid", note->signal->record.tid);
		list_signal(r, note);
		field_time(r, "time", note->time);
		text_char(r->out, '\n');
		break;
	case NOTE_LOST:
		text_put(r->out, "note: lost\n");
		field_number(r, "cpu", note->cpu);
		field_number(r, "calls", note->lost->calls);
		field_number(r, "beginnings of calls", note->lost->enters);
		field_number(r, "other events", note->lost->events);
		field_time(r, "first", note->lost->first);
		field_time(r, "last", note->lost->last);
		text_char(r->out, '\n');
		break;
	case NOTE_PROBE: list_probe(r, note); break;
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	case NOTE_PARTS:
		text_put(r->out, "note: missing parts of the capture\n");
		field_number(r, "first", note->part);
		field_number(r, "missing parts", note->missing);
		text_char(r->out, '\n');
		break;
	case NOTE_MISSING:
		text_put(r->out, "note: damaged tape\n");
		field_number(r, "missing records", note->missing);
		text_char(r->out, '\n');
		break;
	}
}

const struct renderer list_renderer = {
	.name = "list",
	.help = "a paragraph for each call, field by field",
	.descriptors = true,
	.captures = true,
	.divisible = true,
	.begin = list_begin,
	.call = list_call,
	.note = list_note,
	.end = list_end,
};
