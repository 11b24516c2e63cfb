/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork_notes: perf's own notes on new threads, as sources of the assembler: of the kernel's events
 * they alone have the numbers of the recorder's pid namespace. A note comes just before the
 * tracepoints tell of the same thread. Used by backends that feed an assembler, outside of the
 * first namespace.
 */
#ifndef SYSTAPE_FORK_NOTES_H
#define SYSTAPE_FORK_NOTES_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/backend/backend.h"

struct fork_notes;

/* Makes a ring on every CPU and adds the sources. *notes is NULL where settings->numbers is, which
 * needs none. 0 or a negative errno. */
int fork_notes_open(struct fork_notes **notes, const struct backend_settings *settings,
		    struct event_assembler *assembler);
/* NULL accepted, by all of these. To be started before the tracepoints that it comes before, and no
 * sooner: nobody empties a ring before the capture, and on a busy machine it is soon full. */
void fork_notes_start(struct fork_notes *notes);
void fork_notes_stop(struct fork_notes *notes);
void fork_notes_close(struct fork_notes *notes);

#endif
