/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: the options that systape alone has; those of its live view that systape-decode has,
 * too, are in format/option_row.h. */
#ifndef SYSTAPE_OPTION_TABLE_H
#define SYSTAPE_OPTION_TABLE_H

#include "format/option_row.h"

enum {
	OPTION_CAPTURE = 256,
	OPTION_BUFFER,
	OPTION_COMPRESS,
	OPTION_SELF,
	OPTION_FAST,
	OPTION_ENV,
	OPTION_ARRAYS,
	OPTION_FAIL_ON_LOSS,
	OPTION_DECODE,
	OPTION_FEATURES,
	OPTION_ADOPT,
	OPTION_SET,
	OPTION_ONE_THREAD,
	OPTION_USER,
	OPTION_ARGV0,
	OPTION_STDERR,
	OPTION_RERAISE,
	OPTION_PATIENT,
	OPTION_DAEMONIZE,
	OPTION_LEAVE,
	OPTION_ANNOUNCE,
	OPTION_MESSAGE_NAME,
	OPTION_FAREWELL,
	OPTION_STATE,
	OPTION_COMM,
	OPTION_CONTAINER,
	OPTION_ROTATE,
	OPTION_KEEP,
	OPTION_FLIGHT,
	OPTION_DUMP_ON,
	OPTION_MAX_SIZE,
	OPTION_MAX_TIME,
	OPTION_MAX_EVENTS,
	OPTION_DELAY,
	OPTION_WHEN_FULL,
	OPTION_MODE,
	OPTION_GROUP,
	OPTION_NO_TRACE_H,
	OPTION_REDACT,
	OPTION_NUMBERS,
	OPTION_LESS,
	OPTION_KEEP_DESCRIPTORS,
};

struct option_format {
	const char *name, *alias, *help;
};

extern const struct option_row option_table[];
extern const struct option_format option_formats[];

#endif
