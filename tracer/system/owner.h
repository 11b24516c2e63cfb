/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * owner: whether the recorder that made something in the kernel still lives. What it makes there
 * carries its process number, and where there is room the time it began, which no later process of
 * that number shares. Used by whatever makes things in tracefs.
 */
#ifndef SYSTAPE_OWNER_H
#define SYSTAPE_OWNER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* When the process began, in the kernel's ticks since it booted: 0 if it is gone, or dead and not
 * yet waited for. */
uint64_t owner_began(pid_t pid);
/* Whether the process of that number that began then has ended; `began` 0 is any. Where /proc
 * cannot be read, everybody is said to have: what is in use stays, as the kernel removes nothing
 * that is. */
bool owner_gone(pid_t pid, uint64_t began);

#endif
