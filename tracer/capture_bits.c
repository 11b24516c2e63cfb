// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/capture_bits.h"

#include "format/tape/record.h"

/* What the tape can say of descriptors. */
static uint64_t descriptor_bits(const struct options *o, const struct plan *plan, bool some,
				bool tells)
{
	bool hidden = some || o->one_thread || o->failed_only || o->successful_only ||
		      o->storage.flight || plan->hides;
	uint64_t bits = hidden ? TRACE_O_HIDDEN : 0;

	if (tells && plan->files)
		bits |= o->wishes.descriptors ? TRACE_O_TOLD : TRACE_O_TOLD_SOCKETS;
	return bits;
}

uint64_t capture_bits(const struct options *o, const struct backend_settings *settings,
		      const struct plan *plan, bool several, bool tells)
{
	bool some = o->by_user || o->comm || o->cgroups || o->by_cpu;

	return (o->failed_only ? TRACE_O_FAILED_ONLY : 0) | (o->fast ? TRACE_O_NO_ENTER_TIME : 0) |
	       (o->successful_only ? TRACE_O_SUCCESSFUL_ONLY : 0) |
	       (o->follow ? TRACE_O_FOLLOW : 0) |
	       (o->failed_only || o->chosen ? TRACE_O_CHOSEN : 0) |
	       (settings->everything || o->adopt || o->follow || several ? TRACE_O_SEVERAL : 0) |
	       (settings->everything && !some ? 0 : TRACE_O_FILTERED) |
	       descriptor_bits(o, plan, some, tells);
}
