// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The program in the kernel. Each CPU has a ring that only it writes: these hooks run with preemption off and
 * none of them in an interrupt, so they never nest, and a record needs neither a lock nor a reservation.
 * A call is one record, written at its end from the registers that are still there. Only three things need
 * its beginning on the tape: memory that the call itself changes, a call that does not return, and a thread that
 * is switched out within a call; the last is seen at sched_switch, where the thread is still the current one.
 */
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "format/record.h"
#include "tracer/bpf_plan.h"
#include "tracer/bpf_kernel.h"
#include "tracer/bpf_maps.h"
#include "tracer/bpf_ring.h"
#include "tracer/bpf_filter.h"
#include "tracer/bpf_pieces.h"

char LICENSE[] SEC("license") = "GPL";

static __always_inline struct trace_call *call_record(struct bpf_ring *r, uint64_t start, uint32_t type, uint64_t now,
						      uint64_t ids, uint32_t nr, uint32_t arch)
{
	struct trace_call *c = ring_at(r, start);

	c->record.type = type;
	c->record.flags = 0;
	c->record.time = now;
	c->record.tid = (uint32_t)ids;
	c->record.tgid = ids >> 32;
	c->nr = nr;
	c->arch = arch;
	c->args = 0;
	c->pieces = 0;
	c->enter = r->enter;
	c->result = 0;
	return c;
}

static __always_inline void read_args(const struct pt_regs *regs, uint32_t arch, uint64_t *args)
{
	if (arch == TRACE_I386) {
		args[0] = (uint32_t)regs->bx;
		args[1] = (uint32_t)regs->cx;
		args[2] = (uint32_t)regs->dx;
		args[3] = (uint32_t)regs->si;
		args[4] = (uint32_t)regs->di;
		args[5] = (uint32_t)regs->bp;
		return;
	}
	args[0] = regs->di;
	args[1] = regs->si;
	args[2] = regs->dx;
	args[3] = regs->r10;
	args[4] = regs->r8;
	args[5] = regs->r9;
}

static __always_inline uint32_t call_arch(const struct task_struct *task, uint32_t *nr)
{
	if (task->thread_info.status & TS_COMPAT)
		return TRACE_I386;
	if (*nr & X32_BIT && *nr != ~0u) {
		*nr &= ~X32_BIT;
		return TRACE_X32;
	}
	return TRACE_X86_64;
}

static __always_inline void begin_walk(struct bpf_walk *w, uint32_t arch, uint32_t when)
{
	w->result = 0;
	w->when = when;
	w->arch = arch;
	w->pieces = w->flags = w->failed = w->retry = 0;
}

static __always_inline void copy_args(struct trace_call *c, const struct bpf_walk *w)
{
	c->arg[0] = w->args[0];
	c->arg[1] = w->args[1];
	c->arg[2] = w->args[2];
	c->arg[3] = w->args[3];
	c->arg[4] = w->args[4];
	c->arg[5] = w->args[5];
}

/* Writes the beginning of the current call: `written` only if there is room. */
static __always_inline bool write_enter(struct bpf_ring *r, const struct pt_regs *regs, uint64_t now, uint64_t ids,
					uint32_t flags, uint32_t when)
{
	struct plan_call *plan = plan_of(r->arch, r->nr);
	struct bpf_walk *w = &r->walk;
	struct trace_call *c;
	uint64_t start;

	if (!plan)
		return false;
	begin_walk(w, r->arch, when);
	read_args(regs, r->arch, w->args);
	plan = plan_variant(plan, r->arch, r->nr, w->args);
	if (!ring_begin(r, plan->room, now, &start)) {
		if (flags & TRACE_F_SWITCHED)
			lose(r, LOSE_ENTER, now);
		return false;
	}
	c = call_record(r, start, TRACE_ENTER, now, ids, r->nr, r->arch);
	c->record.flags = flags | (plan->flags & PLAN_NO_RETURN ? TRACE_F_NO_RETURN : 0);
	c->args = plan->args;
	copy_args(c, w);
	w->at = sizeof(*c) + (plan->args & 7) * 8;
	if (plan->flags & PLAN_PIECES) {
		w->start = start;
		w->room = plan->room;
		write_pieces(r, plan);
		c = ring_at(r, start);
		c->pieces = w->pieces;
		c->record.flags |= w->flags;
	}
	r->retry = w->failed;
	ring_end(r, c, start, w->at);
	return true;
}

SEC("tp_btf/sys_enter") int BPF_PROG(call_enter, struct pt_regs *regs, long id)
{
	struct task_struct *task = bpf_get_current_task_btf();
	uint64_t ids = bpf_get_current_pid_tgid(), now;
	struct bpf_ring *r = this_ring();
	uint32_t nr = id;
	struct plan_call *plan;

	if (!r)
		return 0;
	r->tid = 0;
	r->arch = call_arch(task, &nr);
	r->nr = nr;
	if (!wanted(r, ids, true))
		return 0;
	plan = plan_of(r->arch, nr);
	if (!plan || !(plan->flags & PLAN_TRACED))
		return 0;
	r->entered = r->enter_lost = 0;
	r->retry = 0;
	r->tid = (uint32_t)ids;
	if (!(plan->flags & PLAN_ENTER)) {
		r->enter = settings.enter_time ? bpf_ktime_get_ns() : 0;
		return 0;
	}
	set_busy(r);
	r->enter = now = bpf_ktime_get_ns();
	if (write_enter(r, regs, now, ids, 0, PLAN_AT_ENTER))
		r->entered = 1;
	else
		r->enter_lost = 1;
	if (plan->flags & PLAN_NO_RETURN) {
		r->calls++;
		if (r->enter_lost) /* no result will come: the entry was the call */
			lose(r, LOSE_CALL, now);
	}
	clear_busy(r);
	return 0;
}

static __always_inline void write_exit(struct bpf_ring *r, struct plan_call *plan, const struct pt_regs *regs, long ret,
				       uint64_t ids, uint32_t nr, uint32_t arch, bool same)
{
	bool entered = same && r->entered;
	struct bpf_walk *w = &r->walk;
	uint64_t now = bpf_ktime_get_ns(), start;
	struct trace_call *c;

	begin_walk(w, arch, 0);
	read_args(regs, arch, w->args);
	if (plan->flags & PLAN_SELECTS)
		plan = plan_variant(plan, arch, nr, w->args);
	if (!ring_begin(r, plan->room, now, &start)) {
		lose(r, LOSE_CALL, now);
		return;
	}
	c = call_record(r, start, entered ? TRACE_EXIT : TRACE_CALL, now, ids, nr, arch);
	if (same && r->enter_lost)
		lose(r, LOSE_ENTER, now);
	if (!same)
		c->enter = 0;
	c->result = ret;
	w->at = sizeof(*c);
	if (!entered) {
		c->record.flags = same && r->enter_lost ? TRACE_F_ENTER_LOST : 0;
		c->args = plan->args;
		copy_args(c, w);
		w->at += (plan->args & 7) * 8;
	}
	if (plan->flags & PLAN_PIECES) {
		w->start = start;
		w->room = plan->room;
		w->result = ret;
		w->retry = entered ? r->retry : 0;
		w->when = PLAN_AT_EXIT_ALWAYS;
		if (ret < -4095 || ret >= 0)
			w->when |= PLAN_AT_EXIT;
		/* An `enter` piece of a call that was switched out, or whose entry was lost, is better late than never. */
		w->when |= entered ? 0 : same && !r->enter_lost ? PLAN_LATE : PLAN_LATE | PLAN_AT_ENTER;
		write_pieces(r, plan);
		c = ring_at(r, start);
		c->pieces = w->pieces;
		c->record.flags |= w->flags;
	}
	ring_end(r, c, start, w->at);
}

SEC("tp_btf/sys_exit") int BPF_PROG(call_exit, struct pt_regs *regs, long ret)
{
	uint64_t ids = bpf_get_current_pid_tgid();
	struct task_struct *task = bpf_get_current_task_btf();
	struct bpf_ring *r = this_ring();
	uint32_t nr = regs->orig_ax, arch;
	struct plan_call *plan;
	bool same;

	if (!r)
		return 0;
	same = r->tid == (uint32_t)ids;
	r->tid = 0;
	if (same) { /* sigreturn has put other registers in place of its own */
		nr = r->nr;
		arch = r->arch;
	} else {
		arch = call_arch(task, &nr);
		if (!wanted(r, ids, false))
			return 0;
	}
	plan = plan_of(arch, nr);
	if (!plan || !(plan->flags & PLAN_TRACED) || (plan->flags & PLAN_FORKS && !ret && !same))
		return 0;
	if (settings.failed_only && !(ret < 0 && ret >= -4095))
		return 0;
	set_busy(r);
	r->calls++;
	write_exit(r, plan, regs, ret, ids, nr, arch, same);
	clear_busy(r);
	return 0;
}

/* The thread leaves this CPU within a call: its beginning goes to the tape now, with the memory it can still read. */
SEC("tp_btf/sched_switch") int BPF_PROG(thread_switch, bool preempt, struct task_struct *prev)
{
	struct bpf_ring *r = this_ring();
	uint64_t now;

	if (!r || !r->tid)
		return 0;
	if (r->tid == (uint32_t)prev->pid && !r->entered) {
		set_busy(r);
		now = bpf_ktime_get_ns();
		write_enter(r, (struct pt_regs *)bpf_task_pt_regs(prev), now,
			    (uint64_t)prev->tgid << 32 | (uint32_t)prev->pid, TRACE_F_SWITCHED, PLAN_LATE);
		clear_busy(r);
	}
	r->tid = 0;
	return 0;
}

#include "tracer/bpf_process.h"
