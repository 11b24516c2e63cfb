/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: the options of systape-import. */
#ifndef SYSTAPE_IMPORT_OPTION_TABLE_H
#define SYSTAPE_IMPORT_OPTION_TABLE_H

#include "format/option_row.h"

enum {
	IMPORT_DATE = 1024, /* behind the numbers of the options that others have as well */
	IMPORT_REPORT,
};

extern const struct option_row import_option_table[];

#endif
