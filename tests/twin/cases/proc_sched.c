// SPDX-License-Identifier: GPL-2.0-or-later
/* Scheduling, priorities, identities, capabilities, memory policies. */
#define _GNU_SOURCE
#include "proc.h"

#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <sys/fsuid.h>
#include <sys/resource.h>

/* linux/sched/types.h cannot stand beside sched.h. */
struct attributes {
	uint32_t size, sched_policy;
	uint64_t sched_flags;
	int32_t sched_nice;
	uint32_t sched_priority;
	uint64_t sched_runtime, sched_deadline, sched_period;
	uint32_t sched_util_min, sched_util_max;
};

static void scheduling(void)
{
	struct {
		int priority;
	} p = { 0 }, out;
	struct attributes a = { .size = 48, .sched_policy = 0, .sched_nice = 1 };
	unsigned char set[128] = { 1 }, got[128];
	struct timespec ts;

	syscall(SYS_sched_getscheduler, 0);
	syscall(SYS_sched_getscheduler, -1);
	for (int i = 0; i < 7; i++) {
		syscall(SYS_sched_get_priority_max, i);
		syscall(SYS_sched_get_priority_min, i);
	}
	syscall(SYS_sched_getparam, 0, &out);
	syscall(SYS_sched_getparam, 0, BAD);
	syscall(SYS_sched_setparam, 0, AT_END(p));
	syscall(SYS_sched_setscheduler, 0, 0, &p);
	syscall(SYS_sched_setscheduler, 0, SCHED_BATCH | SCHED_RESET_ON_FORK, &p);
	syscall(SYS_sched_getscheduler, 0);
	syscall(SYS_sched_setscheduler, 0, 77, BAD);
	syscall(SYS_sched_setscheduler, 0, 0, &p);
	syscall(SYS_sched_rr_get_interval, 0, &ts);
	syscall(SYS_sched_rr_get_interval, -1, &ts);
	syscall(SYS_sched_getaffinity, 0, 128, got);
	syscall(SYS_sched_getaffinity, 0, 8, got);
	syscall(SYS_sched_getaffinity, 0, 7, got);
	syscall(SYS_sched_getaffinity, 0, 128, BAD);
	syscall(SYS_sched_setaffinity, 0, 128, set);
	syscall(SYS_sched_setaffinity, 0, 8, set);
	syscall(SYS_sched_getaffinity, 0, 8, got);
	set[0] = 0xff;
	set[5] = 0x81;
	syscall(SYS_sched_setaffinity, 0, 128, set);
	syscall(SYS_sched_setaffinity, 0, 1, AT_END(set[0]));
	syscall(SYS_sched_setaffinity, 0, 7, set);
	syscall(SYS_sched_setaffinity, 0, 0, set);
	memset(set, 0, sizeof(set));
	syscall(SYS_sched_setaffinity, 0, 16, set);
	syscall(SYS_sched_setaffinity, 0, 16, BAD);
	syscall(SYS_sched_getattr, 0, &a, 48, 0);
	syscall(SYS_sched_getattr, 0, &a, 56, 0);
	syscall(SYS_sched_getattr, 0, &a, 47, 0);
	syscall(SYS_sched_getattr, 0, &a, 56, 1);
	syscall(SYS_sched_getattr, 0, BAD, 56, 0);
	syscall(SYS_sched_setattr, 0, &a, 0);
	a.sched_flags = 0x77;
	a.sched_policy = 6;
	a.sched_runtime = 5;
	a.size = 56;
	syscall(SYS_sched_setattr, 0, &a, 0);
	a.sched_flags = 0x7ff;
	a.sched_policy = 99;
	a.size = 1000;
	syscall(SYS_sched_setattr, 0, &a, 1);
	a.size = 10;
	syscall(SYS_sched_setattr, 0, &a, 1);
	a.size = 0;
	syscall(SYS_sched_setattr, 0, &a, 1);
	syscall(SYS_sched_setattr, 0, BAD, 1);
	syscall(SYS_sched_setattr, 0, NULL, 1);
	for (int i = 0; i < 4; i++) {
		syscall(SYS_getpriority, i, 0);
		syscall(SYS_ioprio_get, i, 0);
	}
	syscall(SYS_setpriority, 0, 0, 3);
	syscall(SYS_setpriority, 0, -5, 0x100000003);
	for (int i = 0; i < 5; i++)
		syscall(SYS_ioprio_set, 1, 0, i << 13 | 4);
	syscall(SYS_ioprio_set, 1, 0, 0x7fff);
	syscall(SYS_ioprio_get, 1, 0);
	syscall(SYS_ioprio_get, 1, -4);
	syscall(SYS_getcpu, &out, NULL, NULL);
	syscall(SYS_getcpu, &out, &p, BAD);
	syscall(SYS_getcpu, BAD, BAD, NULL);
}

static void identities(void)
{
	unsigned int a, b, c, many[100];

	for (int i = 0; i < 100; i++)
		many[i] = i * 3;
	syscall(SYS_getuid);
	syscall(SYS_getegid);
	syscall(SYS_getresuid, &a, &b, &c);
	syscall(SYS_getresuid, BAD, &b, &c);
	syscall(SYS_getresgid, &a, &b, &c);
	syscall(SYS_getresgid, &a, NULL, AT_END(c));
	syscall(SYS_setuid, 0);
	syscall(SYS_setgid, -1);
	syscall(SYS_setreuid, -1, -1);
	syscall(SYS_setregid, -1, 0xffffffff00000000);
	syscall(SYS_setresuid, -1, -1, -1);
	syscall(SYS_setresgid, -1, -1, -1);
	syscall(SYS_setfsuid, -1);
	syscall(SYS_setfsgid, -1);
	syscall(SYS_getgroups, 0, NULL);
	syscall(SYS_getgroups, 0, BAD);
	syscall(SYS_getgroups, 100, many);
	syscall(SYS_getgroups, 100, BAD);
	syscall(SYS_getgroups, -1, many);
	syscall(SYS_setgroups, 3, many);
	syscall(SYS_getgroups, 100, many);
	syscall(SYS_getgroups, 1, many);
	syscall(SYS_setgroups, 40, many);
	syscall(SYS_getgroups, 100, many);
	syscall(SYS_setgroups, 3, at_end(many, 8));
	syscall(SYS_setgroups, 2, BAD);
	syscall(SYS_setgroups, -1, many);
	many[1] = -1;
	syscall(SYS_setgroups, 2, many);
	syscall(SYS_setgroups, 0, NULL);
	syscall(SYS_setgroups, 0, BAD);
}

static void capabilities(void)
{
	struct __user_cap_header_struct h = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct d[2] = { { 0 } };

	syscall(SYS_capget, &h, NULL);
	syscall(SYS_capget, &h, d);
	syscall(SYS_capset, &h, d);
	syscall(SYS_capset, AT_END(h), AT_END(d));
	h.version = _LINUX_CAPABILITY_VERSION_1;
	syscall(SYS_capget, &h, d);
	d[0].effective = 0;
	d[0].permitted = 1;
	d[0].inheritable = 0xffffffff;
	syscall(SYS_capset, &h, d);
	h.version = _LINUX_CAPABILITY_VERSION_2;
	h.pid = -5;
	syscall(SYS_capset, &h, d);
	h.version = 7;
	syscall(SYS_capset, &h, d);
	h.version = 7;
	syscall(SYS_capget, &h, d);
	h.version = 7;
	h.pid = 0;
	syscall(SYS_capget, &h, NULL);
	syscall(SYS_capget, BAD, d);
	syscall(SYS_capget, &h, BAD);
	syscall(SYS_capget, NULL, NULL);
}

static void policies(void)
{
	unsigned long mask[4] = { 1, 0, 0, 0 };
	void *pages[2] = { mask, BAD };
	int mode, nodes[2] = { 0, 1 }, status[2];

	syscall(SYS_get_mempolicy, &mode, mask, 128, NULL, 0);
	syscall(SYS_get_mempolicy, &mode, NULL, 0, mask, 3);
	syscall(SYS_get_mempolicy, NULL, mask, 64, NULL, 4);
	syscall(SYS_get_mempolicy, BAD, BAD, 64, BAD, 0xf0);
	syscall(SYS_set_mempolicy, 0, NULL, 0);
	syscall(SYS_set_mempolicy, 3, mask, 64);
	syscall(SYS_set_mempolicy, 0x8002, mask, 65);
	syscall(SYS_set_mempolicy, 77, BAD, 64);
	syscall(SYS_set_mempolicy, 0, NULL, 0);
	syscall(SYS_mbind, BAD, 4096, 2, mask, 64, 3);
	syscall(SYS_mbind, NULL, 4096, 0x4003, NULL, 0, 0xf0);
	syscall(SYS_migrate_pages, 0, 64, mask, mask);
	syscall(SYS_migrate_pages, -1, 2, mask, BAD);
	syscall(SYS_move_pages, 0, 2, pages, nodes, status, 2);
	syscall(SYS_move_pages, 0, 2, pages, NULL, status, 0);
	syscall(SYS_move_pages, 0, 2, BAD, NULL, status, 0xf0);
	syscall(SYS_move_pages, 0, 0, NULL, NULL, NULL, 4);
	syscall(SYS_set_mempolicy_home_node, 1, 2, 3, 4);
	for (int i = 0; i < 12; i++)
		syscall(SYS_membarrier, i ? 1 << (i - 1) : 0, 0, 0);
	syscall(SYS_membarrier, 128, 1, 0);
	syscall(SYS_membarrier, 0x10000, 2, 1);
	syscall(SYS_mlock2, 0, 4096, 3);
	syscall(SYS_mlockall, 15);
	syscall(SYS_pkey_alloc, 0, 3);
	syscall(SYS_pkey_alloc, 1, 7);
	syscall(SYS_pkey_free, -1);
	syscall(SYS_pkey_mprotect, 0, 0, 3, -1);
	syscall(SYS_brk, 0);
	syscall(SYS_mincore, (long)mask & ~4095, 4096, status);
	syscall(SYS_mincore, 1, 4096, status);
	syscall(SYS_madvise, 0, 4096, 4);
	syscall(SYS_madvise, 4096, 4096, 77);
	syscall(SYS_remap_file_pages, 1, 2, 3, 4, 5);
}

int main(void)
{
	scheduling();
	identities();
	capabilities();
	policies();
	return 0;
}
