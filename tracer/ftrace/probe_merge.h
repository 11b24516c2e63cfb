/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * probe_merge: a backend made of two: that of the calls (settings->calls), with the hits of probes
 * (ftrace_side.h) merged into each CPU's records by their times. The session takes it where -e asks
 * for probes.
 */
#ifndef SYSTAPE_PROBE_MERGE_H
#define SYSTAPE_PROBE_MERGE_H

#include "tracer/backend/backend.h"

/* NULL where this build cannot: without libtracefs. */
const struct backend *probe_merge_backend(void);

#endif
