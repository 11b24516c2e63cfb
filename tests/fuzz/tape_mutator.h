/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_mutator: changes tapes as tapes, for the fuzz targets that read them: it finds blocks,
 * records and pieces, changes one thing, and mends the checksums, so that what it changed gets past
 * them. Linked in, libFuzzer calls it.
 */
#ifndef SYSTAPE_TAPE_MUTATOR_H
#define SYSTAPE_TAPE_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
