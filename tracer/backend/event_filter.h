/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_filter: the kernel's own filter expressions for raw_syscalls events ("id == 0 || id ==
 * 59"), which ftrace and perf share. What they cannot say, or what grows too long, is left to the
 * assembler.
 */
#ifndef SYSTAPE_EVENT_FILTER_H
#define SYSTAPE_EVENT_FILTER_H

#include "tracer/backend/backend.h"

/*
 * The expression for beginnings or ends of calls that the plan wants; `more` (may be NULL) has to
 * hold as well. Free it. NULL: none is needed, or it would be too long (said under -d).
 */
char *event_filter(const struct backend_settings *settings, bool ends, const char *more);

/* Whether the end of this x86-64 call reaches the recorder if it succeeds. */
bool event_filter_passes(const struct backend_settings *settings, uint32_t nr);

#endif
