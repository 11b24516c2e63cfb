/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc_memory: what the kernel reads from a process's own memory when /proc is asked: its command
 * line. It locks that memory first, which a thread may keep locked while it waits for a page of a
 * file system whose server never answers; whoever asks then waits as well, and hears nothing but
 * SIGKILL: another process of ours asks, which is left behind. For snapshot.c.
 */
#ifndef SYSTAPE_PROC_MEMORY_H
#define SYSTAPE_PROC_MEMORY_H

#include <stdint.h>
#include <sys/types.h>

struct proc_memory;

/* NULL without memory. */
struct proc_memory *proc_memory_new(void);
void proc_memory_free(struct proc_memory *memory);

/*
 * As proc_read, of /proc/PID/cmdline, of a process that belongs to the user. -ETIMEDOUT where
 * nobody answers within a tenth of a second; a user of whom that is known is not asked for long.
 */
ssize_t proc_memory_cmdline(struct proc_memory *memory, pid_t pid, uint32_t user, char *text,
			    size_t size);
/* The process that asks; 0: there is none now. */
pid_t proc_memory_asker(const struct proc_memory *memory);

#endif
