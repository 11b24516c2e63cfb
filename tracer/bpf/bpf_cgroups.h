/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_cgroups: what -G wants, told to the program: one folder by its descriptor, everything else as
 * the states of an automaton, one for each cgroup. New cgroups are judged in the kernel, before
 * anybody can be in them. Used by bpf_object and bpf_backend.
 */
#ifndef SYSTAPE_BPF_CGROUPS_H
#define SYSTAPE_BPF_CGROUPS_H

#include "tracer/backend/backend.h"
#include "tracer/bpf/bpf_load.h"

#include <stdint.h>

struct bpf_object;
struct bpf_programs;

enum {
	BPF_CGROUP_PROGRAMS = 2,
};

/* What `by_cgroup` of the program's settings is. */
enum by_cgroup bpf_cgroups_how(const struct backend_settings *settings);

/* Before the object is loaded it gets its maps and programs in proportion. 0, or a negative errno.
 */
int bpf_cgroups_prepare(struct bpf_object *object, const struct backend_settings *settings);

/* Whether it is one of the programs that bpf_cgroups_load attaches. */
bool bpf_cgroups_owns(const struct bpf_loaded *program);

/* After it is loaded. `links` get descriptors, -1 where there is none: while they are open, new
 * cgroups are judged. 0, or a negative errno with a sentence. */
int bpf_cgroups_load(struct bpf_object *object, const struct bpf_programs *programs,
		     const struct backend_settings *settings, int links[BPF_CGROUP_PROGRAMS],
		     struct tape_error *why);

#endif
