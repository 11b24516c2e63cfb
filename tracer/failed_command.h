/* SPDX-License-Identifier: GPL-2.0-or-later */
/* failed_command: the end of a process that could not become the command. The session's. */
#ifndef SYSTAPE_FAILED_COMMAND_H
#define SYSTAPE_FAILED_COMMAND_H

#include "tracer/backend/backend.h"
#include "tracer/targets/launch.h"

/*
 * What that process calls from now on is the recorder's: its execve is the last call that the tape
 * tells of it, and that it has ended. `capture` NULL: nothing is recorded yet.
 */
void failed_command_end(const struct backend *backend, struct capture *capture,
			struct launch *launch, backend_deliver *deliver, void *context);

#endif
