/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_instance: private instances of the kernel's tracer, named after this process; and the
 * removal of what recorders that were killed have left. The top-level buffer is never touched.
 */
#ifndef SYSTAPE_FTRACE_INSTANCE_H
#define SYSTAPE_FTRACE_INSTANCE_H

#include "tracer/backend.h"

#include <tracefs.h>

/* Makes the instance systape-PID`suffix` with `size` bytes per CPU (halved until there is memory),
 * its clock mono, nothing enabled. */
struct tracefs_instance *ftrace_instance_new(const struct backend_settings *settings,
					     const char *suffix, uint64_t *size,
					     struct tape_error *why);
/* Removes it from the kernel and frees it; everything opened in it has to be closed. NULL accepted.
 */
void ftrace_instance_free(struct tracefs_instance *instance);
/*
 * Turns one event on or off: 0 or a negative errno. libtracefs would search all systems and all
 * events for the name, which takes longer than all the rest of a start.
 */
int ftrace_instance_event(struct tracefs_instance *instance, const char *system, const char *event,
			  bool on);
/* Removes the instances of recorders that are gone. */
void ftrace_instance_clean(const struct backend_settings *settings, const char *root);

#endif
