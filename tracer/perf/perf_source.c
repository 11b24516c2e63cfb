// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/perf/perf_source.h"

#include <string.h>

/* include/uapi/linux/perf_event.h describes them behind PERF_RECORD_SAMPLE and _COMM. */
struct sample {
	struct perf_event_header header;
	uint32_t tgid, tid;
	uint64_t time;
	char rest[]; /* the id, if it was asked for; the size of the raw data, and they */
};

struct comm_record {
	struct perf_event_header header;
	uint32_t tgid, tid;
	char comm[];
};

enum {
	THREAD = 0x10000, /* CLONE_THREAD */
};

#define PLACE(member)                                                                              \
	{                                                                                          \
		offsetof(struct perf_note, member), sizeof(((struct perf_note *)0)->member), false \
	}

void perf_source_use_notes(struct tracepoints *points)
{
	struct tracepoint_field tid = PLACE(tid), other = PLACE(other), flags = PLACE(flags),
				text = PLACE(text);

	for (int kind = TP_NEWTASK; kind < TP_KINDS; kind++)
		memset(points->at[kind].field, 0, sizeof(points->at[kind].field));
	points->at[TP_NEWTASK].field[NEWTASK_PID] = tid;
	points->at[TP_NEWTASK].field[NEWTASK_FLAGS] = flags;
	points->at[TP_FORK].field[FORK_CHILD] = tid;
	points->at[TP_EXEC].field[EXEC_FILE] = text;
	points->at[TP_EXEC].field[EXEC_PID] = tid;
	points->at[TP_EXEC].field[EXEC_OLD] = other;
	points->at[TP_RENAME].field[RENAME_COMM] = text;
	points->at[TP_RENAME].field[RENAME_PID] = tid;
	points->at[TP_END].field[END_PID] = tid;
}

static uint32_t origin_of(const struct perf_ids *ids, uint64_t id)
{
	size_t from = 0, to = ids->count;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (ids->at[middle].id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < ids->count && ids->at[from].id == id ? ids->at[from].tid : 0;
}

/* Takes the id that stands there. */
static void set_origin(struct perf_source *s, const char *place)
{
	uint64_t id;

	s->source.head.origin = 0;
	if (!s->ids || !s->ids->needed)
		return;
	memcpy(&id, place, sizeof(id));
	s->source.head.origin = origin_of(s->ids, id);
}

static void take_sample(struct perf_source *s, const struct perf_event_header *header)
{
	const struct sample *sample = (const void *)header;
	const char *data = sample->rest + (s->ids ? sizeof(uint64_t) : 0);
	struct assembler_event *head = &s->source.head;
	uint16_t id;

	set_origin(s, sample->rest);
	memcpy(&head->size, data, sizeof(head->size));
	data += sizeof(head->size);
	memcpy(&id, data, sizeof(id));
	head->kind = id < sizeof(s->points->kind_of) ? s->points->kind_of[id] : TP_KINDS;
	head->time = sample->time;
	head->tid = sample->tid;
	head->tgid = sample->tgid;
	head->data = data;
	s->taken++;
}

static void set_note(struct perf_source *s, const struct perf_event_header *header,
		     enum tracepoint_kind kind, uint32_t tid, uint32_t tgid, uint64_t time)
{
	struct assembler_event *head = &s->source.head;

	head->kind = kind;
	head->time = time;
	head->tid = tid;
	head->tgid = tgid;
	head->data = &s->note;
	head->size = sizeof(s->note);
	if (s->ids)
		set_origin(s, (const char *)header + header->size - sizeof(uint64_t));
}

static void take_comm(struct perf_source *s, const struct perf_event_header *header)
{
	const struct comm_record *comm = (const void *)header;
	uint64_t time;

	memcpy(&time, (const char *)header + header->size - (s->ids ? 2 : 1) * sizeof(time),
	       sizeof(time));
	memset(&s->note, 0, sizeof(s->note));
	s->note.tid = s->note.other = comm->tid;
	memcpy(s->note.text, comm->comm, strnlen(comm->comm, sizeof(s->note.text) - 1));
	set_note(s, header, header->misc & PERF_RECORD_MISC_COMM_EXEC ? TP_EXEC : TP_RENAME,
		 comm->tid, comm->tgid, time);
}

static void take_fork(struct perf_source *s, const struct perf_event_header *header)
{
	const struct perf_fork_record *fork = (const void *)header;

	memset(&s->note, 0, sizeof(s->note));
	s->note.tid = fork->tid;
	s->note.flags = fork->tgid == fork->parent_tgid ? THREAD : 0;
	s->second = true;
	set_note(s, header, TP_NEWTASK, fork->parent_tid, fork->parent_tgid, fork->time);
}

static void take_exit(struct perf_source *s, const struct perf_event_header *header)
{
	const struct perf_fork_record *end = (const void *)header;

	memset(&s->note, 0, sizeof(s->note));
	s->note.tid = end->tid;
	set_note(s, header, TP_END, end->tid, end->tgid, end->time);
}

static bool take(struct perf_source *s, const struct perf_event_header *header)
{
	switch (header->type) {
	case PERF_RECORD_SAMPLE: take_sample(s, header); return true;
	case PERF_RECORD_COMM: take_comm(s, header); return true;
	case PERF_RECORD_FORK: take_fork(s, header); return true;
	case PERF_RECORD_EXIT: take_exit(s, header); return true;
	case PERF_RECORD_LOST:
		s->lost += ((const struct perf_lost_record *)header)->lost;
		return false;
	}
	return false;
}

static bool next_event(struct assembler_source *source)
{
	struct perf_source *s = (void *)source;
	const struct perf_event_header *header;

	if (s->second) {
		s->second = false;
		source->head.kind = TP_FORK;
		source->head.lost = 0;
		return true;
	}
	do
		header = perf_ring_next(&s->ring);
	while (header && !take(s, header));
	source->full |= s->ring.full;
	if (!header)
		return false;
	source->head.lost = s->lost;
	s->taken += s->lost;
	s->lost = 0;
	return true;
}

static uint64_t lost_at_end(struct assembler_source *source)
{
	struct perf_source *s = (void *)source;

	uint64_t lost = s->hits > s->taken ? s->hits - s->taken : 0;

	if (!source->full)
		s->strayed += lost;
	return lost;
}

void perf_source_init(struct perf_source *s, uint32_t cpu, enum assembler_lane lane,
		      const struct tracepoints *points, const struct perf_ids *ids)
{
	s->points = points;
	s->ids = ids;
	s->source = (struct assembler_source){
		.cpu = cpu, .lane = lane, .next = next_event, .lost_at_end = lost_at_end
	};
}
