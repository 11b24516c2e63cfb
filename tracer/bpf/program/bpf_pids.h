/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_pids: the numbers of threads in the recorder's pid namespace, by which it knows them: struct
 * pid has one for each namespace on the way from the first. In the first one they stand in the task
 * itself, and nothing of this is left in the program.
 */
#ifndef SYSTAPE_BPF_PIDS_H
#define SYSTAPE_BPF_PIDS_H

#define NAMESPACES_MOST 32 /* MAX_PID_NS_LEVEL of the kernel */

static __always_inline bool pid_read(const struct pid *pid, uint32_t level, struct upid *number)
{
	return !bpf_probe_read_kernel(number, sizeof(*number),
				      (const char *)pid +
					      bpf_core_field_offset(struct pid, numbers) +
					      level * sizeof(*number));
}

/* Looks for the recorder's namespace among those that the thread is in. */
static __noinline int find_namespace(const struct pid *pid)
{
	uint32_t most = BPF_CORE_READ(pid, level);
	struct upid number;

	for (uint32_t level = 1; level < NAMESPACES_MOST && level <= most; level++) {
		if (!pid_read(pid, level, &number))
			break;
		if (BPF_CORE_READ(number.ns, ns.inum) != setting(pid_namespace))
			continue;
		namespace_level = level;
		namespace_at = (uint64_t)number.ns;
		return 1;
	}
	return 0;
}

/* The number in the recorder's namespace; 0: it is not in there. */
static __always_inline uint32_t pid_number(const struct pid *pid)
{
	struct upid number;

	if (!pid || (!namespace_at && !find_namespace(pid)) ||
	    BPF_CORE_READ(pid, level) < namespace_level ||
	    !pid_read(pid, namespace_level, &number) || (uint64_t)number.ns != namespace_at)
		return 0;
	return number.nr;
}

static __always_inline uint32_t task_tid(struct task_struct *task)
{
	return setting(pid_namespace) ? pid_number(task->thread_pid) : (uint32_t)task->pid;
}

static __always_inline uint32_t task_tgid(struct task_struct *task)
{
	return setting(pid_namespace) ? pid_number(task->group_leader->thread_pid)
				      : (uint32_t)task->tgid;
}

/* The process above the thread. */
static __always_inline uint64_t task_ids(struct task_struct *task)
{
	if (likely(!setting(pid_namespace)))
		return (uint64_t)(uint32_t)task->tgid << 32 | (uint32_t)task->pid;
	return (uint64_t)task_tgid(task) << 32 | task_tid(task);
}

/* Room for the numbers of a thread in a record of a process. */
#define NUMBERS_SIZE (sizeof(struct trace_piece) + TRACE_NUMBERS_MOST * sizeof(struct trace_number))

struct numbers_walk {
	const struct pid *pid;
	struct trace_number *to;
	uint32_t count;
};

static long write_number(uint32_t i, struct numbers_walk *w)
{
	struct trace_number *to = w->to + (i & 63);
	struct upid number;

	if (!pid_read(w->pid, namespace_level + i, &number))
		return 1;
	to->name_space = BPF_CORE_READ(number.ns, ns.inum);
	to->number = number.nr;
	w->count = i + 1;
	return 0;
}

/* A piece with the numbers of the thread from the recorder's namespace inwards: its size, 0 where
 * that is its own. */
static __noinline int write_numbers(struct trace_piece *piece, struct task_struct *task)
{
	const struct pid *pid = BPF_CORE_READ(task, thread_pid);
	struct numbers_walk w = { .pid = pid, .to = (void *)(piece + 1) };
	uint32_t most = pid ? BPF_CORE_READ(pid, level) : 0;

	if (!piece || most <= namespace_level)
		return 0;
	most -= namespace_level;
	bpf_loop(most < TRACE_NUMBERS_MOST ? most + 1 : TRACE_NUMBERS_MOST, write_number, &w, 0);
	*(uint64_t *)piece = 0;
	((uint64_t *)piece)[1] = 0;
	piece->length = piece->total = w.count * sizeof(*w.to);
	piece->arg = TRACE_P_NUMBERS;
	return sizeof(*piece) + w.count * sizeof(*w.to);
}

/* The current process as the kernel names it to another one: in that one's namespace, 0 if it is
 * not in there. */
static __always_inline uint32_t process_seen_by(struct task_struct *task)
{
	const struct pid *self = bpf_get_current_task_btf()->group_leader->thread_pid,
			 *other = task->thread_pid;
	uint32_t level = other ? BPF_CORE_READ(other, level) : 0;
	struct upid number, theirs;

	if (BPF_CORE_READ(self, level) < level || !pid_read(self, level, &number) ||
	    !pid_read(other, level, &theirs) || number.ns != theirs.ns)
		return 0;
	return number.nr;
}

/* A thread may become the leader by an execve, and is told of by its first number then. */
static __always_inline void keep_number(uint32_t tid)
{
	struct task_struct *task = bpf_get_current_task_btf();
	uint32_t first = task->pid;

	if (setting(pid_namespace) && task->pid != task->tgid)
		bpf_map_update_elem(&numbers, &first, &tid, BPF_ANY);
}

/* What it was, once: 0 if that is not known. */
static __always_inline uint32_t take_number(uint32_t first)
{
	uint32_t *number, tid;

	if (!setting(pid_namespace))
		return first;
	number = bpf_map_lookup_elem(&numbers, &first);
	tid = number ? *number : 0;
	bpf_map_delete_elem(&numbers, &first);
	return tid;
}

#endif
