/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guardian: a process that waits for the end of this one, however it ends, and then does what is
 * left to do: it takes away what SIGKILL would leave in the kernel, and what the kernel takes long
 * to give back. It hears no signal but SIGKILL, keeps nothing open that it does not need, and ends
 * a moment after the recorder. The session has one where its backend leaves something in the
 * kernel; backends start one for what they close slowly.
 */
#ifndef SYSTAPE_GUARDIAN_H
#define SYSTAPE_GUARDIAN_H

#include "tracer/backend/backend.h"

struct guardian_work {
	/* Done in the guardian when the process that started it has ended. */
	void (*run)(const void *context);
	/* Whether the guardian needs that descriptor; NULL: it needs none. */
	bool (*keeps)(const void *context, int fd);
	const void *context;
};

/* Starts one, from the first thread of the process: its number, or a negative errno. */
pid_t guardian_start(const struct guardian_work *work);
/* One that has the backend take away what it leaves: its number, or 0 if there is none. */
pid_t guardian_for(const struct backend *backend);
/* Whether it is still there; of no other process. */
bool guardian_lives(pid_t guardian);

#endif
