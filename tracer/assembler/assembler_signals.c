// SPDX-License-Identifier: GPL-2.0-or-later
/* Signals, and what they tell of the ends of processes: who sent one, and whether there is a core.
 */
#include "tracer/assembler/assembler_state.h"
#include "tracer/proc/proc_read.h"

#include <signal.h>
#include <string.h>

enum {
	REALTIME = 32,	  /* from here on signals queue, so who sent one is not known */
	INFO_CODE = 12,	  /* bytes of siginfo up to si_code */
	INFO_SOURCE = 16, /* where si_pid is */
	CORE = 0x80,	  /* in a wait status */
	/* ns that an end waits for its signal. In between the kernel takes the process apart, since
	 * Linux 6.16 all of its memory, too. Nothing comes to a parent that ignores SIGCHLD. */
	HOLD_MOST = 500000000,
};

static uint64_t number(const struct event_assembler *m, const struct assembler_event *e, int field)
{
	return tracepoint_number(&m->points->at[e->kind], field, e->data);
}

/* Whether a signal that nobody handles ends the process (signal(7)). */
static bool deadly(uint32_t signal)
{
	switch (signal) {
	case SIGCHLD:
	case SIGCONT:
	case SIGURG:
	case SIGWINCH:
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU: return false;
	}
	return true;
}

/* Whether it does so with a core dump, where limits allow it. */
static bool dumps(uint32_t signal)
{
	switch (signal) {
	case SIGQUIT:
	case SIGILL:
	case SIGTRAP:
	case SIGABRT:
	case SIGBUS:
	case SIGFPE:
	case SIGSEGV:
	case SIGXCPU:
	case SIGXFSZ:
	case SIGSYS: return true;
	}
	return false;
}

static void write_end(struct event_assembler *m, struct assembler_end *held)
{
	struct trace_process *p = assembler_record(m, held->cpu, TRACE_END, sizeof(*p),
						   held->process.record.time, NULL);
	uint64_t time = p ? p->record.time : 0;

	if (p) {
		*p = held->process;
		p->record.time = time;
	}
	held->process.record.length = 0;
}

static void let_go(struct event_assembler *m, struct assembler_end *held)
{
	write_end(m, held);
	m->holding--;
}

void assembler_end(struct event_assembler *m, const struct trace_process *end)
{
	struct assembler_end now = { *end, m->cpu }, *held;

	if (!dumps(end->code & 0x7f)) {
		write_end(m, &now);
		return;
	}
	held = &m->ends[m->held++ % ASSEMBLER_ENDS];
	if (held->process.record.length)
		let_go(m, held);
	*held = now;
	m->holding++;
}

int assembler_held(const struct event_assembler *m)
{
	return (int)m->holding;
}

void assembler_write_ends(struct event_assembler *m, uint64_t limit, bool last)
{
	for (uint32_t i = m->held - ASSEMBLER_ENDS; m->holding && i != m->held; i++) {
		struct assembler_end *held = &m->ends[i % ASSEMBLER_ENDS];

		if (held->process.record.length &&
		    (last || held->process.record.time + HOLD_MOST < limit))
			let_go(m, held);
	}
}

/*
 * The process of a thread whose end is held; 0: it is not. perf has no number any more for a thread
 * that is not its process's leader and has just been released: then it is the last process that
 * ended on this CPU, or, if it has gone to another one since, anywhere.
 */
static uint32_t held_process(const struct event_assembler *m, uint32_t tid)
{
	uint32_t other = 0;

	for (uint32_t i = 1; m->holding && i <= ASSEMBLER_ENDS; i++) {
		const struct assembler_end *end = &m->ends[(m->held - i) % ASSEMBLER_ENDS];
		const struct trace_record *held = &end->process.record;
		bool last = held->flags & TRACE_F_LEADER;

		if (!held->length || (tid == UINT32_MAX ? !last : held->tid != tid))
			continue;
		if (tid != UINT32_MAX || end->cpu == m->cpu)
			return held->tgid;
		other = other ? other : held->tgid;
	}
	return other;
}

/* The last thread of a process tells the parent of the end; whether there is a core, which is so
 * for all of its threads, is told nowhere else. */
static void parent_told(struct event_assembler *m, uint32_t tid, int32_t code)
{
	uint32_t process = held_process(m, tid);

	for (uint32_t i = m->held - ASSEMBLER_ENDS; process && i != m->held; i++) {
		struct assembler_end *held = &m->ends[i % ASSEMBLER_ENDS];

		if (!held->process.record.length || held->process.record.tgid != process)
			continue;
		if (code == CLD_DUMPED)
			held->process.code |= CORE;
		let_go(m, held);
	}
}

static uint32_t process_of(struct event_assembler *m, const struct assembler_event *e)
{
	const struct thread_table_thread *sender = thread_table_find(&m->track, e->tid);

	return e->tgid ? e->tgid : sender ? sender->process->tgid : (uint32_t)proc_process(e->tid);
}

/* Who calls kill() or tgkill() is the one that the kernel puts into siginfo. */
static void remember_sender(struct event_assembler *m, const struct thread_table_thread *thread,
			    const struct assembler_event *e, uint32_t signal, int32_t code)
{
	struct thread_table_process *process = thread->process;
	uint32_t tid = number(m, e, GENERATE_GROUP) ? 0 : thread->entry.tid;
	struct thread_table_sent *sent = NULL;

	if (signal >= REALTIME || (code != SI_USER && code != SI_TKILL))
		return;
	for (size_t i = 0; i < TRACK_SENT && !sent; i++)
		if (process->sent[i].signal == signal && process->sent[i].tid == tid)
			sent = &process->sent[i];
	if (!sent)
		sent = &process->sent[process->sends++ % TRACK_SENT];
	*sent = (struct thread_table_sent){ signal, code, tid, process_of(m, e) };
}

void assembler_generated(struct event_assembler *m, const struct assembler_event *e)
{
	struct thread_table_thread *thread =
		thread_table_find(&m->track, assembler_thread_number(m, e, GENERATE_PID));
	uint32_t signal = number(m, e, GENERATE_SIGNAL);
	int32_t code = number(m, e, GENERATE_CODE);

	if (signal == SIGCHLD)
		parent_told(m, e->tid, code);
	/* result 0: TRACE_SIGNAL_DELIVERED, it was not ignored */
	if (!thread || (uint32_t)number(m, e, GENERATE_RESULT))
		return;
	if (deadly(signal)) {
		thread->process->signal = signal;
		thread->process->signal_code = code;
		thread->process->signal_time = m->now;
	}
	remember_sender(m, thread, e, signal, code);
}

/* As much of siginfo as the events have. */
static void add_info(struct trace_signal *s, struct thread_table_process *process)
{
	memcpy(s->info, &s->signal, sizeof(s->signal));
	memcpy(s->info + 4, &s->error, sizeof(s->error));
	memcpy(s->info + 8, &s->code, sizeof(s->code));
	s->size = INFO_CODE;
	for (size_t i = 0; i < TRACK_SENT; i++) {
		struct thread_table_sent *sent = &process->sent[i];

		if (sent->signal != s->signal || (sent->tid && sent->tid != s->record.tid))
			continue;
		if (sent->code == s->code && sent->pid) {
			memcpy(s->info + INFO_SOURCE, &sent->pid, sizeof(sent->pid));
			s->size = INFO_SOURCE + sizeof(sent->pid);
		}
		sent->signal = 0;
		break;
	}
}

static void write_signal(struct event_assembler *m, struct thread_table_thread *thread,
			 const struct trace_signal *what)
{
	struct trace_signal *s;

	if (!assembler_wanted(m, thread))
		return;
	s = assembler_record(m, m->cpu, TRACE_SIGNAL, sizeof(*s), m->now, thread);
	if (!s)
		return;
	s->signal = what->signal;
	s->error = what->error;
	s->code = what->code;
	s->handler = what->handler;
	s->handler_flags = what->handler_flags;
	add_info(s, thread->process);
}

/*
 * A signal that ends the process at once reaches its threads as SIGKILL: complete_signal() in the
 * kernel. It is written as if it had been delivered to the first of them, which is what a tracer
 * sees.
 */
static void ended_by(struct event_assembler *m, struct thread_table_thread *thread, uint32_t signal)
{
	struct thread_table_process *process = thread->process;
	struct trace_signal sent = { .signal = process->signal, .code = process->signal_code };

	/* Nobody has sent it: it makes room for the program that another thread executes. */
	if (signal == SIGKILL && process->exec_tid && process->exec_time > process->signal_time) {
		thread->ending = true;
		thread->code = 0;
		return;
	}
	process->ending = true;
	process->code = signal;
	if (signal != SIGKILL || !process->signal || process->signal == SIGKILL)
		return;
	process->code = process->signal;
	write_signal(m, thread, &sent);
}

void assembler_delivered(struct event_assembler *m, struct thread_table_thread *thread,
			 const struct assembler_event *e)
{
	const struct trace_signal s = {
		.signal = number(m, e, DELIVER_SIGNAL),
		.error = number(m, e, DELIVER_ERROR),
		.code = number(m, e, DELIVER_CODE),
		.handler = number(m, e, DELIVER_HANDLER),
		.handler_flags = number(m, e, DELIVER_FLAGS),
	};

	if (!s.handler && deadly(s.signal) && !thread->process->ending)
		ended_by(m, thread, s.signal);
	write_signal(m, thread, &s);
}
