// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/failed_command.h"

#include "format/tape/record.h"
#include "tracer/system/clock.h"

#include <time.h>

void failed_command_end(const struct backend *backend, struct capture *capture,
			struct launch *launch, backend_deliver *deliver, void *context)
{
	static const struct timespec settled = { .tv_nsec = 1000000 };
	struct trace_process end = {
		.record = { .length = sizeof(end), .type = TRACE_END, .flags = TRACE_F_LEADER },
		.code = 1 << 8,
		.uid = ~0u,
	};

	if (!capture) {
		launch_dismiss(launch);
		return;
	}
	nanosleep(&settled, NULL); /* of the newest events a drain leaves some */
	backend->drain(capture, false, deliver, context);
	backend->target(capture, launch->pid, BACKEND_LEAVE_OUT);
	launch_dismiss(launch);
	end.record.time = clock_ns();
	end.record.tid = end.record.tgid = launch->pid;
	deliver(context, TRACE_NO_CPU, &end, sizeof(end), 0);
}
