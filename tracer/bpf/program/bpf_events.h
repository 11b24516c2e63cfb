/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_events: the records of tracepoints, as programs of type tracepoint get them, under the names
 * that the kernel's own types have: where the fields are is found on the running kernel (CO-RE).
 * See systape.bpf.c for which programs those are.
 */
#ifndef SYSTAPE_BPF_EVENTS_H
#define SYSTAPE_BPF_EVENTS_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct trace_event_raw_sys_enter {
	long id;
};

struct trace_event_raw_sys_exit {
	long ret;
};

struct trace_event_raw_sched_process_exec {
	uint32_t __data_loc_filename; /* the lower 16 bits: where in the record it stands */
	int old_pid;
};

struct trace_event_raw_task_rename {
	int pid;
	char newcomm[16];
};

struct trace_event_raw_signal_deliver {
	int sig, errno, code;
	unsigned long sa_handler, sa_flags;
};
#pragma clang attribute pop

#define PERF_GOES_ON 1 /* what such a program returns; else nobody's perf gets the event */

/* The registers of the call that the current thread is in. */
static __always_inline const struct pt_regs *own_registers(void)
{
	return (const struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
}

#endif
