/* SPDX-License-Identifier: GPL-2.0-or-later */
/* assembler_state: what the files of the assembler share: event_assembler.c merges,
 * assembler_calls.c, assembler_process.c and assembler_signals.c make records. */
#ifndef SYSTAPE_ASSEMBLER_STATE_H
#define SYSTAPE_ASSEMBLER_STATE_H

#include "format/tape/record.h"
#include "tracer/assembler/event_assembler.h"
#include "tracer/assembler/thread_table.h"

enum {
	ASSEMBLER_LEAVING = 256,
	ASSEMBLER_ENDS = 1024, /* threads of processes that are dumping their core */
};

/* One CPU's records that have not been delivered. */
struct assembler_out {
	char *data;
	size_t size, room;
	uint64_t time; /* of the last record */
};

/* The end of a process that may have left a core: its parent hears of it next. Length 0: none. */
struct assembler_end {
	struct trace_process process;
	uint32_t cpu;
};

struct event_assembler {
	const struct backend_settings *settings;
	const struct tracepoints *points;
	struct thread_table track;
	struct assembler_source **heap; /* the ready ones, the earliest first */
	struct assembler_source **sources;
	struct assembler_source **exits; /* by CPU; NULL where there is none */
	size_t ready, source_count;
	struct assembler_out *out;
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
	bool aside;	  /* see assembler_set_aside() */
	bool enough;	  /* whoever is delivered to has said so in this drain */
	uint32_t leaving[ASSEMBLER_LEAVING],
		left;			   /* threads that have ended: late hits are still theirs */
	struct thread_table_thread *moved; /* to another cgroup, while its threads are told */
	bool chooses;			   /* threads are chosen by user, comm or cgroup */
	struct assembler_end ends[ASSEMBLER_ENDS];
	uint32_t held;	  /* ends, ever */
	uint32_t holding; /* ends, now */
	int error;
};

/* Room for a record of `length` bytes on `cpu`, zeroed, with length, type and time set; NULL
 * without memory. */
void *assembler_record(struct event_assembler *assembler, uint32_t cpu, uint32_t type,
		       size_t length, uint64_t time, const struct thread_table_thread *thread);
/*
 * Puts the number of the recorder's namespace into the event: false where that is all there is to
 * it, or where the thread is not in there. In the first namespace this does nothing, and the next
 * two read a field.
 */
bool assembler_knows(struct event_assembler *assembler, const struct assembler_source *source,
		     struct assembler_event *event);
/* The thread that a field is about: its number in the recorder's namespace, 0 if it is not in
 * there.
 */
uint32_t assembler_thread_number(const struct event_assembler *assembler,
				 const struct assembler_event *event, int field);
/* Of TP_NEWTASK: the new thread. */
uint32_t assembler_child_number(struct event_assembler *assembler,
				struct thread_table_thread *parent,
				const struct assembler_event *event);
/* Of TP_EXEC: the thread that was `old` has its leader's number now, although the leader has ended.
 */
void assembler_leader_number(struct event_assembler *assembler, const struct assembler_event *event,
			     uint32_t old);
/* Of TP_END. */
void assembler_end_number(struct event_assembler *assembler, const struct assembler_event *event);
/* An armed thread is a target from here on. */
void assembler_arrive(struct event_assembler *assembler, struct thread_table_thread *thread);
bool assembler_wanted(struct event_assembler *assembler, struct thread_table_thread *thread);
/* Whether calls of that CPU are wanted, -C. */
bool assembler_cpu_wanted(const struct event_assembler *assembler, uint32_t cpu);
/* The thread goes to another CPU. */
void assembler_migrate(struct event_assembler *assembler, const struct assembler_event *event);

void assembler_enter(struct event_assembler *assembler, struct thread_table_thread *thread,
		     const struct assembler_event *event);
void assembler_exit(struct event_assembler *assembler, struct thread_table_thread *thread,
		    const struct assembler_event *event);
/* A thread that is not the leader has executed this file: it goes on under the leader's number. */
void assembler_supersedes(struct event_assembler *assembler, struct thread_table_thread *thread,
			  const char *file);
/* The thread stays in its call beyond this drain: its beginning goes to the tape. */
void assembler_in_call(struct event_assembler *assembler, struct thread_table_thread *thread);

/* The thread has ended; of a assembler aside it is forgotten some time later: its end may itself be
 * a hit. */
void assembler_leave(struct event_assembler *assembler, struct thread_table_thread *thread);
/* A hit of a probe. */
void assembler_probe(struct event_assembler *assembler, struct thread_table_thread *thread,
		     const struct assembler_event *event);
/* A file name of the call that the thread is in. */
void assembler_name(struct event_assembler *assembler, struct thread_table_thread *thread,
		    const struct assembler_name *name);
/* The record of a thread's end; that of a process waits for the word on a core dump. */
void assembler_end(struct event_assembler *assembler, const struct trace_process *end);
/* How many wait: until then their processes are not gone. */
int assembler_held(const struct event_assembler *assembler);
/* Those that have waited in vain: all, or those long before `limit`. */
void assembler_write_ends(struct event_assembler *assembler, uint64_t limit, bool last);
void assembler_generated(struct event_assembler *assembler, const struct assembler_event *event);
void assembler_delivered(struct event_assembler *assembler, struct thread_table_thread *thread,
			 const struct assembler_event *event);
void assembler_process(struct event_assembler *assembler, struct thread_table_thread *thread,
		       const struct assembler_event *event);

#endif
