// SPDX-License-Identifier: GPL-2.0-or-later
/* Pairs the beginnings of calls with their ends. */
#include "tracer/assembler/assembler_state.h"

#include "call_numbers.h"

#include <errno.h>
#include <linux/fcntl.h>
#include <stdlib.h>
#include <string.h>

enum {
	X32_BIT = 0x40000000, /* asm/unistd.h: __X32_SYSCALL_BIT */
	MIGRATION = 5000,     /* ns: no thread changes CPUs twice in less */
};

static const struct plan_call *row_of(const struct event_assembler *m, uint32_t arch, uint32_t nr)
{
	if (nr >= PLAN_CALLS)
		return &m->settings->plan->calls[2 * PLAN_CALLS];
	return &m->settings->plan->calls[arch == TRACE_I386 ? nr + PLAN_CALLS : nr];
}

static uint32_t call_arch(const struct thread_table_thread *thread, uint32_t *nr)
{
	if (thread->arch == TRACE_I386)
		return TRACE_I386;
	if (*nr & X32_BIT && *nr != ~0u) {
		*nr &= ~X32_BIT;
		return TRACE_X32;
	}
	return TRACE_X86_64;
}

static struct trace_call *call_record(struct event_assembler *m, uint32_t cpu,
				      struct thread_table_thread *thread, uint32_t type,
				      uint64_t time, uint32_t args)
{
	struct thread_table_names *names = &thread->names;
	struct trace_call *c = assembler_record(
		m, cpu, type, sizeof(*c) + args * sizeof(uint64_t) + names->used, time, thread);

	if (!c)
		return NULL;
	c->nr = thread->nr;
	c->arch = thread->call_arch;
	c->args = args;
	c->enter = thread->enter;
	memcpy(c->arg, thread->args, args * sizeof(uint64_t));
	c->pieces = names->pieces;
	if (names->used)
		memcpy(&c->arg[args], names->data, names->used);
	names->used = names->pieces = 0;
	return c;
}

/* The argument that a name belongs to and the plan's wish for it; NULL: none that has not got one.
 */
static const struct plan_op *op_of(const struct plan_call *row,
				   const struct thread_table_thread *thread, uint64_t address)
{
	for (int i = 0; i < row->ops; i++) {
		const struct plan_op *op = &row->op[i];

		if (op->kind == PLAN_STRING && op->arg < 6 && thread->args[op->arg] == address &&
		    !(thread->names.args >> op->arg & 1))
			return op;
	}
	return NULL;
}

void assembler_name(struct event_assembler *m, struct thread_table_thread *thread,
		    const struct assembler_name *name)
{
	const struct plan_op *op =
		thread->in_call && !thread->skipped
			? op_of(row_of(m, thread->call_arch, thread->nr), thread, name->address)
			: NULL;
	struct thread_table_names *names = &thread->names;
	uint32_t length = op && name->length > op->limit ? op->limit : name->length;
	size_t size = sizeof(struct trace_piece) + ((length + 7) & ~7u);
	struct trace_piece *piece;

	if (!op)
		return;
	if (names->used + size > names->room) {
		char *more = realloc(names->data, names->used + size);

		if (!more) {
			m->error = -ENOMEM;
			return;
		}
		names->data = more;
		names->room = names->used + size;
	}
	piece = (void *)(names->data + names->used);
	memset(piece, 0, size);
	piece->length = length;
	piece->arg = op->arg;
	piece->flags = TRACE_P_STRING | (name->length > length ? TRACE_P_TRUNCATED : 0);
	memcpy(piece + 1, name->text, length);
	names->used += size;
	names->pieces++;
	names->args |= 1u << op->arg;
}

static void write_enter(struct event_assembler *m, struct thread_table_thread *thread, uint32_t cpu,
			uint64_t time, uint32_t flags)
{
	const struct plan_call *row = row_of(m, thread->call_arch, thread->nr);
	struct trace_call *c = call_record(m, cpu, thread, TRACE_ENTER, time, row->args);

	if (c)
		c->record.flags = flags;
	thread->written = true;
}

void assembler_in_call(struct event_assembler *m, struct thread_table_thread *thread)
{
	write_enter(m, thread, thread->cpu, m->now, TRACE_F_SWITCHED);
}

static void note_exec(struct thread_table_thread *thread, bool executes, uint64_t time)
{
	struct thread_table_process *process = thread->process;

	if (executes) {
		process->exec_tid = thread->entry.tid;
		process->exec_time = time;
	} else if (process->exec_tid == thread->entry.tid) {
		process->exec_tid = 0;
	}
}

/*
 * The thread takes its leader's number, under which its execve ends: the beginning tells of it
 * under its own. The kernel's name for the file is the caller's, but where it is relative to a
 * descriptor.
 */
void assembler_supersedes(struct event_assembler *m, struct thread_table_thread *thread,
			  const char *file)
{
	bool at = thread->nr ==
		  (thread->call_arch == TRACE_I386 ? NR_I386_execveat : NR_X86_64_execveat);
	const struct assembler_name name = { thread->args[at], file, strlen(file) };

	if (!thread->in_call || thread->written || thread->skipped || m->settings->failed_only ||
	    !assembler_wanted(m, thread) || !assembler_cpu_wanted(m, thread->cpu))
		return;
	if (!at || (int)thread->args[0] == AT_FDCWD)
		assembler_name(m, thread, &name);
	write_enter(m, thread, m->cpu, m->now, 0);
}

void assembler_enter(struct event_assembler *m, struct thread_table_thread *thread,
		     const struct assembler_event *e)
{
	const struct tracepoint *tp = &m->points->at[TP_ENTER];
	const struct plan_call *row;
	uint32_t exit_group;

	if (m->aside) {
		if (thread->state == TRACK_ARMED)
			assembler_arrive(m, thread);
		return;
	}
	/* A call that has a beginning and no end: the end was lost, and the beginning tells of it.
	 */
	if (thread->in_call && !thread->written && !thread->skipped &&
	    assembler_wanted(m, thread) && assembler_cpu_wanted(m, thread->cpu))
		write_enter(m, thread, m->cpu, e->time, 0);
	thread->in_call = thread->executing = thread->written = thread->cut = false;
	thread->names.used = thread->names.pieces = thread->names.args = 0;
	thread->program.parts = 0; /* of an execve whose end was lost */
	thread->nr = tracepoint_number(tp, ENTER_ID, e->data);
	thread->call_arch = call_arch(thread, &thread->nr);
	thread->enter = e->time;
	thread->cpu = m->cpu;
	row = row_of(m, thread->call_arch, thread->nr);
	if (thread->state == TRACK_ARMED && row->flags & PLAN_EXEC)
		assembler_arrive(m, thread);
	note_exec(thread, row->flags & PLAN_EXEC, e->time);
	thread->existing = false;
	memcpy(thread->args, (const char *)e->data + tp->field[ENTER_ARGS].offset,
	       sizeof(thread->args));
	thread->skipped = !(row->flags & PLAN_TRACED) || !assembler_wanted(m, thread);
	thread->in_call = true;
	if (!(row->flags & PLAN_NO_RETURN))
		return;
	thread->in_call = false;
	exit_group = thread->call_arch == TRACE_I386 ? NR_I386_exit_group : NR_X86_64_exit_group;
	thread->code = (thread->args[0] & 0xff) << 8;
	thread->ending = true;
	if (thread->nr == exit_group && !thread->process->ending) {
		thread->process->ending = true;
		thread->process->code = thread->code;
	}
	if (thread->skipped || e->time < m->started || !assembler_cpu_wanted(m, m->cpu))
		return;
	m->stats.calls++;
	write_enter(m, thread, m->cpu, e->time, TRACE_F_NO_RETURN);
}

/* Where the kernel leaves out other CPUs, what begins here and ends there is never seen to end: the
 * next end that is seen may be that of a later call. */
void assembler_migrate(struct event_assembler *m, const struct assembler_event *e)
{
	const struct tracepoint *tp = &m->points->at[TP_MIGRATE];
	struct thread_table_thread *thread =
		thread_table_find(&m->track, assembler_thread_number(m, e, MIGRATE_PID));

	if (!thread || !thread->in_call ||
	    assembler_cpu_wanted(m, tracepoint_number(tp, MIGRATE_TO, e->data)))
		return;
	if (!thread->written && !thread->skipped && assembler_wanted(m, thread))
		write_enter(m, thread, thread->cpu, e->time, TRACE_F_SWITCHED);
	thread->in_call = thread->written = false;
	thread->cut = true;
}

static bool lost_between(const struct assembler_source *ends, uint64_t from, uint64_t to)
{
	return ends && ((ends->loss_to > from && ends->loss_from < to) || ends->loss_ended > from);
}

/*
 * Whether the end of the call that the thread is known to be in may be among those lost: on the CPU
 * where it began, where it is now, or on any other if there was time to go there and to come back.
 */
static bool end_may_be_lost(const struct event_assembler *m,
			    const struct thread_table_thread *thread)
{
	if (lost_between(m->exits[thread->cpu], thread->enter, m->now) ||
	    lost_between(m->exits[m->cpu], thread->enter, m->now))
		return true;
	for (uint32_t cpu = 0; cpu < m->cpus && m->now - thread->enter > MIGRATION; cpu++)
		if (lost_between(m->exits[cpu], thread->enter, m->now))
			return true;
	return false;
}

/* Whether this end belongs to the beginning that the thread is known to be in. */
static bool pairs(const struct event_assembler *m, const struct thread_table_thread *thread,
		  uint32_t nr, uint32_t arch)
{
	if (!thread->in_call)
		return false;
	if (nr == ~0u || thread->executing) /* sigreturn, a call that was skipped, a new program */
		return true;
	if (nr != thread->nr || arch != thread->call_arch)
		return false;
	/* Where ends have been lost since, the numbers are no proof: it may be the end of a later
	 * call. */
	return !end_may_be_lost(m, thread);
}

static void write_exit(struct event_assembler *m, struct thread_table_thread *thread,
		       const struct assembler_event *e, bool paired, int64_t result)
{
	const struct plan_call *row = row_of(m, thread->call_arch, thread->nr);
	struct trace_call *c;

	if (paired && thread->written) {
		c = call_record(m, m->cpu, thread, TRACE_EXIT, e->time, 0);
	} else {
		c = call_record(m, m->cpu, thread, TRACE_CALL, e->time, paired ? row->args : 0);
		if (c && !paired)
			c->record.flags =
				TRACE_F_NO_ARGS | (m->lost_enter || thread->in_call || thread->cut
							   ? TRACE_F_ENTER_LOST
							   : 0);
	}
	if (c)
		c->result = result;
}

/* The real user id is the first argument of each; setuid() changes it for the superuser alone. */
static void user_changed(struct thread_table_thread *thread)
{
	bool compat = thread->call_arch == TRACE_I386;
	uint32_t nr = thread->nr, user = thread->args[0];

	if (nr == (compat ? NR_I386_setuid32 : NR_X86_64_setuid)
		    ? thread->facts.user
		    : nr != (compat ? NR_I386_setreuid32 : NR_X86_64_setreuid) &&
			      nr != (compat ? NR_I386_setresuid32 : NR_X86_64_setresuid))
		return;
	if (user != UINT32_MAX)
		thread->facts.user = user;
}

void assembler_exit(struct event_assembler *m, struct thread_table_thread *thread,
		    const struct assembler_event *e)
{
	const struct tracepoint *tp = &m->points->at[TP_EXIT];
	uint32_t nr = tracepoint_number(tp, EXIT_ID, e->data), id = nr;
	int64_t result = tracepoint_number(tp, EXIT_RESULT, e->data);
	bool paired, failed = result < 0 && result >= -4095;
	const struct plan_call *row;
	uint32_t arch;

	/* What a new 32-bit program finds in orig_ax: __set_personality_ia32(). */
	if (thread->executing)
		thread->arch = id == NR_I386_execve ? TRACE_I386 : TRACE_X86_64;
	arch = call_arch(thread, &nr);
	paired = pairs(m, thread, nr, arch);
	if (!paired) {
		if (thread->in_call && !thread->written && !thread->skipped &&
		    assembler_cpu_wanted(m, thread->cpu))
			write_enter(m, thread, m->cpu, e->time, 0);
		thread->nr = nr;
		thread->call_arch = arch;
		thread->enter = 0;
		thread->names.used = thread->names.pieces = 0;
	}
	row = row_of(m, thread->call_arch, thread->nr);
	thread->skipped = !(row->flags & PLAN_TRACED);
	/* fork's second return, in the child, is no call */
	if (assembler_wanted(m, thread) && !thread->skipped && e->time >= m->started &&
	    (assembler_cpu_wanted(m, m->cpu) || (paired && assembler_cpu_wanted(m, thread->cpu))) &&
	    !(row->flags & PLAN_FORKS && !result && !paired) &&
	    !(failed ? m->settings->successful_only : m->settings->failed_only)) {
		m->stats.calls++;
		write_exit(m, thread, e, paired, result);
	}
	thread->in_call = thread->written = thread->executing = thread->existing = thread->cut =
		false;
	if (m->settings->by_user && paired && !result)
		user_changed(thread);
}
