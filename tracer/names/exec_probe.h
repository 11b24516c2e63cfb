/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exec_probe: what a new program is given, for backends without a program in the kernel: probes on
 * finalize_exec(), which runs when the new stack is in place and before sched_process_exec. Where
 * the strings are is looked up by the kernel's types. Each probe brings a part of them; a page of
 * ftrace's buffers has room for no more. Used by ftrace_names.c.
 */
#ifndef SYSTAPE_EXEC_PROBE_H
#define SYSTAPE_EXEC_PROBE_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/backend/backend.h"
#include "tracer/probes/ftrace_probe.h"

enum {
	EXEC_PROBES_MOST = 4,
};

/* Where in the event its fields are. */
struct exec_event {
	uint32_t id, from; /* from: which byte of the strings it begins with */
	uint32_t start, argv_end, envp_end, argc, envc, file, interpreter, bytes;
};

struct exec_probe {
	struct ftrace_probes probes;
	struct exec_event at[EXEC_PROBES_MOST];
};

/* Makes as many as the plan wishes: false with a sentence, and none made. Free them with
 * ftrace_probes_free(). */
bool exec_probe_make(struct exec_probe *probe, const struct backend_settings *settings,
		     const char *root, struct tape_error *why);
/* An event's raw data, of which `program` has the bytes then; false where it is another event. */
bool exec_probe_read(const struct exec_probe *probe, const void *data, uint32_t size,
		     struct assembler_program *program);

#endif
