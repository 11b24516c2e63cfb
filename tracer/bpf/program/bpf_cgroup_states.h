/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_cgroup_states: every cgroup of the unified hierarchy has its state of the automaton that the
 * recorder has made of patterns. That of a new one follows from its parent's and its name, here,
 * before it can be seen, and so before anybody can be in it. The kernel makes and removes cgroups
 * one at a time (cgroup_mutex), so neither program is left out where callbacks can be preempted,
 * and they touch no ring. Included once, by systape.bpf.c.
 */
#ifndef SYSTAPE_BPF_CGROUP_STATES_H
#define SYSTAPE_BPF_CGROUP_STATES_H

static __always_inline uint32_t glob_step(uint32_t state, unsigned char byte)
{
	struct glob_row *row = bpf_map_lookup_elem(&glob_rows, &state);

	return row ? row->next[byte] : 0;
}

static __always_inline uint16_t glob_accepts(uint32_t state)
{
	struct glob_row *row = bpf_map_lookup_elem(&glob_rows, &state);

	return row && row->accepts;
}

/* The unified hierarchy has the number 0; ids are counted by hierarchy. */
static __always_inline bool is_unified(const struct cgroup *c)
{
	return !c->root->hierarchy_id;
}

SEC("tp_btf/cgroup_mkdir") int BPF_PROG(cgroup_made, struct cgroup *made, const char *path)
{
	struct cgroup *above = (struct cgroup *)made->self.parent; /* `self` comes first */
	uint64_t id = made->kn->id, above_id = BPF_CORE_READ(above, kn, id);
	struct bpf_cgroup *known = bpf_map_lookup_elem(&cgroup_states, &above_id), c = { 0 };
	unsigned char name[GLOB_NAME_MOST + 1];
	uint32_t state;

	if (!is_unified(made) || !known)
		return 0;
	if (bpf_probe_read_kernel_str(name, sizeof(name), made->kn->name) < 0)
		return 0;
	state = glob_step(known->state, '/');
	for (int i = 0; i < GLOB_NAME_MOST && name[i]; i++)
		state = glob_step(state, name[i]);
	c.state = state;
	c.wanted = glob_accepts(state);
	if (bpf_map_update_elem(&cgroup_states, &id, &c, BPF_ANY))
		__sync_fetch_and_add(&names.cgroups_unknown, 1);
	return 0;
}

SEC("tp_btf/cgroup_rmdir") int BPF_PROG(cgroup_gone, struct cgroup *gone, const char *path)
{
	uint64_t id = gone->kn->id;

	if (is_unified(gone))
		bpf_map_delete_elem(&cgroup_states, &id);
	return 0;
}

#endif
