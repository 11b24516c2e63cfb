// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/drain.h"

#include "tracer/system/clock.h"

enum {
	TURN = 100,	 /* ms that one may take: signals wait, and the next file */
	LAST_TURN = 500, /* ms until the last one hurries */
};

static int deliver_some(void *context, uint32_t cpu, const void *records, size_t size,
			uint64_t sealed)
{
	const struct drain *d = context;

	recording_deliver(d->recording, cpu, records, size, sealed);
	return clock_ms() - d->begun >= TURN;
}

static int deliver_rest(void *context, uint32_t cpu, const void *records, size_t size,
			uint64_t sealed)
{
	const struct drain *d = context;

	if (clock_ms() - d->begun >= LAST_TURN)
		recording_hurry(d->recording);
	return recording_deliver(d->recording, cpu, records, size, sealed);
}

bool drain_some(struct drain *d)
{
	d->begun = clock_ms();
	return d->backend->drain(d->capture, false, deliver_some, d) <= 0;
}

void drain_rest(struct drain *d)
{
	d->begun = clock_ms();
	d->backend->drain(d->capture, true, deliver_rest, d);
}
