/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pid_namespace: the recorder's own one. Whatever a recorder says of threads it says in the numbers
 * of its namespace, which are those of its /proc and of the person who asks; the kernel's events
 * have those of the first. Used by the backends and the assembler.
 */
#ifndef SYSTAPE_PID_NAMESPACE_H
#define SYSTAPE_PID_NAMESPACE_H

#include "format/tape/tape_reader.h"

#include <stdint.h>
#include <sys/types.h>

/* Its inode number, 0 if it is the first: there the two are the same. */
uint32_t pid_namespace_own(void);

/* Both numbers of threads that have been asked about, or whose making has been told of. */
struct pid_numbers;

/* For a recorder that is not in the first namespace: NULL with a sentence where the kernel does not
 * tell. Of the thread that calls, which alone may ask. */
struct pid_numbers *pid_numbers_open(struct tape_error *why);
void pid_numbers_close(struct pid_numbers *numbers);

/* Asks the kernel for the first number of a thread: 0 if there is none. Both are known from then
 * on. */
uint32_t pid_numbers_ask(struct pid_numbers *numbers, pid_t tid);
void pid_numbers_learn(struct pid_numbers *numbers, uint32_t first, uint32_t tid);
/* The number in the recorder's namespace; 0: it is not in there, or not known. */
uint32_t pid_numbers_find(const struct pid_numbers *numbers, uint32_t first);
/* The thread has ended: its first number will be another's, but what is told late is still of it.
 */
void pid_numbers_end(struct pid_numbers *numbers, uint32_t first);

#endif
