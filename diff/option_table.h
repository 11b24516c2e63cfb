/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: the options of systape-diff. */
#ifndef SYSTAPE_DIFF_OPTION_TABLE_H
#define SYSTAPE_DIFF_OPTION_TABLE_H

#include "format/option_row.h"

enum {
	DIFF_JSON = 1024, /* behind the numbers of the options that others have as well */
	DIFF_IGNORE,
	DIFF_LATENCY,
	DIFF_EVENTS,
	DIFF_MEMORY,
};

extern const struct option_row diff_option_table[];

#endif
