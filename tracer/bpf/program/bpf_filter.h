/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_filter: which threads are wanted, and which row of the plan applies. */
#ifndef SYSTAPE_BPF_FILTER_H
#define SYSTAPE_BPF_FILTER_H

static __always_inline uint32_t plan_row(uint32_t arch, uint32_t nr)
{
	if (unlikely(nr >= PLAN_CALLS))
		return 2 * PLAN_CALLS;
	return arch == TRACE_I386 ? nr + PLAN_CALLS : nr;
}

static __always_inline struct plan_call *plan_of(uint32_t arch, uint32_t nr)
{
	uint32_t row = plan_row(arch, nr);

	return bpf_map_lookup_elem(&plans, &row);
}

/* The variant of a multiplexed call (fcntl, prctl, ...) that these arguments select. */
static __always_inline struct plan_call *plan_variant(struct plan_call *plan, uint32_t arch,
						      uint32_t nr, const uint64_t *args)
{
	struct plan_variant_key key = { .row = plan_row(arch, nr) };
	struct plan_call *other;

	if (!(plan->flags & PLAN_SELECTS))
		return plan;
	if (plan->selector > 3)
		return plan;
	key.value = args[plan->selector & 3];
	key.value &= plan->mask;
	other = bpf_map_lookup_elem(&variants, &key);
	return other ? other : plan;
}

/* What another CPU has kept of the same thread, or of another one that had its number, is asked
 * anew when it comes there: see thread_switch. */
static __always_inline void targets_changed(struct bpf_ring *r)
{
	__sync_fetch_and_add(&generation, 1);
	r->asked = 0;
}

static __noinline bool ask(struct bpf_ring *r, uint32_t tid, bool entering)
{
	struct bpf_target *t = bpf_map_lookup_elem(&targets, &tid);
	struct plan_call *plan;

	if (!t)
		return setting(everything);
	if (t->state == TARGET_ARMED && entering) {
		plan = plan_of(r->arch, r->nr);
		if (plan && plan->flags & PLAN_EXEC)
			t->state = TARGET_ON;
	}
	return t->state == TARGET_ON;
}

/* A cgroup is judged once, before anybody is in it: the last answer on this CPU holds. */
static __always_inline bool cgroup_chosen(struct bpf_ring *r)
{
	uint64_t id = bpf_get_current_cgroup_id(), last = r->cgroup;
	struct bpf_cgroup *known;

	if (last >> 1 == id)
		return last & 1;
	known = bpf_map_lookup_elem(&cgroup_states, &id);
	last = id << 1 | (known && known->wanted);
	r->cgroup = last;
	return last & 1;
}

/* -u, --comm, -G: what the current thread is now. */
static __noinline bool chosen(struct bpf_ring *r)
{
	uint64_t comm[2] = { 0, 0 };

	if (setting(uid) != ~0u && (uint32_t)bpf_get_current_uid_gid() != setting(uid))
		return false;
	if (setting(by_comm)) {
		bpf_get_current_comm(comm, sizeof(comm));
		if (comm[0] != *(const volatile uint64_t *)&settings.comm[0] ||
		    comm[1] != *(const volatile uint64_t *)&settings.comm[8])
			return false;
	}
	if (setting(by_cgroup) == BY_CGROUP_SET)
		return cgroup_chosen(r);
	return !setting(by_cgroup) || bpf_current_task_under_cgroup(&cgroups, 0) == 1;
}

/* Whether calls on this CPU are wanted, -C. */
static __always_inline bool cpu_chosen(void)
{
	uint32_t cpu;

	if (!setting(by_cpu))
		return true;
	cpu = bpf_get_smp_processor_id();
	return settings.cpus[cpu / 64 & 15] >> (cpu & 63) & 1;
}

/*
 * A call that begins on one CPU may end on another. With -C a beginning that is on the tape has its
 * end there, wherever it comes: else it would be taken for that of a later call.
 */
static __always_inline void set_begun(uint32_t tid)
{
	uint32_t yes = 1;

	if (setting(by_cpu))
		bpf_map_update_elem(&begun, &tid, &yes, BPF_ANY);
}

/* Whether it has been set; it is not any more. */
static __always_inline bool take_begun(uint32_t tid)
{
	return setting(by_cpu) && !bpf_map_delete_elem(&begun, &tid);
}

/*
 * An execveat that succeeds, or an execve by a program of another ABI, ends under the number of the
 * new program's execve (set_personality_64bit and its like), and often on another CPU: what it
 * began as is kept.
 */
static __always_inline void set_exec_call(uint32_t tid, uint32_t arch, uint32_t nr)
{
	uint32_t call = arch << 16 | nr;

	bpf_map_update_elem(&exec_calls, &tid, &call, BPF_ANY);
}

/* What has been set, which it is not any more; ~0: nothing. */
static __always_inline uint32_t take_exec_call(uint32_t tid)
{
	uint32_t *call = bpf_map_lookup_elem(&exec_calls, &tid), copy = call ? *call : ~0u;

	if (call)
		bpf_map_delete_elem(&exec_calls, &tid);
	return copy;
}

/* The end of a sigreturn has other registers, and -1 for the number. Where it is not asked for, its
 * beginning has not been kept: then this must be its end. */
static __always_inline bool is_left_out(const struct bpf_ring *r, uint32_t arch, uint32_t nr)
{
	uint32_t rows = r->rows[plan_row(TRACE_X86_64, NR_RT_SIGRETURN)];

	if (arch == TRACE_I386)
		rows = r->rows[plan_row(arch, NR_I386_SIGRETURN)] &
		       r->rows[plan_row(arch, NR_I386_RT_SIGRETURN)];
	return nr == ~0u && !(rows & PLAN_TRACED);
}

/* Asked at every call: the answer for the thread that this CPU saw last is kept. */
static __always_inline bool wanted(struct bpf_ring *r, uint32_t tid, bool entering)
{
	uint64_t question =
		(uint64_t)(r->generation + *(volatile uint32_t *)&r->changes) << 32 | tid;

	if (setting(pid_namespace) && !tid) /* outside of it */
		return false;
	if (setting(chooses)) /* users and comms change: no answer is kept */
		return ask(r, tid, entering) && chosen(r);
	if (likely(r->asked == (question | ASKED_WANTED)))
		return true;
	if (r->asked == (question | ASKED_UNWANTED))
		return false;
	if (ask(r, tid, entering)) {
		r->asked = question | ASKED_WANTED;
		return true;
	}
	/* One that is armed is asked again. */
	r->asked = setting(everything) || !bpf_map_lookup_elem(&targets, &tid)
			   ? question | ASKED_UNWANTED
			   : 0;
	return false;
}

#endif
