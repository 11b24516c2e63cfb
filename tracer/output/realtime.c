// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/realtime.h"

#include "tracer/system/clock.h"
#include "tracer/system/message.h"

#include <stdio.h>
#include <string.h>

enum {
	NEAR = 1000000, /* ns: what is less is no change: adjtime() slews both clocks alike */
	QUICK = 100000, /* ns: between the two looks at the clock that bracket one at the other */
};

void realtime_begin(struct realtime *w, int64_t realtime)
{
	w->realtime = realtime;
	w->count = 0;
}

bool realtime_look(struct realtime *w, bool debug)
{
	uint64_t before = clock_ns(), after;
	struct timespec real;
	int64_t realtime, change;

	clock_gettime(CLOCK_REALTIME, &real);
	after = clock_ns();
	realtime = real.tv_sec * 1000000000ll + real.tv_nsec - (int64_t)((before + after) / 2);
	change = realtime - w->realtime;
	if (after - before > QUICK || (change < NEAR && change > -NEAR))
		return false;
	if (w->count == WALL_MOST)
		memmove(w->changes, w->changes + 1, --w->count * sizeof(*w->changes));
	w->changes[w->count++] = (struct trace_clock){ .from = before, .realtime = realtime };
	w->realtime = realtime;
	if (debug)
		tracer_say("the time of day has changed");
	return true;
}

int realtime_write(const struct realtime *w, size_t from, struct tape_writer *writer)
{
	int error = 0;

	for (size_t i = from; i < w->count && !error; i++)
		error = tape_writer_meta(writer, TRACE_META_CLOCK, 0, 0, &w->changes[i],
					 sizeof(w->changes[i]));
	return error ? error : tape_writer_flush(writer);
}
