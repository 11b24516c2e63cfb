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

/* The words of flags as text_values.c has written them last: the same few come again and again. */
struct flag_text {
	const struct flag_table *table; /* NULL: none yet */
	uint64_t value;
	const char *unknown; /* the comment behind them, or NULL */
	uint32_t size;
	char text[68];
};
/* Where those of this value are, if anywhere; else the caller's to fill in. */
struct flag_text *show_lookup_flags(const struct show_lookup *lookup,
				    const struct flag_table *table, uint64_t value);

#endif
