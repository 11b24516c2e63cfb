// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/announce.h"

#include "tracer/proc/proc_read.h"
#include "tracer/system/message.h"

#include <stdio.h>
#include <string.h>

enum { THREADS_MOST = 1024 };

struct threads {
	pid_t tid[THREADS_MOST];
	size_t count;
};

static int add_thread(void *context, pid_t tid)
{
	struct threads *t = context;

	if (t->count < THREADS_MOST)
		t->tid[t->count++] = tid;
	return 0;
}

/* A thread that has ended, and that nobody has waited for yet, is still in /proc. */
static bool lives(pid_t tid)
{
	char line[1024], *end;

	end = proc_read(line, sizeof(line), "/proc/%d/stat", tid) > 0 ? strrchr(line, ')') : NULL;
	return end && !strchr("ZX", end[2]);
}

void announce_failed(const struct options *o, int error)
{
	if (o->reraise)
		tracer_say("exec: %s", strerror(error));
	else
		tracer_say("cannot run '%s': %s", *o->command, strerror(error));
}

void announce_farewell(const struct options *o)
{
	if (o->farewell)
		fputs(o->farewell, stderr);
}

void announce_attached(const struct options *o)
{
	for (size_t i = 0; o->announce && i < o->pid_count; i++) {
		struct threads t = { .count = 0 };

		proc_each_thread(o->pids[i], add_thread, &t);
		if (!o->one_thread && t.count > 1)
			tracer_say("Process %d attached with %zu threads", o->pids[i], t.count);
		else
			tracer_say("Process %d attached", o->pids[i]);
	}
}

/* The last one first, as strace lets go. */
void announce_detached(const struct options *o)
{
	for (size_t i = 0; o->announce && i < o->pid_count; i++) {
		struct threads t = { .count = 0 };

		if (o->one_thread)
			add_thread(&t, o->pids[i]);
		else
			proc_each_thread(o->pids[i], add_thread, &t);
		while (t.count--)
			if (lives(t.tid[t.count]))
				tracer_say("Process %d detached", t.tid[t.count]);
	}
}
