// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/option_table.h"

#include "decode/option_table.h"

// clang-format off
const struct option_row import_option_table[] = {
	{ 'o', "output", "TAPE", "where the tape goes (standard output)", 0 },
	{ IMPORT_DATE, "date", "DATE", "of the first line, for times without one: YYYY-MM-DD[ HH:MM:SS], or @SECONDS since 1970 (that of the file)", 0 },
	{ IMPORT_REPORT, "report", NULL, "name each line that is not understood, and why", 0 },
	{ OPTION_QUIET, "quiet", NULL, "no count at the end", 0 },
	{ 'd', "debug", NULL, "say what is done and why", 0 },
	{ 'h', "help", NULL, "this text", 0 },
	{ 'V', "version", NULL, "the version", 0 },
	{ OPTION_ALONE, NULL, NULL, NULL, 0 },
};
// clang-format on
