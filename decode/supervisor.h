/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * supervisor: the part of a decoder that stays outside of the sandbox, where the output gets its
 * name at the end only (output_pending): a process that reads no byte of a tape. It waits for the
 * one that decodes, and gives the file its name if that has said that it is whole, else removes it,
 * however the other ended. Started by tape_session.
 */
#ifndef SYSTAPE_DECODE_SUPERVISOR_H
#define SYSTAPE_DECODE_SUPERVISOR_H

#include "format/output/output_pending.h"

#include <stdbool.h>

struct supervisor;

/*
 * From here on there are two processes: this returns in the one that is to decode; the other one
 * ends as it does, and with it. Takes over `pending`, whose descriptor is open in both. NULL with a
 * sentence.
 */
struct supervisor *supervisor_start(struct output_pending *pending, struct tape_error *why);
/* What ends the other process ends this one. To be called again after the user has been changed. */
void supervisor_bind(void);
/* Ends as the other process did (`status` of waitpid), or with `worst` where that ended well. */
void supervisor_end_as(int status, int worst) __attribute__((noreturn));
/* The file is whole, and may have its name once this process has ended. */
void supervisor_whole(struct supervisor *supervisor);

#endif
