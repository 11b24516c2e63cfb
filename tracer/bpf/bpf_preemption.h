/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_preemption: whether this kernel may switch out a thread that is within a program of a
 * tracepoint (Linux 7.0 and later; what follows from that: systape.bpf.c). It is tried, so that a
 * kernel with other commits than its number says is taken for what it is. Used by bpf_object.
 */
#ifndef SYSTAPE_BPF_PREEMPTION_H
#define SYSTAPE_BPF_PREEMPTION_H

#include <stdbool.h>

struct bpf_object;
struct bpf_types;

/* `types`: the kernel's, or NULL: libbpf looks them up. It takes half a millisecond. */
bool bpf_preemption_possible(const struct bpf_types *types);

/* Of each pair of programs, NAME and NAME_preemptible, the one that fits is going to be loaded. */
int bpf_preemption_choose(struct bpf_object *object, bool preemptible);

#endif
