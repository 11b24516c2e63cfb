/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracks: the rows of a time line: one for each process, with its programs on it, one for each
 * thread, and those that belong to none. A track is described when it is first asked for. Process
 * and thread ids that are used again are tracks of their own.
 */
#ifndef SYSTAPE_TRACKS_H
#define SYSTAPE_TRACKS_H

#include "decode/perfetto/timeline_writer.h"
#include "format/tid_table.h"

enum track_kind { TRACK_PROCESS, TRACK_THREAD, TRACK_COUNTER, TRACK_EVENTS };

struct track {
	struct tid_entry entry; /* of a process its id, as is the next */
	uint32_t tgid;
	enum track_kind kind;
	uint64_t uuid;
	uint64_t busy;	  /* until when, on the tape's clock: slices follow one another */
	bool open;	  /* of a process: the slice of its program is */
	char program[17]; /* what that is called */
	const char *name; /* of one that belongs to no process */
};

struct tracks {
	const struct timeline_writer *writer;
	void *to; /* what the writer is given */
	struct track calls, lost, losses;
	struct tid_table processes, threads;
	uint64_t last;
};

int tracks_init(struct tracks *tracks, const struct timeline_writer *writer, void *to);
void tracks_done(struct tracks *tracks);
/* NULL without memory. `comm`: what a thread is called now. */
struct track *tracks_process(struct tracks *tracks, uint32_t tgid, const char *comm);
struct track *tracks_thread(struct tracks *tracks, uint32_t tgid, uint32_t tid, const char *comm);
/* The process, if it has a track. */
struct track *tracks_known(struct tracks *tracks, uint32_t tgid);
/* Describes it anew: it is called otherwise now. `cmdline`: strings with a NUL each; may be NULL.
 */
void tracks_rename_process(struct tracks *tracks, uint32_t tgid, const char *comm,
			   const char *cmdline, size_t size);
void tracks_rename_thread(struct tracks *tracks, uint32_t tgid, uint32_t tid, const char *comm);
/* They are gone: who has the number next is another one. */
void tracks_end_process(struct tracks *tracks, uint32_t tgid);
void tracks_end_thread(struct tracks *tracks, uint32_t tid);

#endif
