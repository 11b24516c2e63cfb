/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ftrace_probe_format: an event's format file as the lines of TRACE_META_PROBE. Used by
 * ftrace_probe.c. */
#ifndef SYSTAPE_FTRACE_PROBE_FORMAT_H
#define SYSTAPE_FTRACE_PROBE_FORMAT_H

#include "tracer/probes/probe_spec.h"

#include <stdint.h>

/*
 * Reads the format file: the event's id into *id, and a line for each field that `spec` wants, to
 * be freed by the caller. NULL with errno set; ENOENT with *missing set where the spec names a
 * field that is not there.
 */
char *ftrace_probe_format(const char *path, const struct probe_spec *spec, uint32_t *id,
			  const char **missing);

#endif
