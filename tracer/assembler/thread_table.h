/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * thread_table: what the recorder knows of threads where no program in the kernel does: process,
 * architecture, whether it is a target, the call that it is in. The rules for targets are those of
 * bpf_process.h. Used by the assembler.
 */
#ifndef SYSTAPE_THREAD_TABLE_H
#define SYSTAPE_THREAD_TABLE_H

#include "format/tid_table.h"
#include "tracer/backend/backend.h"
#include "tracer/proc/thread_match.h"

enum thread_table_state { TRACK_NONE, TRACK_OUT, TRACK_ARMED, TRACK_ON };

enum {
	TRACK_SENT = 4,
};

/* A signal on its way: who sent it. */
struct thread_table_sent {
	uint32_t signal; /* 0: none */
	int32_t code;
	uint32_t tid; /* of the thread that it is for; 0: for any of the process */
	uint32_t pid; /* of the sender; 0: not known */
};

struct thread_table_process {
	uint32_t tgid, threads;
	int32_t code;	 /* wait status that its end will have */
	uint32_t signal; /* the last deadly one sent to it */
	int32_t signal_code;
	uint64_t signal_time;
	uint32_t exec_tid;  /* the thread that executes a program, 0: none does */
	uint64_t exec_time; /* since when */
	bool ending;	    /* the code is known */
	uint32_t sends;
	struct thread_table_sent sent[TRACK_SENT];
};

/* File names of the call that a thread is in, as pieces of a record. */
struct thread_table_names {
	size_t used, room;
	uint32_t args; /* that have one, by bit */
	uint16_t pieces;
	char *data;
};

/* What the program that it is about to run is given. */
struct thread_table_program {
	uint64_t start, argv_end, envp_end;
	uint32_t argc, envc;
	bool script;
	uint32_t parts, size; /* parts: those that are there, by bit; size: of each of them */
	size_t room;
	char *data;
};

/*
 * Perf events that are inherited: a thread that was found while it was being made may have two sets
 * of them, or three: its own and those that the one who made it has handed down. One set is as good
 * as another, if it is whole; so that of the first event is taken, and the others are left.
 */
struct thread_table_origin {
	uint32_t taken; /* the target for whose sake the kernel tells, as in struct assembler_event;
			 * 0: not known yet */
	uint32_t late;	/* itself, if it was found late: this set is whole from `since` on */
	uint32_t barred; /* whose set it has only a part of: made before that was whole */
	uint64_t since;
};

struct thread_table_thread {
	struct tid_entry entry;
	uint32_t cpu;
	uint32_t child; /* of this number, whose making comes next: see fork_notes.h */
	struct thread_table_process *process;
	enum thread_table_state state;
	uint8_t depth, threads; /* as in struct bpf_target */
	uint8_t arch;		/* of the program: TRACE_X86_64 or TRACE_I386 */
	bool existing;		/* was there before the capture: it may be within a call */
	bool executing;		/* a new program has been put in place within the call */
	bool doubtful;		/* found to have ended, maybe before the capture */
	struct thread_table_origin origin;
	bool asked; /* the facts are known */
	struct thread_match_facts facts;
	bool gone; /* has ended; only the assembler of probes still knows it */
	/* The call that it is in. */
	bool in_call, written, skipped;
	bool cut; /* it has left the CPUs of -C within a call, whose end may be seen or not */
	uint32_t nr;
	uint8_t call_arch;
	uint64_t enter, args[6];
	struct thread_table_names names;
	struct thread_table_program program;
	int32_t code; /* its own wait status */
	bool ending;  /* it is known */
};

struct thread_table {
	struct tid_table tids;
	int traced; /* threads that are ON or ARMED */
};

/* 0 or -ENOMEM. */
int thread_table_init(struct thread_table *track);
void thread_table_free(struct thread_table *track);

struct thread_table_thread *thread_table_find(struct thread_table *track, uint32_t tid);
/* The thread, made if need be; `tgid` 0: its process is looked up in /proc. NULL without memory. */
struct thread_table_thread *thread_table_get(struct thread_table *track, uint32_t tid,
					     uint32_t tgid);
/* A new thread of `parent`, or of a new process. It inherits what the parent is. */
struct thread_table_thread *thread_table_fork(struct thread_table *track,
					      struct thread_table_thread *parent, uint32_t tid,
					      bool thread);
void thread_table_set_state(struct thread_table *track, struct thread_table_thread *thread,
			    enum thread_table_state state);
/* Whether the child of this parent is traced, and how; after thread_table_fork. */
void thread_table_follow(struct thread_table *track, const struct thread_table_thread *parent,
			 struct thread_table_thread *child, uint32_t follow);
/* Threads that had ended before their end would have been told of. */
void thread_table_remove_doubtful(struct thread_table *track);
void thread_table_rename(struct thread_table *track, uint32_t from, uint32_t to);
void thread_table_remove(struct thread_table *track, struct thread_table_thread *thread);
/* Which architecture the program of a process has, by its file: for where no event tells. */
uint8_t thread_table_program_arch(uint32_t tgid);
/* Enters every thread of the machine. */
void thread_table_scan(struct thread_table *track);
void thread_table_each(struct thread_table *track,
		       void (*each)(void *context, struct thread_table_thread *thread),
		       void *context);

#endif
