/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stat_columns: what a row of a table says besides its keys, one column each, in one table that
 * printers, --sort and the manual go by. */
#ifndef SYSTAPE_STAT_COLUMNS_H
#define SYSTAPE_STAT_COLUMNS_H

#include "decode/stat/stat_table.h"

enum stat_unit { UNIT_COUNT, UNIT_TIME, UNIT_SHARE /* of 10000 */, UNIT_MOMENT, UNIT_SIGNAL };

/* When a column is there. */
enum stat_when {
	WHEN_ALWAYS,
	WHEN_TIMED, /* a time is known of any call */
	WHEN_CPU,
	WHEN_BYTES, /* text: any call moved bytes */
	WHEN_FILES, /* a key is about files */
	WHEN_LIVES, /* rows are processes or threads */
};

struct stat_column {
	const char *name, *title, *help;
	enum stat_unit unit;
	enum stat_when when;
	/* False: not known. `all` is the row of all. */
	bool (*value)(const struct stat_row *row, const struct stat_row *all, uint64_t *value);
};

/* NULL ends the names. */
extern const struct stat_column stat_columns[];
const struct stat_column *stat_column_find(const char *name);

#endif
