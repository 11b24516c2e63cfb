// SPDX-License-Identifier: GPL-2.0-or-later
/* Who is wanted: the targets, and what -u, --comm and -G choose. */
#include "tracer/assembler/assembler_state.h"
#include "tracer/pid_namespace/pid_namespace.h"
#include "tracer/proc/thread_match.h"
#include "tracer/system/clock.h"

#include <errno.h>

int assembler_target(struct event_assembler *m, pid_t tid, enum backend_target how)
{
	static const enum thread_table_state states[] = {
		[BACKEND_LEAVE_OUT] = TRACK_OUT, [BACKEND_AT_EXEC] = TRACK_ARMED,
		[BACKEND_THREAD] = TRACK_ON,	 [BACKEND_PROCESS] = TRACK_ON,
		[BACKEND_LATE] = TRACK_ON,
	};
	struct thread_table_thread *thread = thread_table_find(&m->track, tid);

	if (m->settings->numbers && how != BACKEND_GONE)
		pid_numbers_ask(m->settings->numbers, tid);
	if (how == BACKEND_GONE) { /* its last calls may be in the buffers */
		if (thread)
			thread->doubtful = true;
		m->doubted = clock_ns();
		return 0;
	}
	if (!thread)
		thread = thread_table_get(&m->track, tid, 0);
	if (!thread)
		return -ENOMEM;
	thread_table_set_state(&m->track, thread, states[how]);
	thread->threads = how >= BACKEND_PROCESS || how == BACKEND_LEAVE_OUT;
	if (how == BACKEND_LATE) {
		thread->origin.late = tid;
		thread->origin.since = clock_ns();
	}
	return 0;
}

/* A thread that is gone before it could be asked about is not wanted: nobody knows what it was. */
static void ask(void *assembler, struct thread_table_thread *thread)
{
	struct event_assembler *m = assembler;

	if (!thread->asked)
		thread_match_read(m->settings, thread->entry.tid, &thread->facts);
	thread->asked = true;
}

static void ask_number(void *assembler, struct thread_table_thread *thread)
{
	pid_numbers_ask(((struct event_assembler *)assembler)->settings->numbers,
			thread->entry.tid);
}

void assembler_scan(struct event_assembler *m)
{
	thread_table_scan(&m->track);
	if (m->settings->numbers)
		thread_table_each(&m->track, ask_number, m);
	if (m->chooses)
		thread_table_each(&m->track, ask, m);
}

bool assembler_wanted(struct event_assembler *m, struct thread_table_thread *thread)
{
	if (thread->state == TRACK_NONE ? !m->settings->everything : thread->state != TRACK_ON)
		return false;
	if (!m->chooses)
		return true;
	ask(m, thread);
	return thread_match_matches(m->settings, &thread->facts);
}
