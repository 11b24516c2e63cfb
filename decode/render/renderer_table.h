/* SPDX-License-Identifier: GPL-2.0-or-later */
/* renderer_table: the renderers there are, for -l. Used by the options; the stream and those who
 * render know only the one that was chosen. */
#ifndef SYSTAPE_RENDERER_TABLE_H
#define SYSTAPE_RENDERER_TABLE_H

#include "decode/stream/renderer.h"

/* All of them; NULL ends the list. */
const struct renderer *const *renderer_all(void);
/* The one of this name or other name, NULL if there is none. */
const struct renderer *renderer_by_name(const char *name);

#endif
