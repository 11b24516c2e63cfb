/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat_view: a table made ready to be printed: rows in order, those that are not shown as one, the
 * sum of all, and which columns are there. The printers take it and write.
 */
#ifndef SYSTAPE_STAT_VIEW_H
#define SYSTAPE_STAT_VIEW_H

#include "stat/options.h"
#include "stat/stat_columns.h"

enum { VIEW_COLUMNS_MOST = 32 };

struct stat_view {
	const struct program_options *options;
	const struct stat_collect *collect;
	struct stat_row **rows;	 /* those that are shown */
	size_t count, hidden;	 /* hidden: rows that are not, but for those of a table cut */
	struct stat_row *others; /* all that have no row here */
	struct stat_row *all;
	struct stat_lack cut;
	const struct stat_column *column[VIEW_COLUMNS_MOST];
	size_t columns;
	unsigned int first_key; /* 1: all rows are of one host, which was not asked for */
};

/* False without memory; stat_view_free in any case. */
bool stat_view_make(struct stat_view *view, const struct program_options *options,
		    const struct stat_collect *collect);
void stat_view_free(struct stat_view *view);

/* RFC 3339 with nanoseconds, of ns since 1970. */
void stat_view_moment(uint64_t ns, char text[40]);

void print_text(struct text *out, const struct stat_view *view);
void print_json(struct text *out, const struct stat_view *view);
/* `head`: with the names of the columns first. */
void print_csv(struct text *out, const struct stat_view *view, bool head);

#endif
