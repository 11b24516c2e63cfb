/* SPDX-License-Identifier: GPL-2.0-or-later */
/* announce: tells on standard error to which processes a capture with -p has been attached, and
 * from which it has been detached (--announce); why a command does not run; and what is to be said
 * at the end (--farewell). Used by the session. */
#ifndef SYSTAPE_ANNOUNCE_H
#define SYSTAPE_ANNOUNCE_H

#include "tracer/options/options.h"

/* Why the command could not be executed; with --reraise as strace says it. */
void announce_failed(const struct options *options, int error);
void announce_farewell(const struct options *options);

/* When they are recorded. Both do nothing without --announce. */
void announce_attached(const struct options *options);
/* At the end: those that are still there. */
void announce_detached(const struct options *options);

#endif
