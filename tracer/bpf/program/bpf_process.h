/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_process: what happens to threads besides calls: fork, exec, comm, end. Included
 * once, by systape.bpf.c. */
#ifndef SYSTAPE_BPF_PROCESS_H
#define SYSTAPE_BPF_PROCESS_H

#define EXE_MOST     4096
#define PIECE_ROOM   (sizeof(struct trace_piece) + 8)
#define PROCESS_ROOM (sizeof(struct trace_process) + PIECE_ROOM + EXE_MOST + NUMBERS_SIZE)

/* Begins a struct trace_process in the ring; NULL when there is no room. */
static __always_inline struct trace_process *process_begin(struct bpf_ring *r, uint32_t type,
							   uint64_t ids, uint32_t room,
							   uint64_t *start)
{
	uint64_t now = bpf_ktime_get_ns();
	struct trace_process *p;

	if (!ring_begin(r, room, now, start)) {
		lose(LOSE_EVENT, now);
		return NULL;
	}
	p = ring_at(r, *start);
	__builtin_memset(p, 0, sizeof(*p));
	p->record.type = type;
	p->record.time = now;
	p->record.tid = (uint32_t)ids;
	p->record.tgid = ids >> 32;
	p->uid = ~0u;
	return p;
}

static __always_inline bool thread_wanted(struct bpf_ring *r, uint32_t tid)
{
	struct bpf_target *t = bpf_map_lookup_elem(&targets, &tid);

	if (setting(pid_namespace) && !tid)
		return false;
	return (t ? t->state == TARGET_ON : setting(everything)) &&
	       (!setting(chooses) || chosen(r));
}

/* A thread that finds no room is not followed, and that counts as an event that is lost. */
static __always_inline void add_target(struct bpf_ring *r, uint32_t tid, struct bpf_target *t)
{
	if (!bpf_map_update_elem(&targets, &tid, t, BPF_ANY))
		return;
	set_busy(r, 0);
	lose(LOSE_EVENT, bpf_ktime_get_ns());
	clear_busy(r);
}

/* The child is traced from its first instruction: it cannot run before this. */
static __always_inline void fd_tracking_child(struct bpf_ring *r, struct task_struct *parent,
					      struct task_struct *child)
{
	uint32_t tid = task_tid(parent);
	struct bpf_target *t = bpf_map_lookup_elem(&targets, &tid), new;
	bool thread = parent->tgid == child->tgid;

	if (!t)
		return;
	new = *t;
	if (t->state == TARGET_ARMED)
		return;
	if (t->state == TARGET_ON) {
		if (!thread && t->depth >= setting(follow))
			return;
		if (thread && !t->threads && !setting(follow))
			return;
		if (!thread)
			new.depth++;
	}
	add_target(r, task_tid(child), &new);
	targets_changed(r);
}

/* Behind what the record has: how many bytes they are. */
static __always_inline uint32_t add_numbers(struct trace_process *p, void *place,
					    struct task_struct *task)
{
	uint32_t size;

	if (likely(BPF_CORE_READ(task, thread_pid, level) <= namespace_level))
		return 0;
	size = write_numbers(place, task) & 511;
	p->pieces += !!size;
	return size;
}

static __always_inline int on_fork(struct task_struct *parent, struct task_struct *child)
{
	struct bpf_ring *r = this_ring();
	struct trace_process *p;
	uint64_t start;
	uint32_t more;

	if (!r)
		return 0;
	fd_tracking_child(r, parent, child);
	if (!thread_wanted(r, task_tid(parent)))
		return 0;
	set_busy(r, 0);
	p = process_begin(r, TRACE_FORK, task_ids(parent), sizeof(*p) + NUMBERS_SIZE, &start);
	if (p) {
		p->other_tid = task_tid(child);
		p->other_tgid = task_tgid(child);
		p->parent = task_tgid(parent);
		bpf_probe_read_kernel(p->comm, sizeof(p->comm), child->comm);
		more = add_numbers(p, p + 1, child);
		ring_end(r, p, start, sizeof(*p) + more);
	}
	clear_busy(r);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(process_fork, struct task_struct *parent, struct task_struct *child)
{
	return on_fork(parent, child);
}

/* The next that happens to a new thread, before it runs; those of the kernel's that belong to a
 * process (io_uring) had no fork. */
SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(process_fork_preemptible, struct task_struct *child)
{
	if (child->flags & (PF_IO_WORKER | PF_USER_WORKER))
		return 0;
	return on_fork(bpf_get_current_task_btf(), child);
}

/* A thread that executes a program takes its leader's tid; what is known of it moves along. */
static __always_inline void rename_target(struct bpf_ring *r, uint32_t old, uint32_t tid)
{
	struct bpf_target *t = bpf_map_lookup_elem(&targets, &old), copy;
	uint32_t call;

	if (r->tid == old)
		r->tid = tid;
	if (take_begun(old))
		set_begun(tid);
	call = take_exec_call(old);
	if (call != ~0u)
		set_exec_call(tid, call >> 16, call & 0xffff);
	if (!t)
		return;
	copy = *t;
	bpf_map_delete_elem(&targets, &old);
	add_target(r, tid, &copy);
	targets_changed(r);
}

static __always_inline struct executed what_is_executed(struct linux_binprm *bprm)
{
	return (struct executed){ .argc = bprm->argc,
				  .envc = bprm->envc,
				  .script = bprm->interp != bprm->filename };
}

/* The file as the kernel has it: where the call's own memory is gone by now. */
static __always_inline void append_path(struct bpf_walk *w, struct trace_piece *piece,
					const char *filename)
{
	long n;

	__builtin_memset(piece, 0, sizeof(*piece));
	n = bpf_probe_read_kernel_str(piece + 1, EXE_MOST, filename);
	piece->length = n > 0 ? (n - 1) & (EXE_MOST - 1) : 0;
	piece->total = piece->length;
	piece->flags = n > 0 ? TRACE_P_STRING : TRACE_P_STRING | TRACE_P_UNREADABLE;
	w->at += sizeof(*piece) + ((piece->length + 7) & ~7u);
	w->pieces++;
}

/* `count` strings, one behind another, in the new program's memory. */
static __always_inline void append_given(struct bpf_ring *r, uint64_t from, uint64_t to,
					 uint32_t count, uint32_t most, uint32_t kind)
{
	uint32_t at = r->walk.at;

	append(from, to > from ? to - from : 0, most, kind);
	((struct trace_piece *)piece_at(r, at & ~7u))->offset = count;
}

/* The strings of argv and envp: those that the caller gave may have been on pages that were not
 * there yet when the call began, as all of a child are after fork. */
static __always_inline void append_program(struct bpf_ring *r, struct task_struct *task,
					   const struct executed *e)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);

	if (setting(program.pieces) < 1 || !mm)
		return;
	append_given(r, BPF_CORE_READ(mm, arg_start), BPF_CORE_READ(mm, arg_end), e->argc,
		     setting(program.argv), TRACE_P_CMDLINE);
	if (setting(program.pieces) < 2)
		return;
	append_given(r, BPF_CORE_READ(mm, env_start), BPF_CORE_READ(mm, env_end), e->envc,
		     setting(program.envp), TRACE_P_ENVIRONMENT);
}

static __always_inline int on_exec(struct task_struct *task, int old, const void *filename,
				   const struct executed *e)
{
	uint32_t room =
		PROCESS_ROOM + 2 * PIECE_ROOM + setting(program.argv) + setting(program.envp) + 16;
	struct bpf_ring *r = this_ring();
	struct trace_process *p;
	uint32_t tid = task_tid(task), other;
	uint64_t start;

	if (!r)
		return 0;
	other = take_number(old);
	if (old == task->pid)
		other = tid;
	else if (other)
		rename_target(r, other, tid);
	if (!thread_wanted(r, tid))
		return 0;
	set_busy(r, 0);
	p = process_begin(r, TRACE_EXEC, task_ids(task), room, &start);
	if (p) {
		p->other_tid = other;
		p->other_tgid = task_tgid(task);
		p->code = e && e->script ? TRACE_EXEC_SCRIPT : 0;
		bpf_probe_read_kernel(p->comm, sizeof(p->comm), task->comm);
		begin_walk(&r->walk, TRACE_X86_64, 0);
		r->walk.start = start;
		r->walk.at = sizeof(*p);
		r->walk.room = room;
		append_path(&r->walk, (void *)(p + 1), filename);
		if (e)
			append_program(r, task, e);
		p = ring_at(r, start);
		p->pieces = r->walk.pieces;
		if (other != tid) /* it has its leader's numbers now */
			r->walk.at += add_numbers(p, piece_at(r, r->walk.at & ~7u), task);
		ring_end(r, p, start, r->walk.at);
	}
	clear_busy(r);
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(process_exec, struct task_struct *task, int old, struct linux_binprm *bprm)
{
	struct executed e = what_is_executed(bprm);

	return on_exec(task, old, bprm->filename, &e);
}

/* Before it, for the record below, which tells the file alone. */
SEC("tp_btf/sched_prepare_exec")
int BPF_PROG(exec_prepare_preemptible, struct task_struct *task, struct linux_binprm *bprm)
{
	struct executed e = what_is_executed(bprm);
	uint32_t tid = task->pid;

	bpf_map_update_elem(&executing, &tid, &e, BPF_ANY);
	return 0;
}

SEC("tracepoint/sched/sched_process_exec")
int process_exec_preemptible(struct trace_event_raw_sched_process_exec *e)
{
	uint32_t old = e->old_pid;
	struct executed *kept = bpf_map_lookup_elem(&executing, &old), now;

	if (kept)
		now = *kept;
	on_exec(bpf_get_current_task_btf(), old, (void *)e + (e->__data_loc_filename & 0xffff),
		kept ? &now : NULL);
	bpf_map_delete_elem(&executing, &old);
	return PERF_GOES_ON;
}

static __always_inline int on_rename(uint64_t ids, const void *comm)
{
	struct bpf_ring *r = this_ring();
	struct trace_process *p;
	uint64_t start;

	if (!r || !thread_wanted(r, (uint32_t)ids))
		return 0;
	set_busy(r, 0);
	p = process_begin(r, TRACE_COMM, ids, sizeof(*p), &start);
	if (p) {
		bpf_probe_read_kernel_str(p->comm, sizeof(p->comm), comm);
		ring_end(r, p, start, sizeof(*p));
	}
	clear_busy(r);
	return 0;
}

SEC("tp_btf/task_rename") int BPF_PROG(thread_rename, struct task_struct *task, const char *comm)
{
	return on_rename(task_ids(task), comm);
}

/* A thread is renamed by itself or by another one of its process, whose number in another namespace
 * is not to be had. */
SEC("tracepoint/task/task_rename")
int thread_rename_preemptible(struct trace_event_raw_task_rename *e)
{
	struct task_struct *task = bpf_get_current_task_btf();
	uint64_t ids = task_ids(task);

	if (e->pid != task->pid && setting(pid_namespace))
		return PERF_GOES_ON;
	on_rename(e->pid == task->pid ? ids : (ids >> 32 << 32) | (uint32_t)e->pid,
		  (void *)e + bpf_core_field_offset(e->newcomm));
	return PERF_GOES_ON;
}

#include "tracer/bpf/program/bpf_signals.h"

/* The bit of a wait status. A thread's own code has it if it is the one that dumped the core; the
 * others begin to end before that, and are here after it. */
static __always_inline uint32_t core_dumped(struct task_struct *task)
{
	return BPF_CORE_READ(task, signal, group_exit_code) & 0x80;
}

static __always_inline int on_end(struct task_struct *task)
{
	struct bpf_ring *r = this_ring();
	uint32_t tid = task_tid(task), first = task->pid, code = task->exit_code;
	struct trace_process *p;
	uint64_t start;
	bool on;

	if (!r)
		return 0;
	on = thread_wanted(r, tid);
	if (r->tid == tid)
		r->tid = 0;
	if (setting(pid_namespace))
		take_number(first);
	if (!bpf_map_delete_elem(&targets, &tid))
		targets_changed(r);
	r->asked = 0;
	take_begun(tid);
	if (!on)
		return 0;
	set_busy(r, 0);
	if (code & 127)
		write_last_signal(r, task);
	p = process_begin(r, TRACE_END, task_ids(task), sizeof(*p), &start);
	if (p) {
		p->code = code | (code & 127 ? core_dumped(task) : 0);
		p->record.flags =
			BPF_CORE_READ(task, signal, live.counter) == 0 ? TRACE_F_LEADER : 0;
		bpf_probe_read_kernel(p->comm, sizeof(p->comm), task->comm);
		ring_end(r, p, start, sizeof(*p));
	}
	clear_busy(r);
	return 0;
}

SEC("tp_btf/sched_process_exit") int BPF_PROG(process_exit, struct task_struct *task)
{
	return on_end(task);
}

SEC("tracepoint/sched/sched_process_exit") int process_exit_preemptible(void *e)
{
	on_end(bpf_get_current_task_btf());
	return PERF_GOES_ON;
}

#endif
