/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_signals: signals as they are sent and delivered, and the one that a process dies of. Included
 * once, by bpf_process.h. */
#ifndef SYSTAPE_BPF_SIGNALS_H
#define SYSTAPE_BPF_SIGNALS_H

/* Writes a signal record if there is room. */
static __always_inline void write_signal(struct bpf_ring *r, struct task_struct *task, int sig,
					 const void *info, uint64_t handler, uint64_t flags)
{
	uint64_t start, now = bpf_ktime_get_ns();
	struct trace_signal *s;

	if (!ring_begin(r, sizeof(*s), now, &start)) {
		lose(LOSE_EVENT, now);
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
	s->handler = handler;
	s->handler_flags = flags;
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

	if (result || (setting(pid_namespace) && !tgid))
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

static __always_inline int on_deliver(int sig, const void *info, uint64_t handler, uint64_t flags)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct bpf_ring *r = this_ring();
	uint32_t tgid = task_tgid(task);

	if (!r || !thread_wanted(r, task_tid(task)))
		return 0;
	if (sig != SIGKILL)
		bpf_map_delete_elem(&sent, &tgid);
	set_busy(r, 0);
	write_signal(r, task, sig, info, handler, flags);
	clear_busy(r);
	return 0;
}

SEC("tp_btf/signal_deliver")
int BPF_PROG(signal_taken, int sig, struct kernel_siginfo *info, struct k_sigaction *action)
{
	return on_deliver(sig, info, (uint64_t)action->sa.sa_handler, action->sa.sa_flags);
}

/* Whether spinlocks are mutexes here, so that signals are delivered with interrupts on. */
static __always_inline bool realtime(void)
{
	return bpf_core_field_exists(((struct spinlock *)0)->lock);
}

/* Delivered with interrupts off, but for real-time kernels: there it is kept for the program below,
 * whose record leaves out most of it. */
SEC("tp_btf/signal_deliver")
int BPF_PROG(signal_taken_preemptible, int sig, struct kernel_siginfo *info,
	     struct k_sigaction *action)
{
	uint32_t tid = bpf_get_current_pid_tgid();
	struct sent_signal s;

	if (!realtime())
		return on_deliver(sig, info, (uint64_t)action->sa.sa_handler, action->sa.sa_flags);
	/* Another's perf event may have been there before, and have the other one come first: that
	 * leaves an element, which is gone now. */
	if (bpf_map_delete_elem(&delivered, &tid) &&
	    !bpf_probe_read_kernel(s.info, sizeof(s.info), info))
		bpf_map_update_elem(&delivered, &tid, &s, BPF_ANY);
	return 0;
}

/* Without that: what was last sent to the process, if it is this. Of signals that queue up there
 * may be several. */
static __always_inline struct sent_signal *find_info(struct trace_event_raw_signal_deliver *e)
{
	uint32_t tid = bpf_get_current_pid_tgid(), tgid = task_tgid(bpf_get_current_task_btf());
	struct sent_signal *s = bpf_map_lookup_elem(&delivered, &tid);

	if (s && s->info[0] == e->sig)
		return s;
	s = bpf_map_lookup_elem(&sent, &tgid);
	return s && e->sig < SIGNALS_QUEUED && s->info[0] == e->sig && s->info[2] == e->code ? s
											     : NULL;
}

SEC("tracepoint/signal/signal_deliver")
int signal_realtime_preemptible(struct trace_event_raw_signal_deliver *e)
{
	uint32_t tid = bpf_get_current_pid_tgid();
	struct sent_signal *s, copy = { .info = { 0 } };

	if (!realtime())
		return PERF_GOES_ON;
	s = find_info(e);
	if (s)
		copy = *s;
	on_deliver(e->sig, s ? copy.info : NULL, e->sa_handler, e->sa_flags);
	if (bpf_map_delete_elem(&delivered, &tid)) {
		copy.info[0] = 0;
		bpf_map_update_elem(&delivered, &tid, &copy, BPF_ANY);
	}
	return PERF_GOES_ON;
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
		write_signal(r, task, s->info[0], s->info, 0, 0);
	bpf_map_delete_elem(&sent, &tgid);
}

#endif
