/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proportion: what an input may cost: time on the CPU and memory in proportion to its size and to
 * what its blocks unpack to. Fuzz targets that read tapes begin and end with it; an input that
 * costs more ends the program, which libFuzzer takes for a finding.
 */
#ifndef SYSTAPE_PROPORTION_H
#define SYSTAPE_PROPORTION_H

#include <stddef.h>
#include <stdint.h>

void proportion_begin(void);
void proportion_end(const uint8_t *tape, size_t size);
/* What the blocks of a tape unpack to, as far as their headers can be believed. */
uint64_t proportion_unpacked(const uint8_t *tape, size_t size);

#endif
