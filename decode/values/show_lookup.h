/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show_lookup: finds families' structures and calls, and flag tables, by name. Built once for a
 * `show`, because rows and families name them in every line.
 */
#ifndef SYSTAPE_SHOW_LOOKUP_H
#define SYSTAPE_SHOW_LOOKUP_H

#include "decode/values/show.h"

/* All names, of these families too; NULL without memory. Free with show_lookup_free (NULL
 * accepted). */
struct show_lookup *show_lookup_new(const struct show_family *const *families);
void show_lookup_free(struct show_lookup *lookup);

const struct show_struct *show_lookup_struct(const struct show_lookup *lookup, const char *name);
const struct show_layout *show_lookup_layout(const struct show_lookup *lookup, const char *name);
const struct show_call *show_lookup_call(const struct show_lookup *lookup, const char *name);
/* desc_struct_size, without its search. */
uint32_t show_lookup_size(const struct show_lookup *lookup, const char *name, enum desc_arch arch);
const struct flag_table *show_lookup_table(const struct show_lookup *lookup, const char *name);

#endif
