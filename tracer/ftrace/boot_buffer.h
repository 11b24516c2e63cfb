/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_buffer: a backend that takes over a trace buffer which the kernel has been filling since
 * before there was a process, as its command line asked
 * (`trace_event=raw_syscalls:sys_enter,raw_syscalls:sys_exit trace_clock=mono`), and goes on from
 * there. The session takes it for --adopt.
 */
#ifndef SYSTAPE_BOOT_BUFFER_H
#define SYSTAPE_BOOT_BUFFER_H

#include "tracer/backend/backend.h"

/* NULL where this build cannot: without libtracefs. */
const struct backend *boot_buffer_backend(void);

#endif
