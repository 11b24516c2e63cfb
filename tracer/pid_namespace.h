/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pid_namespace: the recorder's own one. Whatever a recorder says of threads it says in the numbers
 * of its namespace, which are those of its /proc and of the person who asks; the kernel's events
 * have those of the first. Used by the backends.
 */
#ifndef SYSTAPE_PID_NAMESPACE_H
#define SYSTAPE_PID_NAMESPACE_H

#include <stdint.h>

/* Its inode number, 0 if it is the first: there the two are the same. */
uint32_t pid_namespace_own(void);

#endif
