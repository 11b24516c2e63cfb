/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: the options that systape-decode alone has; those that the live view has as well are
 * in format/option_row.h. */
#ifndef SYSTAPE_DECODE_OPTION_TABLE_H
#define SYSTAPE_DECODE_OPTION_TABLE_H

#include "format/option_row.h"

enum {
	OPTION_HEADER = 256,
	OPTION_QUIET,
	OPTION_THREADS,
	OPTION_MESSAGE_NAME,
	OPTION_MODE,
	OPTION_GROUP,
	OPTION_EXACT_PATH,
	OPTION_CHECK,
	OPTION_READY,
	OPTION_LEFT_STATUS,
};

extern const struct option_row decode_option_table[];

#endif
