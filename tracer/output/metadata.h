/* SPDX-License-Identifier: GPL-2.0-or-later */
/* metadata: what a tape says of itself at its beginning: machine, command line, call rows, trace.h.
 * Used by the session. */
#ifndef SYSTAPE_METADATA_H
#define SYSTAPE_METADATA_H

#include "format/calls/desc.h"
#include "format/tape/tape_writer.h"

/* The text of trace.h, without a final NUL: it goes into every tape, and beside the first one. */
extern const char metadata_header_text[];
extern const size_t metadata_header_size;

/* Fills the header's machine and clock fields; `cpus` are the possible ones. 0 or a negative errno.
 */
int metadata_header(struct trace_header *header);
/* The same of a later part of the capture: the clock anew. */
int metadata_header_next(struct trace_header *header);
/* Writes the machine, the command line (as a shell would read it), the backend's name and the rows
 * of the tables. */
int metadata_write(struct tape_writer *writer, int argc, char **argv, const char *backend,
		   const struct desc_table *native, const struct desc_table *compat);

#endif
