// SPDX-License-Identifier: GPL-2.0-or-later
/* What every kind of event does to the assembler's state: room for a record, threads that become
 * targets or leave. */
#include "tracer/assembler/assembler_state.h"
#include "call_numbers.h"
#include "tracer/backend/event_filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool assembler_cpu_wanted(const struct event_assembler *m, uint32_t cpu)
{
	const uint64_t *cpus = m->settings->cpus;

	return !cpus || cpus[cpu / 64 & 15] >> (cpu & 63) & 1;
}

void *assembler_record(struct event_assembler *m, uint32_t cpu, uint32_t type, size_t length,
		       uint64_t time, const struct thread_table_thread *thread)
{
	struct assembler_out *o = &m->out[cpu];
	struct trace_record *r;

	if (m->aside && type != TRACE_PROBE && type != TRACE_LOST)
		return NULL;
	if (o->size + length > o->room) {
		size_t room = o->room ? o->room * 2 : 64 << 10;
		char *more;

		while (room < o->size + length)
			room *= 2;
		more = realloc(o->data, room);
		if (!more) {
			m->error = -ENOMEM;
			return NULL;
		}
		o->data = more;
		o->room = room;
	}
	r = (void *)(o->data + o->size);
	memset(r, 0, length);
	o->size += length;
	/* An event that became visible late, behind one that was taken already, moves up to it. */
	if (time < o->time)
		time = o->time;
	if (time < m->sealed)
		time = m->sealed;
	o->time = time;
	r->length = length;
	r->type = type;
	r->time = time;
	if (thread) {
		r->tid = thread->entry.tid;
		r->tgid = thread->process->tgid;
	}
	return r;
}

void assembler_arrive(struct event_assembler *m, struct thread_table_thread *thread)
{
	m->gates_lost += thread->existing && event_filter_passes(m->settings, NR_X86_64_read);
	thread_table_set_state(&m->track, thread, TRACK_ON);
}

void assembler_leave(struct event_assembler *m, struct thread_table_thread *thread)
{
	uint32_t *slot = &m->leaving[m->left++ % ASSEMBLER_LEAVING];
	uint32_t tid = thread->entry.tid;

	if (!m->aside) {
		thread_table_remove(&m->track, thread);
		return;
	}
	thread->gone = true;
	thread = *slot ? thread_table_find(&m->track, *slot) : NULL;
	if (thread && thread->gone)
		thread_table_remove(&m->track, thread);
	*slot = tid;
}
