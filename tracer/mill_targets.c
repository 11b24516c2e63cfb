// SPDX-License-Identifier: GPL-2.0-or-later
/* Who is wanted: the targets, and what -u, --comm and -G choose. */
#include "tracer/choose.h"
#include "tracer/clock.h"
#include "tracer/mill_parts.h"
#include "tracer/pid_namespace.h"

#include <errno.h>

int mill_target(struct mill *m, pid_t tid, enum backend_target how)
{
	static const enum track_state states[] = {
		[BACKEND_LEAVE_OUT] = TRACK_OUT, [BACKEND_AT_EXEC] = TRACK_ARMED,
		[BACKEND_THREAD] = TRACK_ON,	 [BACKEND_PROCESS] = TRACK_ON,
		[BACKEND_LATE] = TRACK_ON,
	};
	struct track_thread *thread = track_find(&m->track, tid);

	if (m->settings->numbers && how != BACKEND_GONE)
		pid_numbers_ask(m->settings->numbers, tid);
	if (how == BACKEND_GONE) { /* its last calls may be in the buffers */
		if (thread)
			thread->doubtful = true;
		m->doubted = clock_ns();
		return 0;
	}
	if (!thread)
		thread = track_get(&m->track, tid, 0);
	if (!thread)
		return -ENOMEM;
	track_set_state(&m->track, thread, states[how]);
	thread->threads = how >= BACKEND_PROCESS || how == BACKEND_LEAVE_OUT;
	if (how == BACKEND_LATE) {
		thread->origin.late = tid;
		thread->origin.since = clock_ns();
	}
	return 0;
}

/* A thread that is gone before it could be asked about is not wanted: nobody knows what it was. */
static void ask(void *mill, struct track_thread *thread)
{
	struct mill *m = mill;

	if (!thread->asked)
		choose_read(m->settings, thread->tid, &thread->facts);
	thread->asked = true;
}

static void ask_number(void *mill, struct track_thread *thread)
{
	pid_numbers_ask(((struct mill *)mill)->settings->numbers, thread->tid);
}

void mill_scan(struct mill *m)
{
	track_scan(&m->track);
	if (m->settings->numbers)
		track_each(&m->track, ask_number, m);
	if (m->chooses)
		track_each(&m->track, ask, m);
}

bool mill_wanted(struct mill *m, struct track_thread *thread)
{
	if (thread->state == TRACK_NONE ? !m->settings->everything : thread->state != TRACK_ON)
		return false;
	if (!m->chooses)
		return true;
	ask(m, thread);
	return choose_matches(m->settings, &thread->facts);
}
