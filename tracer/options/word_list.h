/* SPDX-License-Identifier: GPL-2.0-or-later */
/* word_list: words of the command line that are handed on, as exec wants them. Used by the files of
 * options. */
#ifndef SYSTAPE_WORD_LIST_H
#define SYSTAPE_WORD_LIST_H

#include <stdbool.h>

/* One more word in a list that ends with NULL; the word stays the caller's. False without memory.
 */
bool option_append(const char *const **list, const char *word);

#endif
