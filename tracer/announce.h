/* SPDX-License-Identifier: GPL-2.0-or-later */
/* announce: tells on standard error, in strace's words, to which processes a capture with -p has
 * been attached, and from which it has been detached (--announce). Used by the session. */
#ifndef SYSTAPE_ANNOUNCE_H
#define SYSTAPE_ANNOUNCE_H

#include "tracer/options/options.h"

/* When they are recorded. Both do nothing without --announce. */
void announce_attached(const struct options *options);
/* At the end: those that are still there. */
void announce_detached(const struct options *options);

#endif
