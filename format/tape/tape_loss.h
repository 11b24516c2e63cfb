/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tape_loss: records that are not written, summed up as the TRACE_LOST that stands in their place.
 * The tape's writer calls it. */
#ifndef SYSTAPE_TAPE_LOSS_H
#define SYSTAPE_TAPE_LOSS_H

#include "format/tape/record.h"

#include <stddef.h>

/* Adds `size` bytes of whole records to `*loss`; a loss among them stays one. */
void tape_loss_add(struct trace_lost *loss, const void *records, size_t size);

#endif
