// SPDX-License-Identifier: GPL-2.0-or-later
/* show: dates behind the seconds since 1970. */
#include "decode/show.h"

#include <time.h>

void show_date(struct show *s, int64_t seconds, uint64_t fraction, int digits)
{
	static const uint64_t limits[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
	time_t when = seconds;
	struct tm tm;
	char text[64];

	if ((!seconds && !fraction) || fraction >= limits[digits] || !localtime_r(&when, &tm) ||
	    !strftime(text, sizeof(text), "%FT%T", &tm))
		return;
	text_put(s->out, " /* ");
	text_put(s->out, text);
	if (fraction) {
		text_char(s->out, '.');
		text_padded(s->out, fraction, digits);
	}
	strftime(text, sizeof(text), "%z", &tm);
	text_put(s->out, text);
	text_put(s->out, " */");
}
