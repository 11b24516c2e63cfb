/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cgroup_tree: every cgroup that there is. Used by the bpf backend, and where containers are looked
 * for. */
#ifndef SYSTAPE_CGROUP_TREE_H
#define SYSTAPE_CGROUP_TREE_H

#include "tracer/cgroup/cgroup_selection.h"

/* `id` is the kernel's number of the cgroup, `path` its place as /proc/PID/cgroup names it, "" for
 * the root. Another result than 0 ends the walk. */
typedef int cgroup_tree_each(void *context, uint64_t id, const char *path);

/* A cgroup comes after the one above it. 0, a negative errno, or what `each` has said. */
int cgroup_tree_walk(const struct cgroup_selection *selection, cgroup_tree_each *each,
		     void *context);

#endif
