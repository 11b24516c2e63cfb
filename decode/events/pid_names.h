/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pid_names: what threads are called in the pid namespaces that they are in, as far as the tape
 * tells. A number that a call is given or returns is one of its thread's own namespace. Kept by
 * threads.c for those that are in another namespace than the recorder.
 */
#ifndef SYSTAPE_PID_NAMES_H
#define SYSTAPE_PID_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct pid_name;
struct pid_names;
struct thread;

struct pid_names *pid_names_new(void);
void pid_names_free(struct pid_names *names);

/* Takes a TRACE_P_NUMBERS in: it replaces what was known of the thread. Without memory, or when
 * there are more than a million, nothing is kept. */
void pid_names_take(struct pid_names *names, struct thread *thread, const void *data, size_t size);
void pid_names_forget(struct pid_names *names, struct thread *thread);

/* The thread that this one knows by the number: its tid; 0 if none is known. */
uint32_t pid_names_find(const struct pid_names *names, const struct thread *asker, uint32_t number);

#endif
