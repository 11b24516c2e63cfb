/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options: the command line of systape-import. */
#ifndef SYSTAPE_IMPORT_OPTIONS_H
#define SYSTAPE_IMPORT_OPTIONS_H

#include "decode/options.h"

struct import_options {
	struct decode_options decode; /* files, output */
	uint64_t date;		      /* ns since 1970 */
	bool date_given, report;
};

enum import_options_result { IMPORT_RUN, IMPORT_DONE, IMPORT_WRONG };

/* Reads the command line; decode_options_free(&options->decode) afterwards in any case. */
enum import_options_result import_options_parse(struct import_options *options, int argc,
						char **argv);

#endif
