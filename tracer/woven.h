/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * woven: a backend made of two: that of the calls (settings->calls), with the hits of probes
 * (ftrace_side.h) woven into each CPU's records by their times. The session takes it where -e asks
 * for probes.
 */
#ifndef SYSTAPE_WOVEN_H
#define SYSTAPE_WOVEN_H

#include "tracer/backend.h"

/* NULL where this build cannot: without libtracefs. */
const struct backend *woven_backend(void);

#endif
