/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: the options of systape-stat. */
#ifndef SYSTAPE_STAT_OPTION_TABLE_H
#define SYSTAPE_STAT_OPTION_TABLE_H

#include "format/option_row.h"

enum {
	STAT_INTERVAL = 1024, /* behind the numbers of the options that others have as well */
	STAT_TOP,
	STAT_JSON,
	STAT_CSV,
	STAT_MEMORY,
};

extern const struct option_row stat_option_table[];

#endif
