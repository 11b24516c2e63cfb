/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * summary: the table that strace -c prints: calls, errors and times by name of the call. A renderer
 * of its own, or (-C) in front of another one, behind whose text the table comes.
 */
#ifndef SYSTAPE_SUMMARY_H
#define SYSTAPE_SUMMARY_H

#include "decode/stream/renderer.h"

/* Prepares *outer for stream_run with summary_renderer in front of `inner`, which stays the
 * caller's. 0 or -ENOMEM. */
int summary_prepare(struct render *outer, const struct renderer *inner);

extern const struct renderer summary_renderer;

/* Whether `columns` (names with commas) and `order` are ones that it knows; the unknown word goes
 * to `wrong`. */
bool summary_knows(const char *columns, const char *order, char *wrong, size_t size);

#endif
