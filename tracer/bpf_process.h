/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_process: what happens to threads besides calls: fork, exec, comm, end, signals. Included
 * once, by systape.bpf.c. */
#ifndef SYSTAPE_BPF_PROCESS_H
#define SYSTAPE_BPF_PROCESS_H

#define EXE_MOST     4096
#define PIECE_ROOM   (sizeof(struct trace_piece) + 8)
#define PROCESS_ROOM (sizeof(struct trace_process) + PIECE_ROOM + EXE_MOST)

/* Begins a struct trace_process in the ring; NULL when there is no room. */
static __always_inline struct trace_process *process_begin(struct bpf_ring *r, uint32_t type,
							   struct task_struct *task, uint32_t room,
							   uint64_t *start)
{
	uint64_t now = bpf_ktime_get_ns();
	struct trace_process *p;

	if (!ring_begin(r, room, now, start)) {
		lose(r, LOSE_EVENT, now);
		return NULL;
	}
	p = ring_at(r, *start);
	__builtin_memset(p, 0, sizeof(*p));
	p->record.type = type;
	p->record.time = now;
	p->record.tid = task_tid(task);
	p->record.tgid = task_tgid(task);
	p->uid = ~0u;
	return p;
}

static __always_inline bool thread_wanted(struct bpf_ring *r, uint32_t tid)
{
	struct bpf_target *t = bpf_map_lookup_elem(&targets, &tid);

	if (settings.pid_namespace && !tid)
		return false;
	return (t ? t->state == TARGET_ON : settings.everything) && (!settings.chooses || chosen());
}

/* A thread that finds no room is not followed, and that counts as an event that is lost. */
static __always_inline void add_target(struct bpf_ring *r, uint32_t tid, struct bpf_target *t)
{
	if (!bpf_map_update_elem(&targets, &tid, t, BPF_ANY))
		return;
	set_busy(r);
	lose(r, LOSE_EVENT, bpf_ktime_get_ns());
	clear_busy(r);
}

/* The child is traced from its first instruction: it cannot run before this. */
static __always_inline void follow_child(struct bpf_ring *r, struct task_struct *parent,
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
		if (!thread && t->depth >= settings.follow)
			return;
		if (thread && !t->threads && !settings.follow)
			return;
		if (!thread)
			new.depth++;
	}
	add_target(r, task_tid(child), &new);
	targets_changed();
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(process_fork, struct task_struct *parent, struct task_struct *child)
{
	struct bpf_ring *r = this_ring();
	struct trace_process *p;
	uint64_t start;

	if (!r)
		return 0;
	follow_child(r, parent, child);
	if (!thread_wanted(r, task_tid(parent)))
		return 0;
	set_busy(r);
	p = process_begin(r, TRACE_FORK, parent, sizeof(*p), &start);
	if (p) {
		p->other_tid = task_tid(child);
		p->other_tgid = task_tgid(child);
		p->parent = task_tgid(parent);
		bpf_probe_read_kernel(p->comm, sizeof(p->comm), child->comm);
		ring_end(r, p, start, sizeof(*p));
	}
	clear_busy(r);
	return 0;
}

/* A thread that executes a program takes its leader's tid; what is known of it moves along. */
static __always_inline void rename_target(struct bpf_ring *r, uint32_t old, uint32_t tid)
{
	struct bpf_target *t = bpf_map_lookup_elem(&targets, &old), copy;

	if (r->tid == old)
		r->tid = tid;
	if (take_begun(old))
		set_begun(tid);
	if (!t)
		return;
	copy = *t;
	bpf_map_delete_elem(&targets, &old);
	add_target(r, tid, &copy);
	targets_changed();
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
					   struct linux_binprm *bprm)
{
	struct mm_struct *mm = task->mm;

	if (settings.program.pieces < 1 || !mm)
		return;
	append_given(r, mm->arg_start, mm->arg_end, bprm->argc, settings.program.argv,
		     TRACE_P_CMDLINE);
	if (settings.program.pieces < 2)
		return;
	append_given(r, mm->env_start, mm->env_end, bprm->envc, settings.program.envp,
		     TRACE_P_ENVIRONMENT);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(process_exec, struct task_struct *task, int old, struct linux_binprm *bprm)
{
	uint32_t room =
		PROCESS_ROOM + 2 * PIECE_ROOM + settings.program.argv + settings.program.envp + 16;
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
	set_busy(r);
	p = process_begin(r, TRACE_EXEC, task, room, &start);
	if (p) {
		p->other_tid = other;
		p->other_tgid = task_tgid(task);
		p->code = bprm->interp != bprm->filename ? TRACE_EXEC_SCRIPT : 0;
		bpf_probe_read_kernel(p->comm, sizeof(p->comm), task->comm);
		begin_walk(&r->walk, TRACE_X86_64, 0);
		r->walk.start = start;
		r->walk.at = sizeof(*p);
		r->walk.room = room;
		append_path(&r->walk, (void *)(p + 1), bprm->filename);
		append_program(r, task, bprm);
		p = ring_at(r, start);
		p->pieces = r->walk.pieces;
		ring_end(r, p, start, r->walk.at);
	}
	clear_busy(r);
	return 0;
}

SEC("tp_btf/task_rename") int BPF_PROG(thread_rename, struct task_struct *task, const char *comm)
{
	struct bpf_ring *r = this_ring();
	struct trace_process *p;
	uint64_t start;

	if (!r || !thread_wanted(r, task_tid(task)))
		return 0;
	set_busy(r);
	p = process_begin(r, TRACE_COMM, task, sizeof(*p), &start);
	if (p) {
		bpf_probe_read_kernel_str(p->comm, sizeof(p->comm), comm);
		ring_end(r, p, start, sizeof(*p));
	}
	clear_busy(r);
	return 0;
}

/* Writes a signal record if there is room; `action` may be NULL. */
static __always_inline void write_signal(struct bpf_ring *r, struct task_struct *task, int sig,
					 const void *info, struct k_sigaction *action)
{
	uint64_t start, now = bpf_ktime_get_ns();
	struct trace_signal *s;

	if (!ring_begin(r, sizeof(*s), now, &start)) {
		lose(r, LOSE_EVENT, now);
		return;
	}
	s = ring_at(r, start);
	__builtin_memset(s, 0, sizeof(*s));
	s->record.type = TRACE_SIGNAL;
	s->record.time = now;
	s->record.tid = task_tid(task);
	s->record.tgid = task_tgid(task);
	s->signal = sig;
	if ((uint64_t)info > 4096) { /* small values stand for "no information" */
		s->size = 48;
		bpf_probe_read_kernel(s->info, 48, info);
		s->error = *(int *)&s->info[4];
		s->code = *(int *)&s->info[8];
	}
	if (action) {
		bpf_probe_read_kernel(&s->handler, sizeof(s->handler), &action->sa.sa_handler);
		bpf_probe_read_kernel(&s->handler_flags, sizeof(s->handler_flags),
				      &action->sa.sa_flags);
	}
	ring_end(r, s, start, sizeof(*s));
}

/*
 * A signal that ends a process without a core dump is never delivered: the kernel turns it into a
 * SIGKILL for each thread (kernel/signal.c, complete_signal). What was sent is kept here until it
 * is delivered, or the process has died of it.
 */
SEC("tp_btf/signal_generate")
int BPF_PROG(signal_sent, int sig, struct kernel_siginfo *info, struct task_struct *task, int group,
	     int result)
{
	struct sent_signal s = { .info = { sig } };
	uint32_t tgid = task_tgid(task);

	if (result || (settings.pid_namespace && !tgid))
		return 0;
	if ((uint64_t)info > 1) {
		bpf_probe_read_kernel(s.info, sizeof(s.info), info);
	} else if (info) {
		s.info[2] = SI_KERNEL;
	} else { /* SEND_SIG_NOINFO: by kill of the current process */
		s.info[4] = process_seen_by(task);
		s.info[5] = (uint32_t)bpf_get_current_uid_gid();
	}
	bpf_map_update_elem(&sent, &tgid, &s, BPF_ANY);
	return 0;
}

SEC("tp_btf/signal_deliver")
int BPF_PROG(signal_taken, int sig, struct kernel_siginfo *info, struct k_sigaction *action)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct bpf_ring *r = this_ring();
	uint32_t tgid = task_tgid(task);

	if (!r || !thread_wanted(r, task_tid(task)))
		return 0;
	if (sig != SIGKILL)
		bpf_map_delete_elem(&sent, &tgid);
	set_busy(r);
	write_signal(r, task, sig, info, action);
	clear_busy(r);
	return 0;
}

/* The signal that a process dies of, if it was never delivered: once, by the first thread that
 * ends. */
static __always_inline void write_last_signal(struct bpf_ring *r, struct task_struct *task)
{
	uint32_t tgid = task_tgid(task);
	struct sent_signal *s = bpf_map_lookup_elem(&sent, &tgid);

	if (!s)
		return;
	if (s->info[0] == (task->exit_code & 127) && s->info[0] != SIGKILL)
		write_signal(r, task, s->info[0], s->info, NULL);
	bpf_map_delete_elem(&sent, &tgid);
}

SEC("tp_btf/sched_process_exit") int BPF_PROG(process_exit, struct task_struct *task)
{
	struct bpf_ring *r = this_ring();
	uint32_t tid = task_tid(task), first = task->pid;
	struct trace_process *p;
	uint64_t start;
	bool on;

	if (!r)
		return 0;
	on = thread_wanted(r, tid);
	if (r->tid == tid)
		r->tid = 0;
	if (settings.pid_namespace)
		take_number(first);
	if (!bpf_map_delete_elem(&targets, &tid))
		targets_changed();
	r->answer = 0;
	take_begun(tid);
	if (!on)
		return 0;
	set_busy(r);
	if (task->exit_code & 127)
		write_last_signal(r, task);
	p = process_begin(r, TRACE_END, task, sizeof(*p), &start);
	if (p) {
		p->code = task->exit_code;
		p->record.flags = task->signal->live.counter == 0 ? TRACE_F_LEADER : 0;
		bpf_probe_read_kernel(p->comm, sizeof(p->comm), task->comm);
		ring_end(r, p, start, sizeof(*p));
	}
	clear_busy(r);
	return 0;
}

#endif
