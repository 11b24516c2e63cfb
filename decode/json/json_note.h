/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_note: the JSON renderer's lines that are no calls. */
#ifndef SYSTAPE_JSON_NOTE_H
#define SYSTAPE_JSON_NOTE_H

#include "decode/stream/renderer.h"

void json_note(struct render *render, const struct note *note);
/* The first and the last line. */
void json_tape(struct render *render);
void json_counts(struct render *render);

#endif
