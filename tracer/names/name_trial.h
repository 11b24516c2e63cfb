/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_trial: which functions of the kernel bring the names of which calls differs from kernel to
 * kernel, so it is tried: calls of each kind, none of which succeeds, with names that are known.
 * Sets of them are bits. Used by ftrace_names.c.
 */
#ifndef SYSTAPE_NAME_TRIAL_H
#define SYSTAPE_NAME_TRIAL_H

#include "tracer/assembler/event_assembler.h"

#include <stdio.h>

/* All of them. */
uint32_t name_trial_all(void);
/* Makes the calls. */
void name_trial_run(void);
/* Those whose name this is. */
uint32_t name_trial_of(const struct assembler_name *name);
/* Whether one of those named in `list`, with commas between, is in the set; NULL: all are meant. */
bool name_trial_in(const char *list, uint32_t set);
/* Prints `before` and the names of those in the set; nothing if it is empty. */
void name_trial_print(FILE *out, const char *before, uint32_t set);

#endif
