/* SPDX-License-Identifier: GPL-2.0-or-later */
/* note_rows: the rows of the SQLite renderer that are no calls: the tape's own, processes, signals,
 * probes, losses. */
#ifndef SYSTAPE_NOTE_ROWS_H
#define SYSTAPE_NOTE_ROWS_H

#include "decode/stream/renderer.h"

void note_rows_tape(struct render *render);
/* What the capture held, behind its last event. */
void note_rows_counts(struct render *render);
void note_rows(struct render *render, const struct note *note);

#endif
