/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * backend: what every way of tracing implements. A backend brings the kernel's events as records
 * (format/tape/record.h) in per-CPU time order. The session opens one, tells it the targets, starts
 * it, and drains it again and again; everything about files, commands and tapes is the session's.
 * One `const struct backend` each, in backend_table.c.
 */
#ifndef SYSTAPE_BACKEND_H
#define SYSTAPE_BACKEND_H

#include "format/tape/tape_reader.h"
#include "tracer/plan/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct cgroup_selection;
struct capture; /* a backend at work; each backend has its own */
struct pid_numbers;
struct probe_spec;
struct backend;
struct tape_writer;

struct backend_settings {
	const struct plan *plan;
	uint64_t buffer; /* bytes of ring per CPU; a power of two */
	bool everything; /* the whole machine but the threads left out */
	uint32_t follow; /* generations of children that are traced: 0, 1, UINT32_MAX */
	bool failed_only, successful_only;
	bool by_user;
	uint32_t user;				/* real user id, if by_user */
	const char *comm;			/* NULL: any */
	const struct cgroup_selection *cgroups; /* NULL: any */
	const uint64_t *cpus;			/* 16 words, a bit for each CPU; NULL: all */
	bool enter_time;
	bool state;    /* what TRACE_P_STATE holds, with each call */
	bool attaches; /* threads that run already become targets */
	bool debug;
	const char *bpf_object;		 /* -N: a file in place of the built-in program, or NULL */
	const struct probe_spec *probes; /* events besides the calls, see probe_merge.h */
	size_t probe_count;
	const char *adopt; /* boot_buffer.h: an instance's name, "" for the top-level buffer; NULL:
			      none */
	const struct backend *calls; /* probe_merge.h: the backend for the calls */
	/* Of the threads of the recorder's pid namespace, for backends whose events have those of
	 * the first; NULL: it is the first. */
	struct pid_numbers *numbers;
	struct capture *begun; /* by the backend's `begin`, for its `open`; or NULL */
	bool guarded;	       /* a guardian removes what is left in the kernel: `close` need not */
};

enum backend_target {
	BACKEND_LEAVE_OUT, /* and its future children */
	BACKEND_AT_EXEC,   /* from its next execve on */
	BACKEND_THREAD,	   /* from now on */
	BACKEND_PROCESS,   /* from now on, with the threads that it makes later */
	BACKEND_LATE,	   /* the same, of a thread that may be followed already; after start */
	BACKEND_GONE,	   /* has ended; if that was before the start, nothing else tells */
};

struct backend_stats {
	uint64_t calls; /* wanted calls that the kernel saw, UINT64_MAX if it does not tell */
	uint64_t lost_calls, lost_enters, lost_events;
	uint64_t ring;	 /* bytes of ring per CPU that were to be had */
	uint64_t hits;	 /* of probes */
	uint64_t missed; /* of lost_events: hits that the kernel itself had no room for */
	/* Of all lost: what happened while nobody listened on a CPU that came up, and what the
	 * kernel counted and gave to nobody, though there was room. */
	uint64_t strayed;
};

/* Where drained records go. Returns 0; 1: it is enough for now, and the rest is for the next drain,
 * but for the last one; or a negative errno, which stops the drain. */
typedef int backend_deliver(void *context, uint32_t cpu, const void *records, size_t size,
			    uint64_t sealed);

/* What `systape --probe` asks of each backend; the table of feature.c says what they mean. */
enum backend_feature {
	FEATURE_MEMORY,
	FEATURE_EXACT_LOSS,
	FEATURE_SIGINFO,
	FEATURE_STATUS,
	FEATURE_FOLLOW,
	FEATURE_CALLS,
	FEATURE_FAILED,
	FEATURE_CPUS,
	FEATURE_USER,
	FEATURE_CGROUP,
	FEATURE_COMPAT,
	FEATURE_MAPPED,
	FEATURE_ORDINARY,
	BACKEND_FEATURES,
	BACKEND_MOST = 4, /* as many as there are, and one */
};

struct backend {
	const char *name, *help;
	bool first_numbers; /* its events have the numbers of the first pid namespace */
	bool state;	    /* it can do what the setting of that name says */
	bool tells;	    /* it asks the kernel what descriptors are open on */
	/* True if it can run here; else a sentence that says why not, and what to do. */
	bool (*available)(struct tape_error *why);
	/* "yes", or why it does not have it here; where it runs. */
	const char *(*feature)(enum backend_feature feature);
	/* With the settings as far as the size of the rings, before there is a plan: sets the
	 * kernel to work in the background. `close` is for who does not go on. NULL: it has nothing
	 * to begin, or could not. */
	struct capture *(*begin)(const struct backend_settings *settings);
	/* Sets everything up; nothing is recorded yet. NULL with a sentence, and what was begun is
	 * closed. */
	struct capture *(*open)(const struct backend_settings *settings, struct tape_error *why);
	/* Adds, or changes, a thread, before or after start: 0, 1 where a late one is known to be
	 * followed already, or a negative errno. */
	int (*target)(struct capture *capture, pid_t tid, enum backend_target how);
	/* Writes metadata that its records need: 0 or a negative errno. NULL: none. */
	int (*describe)(struct capture *capture, struct tape_writer *writer);
	/* What descriptors are open on is told again from here on; NULL: it is never told. */
	void (*retell)(struct capture *capture);
	/* From here on the kernel's events are kept. 0, or a negative errno with a sentence. */
	int (*start)(struct capture *capture, struct tape_error *why);
	/* The threads that ran already are all targets: what came before is not kept. NULL: it is
	 * all right as it is. */
	void (*attached)(struct capture *capture);
	/* 0 if no thread is traced or armed: the session of a command ends. Else their number, or
	 * less. -1 if it does not know. */
	int (*count)(struct capture *capture);
	/* A descriptor that becomes readable when a ring fills up; -1 for none. */
	int (*wake_fd)(struct capture *capture);
	/* Delivers every record before now, CPU after CPU: 0, or 1 where `deliver` had enough
	 * before. `last`: capture is over, deliver what there is. */
	int (*drain)(struct capture *capture, bool last, backend_deliver *deliver, void *context);
	/* No events any more; what is in the rings stays for the last drain. */
	void (*stop)(struct capture *capture);
	void (*stats)(struct capture *capture, struct backend_stats *stats);
	/* Frees it and leaves nothing behind in the kernel but what `tidy` removes, if guarded.
	 * NULL accepted. */
	void (*close)(struct capture *capture);
	/* Removes what the recorder that was this process (owner.h) has left in the kernel; NULL:
	 * it leaves nothing. Called by its guardian. */
	void (*tidy)(pid_t pid, uint64_t began);
};

/* Bytes of a CPU's ring where --buffer does not say: 32 MiB, less on a small machine. */
uint64_t backend_default_buffer(void);
/* As many of the wanted bytes as leave the machine half of the memory that is free now: a kernel
 * that runs out of it ends programs. */
uint64_t backend_possible_buffer(uint64_t wanted);
/* Prints a sentence of the sort that -d asks for, on standard error; does nothing otherwise. */
void backend_debug(const struct backend_settings *settings, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
