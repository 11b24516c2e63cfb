/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_names: file names for backends without a program in the kernel: kretprobes on the
 * functions that copy names in, read from a private instance as a further lane of the backend's
 * assembler, which joins them to their calls by thread, time and address. Which functions bring the
 * names of which calls differs from kernel to kernel, so it is tried with a call of each kind.
 */
#ifndef SYSTAPE_FTRACE_NAMES_H
#define SYSTAPE_FTRACE_NAMES_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/backend/backend.h"

#include <stddef.h>
#include <stdio.h>

struct ftrace_names;

#if HAVE_TRACEFS
/*
 * Makes the probes and adds their sources to the assembler. NULL where none are wanted
 * (`settings->plan`) or none work: why not is told under -d, for calls without names are still
 * calls. The assembler must be freed after it is closed.
 */
struct ftrace_names *ftrace_names_open(const struct backend_settings *settings,
				       struct event_assembler *assembler);
/* NULL is accepted by all of these. */
void ftrace_names_target(struct ftrace_names *names, pid_t tid, enum backend_target how);
/* Adds to the epoll descriptor what tells that a ring fills. */
void ftrace_names_watch(struct ftrace_names *names, int bell);
void ftrace_names_start(struct ftrace_names *names);
void ftrace_names_stop(struct ftrace_names *names);
/* How many names the kernel itself had no room for: they are counted as lost. */
uint64_t ftrace_names_missed(const struct ftrace_names *names);
void ftrace_names_close(struct ftrace_names *names);

/* Tries it, and says in a line for people what came of it. */
void ftrace_names_report(char *text, size_t size);
#else
static inline struct ftrace_names *ftrace_names_open(const struct backend_settings *settings,
						     struct event_assembler *assembler)
{
	(void)assembler;
	backend_debug(settings, "file names: none: this build has no libtracefs");
	return NULL;
}
static inline void ftrace_names_target(struct ftrace_names *names, pid_t tid,
				       enum backend_target how)
{
	(void)names;
	(void)tid;
	(void)how;
}
static inline void ftrace_names_watch(struct ftrace_names *names, int bell)
{
	(void)names;
	(void)bell;
}
static inline void ftrace_names_start(struct ftrace_names *names)
{
	(void)names;
}
static inline void ftrace_names_stop(struct ftrace_names *names)
{
	(void)names;
}
static inline uint64_t ftrace_names_missed(const struct ftrace_names *names)
{
	(void)names;
	return 0;
}
static inline void ftrace_names_close(struct ftrace_names *names)
{
	(void)names;
}
static inline void ftrace_names_report(char *text, size_t size)
{
	snprintf(text, size, "none: this build has no libtracefs");
}
#endif

#endif
