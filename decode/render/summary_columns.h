/* SPDX-License-Identifier: GPL-2.0-or-later */
/* summary_columns: the columns of the summary: what they show of a line, how wide they are, and the
 * order that each stands for. Used by summary.c. */
#ifndef SYSTAPE_SUMMARY_COLUMNS_H
#define SYSTAPE_SUMMARY_COLUMNS_H

#include "decode/stat/stat_table.h"
#include "decode/stream/renderer.h"
#include "decode/text/text.h"
#include "format/option_parse.h"

/* A line: of one call, or of the sum of all. */
struct count {
	char name[DESC_NAME];
	uint32_t nr;
	struct stat_sums sums, wall; /* the same with times from beginning to end */
};

struct summary_columns {
	int column[COLUMNS], width[COLUMNS]; /* enum option_column, in order */
	size_t count;
};

/* The columns of a list, and the name: 0 columns if a word is no column (`bad` shows which). */
struct summary_columns summary_columns_find(const char *list, const char **bad);
/* Without those of times that nobody knows. */
void summary_columns_leave_out(struct summary_columns *columns, bool times, bool wall);

/* Orders lines as the column named by `order` does (NULL: the default); what is equal, by number.
 */
void summary_columns_sort(struct count *lines, size_t count, const char *order);
/* The table: its head, the lines, and their sum `all`. */
void summary_columns_print(struct text *out, struct summary_columns *columns,
			   const struct count *lines, size_t count, const struct count *all);

#endif
