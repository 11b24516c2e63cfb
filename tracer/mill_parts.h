/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mill_parts: what the files of the mill share: mill.c merges, mill_calls.c, mill_process.c
 * and mill_signals.c make records. */
#ifndef SYSTAPE_MILL_PARTS_H
#define SYSTAPE_MILL_PARTS_H

#include "format/record.h"
#include "tracer/mill.h"
#include "tracer/track.h"

enum {
	MILL_LEAVING = 256,
	MILL_ENDS = 8,
};

/* One CPU's records that have not been delivered. */
struct mill_out {
	char *data;
	size_t size, room;
	uint64_t time; /* of the last record */
};

/* The end of a process that may have left a core: its parent hears of it next. Length 0: none. */
struct mill_end {
	struct trace_process process;
	uint32_t cpu;
};

struct mill {
	const struct backend_settings *settings;
	const struct tracepoints *points;
	struct track track;
	struct mill_source **heap; /* the ready ones, the earliest first */
	struct mill_source **sources;
	struct mill_source **exits; /* by CPU; NULL where there is none */
	size_t ready, source_count;
	struct mill_out *out;
	uint32_t cpus, cpu;   /* cpu: of the event at hand */
	uint64_t sealed, now; /* now: of the event at hand */
	uint64_t started;     /* calls are recorded from this time on */
	uint64_t doubted;     /* when threads were found to have ended, 0: none are left of them */
	uint64_t stopped;     /* calls are recorded up to this time, 0: no end yet */
	uint64_t lost_enter;  /* when beginnings were lost last, 0: never */
	uint64_t gates_lost;  /* ends, lost, of the call in which a command waited for its start */
	struct backend_stats stats;
	bool events_lost; /* of processes: there are threads and ends of threads that nothing tells
			   */
	bool aside;	  /* see mill_set_aside() */
	uint32_t leaving[MILL_LEAVING],
		left;		    /* threads that have ended: late hits are still theirs */
	struct track_thread *moved; /* to another cgroup, while its threads are told */
	bool chooses;		    /* threads are chosen by user, comm or cgroup */
	struct mill_end ends[MILL_ENDS];
	uint32_t held; /* ends, ever */
	int error;
};

/* Room for a record of `length` bytes on `cpu`, zeroed, with length, type and time set; NULL
 * without memory. */
void *mill_record(struct mill *mill, uint32_t cpu, uint32_t type, size_t length, uint64_t time,
		  const struct track_thread *thread);
/*
 * Puts the number of the recorder's namespace into the event: false where that is all there is to
 * it, or where the thread is not in there. In the first namespace this does nothing, and the next
 * two read a field.
 */
bool mill_knows(struct mill *mill, const struct mill_source *source, struct mill_event *event);
/* The thread that a field is about: its number in the recorder's namespace, 0 if it is not in
 * there.
 */
uint32_t mill_thread_number(const struct mill *mill, const struct mill_event *event, int field);
/* Of TP_NEWTASK: the new thread. */
uint32_t mill_child_number(struct mill *mill, struct track_thread *parent,
			   const struct mill_event *event);
/* Of TP_EXEC: the thread that was `old` has its leader's number now, although the leader has ended.
 */
void mill_leader_number(struct mill *mill, const struct mill_event *event, uint32_t old);
/* Of TP_END. */
void mill_end_number(struct mill *mill, const struct mill_event *event);
/* An armed thread is a target from here on. */
void mill_arrive(struct mill *mill, struct track_thread *thread);
bool mill_wanted(struct mill *mill, struct track_thread *thread);
/* Whether calls of that CPU are wanted, -C. */
bool mill_cpu_wanted(const struct mill *mill, uint32_t cpu);
/* The thread goes to another CPU. */
void mill_migrate(struct mill *mill, const struct mill_event *event);

void mill_enter(struct mill *mill, struct track_thread *thread, const struct mill_event *event);
void mill_exit(struct mill *mill, struct track_thread *thread, const struct mill_event *event);
/* The thread stays in its call beyond this drain: its beginning goes to the tape. */
void mill_in_call(struct mill *mill, struct track_thread *thread);

/* The thread has ended; of a mill aside it is forgotten some time later: its end may itself be a
 * hit. */
void mill_leave(struct mill *mill, struct track_thread *thread);
/* A hit of a probe. */
void mill_probe(struct mill *mill, struct track_thread *thread, const struct mill_event *event);
/* A file name of the call that the thread is in. */
void mill_name(struct mill *mill, struct track_thread *thread, const struct mill_name *name);
/* The record of a thread's end; that of a process waits for the word on a core dump. */
void mill_end(struct mill *mill, const struct trace_process *end);
/* Those that have waited in vain: all, or those long before `limit`. */
void mill_write_ends(struct mill *mill, uint64_t limit, bool last);
void mill_generated(struct mill *mill, const struct mill_event *event);
void mill_delivered(struct mill *mill, struct track_thread *thread, const struct mill_event *event);
void mill_process(struct mill *mill, struct track_thread *thread, const struct mill_event *event);

#endif
