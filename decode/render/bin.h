/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bin: copies a tape to an uncompressed one, block by block, for readers that know nothing but
 * trace.h. Called by main. */
#ifndef SYSTAPE_BIN_H
#define SYSTAPE_BIN_H

#include "format/tape/tape_reader.h"

/* 0, or a negative errno of the source or the sink. Damaged blocks stay out, as the reader counts.
 */
int bin_copy(struct tape_reader *reader, struct tape_sink *sink);

#endif
