/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_assembler: makes the records of a tape from the kernel's separate events (enter, exit,
 * fork, ...), for backends without a program in the kernel. Each CPU has a source per lane, so that
 * a lost event is known for what it was: the kernel only counts them. Events are taken in time
 * order over all CPUs, because a thread is followed from CPU to CPU.
 */
#ifndef SYSTAPE_EVENT_ASSEMBLER_H
#define SYSTAPE_EVENT_ASSEMBLER_H

#include "tracer/backend/backend.h"
#include "tracer/system/tracepoint.h"

enum assembler_lane {
	ASSEMBLER_EVENTS,
	ASSEMBLER_ENTERS,
	ASSEMBLER_EXITS,
	ASSEMBLER_PROBES,
	ASSEMBLER_LONG_NAMES,
	ASSEMBLER_CHILDREN,
	ASSEMBLER_LANES
};

/* The lane that a tracepoint belongs to. */
static inline enum assembler_lane assembler_lane_of(enum tracepoint_kind kind)
{
	return kind == TP_ENTER	 ? ASSEMBLER_ENTERS
	       : kind == TP_EXIT ? ASSEMBLER_EXITS
				 : ASSEMBLER_EVENTS;
}

struct assembler_event {
	uint64_t time;
	const void
		*data; /* raw, in the tracepoint's layout; valid until the source's next `next` */
	uint32_t size;
	uint32_t tid, tgid; /* tgid 0: not known */
	uint16_t kind;	    /* enum tracepoint_kind */
	uint32_t probe;	    /* TP_PROBE: which */
	uint32_t origin;    /* the target for whose sake the kernel tells it; 0: not known */
	uint64_t lost;	    /* events missing before this one */
};

/* The data of TP_NAME: what stands at that address of the thread's memory. */
struct assembler_name {
	uint64_t address;
	const char *text;
	uint32_t length;
};

/*
 * The data of TP_PROGRAM, which comes before the TP_EXEC of the same thread, under the number that
 * it has then: the strings of argv, and behind them those of envp, in the new program's memory. All
 * parts of one execve are of one size and have all but the last three in common.
 */
struct assembler_program {
	uint64_t start, argv_end, envp_end;
	uint32_t argc, envc; /* how many strings there are */
	bool script;	     /* an interpreter runs the file */
	uint32_t from;	     /* of this part, in bytes from the start; a multiple of the size */
	uint32_t size;	     /* of it; what lies beyond the strings means nothing */
	const char *bytes;
};

/* One CPU's events of one lane, in time order. The backend owns it. */
struct assembler_source {
	uint32_t cpu;
	enum assembler_lane lane;
	/* Puts the next event into `head`: false if there is none by now. */
	bool (*next)(struct assembler_source *source);
	/* After the last event: how many are missing behind it. */
	uint64_t (*lost_at_end)(struct assembler_source *source);
	struct assembler_event head;
	uint64_t previous; /* time of the event before */
	bool ready;	   /* `head` has not been taken yet */
	bool first; /* its threads have their numbers in the first pid namespace, even in `head` */
	bool full;  /* its buffer was found so: what was lost may be told by a later event only */
	uint64_t loss_from, loss_to; /* when events were lost last, known as soon as the head is */
	uint64_t loss_ended;	     /* when the loss before that one ended */
};

struct event_assembler;

/* `points` and `settings` stay the caller's and live as long. NULL without memory. */
struct event_assembler *assembler_new(const struct backend_settings *settings,
				      const struct tracepoints *points, uint32_t cpus);
void assembler_free(struct event_assembler *assembler);
/* Adds a source; 0 or -ENOMEM. */
int assembler_add(struct event_assembler *assembler, struct assembler_source *source);

int assembler_target(struct event_assembler *assembler, pid_t tid, enum backend_target how);
/* Learns the processes of every thread there is, which only takes time when the whole machine is
 * traced. */
void assembler_scan(struct event_assembler *assembler);
/*
 * The assembler of a capture of probes beside that of calls: only hits of probes become records;
 * the other events tell which threads are targets, and the beginnings of calls among them must be
 * those of execve alone.
 */
void assembler_set_aside(struct event_assembler *assembler);
int assembler_count(const struct event_assembler *assembler);

/* The capture begins now: calls that ended before are left out. Only for a backend whose events
 * come before they are wanted. */
void assembler_start(struct event_assembler *assembler);
/* The capture ends now: calls that begin or end later are left out. Before the kernel's events are
 * turned off. */
void assembler_stop(struct event_assembler *assembler);
/* Takes all events before `limit` and delivers the records; `last`: all there are. 0 or a negative
 * errno. */
int assembler_drain(struct event_assembler *assembler, uint64_t limit, bool last,
		    backend_deliver *deliver, void *context);
/* Everything but `ring`. */
void assembler_stats(const struct event_assembler *assembler, struct backend_stats *stats);

/* What backends have that feed a assembler: "yes", or why not. */
const char *assembler_feature(enum backend_feature feature);

#endif
