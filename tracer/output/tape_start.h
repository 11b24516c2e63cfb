/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tape_start: a tape with its header and metadata, ready for records. The recording's. */
#ifndef SYSTAPE_TAPE_START_H
#define SYSTAPE_TAPE_START_H

#include "format/tape/tape_writer.h"
#include "tracer/output/recording.h"

/* NULL with a negative errno: no memory, or the output fails. */
struct tape_writer *tape_start(const struct options *options, const struct recording_facts *facts,
			       const struct trace_header *header, struct tape_sink *sink,
			       int *error);

#endif
