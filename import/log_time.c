// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/log_time.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	SECOND = 1000000000,
	HALF_DAY =
		43200, /* seconds: a time so much earlier than the one before is of the next day */
};

void log_time_begin(struct log_time *t, uint64_t date, bool given)
{
	time_t seconds = (time_t)(date / SECOND);

	*t = (struct log_time){ .date = date, .given = given, .hour = -1, .now = date };
	localtime_r(&seconds, &t->day);
}

static uint64_t since_midnight(const struct tm *day)
{
	return (uint64_t)(day->tm_hour * 3600 + day->tm_min * 60 + day->tm_sec) * SECOND;
}

static void add_days(struct log_time *t, int days)
{
	struct tm noon = { .tm_year = t->day.tm_year,
			   .tm_mon = t->day.tm_mon,
			   .tm_mday = t->day.tm_mday + days,
			   .tm_hour = 12,
			   .tm_isdst = -1 };

	mktime(&noon);
	t->day = noon;
	t->hour = -1;
}

/* The beginning of an hour of the day at hand. */
static uint64_t hour_of(struct log_time *t, int hour)
{
	struct tm tm = { .tm_year = t->day.tm_year,
			 .tm_mon = t->day.tm_mon,
			 .tm_mday = t->day.tm_mday,
			 .tm_hour = hour,
			 .tm_isdst = -1 };
	time_t seconds;

	if (t->hour == hour)
		return t->hour_begins;
	seconds = mktime(&tm);
	t->hour = hour;
	t->hour_begins = seconds > 0 ? (uint64_t)seconds * SECOND : 0;
	return t->hour_begins;
}

static uint64_t of_day(struct log_time *t, uint64_t time)
{
	const uint64_t hour = 3600ull * SECOND;

	/* A file is as old as its last line: one that begins later in the day has begun before. */
	if (!t->dated && !t->given && time > since_midnight(&t->day) + SECOND)
		add_days(t, -1);
	if (t->dated && time + (uint64_t)HALF_DAY * SECOND < t->last)
		add_days(t, 1);
	t->dated = true;
	t->last = time;
	return hour_of(t, (int)(time / hour)) + time % hour;
}

uint64_t log_time_of(struct log_time *t, const struct log_line *l)
{
	if (l->clock == CLOCK_EPOCH) {
		t->now = l->time;
	} else if (l->clock == CLOCK_OF_DAY) {
		t->now = of_day(t, l->time);
	} else if (l->relative) {
		t->now += t->any ? l->since : 0;
		t->dated = true;
	}
	t->any |= l->clock || l->relative;
	return t->now;
}

bool log_time_date(const char *text, uint64_t *date)
{
	struct tm tm = { .tm_isdst = -1 };
	int end = 0, n;
	time_t seconds;
	char *behind;

	if (*text == '@') {
		*date = strtoull(text + 1, &behind, 10);
		if (behind == text + 1 || *behind || *date > INT64_MAX / SECOND)
			return false;
		*date *= SECOND;
		return true;
	}
	n = sscanf(text, "%4d-%2d-%2d%n%*1[ T]%2d:%2d:%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
		   &end, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &end);
	if ((n != 3 && n != 6) || text[end] || tm.tm_year < 1970 || tm.tm_mon < 1 ||
	    tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	seconds = mktime(&tm);
	*date = (uint64_t)seconds * SECOND;
	return seconds > 0;
}
