/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hotplug: CPUs that come up while a capture runs. Used by backends that open something for each
 * CPU; a BPF program runs on a new one by itself.
 */
#ifndef SYSTAPE_HOTPLUG_H
#define SYSTAPE_HOTPLUG_H

/* A descriptor that becomes readable when a CPU has come up, among others, or a negative errno.
 * Needs no privileges. */
int hotplug_open(void);
/* The next CPU that has come up since, -1 if there is none (any more). A negative `fd` has none. */
int hotplug_next(int fd);

/* One more than the greatest number that a CPU of this machine can have, now or later. */
int hotplug_cpus(void);

#endif
