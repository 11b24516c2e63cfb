/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hex_columns: the further columns of the hex renderers, by name (--columns). Used by hex. */
#ifndef SYSTAPE_HEX_COLUMNS_H
#define SYSTAPE_HEX_COLUMNS_H

#include "decode/stream/renderer.h"

/* Prints what a call has in a column. */
enum { COLUMNS_MOST = 16 }; /* in one line */

typedef void hex_column(struct render *render, const struct call *call);

/* The columns that a list of names (NULL: none) asks for, at most `most` of them: how many, or
 * -EINVAL with a sentence in `why`. */
int hex_columns_parse(const char *list, hex_column **chosen, int most, struct tape_error *why);

/* The one that losses have, too. */
hex_column hex_column_cpu;

#endif
