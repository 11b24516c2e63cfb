// SPDX-License-Identifier: GPL-2.0-or-later
/* show: dates behind the seconds since 1970. */
#include "decode/show.h"

#include <time.h>

static const uint64_t limits[] = { 1,	   10,	    100,      1000,	 10000,
				   100000, 1000000, 10000000, 100000000, 1000000000 };

static void show_enclosed(struct show *s, const char *before, const struct tm *tm,
			  uint64_t fraction, int digits, const char *behind)
{
	char text[64];

	if (!strftime(text, sizeof(text), "%FT%T", tm))
		return;
	text_put(s->out, before);
	text_put(s->out, text);
	if (fraction) {
		text_char(s->out, '.');
		text_padded(s->out, fraction, digits);
	}
	strftime(text, sizeof(text), "%z", tm);
	text_put(s->out, text);
	text_put(s->out, behind);
}

void show_date(struct show *s, int64_t seconds, uint64_t fraction, int digits)
{
	time_t when = seconds;
	struct tm tm;

	if ((seconds || fraction) && fraction < limits[digits] && localtime_r(&when, &tm))
		show_enclosed(s, " /* ", &tm, fraction, digits, " */");
}

void show_date_result(struct show *s, int64_t seconds)
{
	time_t when = seconds;
	struct tm tm;

	if (seconds && localtime_r(&when, &tm))
		show_enclosed(s, " (", &tm, 0, 0, ")");
}
