/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_instance: private instances of the kernel's tracer, named after this process. The
 * top-level buffer is never touched. What recorders that are gone have left is ftrace_tidy's.
 */
#ifndef SYSTAPE_FTRACE_INSTANCE_H
#define SYSTAPE_FTRACE_INSTANCE_H

#include "tracer/backend/backend.h"

#include <tracefs.h>

/*
 * Makes the instance systape-PID-BEGAN`suffix` with `size` bytes per CPU (halved until there is
 * memory), its clock mono, nothing enabled. *hold is open in it: a recorder in another pid
 * namespace, which sees no owner, cannot remove what is in use. Close it when something else is.
 * ftrace_sources_make() does.
 */
struct tracefs_instance *ftrace_instance_new(const struct backend_settings *settings,
					     const char *suffix, uint64_t *size, int *hold,
					     struct tape_error *why);
/* Turns an event of it on or off; NULL is the top-level buffer, which only `--adopt` may touch. 0
 * or a negative errno. */
int ftrace_instance_event(struct tracefs_instance *instance, const char *system, const char *event,
			  bool on);
/* Nothing is recorded in it any more, and no event enabled. NULL accepted. */
void ftrace_instance_stop(struct tracefs_instance *instance);
/* Frees it, and removes it from the kernel where no guardian does; everything opened in it has to
 * be closed. NULL accepted. */
void ftrace_instance_free(const struct backend_settings *settings,
			  struct tracefs_instance *instance);
/* Whose an instance is, by its name: false if it is no recorder's. `began` as in owner.h. */
bool ftrace_instance_owner(const char *name, pid_t *pid, uint64_t *began);
/*
 * Tells the instance's filter of threads: 0, 1 if that one is followed there already (asked for a
 * late one), or a negative errno. The kernel keeps the lists with the threads' children, but copies
 * the list to change it, and loses the children that are made meanwhile: event_pid_write().
 */
int ftrace_instance_target(const struct backend_settings *settings,
			   struct tracefs_instance *instance, pid_t tid, enum backend_target how);

#endif
