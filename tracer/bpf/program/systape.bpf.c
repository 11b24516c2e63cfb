// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The program in the kernel. Each CPU has a ring that only it writes, and all else that is kept by
 * CPU is in the ring's head (the call under way, the filter's last answer, the walk over pieces,
 * the counts): a record needs neither a lock nor a reservation, because no hook that touches a ring
 * is ever interrupted by another one on its CPU. A call is one record, written at its end from the
 * registers that are still there. Only three things need its beginning on the tape: memory that the
 * call itself changes, a call that does not return, and a thread that is switched out within a
 * call; the last is seen at sched_switch, where the thread is still the current one.
 *
 * Why no hook is interrupted. None but signal_sent runs in an interrupt, and that one keeps to a
 * hash. So it takes preemption to get from one hook to the next:
 *   - Up to Linux 6.19 the kernel calls whatever listens to a tracepoint with preemption off.
 *   - Since 7.0 (commit a46023d5616e) it does not, and that cannot be mended from within: while a
 *     thread is switched out within a program of type tp_btf, the kernel leaves the program out for
 *     all other threads on that CPU (its guard against recursion counts by CPU). A call that never
 *     comes here is lost whatever the ring tolerates, and bpf_preempt_enable() at the program's end
 *     is the very place where a thread is switched out.
 *   - perf's listeners, on every kernel, run with preemption off, and a program of type tracepoint
 *     runs in one of them.
 *   - sched_switch and sched_wakeup_new are fired with interrupts off.
 * So what a hook does is a function, and where callbacks can be preempted (bpf_preemption tries it)
 * it has another door. What a new hook has to do, if it touches a ring or anything kept by CPU:
 *   1. its work is an inline function, called by NAME, SEC("tp_btf/EVENT");
 *   2. NAME_preemptible calls it too, and is loaded in NAME's place on those kernels. Its section
 * is "tracepoint/SYSTEM/EVENT", its context that event's record (bpf_events.h), and it returns
 *      PERF_GOES_ON; or "tp_btf/" and a tracepoint that is fired with interrupts off.
 *   3. What that record has not got, another program on the tracepoint itself may put into a map by
 *      thread; it may be left out at times, and may come before or after (bpf_signals.h).
 * How often the kernel has left a program out all the same is counted as lost (bpf_backend.c).
 */
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "format/tape/record.h"

/* Each of these stands on those before it. */
// clang-format off
#include "tracer/cgroup/glob_row.h"
#include "tracer/plan/bpf_plan.h"
#include "tracer/bpf/program/bpf_kernel.h"
#include "tracer/bpf/program/bpf_maps.h"
#include "tracer/bpf/program/bpf_pids.h"
#include "tracer/bpf/program/bpf_events.h"
#include "tracer/bpf/program/bpf_ring.h"
#include "tracer/bpf/program/bpf_filter.h"
#include "tracer/bpf/program/bpf_pieces.h"
// clang-format on

char LICENSE[] SEC("license") = "GPL";

static __always_inline struct trace_call *call_record(struct bpf_ring *r, uint64_t start,
						      uint32_t type, uint64_t now, uint64_t ids,
						      uint32_t nr, uint32_t arch)
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
	if (unlikely(arch == TRACE_I386)) {
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

#include "tracer/bpf/program/bpf_descriptors.h"
#include "tracer/bpf/program/bpf_short_calls.h"

static __always_inline uint32_t call_arch(const struct task_struct *task, uint32_t *nr)
{
	if (unlikely(task->thread_info.status & TS_COMPAT))
		return TRACE_I386;
	if (unlikely(*nr & X32_BIT && *nr != ~0u)) {
		*nr &= ~X32_BIT;
		return TRACE_X32;
	}
	return TRACE_X86_64;
}

/* entered, enter_lost, arch and nr of the call that begins, in one store. */
static __always_inline void begin_state(struct bpf_ring *r, uint32_t arch, uint32_t nr)
{
	*(uint64_t *)&r->entered = (uint64_t)nr << 32 | (uint64_t)arch << 16;
}

/* The thread that is in a call from now on. */
static __always_inline void set_ids(struct bpf_ring *r, uint64_t ids)
{
	*(uint64_t *)&r->tid = ids;
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

/* How long the thread that runs here has run; 0: not known. */
static __always_inline uint64_t run_time(const struct bpf_ring *r, uint64_t now)
{
	return r->in_time ? r->in_sum + (now - r->in_time) : 0;
}

/* The last piece of the record at hand, in room that was kept for it. */
static __always_inline void write_state(struct bpf_ring *r, uint64_t start, uint64_t ip,
					uint64_t cpu, uint32_t exit)
{
	uint32_t at = r->walk.at & (PLAN_RECORD_MAX - 8);
	uint64_t *words;

	r->walk.start = start;
	words = (uint64_t *)piece_at(r, at);
	words[0] = sizeof(struct trace_state) | (uint64_t)sizeof(struct trace_state) << 32;
	words[1] = (uint64_t)(TRACE_P_NESTED | TRACE_P_STATE | exit) << 48;
	words[2] = TRACE_STATE_ADDRESS;
	words[3] = ip;
	words[4] = cpu;
	r->walk.at = at + PLAN_STATE_SIZE;
	r->walk.pieces++;
}

enum written { NO_ROOM, WRITTEN, NOT_WANTED };

/* Writes the beginning of the current call, if there is room. Of what is not switched out, only
 * where the variant wants it. */
static __always_inline enum written write_enter(struct bpf_ring *r, const struct pt_regs *regs,
						uint64_t now, uint64_t ids, uint32_t flags,
						uint32_t when)
{
	struct plan_call *plan = plan_of(r->arch, r->nr);
	struct bpf_walk *w = &r->walk;
	struct trace_call *c;
	uint64_t start;

	if (!plan)
		return NO_ROOM;
	begin_walk(w, r->arch, when);
	read_args(regs, r->arch, w->args);
	w->stack = regs->sp;
	plan = plan_variant(plan, r->arch, r->nr, w->args);
	if (!(flags & TRACE_F_SWITCHED) && !(plan->flags & PLAN_ENTER))
		return NOT_WANTED;
	if (!ring_begin(r, plan->room, now, &start)) {
		if (flags & TRACE_F_SWITCHED)
			lose(LOSE_ENTER, now);
		return NO_ROOM;
	}
	c = call_record(r, start, TRACE_ENTER, now, ids, r->nr, r->arch);
	c->record.flags = flags | (plan->flags & PLAN_NO_RETURN ? TRACE_F_NO_RETURN : 0) |
			  (r->enter_lost ? TRACE_F_ENTER_LOST : 0);
	c->args = plan->args;
	copy_args(c, w);
	w->at = sizeof(*c) + (plan->args & 7) * 8;
	if (setting(pieces) && plan->flags & PLAN_PIECES) {
		w->start = start;
		w->room = plan->room - PLAN_STATE_SIZE;
		write_enter_pieces(r, plan);
		c = ring_at(r, start);
		c->pieces = w->pieces;
		c->record.flags |= w->flags;
	}
	if (setting(state)) {
		uint64_t cpu = run_time(r, now);

		/* As of the beginning: the thread has been here since. */
		cpu = cpu && r->enter ? cpu - (now - r->enter) : 0;
		write_state(r, start, regs->ip, cpu, 0);
		c = ring_at(r, start);
		c->pieces = w->pieces;
	}
	r->retry = w->failed;
	ring_end(r, c, start, w->at);
	if (!(plan->flags & PLAN_NO_RETURN))
		set_begun(ids);
	if (plan->flags & PLAN_EXEC)
		set_exec_call(ids, r->arch, r->nr);
	return WRITTEN;
}

/* The rare call whose beginning goes to the tape at once. */
static __always_inline int begin_call(struct bpf_ring *r, const struct pt_regs *regs, uint64_t ids,
				      uint32_t flags)
{
	enum written written;
	uint64_t now;

	set_busy(r, 0);
	r->enter = now = bpf_ktime_get_ns();
	written = write_enter(r, regs, now, ids, 0, PLAN_AT_ENTER | PLAN_LATE);
	r->entered = written == WRITTEN;
	r->enter_lost |= written == NO_ROOM;
	if (flags & PLAN_NO_RETURN) {
		r->calls += RING_CALL;
		if (r->enter_lost) /* no result will come: the entry was the call */
			lose(LOSE_CALL, now);
	}
	clear_busy(r);
	return 0;
}

/* `ask_registers`: `regs` are not known yet. */
static __always_inline int on_enter(const struct pt_regs *regs, bool ask_registers, long id)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct bpf_ring *r = this_ring();
	uint32_t nr = id, arch, row;
	uint64_t ids;

	if (!r)
		return 0;
	set_ids(r, 0);
	ids = task_ids(task);
	arch = call_arch(task, &nr);
	begin_state(r, arch, nr);
	row = r->rows[plan_row(arch, nr)];
	if (setting(pid_namespace) && row & PLAN_EXEC)
		keep_number(ids);
	if (!wanted(r, (uint32_t)ids, true) || !cpu_chosen())
		return 0;
	if (!(row & PLAN_TRACED))
		return 0;
	set_ids(r, ids);
	if (setting(files) && row & PLAN_MARKED &&
	    check_descriptors(r, ask_registers ? own_registers() : regs))
		r->enter_lost = 1;
	if (unlikely(row & (PLAN_ENTER | PLAN_MAY_ENTER)))
		return begin_call(r, ask_registers ? own_registers() : regs, ids, row);
	r->enter = setting(enter_time) ? bpf_ktime_get_ns() : 0;
	return 0;
}

SEC("tp_btf/sys_enter") int BPF_PROG(call_enter, struct pt_regs *regs, long id)
{
	return on_enter(regs, false, id);
}

SEC("tracepoint/raw_syscalls/sys_enter")
int call_enter_preemptible(struct trace_event_raw_sys_enter *e)
{
	on_enter(NULL, true, e->id);
	return PERF_GOES_ON;
}

/* Asked of memory each time: in hand, each answer would have the verifier go through all that
 * follows once more. */
static __always_inline bool has_entered(const struct bpf_ring *r)
{
	return *(const volatile uint8_t *)&r->entered;
}

static __always_inline bool has_lost_enter(const struct bpf_ring *r)
{
	return *(const volatile uint8_t *)&r->enter_lost;
}

/* Which operations are for the end of this call: `w->way` says whether it began on this CPU. An
 * `enter` piece of a call that was switched out, or whose entry was lost, is better late than
 * never. */
static __always_inline uint32_t exit_when(const struct bpf_ring *r, const struct bpf_walk *w)
{
	int64_t result = *(const volatile int64_t *)&w->result;
	uint32_t when = PLAN_AT_EXIT_ALWAYS;

	if (result < -4095 || result >= 0)
		when |= PLAN_AT_EXIT;
	if (has_entered(r))
		return when;
	when |= PLAN_LATE;
	if (!*(const volatile uint32_t *)&w->way || has_lost_enter(r))
		when |= PLAN_AT_ENTER;
	return when;
}

/* A call with memory to fetch, or whose beginning is on the tape. `same`: it began on this CPU. */
static __always_inline int write_exit(struct bpf_ring *r, const struct pt_regs *regs, long ret,
				      uint64_t ids, bool same)
{
	uint32_t nr = r->nr, arch = r->arch & 3;
	struct plan_call *plan = plan_of(arch, nr);
	uint64_t now = bpf_ktime_get_ns(), start;
	struct bpf_walk *w = &r->walk;
	struct trace_call *c;

	if (!plan)
		return 0;
	begin_walk(w, arch, 0);
	w->result = ret;
	*(volatile uint32_t *)&w->way = same;
	read_args(regs, arch, w->args);
	w->stack = 0; /* its frame is gone */
	plan = plan_variant(plan, arch, nr, w->args);
	if (!ring_begin(r, plan->room, now, &start)) {
		lose(LOSE_CALL, now);
		return 0;
	}
	c = call_record(r, start, has_entered(r) ? TRACE_EXIT : TRACE_CALL, now, ids, nr, arch);
	if (has_lost_enter(r))
		lose(LOSE_ENTER, now);
	c->result = w->result;
	w->at = sizeof(*c);
	if (!has_entered(r)) {
		c->record.flags = has_lost_enter(r) ? TRACE_F_ENTER_LOST : 0;
		c->args = plan->args;
		copy_args(c, w);
		w->at += (plan->args & 7) * 8;
	}
	if (setting(pieces) && plan->flags & PLAN_PIECES) {
		w->start = start;
		w->room = plan->room - PLAN_STATE_SIZE;
		w->retry = has_entered(r) ? r->retry : 0;
		w->when = exit_when(r, w);
		write_exit_pieces(r, plan);
		c = ring_at(r, start);
		c->pieces = w->pieces;
		c->record.flags |= w->flags;
	}
	if (setting(state)) {
		write_state(r, start, regs->ip, run_time(r, now), TRACE_P_EXIT);
		c = ring_at(r, start);
		c->pieces = w->pieces;
	}
	ring_end(r, c, start, w->at);
	return 0;
}

/* Behind a rename, all names below may be others: those of whoever has them. */
static __always_inline void count_move(struct bpf_ring *r)
{
	uint32_t nr = *(volatile uint32_t *)&r->nr; /* as in end_exec */

	if (setting(moves) && unlikely(r->rows[plan_row(r->arch, nr)] & PLAN_MOVES))
		__sync_fetch_and_add(&names.tree, 1);
}

/* The end of an execve: the number that it began under. `same`: it began on this CPU. */
static __always_inline void end_exec(struct bpf_ring *r, uint64_t ids, bool same)
{
	/* Read anew: the verifier does not follow what the compiler makes of a bound on what is in
	 * hand. */
	uint32_t nr = *(volatile uint32_t *)&r->nr, call;

	if (likely(!(r->rows[plan_row(r->arch, nr)] & PLAN_EXEC)))
		return;
	call = take_exec_call(ids);
	if (!same && call != ~0u)
		begin_state(r, call >> 16 & 3, call & 0xffff);
}

static __always_inline int on_exit(const struct pt_regs *regs, long ret)
{
	struct bpf_ring *r = this_ring();
	struct task_struct *task;
	uint32_t nr, arch, row;
	uint64_t ids;
	bool same;

	if (!r)
		return 0;
	/* thread_switch has made it 0 if this is another thread than the one that began. */
	ids = *(uint64_t *)&r->tid;
	same = (uint32_t)ids;
	set_ids(r, 0);
	if (unlikely(!same)) {
		task = bpf_get_current_task_btf();
		ids = task_ids(task);
		nr = regs->orig_ax;
		arch = call_arch(task, &nr);
		begin_state(r, arch, nr);
		count_move(r);
		end_exec(r, ids, false);
		r->enter = 0;
		if (!take_begun(ids) && !cpu_chosen())
			return 0;
		if (!wanted(r, (uint32_t)ids, false) || is_left_out(r, arch, nr))
			return 0;
	} else {
		count_move(r);
	}
	if (same && r->entered) { /* sigreturn has put other registers in place of its own */
		take_begun(ids);
		end_exec(r, ids, true);
	}
	row = r->rows[plan_row(r->arch, r->nr)];
	if (!(row & PLAN_TRACED) || (row & PLAN_FORKS && !ret && !same))
		return 0;
	if ((setting(successful_only) || setting(failed_only)) &&
	    (ret < 0 && ret >= -4095 ? setting(successful_only) : setting(failed_only)))
		return 0;
	set_busy(r, RING_CALL);
	if (unlikely(row & (PLAN_PIECES | PLAN_SELECTS) || r->entered || r->enter_lost ||
		     setting(state))) {
		if (!setting(pieces) || setting(state) || !(row & PLAN_SIMPLE) || !same ||
		    r->entered || r->enter_lost || !write_simple(r, regs, ret, ids, row))
			write_exit(r, regs, ret, ids, same);
	} else {
		write_plain(r, regs, ret, ids, row);
	}
	clear_busy(r);
	return 0;
}

SEC("tp_btf/sys_exit") int BPF_PROG(call_exit, struct pt_regs *regs, long ret)
{
	return on_exit(regs, ret);
}

SEC("tracepoint/raw_syscalls/sys_exit")
int call_exit_preemptible(struct trace_event_raw_sys_exit *e)
{
	on_exit(own_registers(), e->ret);
	return PERF_GOES_ON;
}

/* While the programs are attached and detached one by one, the call that began here may have ended
 * unseen, and another one begun: then the registers are not its own. */
static __always_inline bool is_within(const struct bpf_ring *r, const struct pt_regs *regs)
{
	return ((uint32_t)regs->orig_ax & ~(r->arch == TRACE_X32 ? X32_BIT : 0)) == r->nr;
}

/* The thread leaves this CPU within a call: its beginning goes to the tape now, with the memory it
 * can still read. */
static __always_inline void leave(struct bpf_ring *r, struct task_struct *prev)
{
	struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(prev);
	uint64_t ids = task_ids(prev);

	if (r->tid == (uint32_t)ids && !r->entered && is_within(r, regs)) {
		set_busy(r, 0);
		write_enter(r, regs, bpf_ktime_get_ns(), ids, TRACE_F_SWITCHED, PLAN_LATE);
		clear_busy(r);
	}
	r->tid = 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(thread_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	struct bpf_ring *r = this_ring();

	if (!r)
		return 0;
	r->generation = *(volatile uint64_t *)&generation;
	if (r->tid)
		leave(r, prev);
	if (setting(state)) {
		r->in_sum = next->se.sum_exec_runtime;
		r->in_time = bpf_ktime_get_ns();
	}
	return 0;
}

#include "tracer/bpf/program/bpf_cgroup_states.h"
#include "tracer/bpf/program/bpf_process.h"
