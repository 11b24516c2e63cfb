// SPDX-License-Identifier: GPL-2.0-or-later
/* The importer: the records of one event. */
#include "decode/text/strace_grammar.h"
#include "import/importer_state.h"

#include <stdio.h>
#include <string.h>

/* An event as it is looked at. */
struct event {
	const struct log_line *l;
	const struct piece *p;
	uint64_t time;
	uint32_t tid;
	struct log_thread *thread; /* NULL without memory */
	struct text_of text;
};

static struct trace_span moved(struct trace_span span, uint32_t by)
{
	return (struct trace_span){ span.at + by, span.size };
}

/* Where the parts of the line are in the line as it is, or, where its text is another, behind it.
 */
static struct text_of text_of(const struct log_line *l, const struct piece *p)
{
	bool within = l->text >= p->line && l->text <= p->line + p->size;
	uint32_t at = (uint32_t)(within ? (size_t)(l->text - p->line) : p->size);
	struct text_of t = { .line = p->line, .more = within ? NULL : l->text };

	t.text = (struct trace_text){
		.line = (uint32_t)p->size,
		.more = within ? 0 : (uint32_t)l->size,
		.body = moved(l->body, at),
		.name = moved(l->name, at),
		.args = moved(l->args, at),
		.result = moved(l->result, at),
		.latency = l->timed ? l->latency : TRACE_NO_LATENCY,
		.flags = (p->newline ? 0 : TRACE_T_PART) |
			 (l->clock || l->relative ? TRACE_T_TIMED : 0),
	};
	if (t.text.args.size >= 2 && !memcmp(l->text + l->args.at + l->args.size - 2, "^C", 2))
		t.text.args.size -= 2; /* what the terminal has shown of a key */
	return t;
}

static const char *part(const struct log_line *l, struct trace_span span)
{
	return l->text + span.at;
}

static void *add(struct importer *im, const struct event *e, unsigned int type, bool with_text)
{
	return tape_records_add(&im->records, type, e->tid, e->thread ? e->thread->tgid : e->tid,
				e->time, with_text ? &e->text : NULL);
}

void importer_text(struct importer *im, const struct log_line *l, const struct piece *p,
		   const char *why)
{
	struct piece rest = *p;
	size_t size = p->size;

	if (why)
		im->counts.text++;
	else
		im->counts.notes++;
	if (why && im->report)
		im->report(im->context, im->counts.lines, why, p->line, p->size);
	do {
		struct log_line none = { .text = rest.line };
		struct event e = { .tid = l->has_tid ? l->tid : p->tid, .time = im->time.now };

		rest.size = size > RECORDS_LINE_MOST ? RECORDS_LINE_MOST : size;
		size -= rest.size;
		rest.newline = p->newline && !size;
		none.size = none.body.size = (uint32_t)rest.size;
		e.text = text_of(&none, &rest);
		e.text.text.flags |= l->kind == LOG_BESIDE ? TRACE_T_FOLLOWS : 0;
		add(im, &e, TRACE_TEXT, true);
		rest.line += rest.size;
	} while (size);
}

static void put_comm(struct trace_process *p, const char *comm)
{
	memcpy(p->comm, comm, strnlen(comm, sizeof(p->comm) - 1));
	p->uid = ~0u;
}

void importer_attached(struct importer *im, uint32_t tid, uint32_t parent)
{
	struct log_thread *child = log_threads_find(&im->threads, tid), *thread;
	struct event e = { .tid = parent, .time = im->time.now };
	struct trace_process *p;

	if ((child && child->seen) || !parent) {
		log_threads_get(&im->threads, tid);
		return;
	}
	e.thread = thread = log_threads_get(&im->threads, parent);
	child = log_threads_get(&im->threads, tid);
	if (!child || !thread)
		return;
	if (child->told)
		return;
	child->told = true;
	thread->makes = false;
	child->tgid = thread->shares ? thread->tgid : tid;
	p = add(im, &e, TRACE_FORK, false);
	if (!p)
		return;
	p->other_tid = tid;
	p->other_tgid = child->tgid;
	put_comm(p, thread->comm);
	memcpy(child->comm, thread->comm, sizeof(child->comm));
}

/* Whose the line is. */
static uint32_t owner(struct importer *im, const struct log_line *l, const struct piece *p)
{
	const struct log_thread *t = NULL;
	char name[LOG_NAME];

	if (l->has_tid)
		return l->tid;
	if (p->tid)
		return p->tid;
	if (l->kind == LOG_RESUMED) {
		snprintf(name, sizeof(name), "%.*s", (int)l->name.size, part(l, l->name));
		t = log_threads_within(&im->threads, name);
	}
	if (!t)
		t = log_threads_only(&im->threads);
	return t ? t->entry.tid : im->main;
}

/* -Y tells the names of processes. */
static void take_comm(struct importer *im, struct event *e)
{
	const struct log_line *l = e->l;
	size_t size = l->comm.size < LOG_COMM ? l->comm.size : LOG_COMM - 1;
	struct log_thread *t = e->thread;
	struct trace_process *p;

	if (!size || (!strncmp(t->comm, part(l, l->comm), size) && !t->comm[size]))
		return;
	memset(t->comm, 0, sizeof(t->comm));
	memcpy(t->comm, part(l, l->comm), size);
	p = add(im, e, t->seen ? TRACE_COMM : TRACE_EXISTING, false);
	if (p)
		put_comm(p, t->comm);
}

static bool is_call(const struct log_line *l, const char *name)
{
	return l->name.size == strlen(name) && !memcmp(part(l, l->name), name, l->name.size);
}

static bool is_exec(const struct log_line *l)
{
	return is_call(l, "execve") || is_call(l, "execveat");
}

static bool makes_process(const struct log_line *l)
{
	return is_call(l, "clone") || is_call(l, "clone3") || is_call(l, "fork") ||
	       is_call(l, "vfork");
}

/* The program that an execve is about is called as its file is. */
static void take_program(struct log_thread *t, const struct log_line *l)
{
	const char *at = part(l, l->args), *end = at + l->args.size, *quote, *slash;
	size_t size;
	char path[4096];

	*t->program = '\0';
	quote = memchr(at, '"', end - at);
	size = quote ? grammar_string(quote, end - quote) : 0;
	if (size < 3 || size > sizeof(path))
		return;
	size = grammar_unescape(quote + 1, size - 2, path);
	slash = memrchr(path, '/', size);
	at = slash ? slash + 1 : path;
	size -= at - path;
	size = size < LOG_COMM ? size : LOG_COMM - 1;
	memcpy(t->program, at, size);
	t->program[size] = '\0';
}

/* What of the arguments must be known later. */
static void begin_call(struct log_thread *t, const struct log_line *l)
{
	if (is_exec(l))
		take_program(t, l);
	t->makes = makes_process(l);
	if (t->makes)
		t->shares = memmem(part(l, l->args), l->args.size, "CLONE_THREAD",
				   strlen("CLONE_THREAD"));
}

/* A call that has a result has done something to processes. */
static void end_call(struct importer *im, struct event *e)
{
	const struct log_line *l = e->l;
	struct log_thread *t = e->thread;
	struct trace_process *p;

	if (!t || l->outcome != OUTCOME_VALUE)
		return;
	if (!l->number && is_exec(l) && *t->program) {
		memcpy(t->comm, t->program, sizeof(t->comm));
		p = add(im, e, TRACE_EXEC, false);
		if (p) {
			p->other_tid = p->record.tid;
			p->other_tgid = p->record.tgid;
			put_comm(p, t->comm);
		}
	}
	if (e->tid && l->number > 0 && l->number <= INT32_MAX && makes_process(l))
		importer_attached(im, (uint32_t)l->number, e->tid);
}

static void put_call(struct importer *im, const struct event *e, unsigned int type,
		     struct call_name name)
{
	const struct log_line *l = e->l;
	struct trace_call *c = add(im, e, type, true);

	if (!c)
		return;
	c->nr = name.nr;
	c->arch = name.arch;
	c->record.flags |= TRACE_F_NO_ARGS;
	c->enter = type == TRACE_EXIT ? 0 : e->time;
	if (l->outcome == OUTCOME_NONE && l->result.size)
		c->record.flags |= TRACE_F_NO_RETURN;
	if (type == TRACE_ENTER)
		return;
	c->result = l->outcome == OUTCOME_ERROR ? -l->number : l->number;
}

static void begun(struct importer *im, struct event *e, struct call_name name)
{
	struct log_thread *t = e->thread;

	im->counts.calls++;
	put_call(im, e, TRACE_ENTER, name);
	if (!t) {
		im->counts.open++;
		return;
	}
	im->counts.open += t->pending;
	t->pending = true;
	snprintf(t->name, sizeof(t->name), "%.*s", (int)e->l->name.size, part(e->l, e->l->name));
	begin_call(t, e->l);
}

static void called(struct importer *im, struct event *e, struct call_name name)
{
	bool leaves =
		e->l->outcome == OUTCOME_NONE &&
		(is_call(e->l, "exit_group") || is_call(e->l, "exit") || is_call(e->l, "_exit"));

	im->counts.calls++;
	if (e->thread) {
		begin_call(e->thread, e->l);
		im->counts.open += e->thread->pending;
		e->thread->pending = false;
	}
	end_call(im, e);
	put_call(im, e, leaves ? TRACE_ENTER : TRACE_CALL, name);
}

static void resumed(struct importer *im, struct event *e, struct call_name name)
{
	im->counts.calls += !(e->thread && e->thread->pending);
	if (e->thread)
		e->thread->pending = false;
	end_call(im, e);
	put_call(im, e, TRACE_EXIT, name);
}

static void signaled(struct importer *im, struct event *e)
{
	struct trace_signal *s = add(im, e, TRACE_SIGNAL, true);

	im->counts.signals++;
	if (s)
		s->signal = (uint32_t)e->l->signal;
}

static void ended(struct importer *im, struct event *e)
{
	struct trace_process *p = add(im, e, TRACE_END, true);

	im->counts.ends++;
	if (p) {
		p->code = e->l->status;
		p->record.flags |= p->record.tid == p->record.tgid ? TRACE_F_LEADER : 0;
		put_comm(p, e->thread ? e->thread->comm : "");
	}
	if (e->thread)
		im->counts.open += e->thread->pending;
	log_threads_remove(&im->threads, e->tid);
}

/* The thread that executes a program takes the number of its leader. */
static void superseded(struct importer *im, struct event *e)
{
	struct log_thread *other = log_threads_find(&im->threads, e->l->other), *t = e->thread;
	struct trace_process *p = add(im, e, TRACE_EXEC, true);

	im->counts.notes++;
	if (p) {
		p->other_tid = e->l->other;
		p->other_tgid = p->record.tgid;
		put_comm(p, other && *other->program ? other->program : t ? t->comm : "");
	}
	if (t && other) {
		im->counts.open += t->pending;
		t->pending = other->pending;
		memcpy(t->name, other->name, sizeof(t->name));
		memcpy(t->program, other->program, sizeof(t->program));
	}
	if (e->l->other != e->tid)
		log_threads_remove(&im->threads, e->l->other);
}

static const char *why_text(const struct log_line *l)
{
	return l->undecided ? "where the arguments of this call end cannot be told"
			    : "no line of strace that is known";
}

static void call_event(struct importer *im, struct event *e)
{
	const struct log_line *l = e->l;
	struct call_name name = call_names_find(im->names, part(l, l->name), l->name.size, false);

	if (name.doubtful) {
		importer_text(im, l, e->p, "text of a program may stand before a call");
		return;
	}
	if (!name.known && im->report)
		im->report(im->context, im->counts.lines, "a call that no table has", e->p->line,
			   e->p->size);
	if (l->kind == LOG_CALL)
		called(im, e, name);
	else if (l->kind == LOG_RESUMED)
		resumed(im, e, name);
	else
		begun(im, e, name);
}

/* A thread can make calls before the one that has made it returns: if there is but one that can
 * have, it is from there that it has its descriptors. */
static void find_parent(struct importer *im, uint32_t tid)
{
	struct log_thread *maker;

	if (!tid || log_threads_find(&im->threads, tid))
		return;
	maker = log_threads_maker(&im->threads);
	if (maker)
		importer_attached(im, tid, maker->entry.tid);
}

void importer_event(struct importer *im, struct log_line *l, const struct piece *p)
{
	struct event e = { .l = l, .p = p };

	if (l->kind != LOG_TEXT)
		e.time = log_time_of(&im->time, l);
	switch (l->kind) {
	case LOG_CUT:
	case LOG_TEXT: importer_text(im, l, p, why_text(l)); return;
	case LOG_NOTE:
		if (l->other)
			importer_attached(im, l->other, 0);
		importer_text(im, l, p, NULL);
		return;
	case LOG_STOPPED:
	case LOG_BESIDE: importer_text(im, l, p, NULL); return;
	default: break;
	}
	e.tid = owner(im, l, p);
	find_parent(im, e.tid);
	e.thread = log_threads_get(&im->threads, e.tid);
	e.text = text_of(l, p);
	im->counts.nobody += !e.tid;
	if (e.thread)
		take_comm(im, &e);
	if (e.thread)
		e.thread->seen = true;
	switch (l->kind) {
	case LOG_SIGNAL: signaled(im, &e); break;
	case LOG_END: ended(im, &e); break;
	case LOG_SUPERSEDED: superseded(im, &e); break;
	default: call_event(im, &e);
	}
}
