/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_kernel: the few kernel structures that the program looks into. Only the named fields matter:
 * their places are found on the running kernel (CO-RE), so the program needs no kernel headers and
 * no build for each kernel.
 */
#ifndef SYSTAPE_BPF_KERNEL_H
#define SYSTAPE_BPF_KERNEL_H

/*
 * task->files->fdt costs a load where it runs. Where it is verified, Linux 6.4 to 6.19 look for
 * four names among all of the kernel's types, a millisecond, for each pointer that is taken out of
 * a task. So only what runs at every call follows pointers in this way; the rest asks for them by
 * BPF_CORE_READ, which runs for some nanoseconds and is verified at once.
 */

/* The common path stays in one straight line. */
#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define TS_COMPAT	     2 /* arch/x86/include/asm/thread_info.h: a 32-bit call is under way */
#define SIGKILL		     9
#define SIGNALS_QUEUED	     32 /* from here on: SIGRTMIN */
#define SI_KERNEL	     0x80
#define NR_RT_SIGRETURN	     15 /* as the next: arch/x86/entry/syscalls/syscall_64.tbl, _32.tbl */
#define NR_I386_SIGRETURN    119
#define NR_I386_RT_SIGRETURN 173
#define PF_IO_WORKER	     0x10 /* include/linux/sched.h, as the next */
#define PF_USER_WORKER	     0x4000
#define X32_BIT		     0x40000000u /* asm/unistd.h: __X32_SYSCALL_BIT */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct pt_regs {
	unsigned long r10, r9, r8, dx, si, di, orig_ax, bx, cx, bp, sp, ip;
};

struct thread_info {
	unsigned int status;
};

typedef struct {
	int counter;
} atomic_t;

struct signal_struct {
	atomic_t live;
	int group_exit_code;
};

struct ns_common {
	unsigned int inum;
};

struct pid_namespace {
	struct ns_common ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

struct sched_entity {
	uint64_t sum_exec_runtime;
};

struct mm_struct {
	unsigned long arg_start, arg_end, env_start, env_end;
};

struct task_struct {
	struct sched_entity se;
	struct thread_info thread_info;
	unsigned int flags;
	unsigned short migration_disabled;
	int pid, tgid;
	int exit_code;
	struct task_struct *real_parent, *group_leader;
	struct pid *thread_pid;
	uint64_t start_time;
	struct signal_struct *signal;
	struct files_struct *files;
	struct fs_struct *fs;
	struct mm_struct *mm;
	char comm[16];
};

struct rt_mutex_base {
	int wait_lock;
};

struct spinlock {
	struct rt_mutex_base lock; /* of real-time kernels alone */
};

struct kernfs_node {
	uint64_t id;
	const char *name;
};

struct cgroup_subsys_state {
	struct cgroup_subsys_state *parent;
};

struct cgroup_root {
	int hierarchy_id;
};

struct cgroup {
	struct cgroup_subsys_state self;
	struct kernfs_node *kn;
	struct cgroup_root *root;
};

struct linux_binprm {
	const char *filename, *interp;
	int argc, envc;
};

struct kernel_siginfo {
	int si_signo, si_errno, si_code;
};

struct sigaction {
	void *sa_handler;
	unsigned long sa_flags;
};

struct k_sigaction {
	struct sigaction sa;
};
#pragma clang attribute pop

#endif
