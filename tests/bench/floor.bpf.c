// SPDX-License-Identifier: GPL-2.0-or-later
/* The floor: what the kernel charges for having the two hooks at all. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

SEC("tp_btf/sys_enter") int empty_enter(void *context)
{
	return context ? 0 : 1;
}

SEC("tp_btf/sys_exit") int empty_exit(void *context)
{
	return context ? 0 : 1;
}
