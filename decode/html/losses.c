// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/losses.h"

#include "decode/render/call_outcome.h"

static uint64_t weight(const struct loss *l)
{
	return l->calls + l->enters + l->events + l->records + l->parts;
}

static void sum_up(struct loss *sum, const struct loss *l)
{
	sum->calls += l->calls;
	sum->enters += l->enters;
	sum->events += l->events;
	sum->records += l->records;
	sum->parts += l->parts;
}

static void keep(struct losses *s, const struct loss *l)
{
	size_t at = s->count;

	if (s->count < LOSSES_MOST)
		s->count++;
	else if (weight(l) > weight(&s->loss[at - 1]))
		at--;
	else
		return;
	for (; at && weight(&s->loss[at - 1]) < weight(l); at--)
		s->loss[at] = s->loss[at - 1];
	s->loss[at] = *l;
}

void losses_add(struct losses *s, const struct tape_facts *facts, const struct note *note,
		size_t host)
{
	struct loss l = { .time = note->time ? tape_time(facts, note->time) : 0,
			  .cpu = note->cpu,
			  .host = host };

	switch (note->kind) {
	case NOTE_LOST:
		l.calls = note->lost->calls;
		l.enters = note->lost->enters;
		l.events = note->lost->events;
		l.reason = call_outcome_reason(note->lost);
		break;
	case NOTE_MISSING:
		l.records = note->missing;
		l.reason = "damage";
		break;
	case NOTE_PARTS:
		l.parts = note->missing;
		l.reason = "parts";
		break;
	default: return;
	}
	if (!weight(&l))
		return;
	s->times++;
	sum_up(&s->sum, &l);
	keep(s, &l);
}

bool losses_any(const struct losses *s)
{
	return s->times;
}
