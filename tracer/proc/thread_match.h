/* SPDX-License-Identifier: GPL-2.0-or-later */
/* thread_match: -u, --comm and -G asked of /proc, for backends whose events do not carry it. Used
 * by the assembler. */
#ifndef SYSTAPE_THREAD_MATCH_H
#define SYSTAPE_THREAD_MATCH_H

#include "tracer/backend/backend.h"

/* Whether there is anything to ask. */
static inline bool thread_match_needed(const struct backend_settings *settings)
{
	return settings->by_user || settings->comm || settings->cgroups;
}

/* What the three ask about. Kept for each thread, and changed as events tell of changes. */
struct thread_match_facts {
	char comm[16];
	uint32_t user;
	bool inside; /* one of the cgroups, or one below them */
};

/* Reads what is needed: 0, or -ESRCH if the thread is gone; the facts are then as they were. */
int thread_match_read(const struct backend_settings *settings, pid_t tid,
		      struct thread_match_facts *facts);
bool thread_match_matches(const struct backend_settings *settings,
			  const struct thread_match_facts *facts);

#endif
