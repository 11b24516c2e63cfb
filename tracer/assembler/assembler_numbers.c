// SPDX-License-Identifier: GPL-2.0-or-later
/* The numbers of threads, where the recorder is not in the first pid namespace. */
#include "tracer/assembler/assembler_state.h"
#include "tracer/pid_namespace/pid_namespace.h"
#include "tracer/system/tracepoint.h"

#include <string.h>

/* Whoever makes a thread is told its number first, then of its making. */
static void take_child(struct event_assembler *m, const struct assembler_event *e)
{
	struct thread_table_thread *parent = e->tid ? thread_table_find(&m->track, e->tid) : NULL;

	if (parent)
		memcpy(&parent->child, e->data, sizeof(parent->child));
}

bool assembler_knows(struct event_assembler *m, const struct assembler_source *s,
		     struct assembler_event *e)
{
	struct pid_numbers *numbers = m->settings->numbers;
	uint32_t first;

	if (!numbers || e->kind == TP_LOST)
		return true;
	if (e->kind == TP_CHILD) {
		take_child(m, e);
		return false;
	}
	if (s->first) {
		e->tid = pid_numbers_find(numbers, e->tid);
	} else if (e->kind < TP_KINDS) {
		/* perf tells both; of one that is about to be gone -1 */
		memcpy(&first, (const char *)e->data + COMMON_PID, sizeof(first));
		if (e->tid && e->tid != UINT32_MAX)
			pid_numbers_learn(numbers, first, e->tid);
		else
			e->tid = pid_numbers_find(numbers, first);
	}
	/* These are about others than who is running. */
	return e->tid || e->kind == TP_GENERATE || e->kind == TP_MIGRATE;
}

uint32_t assembler_thread_number(const struct event_assembler *m, const struct assembler_event *e,
				 int field)
{
	uint32_t first = tracepoint_number(&m->points->at[e->kind], field, e->data);

	return m->settings->numbers ? pid_numbers_find(m->settings->numbers, first) : first;
}

uint32_t assembler_child_number(struct event_assembler *m, struct thread_table_thread *parent,
				const struct assembler_event *e)
{
	uint32_t first = tracepoint_number(&m->points->at[e->kind], NEWTASK_PID, e->data), child;

	if (!m->settings->numbers)
		return first;
	child = parent->child;
	parent->child = 0;
	if (child)
		pid_numbers_learn(m->settings->numbers, first, child);
	return child;
}

void assembler_leader_number(struct event_assembler *m, const struct assembler_event *e,
			     uint32_t old)
{
	const struct thread_table_thread *thread = thread_table_find(&m->track, old);
	uint32_t first = tracepoint_number(&m->points->at[e->kind], EXEC_PID, e->data);

	if (m->settings->numbers && thread)
		pid_numbers_learn(m->settings->numbers, first, thread->process->tgid);
}

void assembler_end_number(struct event_assembler *m, const struct assembler_event *e)
{
	if (m->settings->numbers)
		pid_numbers_end(m->settings->numbers,
				tracepoint_number(&m->points->at[e->kind], END_PID, e->data));
}
