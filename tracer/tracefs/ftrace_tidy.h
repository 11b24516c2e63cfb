/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_tidy: takes out of tracefs what recorders that are gone have left there: private
 * instances, and the events of their probes. A recorder does it for all others when it starts, its
 * guardian for itself when it has ended.
 */
#ifndef SYSTAPE_FTRACE_TIDY_H
#define SYSTAPE_FTRACE_TIDY_H

#include "tracer/backend/backend.h"

#if HAVE_TRACEFS
/* Of every recorder that has ended and is not being cleaned up after. */
void ftrace_tidy_leftovers(const struct backend_settings *settings, const char *root);
/* Of the recorder that was this process (owner.h), and of no other; a backend's `tidy`. */
void ftrace_tidy(pid_t pid, uint64_t began);
#else
#define ftrace_tidy NULL
#endif

#endif
