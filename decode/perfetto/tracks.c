// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/perfetto/tracks.h"

#include <stdlib.h>

enum {
	CALLS = 1, /* uuids */
	LOST,
	LOSSES,
	FIRST = 16,
	MOST = 1 << 19, /* tracks that are known at once: beyond, all are described anew */
};

int tracks_init(struct tracks *t, const struct timeline_writer *writer, void *to)
{
	*t = (struct tracks){
		.writer = writer,
		.to = to,
		.calls = { .kind = TRACK_COUNTER, .uuid = CALLS, .name = "calls per second" },
		.lost = { .kind = TRACK_COUNTER, .uuid = LOST, .name = "lost" },
		.losses = { .kind = TRACK_EVENTS, .uuid = LOSSES, .name = "losses" },
		.last = FIRST,
	};
	if (tid_table_init(&t->processes) || tid_table_init(&t->threads))
		return -1;
	writer->other(to, &t->calls);
	writer->other(to, &t->lost);
	writer->other(to, &t->losses);
	return 0;
}

static void forget(struct tid_table *table)
{
	struct tid_entry *next;

	for (struct tid_entry *e = tid_table_next(table, NULL); e; e = next) {
		next = tid_table_next(table, e);
		free(tid_table_take(table, e->tid));
	}
}

void tracks_done(struct tracks *t)
{
	if (t->processes.buckets)
		forget(&t->processes);
	if (t->threads.buckets)
		forget(&t->threads);
	tid_table_end(&t->processes);
	tid_table_end(&t->threads);
}

static struct track *find(struct tracks *t, struct tid_table *table, uint32_t id, uint32_t tgid,
			  bool *made)
{
	struct track *track = (struct track *)tid_table_find(table, id);

	*made = !track;
	if (track)
		return track;
	if (table->count >= MOST)
		forget(table);
	track = calloc(1, sizeof(*track));
	if (!track)
		return NULL;
	track->uuid = t->last++;
	track->tgid = tgid;
	track->kind = table == &t->processes ? TRACK_PROCESS : TRACK_THREAD;
	tid_table_add(table, &track->entry, id);
	return track;
}

struct track *tracks_process(struct tracks *t, uint32_t tgid, const char *comm)
{
	bool made;
	struct track *track = find(t, &t->processes, tgid, tgid, &made);

	if (track && made)
		t->writer->process(t->to, track, comm, NULL, 0);
	return track;
}

struct track *tracks_known(struct tracks *t, uint32_t tgid)
{
	return (struct track *)tid_table_find(&t->processes, tgid);
}

struct track *tracks_thread(struct tracks *t, uint32_t tgid, uint32_t tid, const char *comm)
{
	const struct track *process = tracks_process(t, tgid, comm);
	bool made;
	struct track *track = find(t, &t->threads, tid, tgid, &made);

	if (track && process && made)
		t->writer->thread(t->to, track, process, comm);
	return process ? track : NULL;
}

void tracks_rename_process(struct tracks *t, uint32_t tgid, const char *comm, const char *cmdline,
			   size_t size)
{
	const struct track *track = tracks_process(t, tgid, comm);

	if (track)
		t->writer->process(t->to, track, comm, cmdline, size);
}

void tracks_rename_thread(struct tracks *t, uint32_t tgid, uint32_t tid, const char *comm)
{
	const struct track *track = tracks_thread(t, tgid, tid, comm);
	const struct track *process = tracks_process(t, tgid, comm);

	if (track && process)
		t->writer->thread(t->to, track, process, comm);
}

void tracks_end_process(struct tracks *t, uint32_t tgid)
{
	free(tid_table_take(&t->processes, tgid));
}

void tracks_end_thread(struct tracks *t, uint32_t tid)
{
	free(tid_table_take(&t->threads, tid));
}
