// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: track_descriptor.proto, process_descriptor.proto, thread_descriptor.proto of Perfetto.
 */
#include "decode/perfetto/tracks.h"

#include "decode/perfetto/protobuf.h"

#include <stdlib.h>

enum {
	UUID = 1, /* of TrackDescriptor */
	NAME = 2,
	PROCESS = 3,
	THREAD = 4,
	PARENT = 5,
	COUNTER = 8,
	PID = 1, /* of ProcessDescriptor and ThreadDescriptor */
	CMDLINE = 2,
	PROCESS_NAME = 6,
	TID = 2,
	THREAD_NAME = 5,
	MOST = 1 << 19, /* tracks that are known at once: beyond, all are described anew */
};

static void describe(struct tracks *t, uint64_t uuid, const char *name, bool counter)
{
	struct text *body = packet_begin(t->packet, PACKET_TRACK);
	size_t opened;

	protobuf_number(body, UUID, uuid);
	protobuf_string(body, NAME, name, strlen(name));
	if (counter) {
		opened = protobuf_open(body, COUNTER);
		protobuf_close(body, opened);
	}
	packet_end(t->packet, 0);
}

int tracks_init(struct tracks *t, struct packet *packet)
{
	*t = (struct tracks){ .packet = packet, .last = TRACK_FIRST };
	if (tid_table_init(&t->processes) || tid_table_init(&t->threads))
		return -1;
	describe(t, TRACK_CALLS, "calls per second", true);
	describe(t, TRACK_LOST, "lost", true);
	describe(t, TRACK_LOSSES, "losses", false);
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

static void put_process(struct tracks *t, const struct track *track, const char *comm,
			const char *cmdline, size_t size)
{
	struct text *body = packet_begin(t->packet, PACKET_TRACK);
	size_t opened;

	protobuf_number(body, UUID, track->uuid);
	opened = protobuf_open(body, PROCESS);
	protobuf_number(body, PID, track->entry.tid);
	for (size_t length; cmdline && size; cmdline += length, size -= length) {
		length = strnlen(cmdline, size);
		protobuf_string(body, CMDLINE, cmdline, length);
		length += length < size;
	}
	protobuf_string(body, PROCESS_NAME, comm, strlen(comm));
	protobuf_close(body, opened);
	packet_end(t->packet, 0);
}

static void put_thread(struct tracks *t, const struct track *track, uint32_t tgid, const char *comm,
		       uint64_t parent)
{
	struct text *body = packet_begin(t->packet, PACKET_TRACK);
	size_t opened;

	protobuf_number(body, UUID, track->uuid);
	protobuf_number(body, PARENT, parent);
	opened = protobuf_open(body, THREAD);
	protobuf_number(body, PID, tgid);
	protobuf_number(body, TID, track->entry.tid);
	protobuf_string(body, THREAD_NAME, comm, strlen(comm));
	protobuf_close(body, opened);
	packet_end(t->packet, 0);
}

static struct track *find(struct tracks *t, struct tid_table *table, uint32_t id, bool *made)
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
	tid_table_add(table, &track->entry, id);
	return track;
}

struct track *tracks_process(struct tracks *t, uint32_t tgid, const char *comm)
{
	bool made;
	struct track *track = find(t, &t->processes, tgid, &made);

	if (track && made)
		put_process(t, track, comm, NULL, 0);
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
	struct track *track = find(t, &t->threads, tid, &made);

	if (track && process && made)
		put_thread(t, track, tgid, comm, process->uuid);
	return process ? track : NULL;
}

void tracks_rename_process(struct tracks *t, uint32_t tgid, const char *comm, const char *cmdline,
			   size_t size)
{
	const struct track *track = tracks_process(t, tgid, comm);

	if (track)
		put_process(t, track, comm, cmdline, size);
}

void tracks_rename_thread(struct tracks *t, uint32_t tgid, uint32_t tid, const char *comm)
{
	const struct track *track = tracks_thread(t, tgid, tid, comm);
	const struct track *process = tracks_process(t, tgid, comm);

	if (track && process)
		put_thread(t, track, tgid, comm, process->uuid);
}

void tracks_end_process(struct tracks *t, uint32_t tgid)
{
	free(tid_table_take(&t->processes, tgid));
}

void tracks_end_thread(struct tracks *t, uint32_t tid)
{
	free(tid_table_take(&t->threads, tid));
}
