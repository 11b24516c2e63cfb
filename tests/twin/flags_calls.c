// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flags_calls: makes a harmless failing call with every constant of a table, and prints the name
 * that a tracer must show in that call's line. tests/twin/flags.test runs it under strace.
 */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "format/flags/flags.h"

static const struct call {
	const char *table;
	long nr;
	int argument; /* which one gets the constant */
	long args[6];
} calls[] = {
	{ "open_mode_flags", SYS_openat, 2, { -1, 0 } },
	{ "open_access_modes", SYS_openat, 2, { -1, 0 } },
	{ "at_flags", SYS_newfstatat, 3, { -1, 0, 0 } },
	{ "faccessat_flags", SYS_faccessat2, 3, { -1, 0, 0 } },
	{ "statx_masks", SYS_statx, 3, { -1, 0, 0, 0, 0 } },
	{ "fcntlcmds", SYS_fcntl, 1, { -1, 0, 0 } },
	{ "falloc_flags", SYS_fallocate, 1, { -1, 0, 0, 0 } },
	{ "advise", SYS_fadvise64, 3, { -1, 0, 0 } },
	{ "whence_codes", SYS_lseek, 2, { -1, 0 } },
	{ "flockcmds", SYS_flock, 1, { -1 } },
	{ "mount_flags", SYS_mount, 3, { 0, 0, 0, 0, 0 } },
	{ "umount_flags", SYS_umount2, 1, { 0, 0 } },
	{ "rename_flags", SYS_renameat2, 4, { -1, 0, -1, 0, 0 } },
	{ "mmap_prot", SYS_mmap, 2, { 0, 0, 0, 1, -1, 0 } },
	{ "mmap_flags", SYS_mmap, 3, { 0, 0, 0, 0, -1, 0 } },
	{ "madvise_cmds", SYS_madvise, 2, { 1, 0, 0 } },
	{ "mremap_flags", SYS_mremap, 3, { 1, 0, 0, 0, 0 } },
	{ "mctl_sync", SYS_msync, 2, { 1, 0, 0 } },
	{ "memfd_create_flags", SYS_memfd_create, 1, { 0, 0 } },
	{ "mbind_flags", SYS_mbind, 5, { 1, 0, 0, 0, 0, 0 } },
	{ "pkey_access", SYS_pkey_alloc, 1, { 1, 0 } },
	{ "resources", SYS_getrlimit, 0, { 0, 0 } },
	{ "usagewho", SYS_getrusage, 0, { 0, 0 } },
	{ "priorities", SYS_getpriority, 0, { 0, -1 } },
	{ "clocknames", SYS_clock_gettime, 0, { 0, 0 } },
	{ "itimer_which", SYS_getitimer, 0, { 0, 0 } },
	{ "timerfdflags", SYS_timerfd_settime, 1, { -1, 0, 0, 0 } },
	{ "futexops", SYS_futex, 1, { 0, 0, 0, 0, 0, 0 } },
	{ "epollctls", SYS_epoll_ctl, 1, { -1, 0, 0, 0 } },
	{ "inotify_flags", SYS_inotify_add_watch, 2, { -1, 0, 0 } },
	{ "fan_mark_flags", SYS_fanotify_mark, 1, { -1, 0, 0, -1, 0 } },
	{ "fan_event_flags", SYS_fanotify_mark, 2, { -1, 0, 0, -1, 0 } },
	{ "splice_flags", SYS_tee, 3, { -1, -1, 0, 0 } },
	{ "rwf_flags", SYS_preadv2, 5, { -1, 0, 0, 0, 0, 0 } },
	{ "uring_register_opcodes", SYS_io_uring_register, 1, { -1, 0, 0, 0 } },
	{ "uring_enter_flags", SYS_io_uring_enter, 3, { -1, 0, 0, 0, 0, 0 } },
	{ "msg_flags", SYS_recvfrom, 3, { -1, 0, 0, 0, 0, 0 } },
	{ "socketlayers", SYS_getsockopt, 1, { -1, 0, 0, 0, 0 } },
	{ "sock_options", SYS_getsockopt, 2, { -1, 1, 0, 0, 0 } },
	{ "sock_ip_options", SYS_getsockopt, 2, { -1, 0, 0, 0, 0 } },
	{ "sock_ipv6_options", SYS_getsockopt, 2, { -1, 41, 0, 0, 0 } },
	{ "sock_tcp_options", SYS_getsockopt, 2, { -1, 6, 0, 0, 0 } },
	{ "sock_packet_options", SYS_getsockopt, 2, { -1, 263, 0, 0, 0 } },
	{ "sock_netlink_options", SYS_getsockopt, 2, { -1, 270, 0, 0, 0 } },
	{ "shutdown_modes", SYS_shutdown, 1, { -1, 0 } },
	{ "addrfams", SYS_socketpair, 0, { 0, 0, 0, 0 } },
	{ "socktypes", SYS_socketpair, 1, { 0, 0, 0, 0 } },
	{ "signals", SYS_kill, 1, { 0x7fffffff, 0 } },
	{ "sigprocmaskcmds", SYS_rt_sigprocmask, 0, { 0, 1, 0, 8 } },
	{ "waitid_types", SYS_waitid, 0, { 0, 0x7ffffff0, 0, 1, 0 } },
	{ "schedulers", SYS_sched_setscheduler, 1, { 0x7fffffff, 0, 0 } },
	{ "kcmp_types", SYS_kcmp, 2, { 0x7fffffff, 0x7fffffff, 0, 0, 0 } },
	{ "ptrace_cmds", SYS_ptrace, 0, { 0, 0x7fffffff, 0, 0 } },
	{ "seccomp_ops", SYS_seccomp, 0, { 0, 0x8000, 0 } },
	{ "bpf_commands", SYS_bpf, 0, { 0, 0, 0 } },
	{ "msgctl_flags", SYS_msgctl, 1, { -1, 0, 0 } },
	{ "shmctl_flags", SYS_shmctl, 1, { -1, 0, 0 } },
	{ "xattrflags", SYS_fsetxattr, 4, { -1, 0, 0, 0, 0 } },
	{ "close_range_flags", SYS_close_range, 2, { 2, 1, 0 } },
	{ "ioctl_cmds", SYS_ioctl, 1, { -1, 0, 0 } },
};

/* Prints what to look for, and makes the calls: one for each constant of the table. */
static int all_of(const struct call *call)
{
	const struct flag_table *table = flag_table_find(call->table);

	if (!table)
		return -1;
	for (size_t i = 0; i < table->count; i++) {
		long a[6];

		memcpy(a, call->args, sizeof(a));
		a[call->argument] = (long)table->values[i].value;
		printf("%s %s\n", call->table, table->values[i].name);
		syscall(call->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
	return 0;
}

int main(void)
{
	static char buffer[1 << 20];

	/* one write at the end: no call of the C library's between ours */
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	syscall(SYS_getppid);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (all_of(&calls[i])) {
			fprintf(stderr, "no table %s\n", calls[i].table);
			return 1;
		}
	}
	syscall(SYS_getppid);
	return 0;
}
