// SPDX-License-Identifier: GPL-2.0-or-later
/* show: dates behind the seconds since 1970. */
#include "decode/values/values.h"

#include <stdio.h>
#include <time.h>

static const uint64_t limits[] = { 1,	   10,	    100,      1000,	 10000,
				   100000, 1000000, 10000000, 100000000, 1000000000 };

/* In the local zone, with `digits` of a fraction; false for no time. */
static bool date_text(char *text, size_t room, int64_t seconds, uint64_t fraction, int digits)
{
	time_t when = seconds;
	char zone[16];
	size_t size;
	struct tm tm;

	if (!localtime_r(&when, &tm))
		return false;
	size = strftime(text, room, "%FT%T", &tm);
	if (!size || !strftime(zone, sizeof(zone), "%z", &tm))
		return false;
	if (fraction)
		size += (size_t)snprintf(text + size, room - size, ".%0*llu", digits,
					 (unsigned long long)fraction);
	snprintf(text + size, room - size, "%s", zone);
	return true;
}

void show_date(struct show *s, int64_t seconds, uint64_t fraction, int digits)
{
	char text[96];

	if ((seconds || fraction) && fraction < limits[digits] && !value_for_programs(s) &&
	    date_text(text, sizeof(text), seconds, fraction, digits))
		value_remark(s, text);
}

void show_date_result(struct show *s, int64_t seconds)
{
	char text[96];

	if (!seconds || value_for_programs(s) || !date_text(text, sizeof(text), seconds, 0, 0))
		return;
	value_meaning(s);
	value_words(s, (uint64_t)seconds, text);
	value_meaning_end(s);
}
