/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * track: what the recorder knows of threads where no program in the kernel does: process,
 * architecture, whether it is a target, the call that it is in. The rules for targets are those of
 * bpf_process.h. Used by the mill.
 */
#ifndef SYSTAPE_TRACK_H
#define SYSTAPE_TRACK_H

#include "tracer/backend.h"
#include "tracer/choose.h"

enum track_state { TRACK_NONE, TRACK_OUT, TRACK_ARMED, TRACK_ON };

enum {
	TRACK_SENT = 4,
};

/* A signal on its way: who sent it. */
struct track_sent {
	uint32_t signal; /* 0: none */
	int32_t code;
	uint32_t tid; /* of the thread that it is for; 0: for any of the process */
	uint32_t pid; /* of the sender; 0: not known */
};

struct track_process {
	uint32_t tgid, threads;
	int32_t code;	 /* wait status that its end will have */
	uint32_t signal; /* the last deadly one sent to it */
	int32_t signal_code;
	bool ending; /* the code is known */
	uint32_t sends;
	struct track_sent sent[TRACK_SENT];
};

/* File names of the call that a thread is in, as pieces of a record. */
struct track_names {
	size_t used, room;
	uint32_t args; /* that have one, by bit */
	uint16_t pieces;
	char *data;
};

/*
 * Perf events that are inherited: a thread that was found while it was being made may have two sets
 * of them, or three: its own and those that the one who made it has handed down. One set is as good
 * as another, if it is whole; so that of the first event is taken, and the others are left.
 */
struct track_origin {
	uint32_t taken;	 /* the target for whose sake the kernel tells, as in struct mill_event; 0:
			  * not known yet */
	uint32_t late;	 /* itself, if it was found late: this set is whole from `since` on */
	uint32_t barred; /* whose set it has only a part of: made before that was whole */
	uint64_t since;
};

struct track_thread {
	uint32_t tid, cpu;
	uint32_t child; /* of this number, whose making comes next: see fork_notes.h */
	struct track_process *process;
	enum track_state state;
	uint8_t depth, threads; /* as in struct bpf_target */
	uint8_t arch;		/* of the program: TRACE_X86_64 or TRACE_I386 */
	bool existing;		/* was there before the capture: it may be within a call */
	bool executing;		/* a new program has been put in place within the call */
	bool doubtful;		/* found to have ended, maybe before the capture */
	struct track_origin origin;
	bool asked; /* the facts are known */
	struct choose_facts facts;
	bool gone; /* has ended; only the mill of probes still knows it */
	/* The call that it is in. */
	bool in_call, written, skipped;
	bool cut; /* it has left the CPUs of -C within a call, whose end may be seen or not */
	uint32_t nr;
	uint8_t call_arch;
	uint64_t enter, args[6];
	struct track_names names;
	int32_t code; /* its own wait status */
	bool ending;  /* it is known */
	struct track_thread *next;
};

struct track {
	struct track_thread **buckets, *last;
	size_t mask, count;
	int traced; /* threads that are ON or ARMED */
};

/* 0 or -ENOMEM. */
int track_init(struct track *track);
void track_free(struct track *track);

struct track_thread *track_find(struct track *track, uint32_t tid);
/* The thread, made if need be; `tgid` 0: its process is looked up in /proc. NULL without memory. */
struct track_thread *track_get(struct track *track, uint32_t tid, uint32_t tgid);
/* A new thread of `parent`, or of a new process. It inherits what the parent is. */
struct track_thread *track_fork(struct track *track, struct track_thread *parent, uint32_t tid,
				bool thread);
void track_set_state(struct track *track, struct track_thread *thread, enum track_state state);
/* Whether the child of this parent is traced, and how; after track_fork. */
void track_follow(struct track *track, const struct track_thread *parent,
		  struct track_thread *child, uint32_t follow);
/* Threads that had ended before their end would have been told of. */
void track_remove_doubtful(struct track *track);
void track_rename(struct track *track, uint32_t from, uint32_t to);
void track_remove(struct track *track, struct track_thread *thread);
/* Which architecture the program of a process has, by its file: for where no event tells. */
uint8_t track_program_arch(uint32_t tgid);
/* Enters every thread of the machine. */
void track_scan(struct track *track);
void track_each(struct track *track, void (*each)(void *context, struct track_thread *thread),
		void *context);

#endif
