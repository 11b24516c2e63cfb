/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_boot_names: the probes that bring file names and that the kernel's command line asked for
 * (kprobe_event=), so that they are in an adopted buffer. They are known by their fields:
 * `address`, where the program has the name, and `text`. Used by boot_buffer.c.
 */
#ifndef SYSTAPE_FTRACE_BOOT_NAMES_H
#define SYSTAPE_FTRACE_BOOT_NAMES_H

#include "tracer/names/name_event.h"
#include "tracer/probes/ftrace_probe.h"

#include <tracefs.h>

struct boot_names {
	struct name_event *events;
	struct ftrace_probes probes; /* of the same numbers; not ours to remove */
};

/*
 * Finds them below the root of tracefs; there may be none. Linux 6.1 now and then has no folder for
 * one of the events of its command line, which nobody can read then. 0 or -ENOMEM.
 */
int boot_names_find(struct boot_names *names, const char *root);
/* Turns them off in the buffer. */
void boot_names_stop(struct tracefs_instance *instance);
void boot_names_free(struct boot_names *names);

#endif
