/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory_available: how much of it this process could have before the kernel had to take it from
 * somebody, by ending a program at worst: of the machine, and of the memory cgroups that the
 * process is in. Used by backend, for rings.
 */
#ifndef SYSTAPE_MEMORY_AVAILABLE_H
#define SYSTAPE_MEMORY_AVAILABLE_H

#include <stdint.h>

/* Bytes: the least of what the machine and every cgroup has left, file caches counted as free;
 * UINT64_MAX if nothing tells. */
uint64_t memory_available(void);

#endif
