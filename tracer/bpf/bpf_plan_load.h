/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_plan_load: the capture plan, into the program's maps and the heads of the rings. For
 * bpf_backend. */
#ifndef SYSTAPE_BPF_PLAN_LOAD_H
#define SYSTAPE_BPF_PLAN_LOAD_H

struct bpf_object;
struct bpf_rings;
struct plan;

/* Of a loaded object, and rings that are mapped: 0, or a negative errno. */
int bpf_plan_load(struct bpf_object *object, const struct bpf_rings *rings,
		  const struct plan *plan);

#endif
