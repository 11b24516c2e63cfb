// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/activity.h"

#include <string.h>

enum { FIRST_WIDTH = 1 << 12 /* ns */ };

/* Two slots become one; the new ones are behind the others, or in front of them. */
static void widen(struct activity *a, bool in_front)
{
	struct activity_slot wide[ACTIVITY_SLOTS] = { 0 };
	int from = in_front ? ACTIVITY_SLOTS / 2 : 0;

	for (int i = 0; i < ACTIVITY_SLOTS; i++) {
		struct activity_slot *to = &wide[from + i / 2];

		to->calls += a->slot[i].calls;
		to->errors += a->slot[i].errors;
		to->lost += a->slot[i].lost;
	}
	if (in_front)
		a->begin -= a->width * ACTIVITY_SLOTS;
	a->width *= 2;
	memcpy(a->slot, wide, sizeof(wide));
}

/* Makes the slots reach as far as that, if 146 years are enough. */
static void reach(struct activity *a, uint64_t time)
{
	const uint64_t most = 1ull << 54;

	while (time < a->begin && a->width < most && a->begin > a->width * ACTIVITY_SLOTS)
		widen(a, true);
	while (time >= a->begin && (time - a->begin) / a->width >= ACTIVITY_SLOTS &&
	       a->width < most)
		widen(a, false);
}

/* The slot of a time; a tape may say any: what is beyond belongs to the first or the last. */
static struct activity_slot *slot_of(struct activity *a, uint64_t time)
{
	uint64_t at;

	reach(a, time);
	at = time > a->begin ? (time - a->begin) / a->width : 0;
	return &a->slot[at < ACTIVITY_SLOTS ? at : ACTIVITY_SLOTS - 1];
}

void activity_add(struct activity *a, uint64_t time, uint64_t calls, uint64_t errors, uint64_t lost)
{
	struct activity_slot *slot;

	if (!a->width) {
		a->begin = time;
		a->width = FIRST_WIDTH;
	}
	slot = slot_of(a, time);
	slot->calls += calls;
	slot->errors += errors;
	slot->lost += lost;
}
