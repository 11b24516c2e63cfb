/* SPDX-License-Identifier: GPL-2.0-or-later */
/* threads: what the stream knows of each thread while it lives: comm, parent, the call that it is
 * in. */
#ifndef SYSTAPE_THREADS_H
#define SYSTAPE_THREADS_H

#include "format/tape/record.h"
#include "format/tid_table.h"

#include <stdbool.h>
#include <stddef.h>

struct thread {
	struct tid_entry entry;
	uint32_t tgid, parent;
	char comm[17];
	char before[17]; /* its comm when the call began in which it changed */
	bool renamed;	 /* that is so of the call at hand */
	bool pending;	 /* a call has begun: its TRACE_ENTER is in `enter` */
	bool shown;	 /* the renderer has been told of it */
	bool recent;	 /* asked for since the last look for threads to forget */
	struct trace_call *enter;
	size_t enter_room;
	struct trace_process *program; /* its TRACE_EXEC, while the execve is under way */
	struct trace_call *exit;       /* the call's end, if it is known and not shown yet */
	bool ended;		       /* a leader with threads that live on: its end is in `end` */
	struct trace_process end;
	bool stopped;  /* when the capture began: what it is within has been interrupted */
	bool executed; /* the program that was asked for has begun */
	bool left;     /* and another one after it, with until_execve */
	uint32_t nr;   /* of its last call */
	uint8_t arch;  /* of that call, enum trace_arch */
	bool returned; /* a call has, and this was it: */
	uint8_t done_arch;
	uint32_t done_nr;
	struct pid_name
		*names;	 /* in other pid namespaces than the recorder's, the innermost first */
	uint32_t number; /* another one for each, though a tid be used again */
	uint64_t born;	 /* on the tape's clock; 0: before the capture, or not seen */
	struct process *process; /* NULL until somebody asks (thread_process) */
	struct fds *fds; /* what its process has open; NULL until somebody asks (fd_tracking.h) */
};

struct threads;
struct fds_store;
struct pid_names;

struct threads *threads_new(void);
void threads_free(struct threads *threads);

/* What all threads' tables of descriptors take. */
struct fds_store *threads_fds(struct threads *threads);
/* Their numbers in pid namespaces. */
struct pid_names *threads_names(struct threads *threads);
struct processes *threads_processes(struct threads *threads);
/* What the tape tells of its process; NULL without memory. */
struct process *thread_process(struct threads *threads, struct thread *thread);
/* The thread has been made by another one, as a thread of its process or of a new one, whatever was
 * known of its tid before. */
void thread_begins(struct threads *threads, struct thread *thread, struct thread *parent,
		   uint64_t time);
/* The thread, made if need be; NULL without memory. */
struct thread *threads_get(struct threads *threads, uint32_t tid);
/* The thread if it is known. */
struct thread *threads_find(struct threads *threads, uint32_t tid);
void threads_remove(struct threads *threads, uint32_t tid);
/* A thread takes another's tid (an exec by a thread that is not the leader). */
void threads_rename(struct threads *threads, uint32_t from, uint32_t to);
/* Calls `each` for every thread; `each` may not add or remove any. */
void threads_each(struct threads *threads, void (*each)(void *context, struct thread *thread),
		  void *context);

/*
 * More threads, or more bytes of beginnings, than a decoder keeps (a tape can name four billion):
 * one that has been quiet for long, to be ended and removed; NULL while there is room.
 */
struct thread *threads_excess(struct threads *threads);

/* Keeps a copy of the beginning of a call: false without memory. */
bool threads_begin(struct threads *threads, struct thread *thread, const struct trace_call *call);
/* Keeps a copy of the TRACE_EXEC of the execve that the thread is in, if there is memory. */
void threads_keep_program(struct threads *threads, struct thread *thread,
			  const struct trace_process *program);
void threads_drop_program(struct threads *threads, struct thread *thread);
/* Keeps a copy of the end of a call until thread_let_go: false without memory. */
bool thread_hold(struct thread *thread, const struct trace_call *call);
void thread_let_go(struct thread *thread);
void thread_set_comm(struct thread *thread, const char comm[16]);

#endif
