/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * one_tape: the beginning of the fuzz targets whose input is one tape: it is opened as a file, or
 * if its size is odd as a pipe, and held to its proportion. Linked in, it is the target's
 * LLVMFuzzerTestOneInput.
 */
#ifndef SYSTAPE_ONE_TAPE_H
#define SYSTAPE_ONE_TAPE_H

#include "format/tape/tape_reader.h"

#include <stdint.h>

/* By the target: what it does with a tape that could be opened, and stays the caller's. `bits`
 * choose the options, and come from the tape's header. */
void one_tape(struct tape_reader *reader, uint32_t bits);

#endif
