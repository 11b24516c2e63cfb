/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log_time: when the lines of a text were: nanoseconds since 1970, from times of day, which have no
 * date, from differences, which have no beginning, or from nothing. Called by the importer.
 */
#ifndef SYSTAPE_LOG_TIME_H
#define SYSTAPE_LOG_TIME_H

#include "import/log_line.h"

#include <time.h>

struct log_time {
	uint64_t date;	      /* ns since 1970: --date, else the file's */
	bool given;	      /* by --date: the day on which the text begins; else it ended then */
	bool any;	      /* a line has had a time */
	bool dated;	      /* needed the date for it */
	struct tm day;	      /* of times of day */
	uint64_t hour_begins; /* ns since 1970; of the hour that was asked for last */
	int hour;	      /* -1: none yet */
	uint64_t last;	      /* time of day of the line before */
	uint64_t now;
};

void log_time_begin(struct log_time *time, uint64_t date, bool given);
/* When the line was: that of the line before where it does not say. */
uint64_t log_time_of(struct log_time *time, const struct log_line *line);
/* YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, local, or @SECONDS: false if the text is none. */
bool log_time_date(const char *text, uint64_t *date);

#endif
