// SPDX-License-Identifier: GPL-2.0-or-later
/* show: times, intervals, timers and the clock's adjustment (linux/time.h, linux/timex.h,
 * asm/siginfo.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <signal.h>

static uint64_t word_at(const struct show *s, const void *data, size_t index)
{
	uint64_t value = 0;

	memcpy(&value, (const char *)data + show_word(s) * index, show_word(s));
	return value;
}

static void pair(struct show *s, int64_t seconds, const char *name, uint64_t fraction)
{
	value_struct(s);
	field_signed(s, "tv_sec", seconds);
	field_unsigned(s, name, fraction);
	value_struct_end(s);
}

/* Seconds are signed, what is below them is not. */
static void words(struct show *s, const void *data, const char *name)
{
	uint64_t seconds = word_at(s, data, 0);

	pair(s, s->compat ? (int64_t)(int32_t)seconds : (int64_t)seconds, name,
	     word_at(s, data, 1));
}

void show_timespec(struct show *s, const void *data, size_t size)
{
	(void)size;
	words(s, data, "tv_nsec");
}

void show_timeval(struct show *s, const void *data, size_t size)
{
	(void)size;
	words(s, data, "tv_usec");
}

/* The same two numbers in every ABI. */
static void show_timespec64(struct show *s, const void *data, size_t size)
{
	uint64_t part[2];

	(void)size;
	memcpy(part, data, sizeof(part));
	pair(s, part[0], "tv_nsec", part[1]);
}

static void show_timeval64(struct show *s, const void *data, size_t size)
{
	uint64_t part[2];

	(void)size;
	memcpy(part, data, sizeof(part));
	pair(s, part[0], "tv_usec", part[1]);
}

static void interval(struct show *s, const void *data, size_t size,
		     void (*print)(struct show *show, const void *data, size_t size))
{
	value_struct(s);
	value_field(s, "it_interval");
	print(s, data, size / 2);
	value_field(s, "it_value");
	print(s, (const char *)data + size / 2, size / 2);
	value_struct_end(s);
}

static void show_itimerval(struct show *s, const void *data, size_t size)
{
	interval(s, data, size, show_timeval);
}

static void show_itimerspec(struct show *s, const void *data, size_t size)
{
	interval(s, data, size, show_timespec);
}

static void show_itimerspec64(struct show *s, const void *data, size_t size)
{
	interval(s, data, size, show_timespec64);
}

/* time(2)'s number, and when that was. */
static void show_time_t(struct show *s, const void *data, size_t size)
{
	uint64_t word = word_at(s, data, 0);
	int64_t seconds = s->compat ? (int64_t)(int32_t)word : (int64_t)word;

	(void)size;
	value_pointed(s);
	value_signed(s, seconds);
	show_date(s, seconds, 0, 0);
	value_pointed_end(s);
}

static bool time_result(struct show *s)
{
	value_signed(s, s->call->result);
	show_date_result(s, s->call->result);
	return true;
}

static const struct show_field timezone_fields[] = {
	FIELD(INT, SIGNED, "tz_minuteswest"),
	FIELD(INT, SIGNED, "tz_dsttime"),
	FIELDS_END,
};

static const struct show_field timex_fields[] = {
	FIELD_NAMED(INT, FLAGS, "modes", "adjtimex_modes"),
	FIELD(LONG, SIGNED, "offset"),
	FIELD(LONG, SIGNED, "freq"),
	FIELD(LONG, SIGNED, "maxerror"),
	FIELD(LONG, SIGNED, "esterror"),
	FIELD_NAMED(INT, FLAGS, "status", "adjtimex_status"),
	FIELD(LONG, SIGNED, "constant"),
	FIELD(LONG, SIGNED, "precision"),
	FIELD(LONG, SIGNED, "tolerance"),
	FIELD_TIMEVAL("time"),
	FIELD(LONG, SIGNED, "tick"),
	FIELD(LONG, SIGNED, "ppsfreq"),
	FIELD(LONG, SIGNED, "jitter"),
	FIELD(INT, SIGNED, "shift"),
	FIELD(LONG, SIGNED, "stabil"),
	FIELD(LONG, SIGNED, "jitcnt"),
	FIELD(LONG, SIGNED, "calcnt"),
	FIELD(LONG, SIGNED, "errcnt"),
	FIELD(LONG, SIGNED, "stbcnt"),
	FIELD(INT, SIGNED, "tai"),
	FIELDS_END,
};

/* The same in every ABI (struct __kernel_timex). */
static const struct show_field timex64_fields[] = {
	FIELD_NAMED(INT, FLAGS, "modes", "adjtimex_modes"),
	FIELD(INT, NONE, "pad"),
	FIELD(64, SIGNED, "offset"),
	FIELD(64, SIGNED, "freq"),
	FIELD(64, SIGNED, "maxerror"),
	FIELD(64, SIGNED, "esterror"),
	FIELD_NAMED(INT, FLAGS, "status", "adjtimex_status"),
	FIELD(INT, NONE, "pad"),
	FIELD(64, SIGNED, "constant"),
	FIELD(64, SIGNED, "precision"),
	FIELD(64, SIGNED, "tolerance"),
	FIELD_INNER(64, "time", 2, show_timeval64),
	FIELD(64, SIGNED, "tick"),
	FIELD(64, SIGNED, "ppsfreq"),
	FIELD(64, SIGNED, "jitter"),
	FIELD(INT, SIGNED, "shift"),
	FIELD(INT, NONE, "pad"),
	FIELD(64, SIGNED, "stabil"),
	FIELD(64, SIGNED, "jitcnt"),
	FIELD(64, SIGNED, "calcnt"),
	FIELD(64, SIGNED, "errcnt"),
	FIELD(64, SIGNED, "stbcnt"),
	FIELD(INT, SIGNED, "tai"),
	FIELDS_END,
};

/* What is in the union depends on how the event is told. */
static void show_sigevent(struct show *s, const void *data, size_t size)
{
	const char *bytes = data;
	uint64_t value = word_at(s, data, 0), word = show_word(s);
	uint32_t signal, notify, tid;

	(void)size;
	memcpy(&signal, bytes + word, 4);
	memcpy(&notify, bytes + word + 4, 4);
	value_struct(s);
	if (value) {
		value_field(s, "sigev_value");
		value_struct(s);
		value_field(s, "sival_int");
		show_int(s, value);
		field_address(s, "sival_ptr", value);
		value_struct_end(s);
	}
	value_field(s, "sigev_signo");
	if (notify == SIGEV_SIGNAL || notify == SIGEV_THREAD || notify == SIGEV_THREAD_ID)
		show_signal(s, signal);
	else
		show_uint(s, signal);
	field_enum(s, "sigev_notify", "sigev_value", notify);
	if (notify == SIGEV_THREAD_ID) {
		memcpy(&tid, bytes + word + 8, 4);
		value_field(s, "sigev_notify_thread_id");
		show_int(s, tid);
	} else if (notify == SIGEV_THREAD) {
		field_address(s, "sigev_notify_function", word_at(s, bytes + word + 8, 0));
		field_address(s, "sigev_notify_attributes", word_at(s, bytes + word + 8, 1));
	}
	value_struct_end(s);
}

/* The rest of the time is written only when a signal cut the sleep short. */
static void sleep_args(struct show *s)
{
	int last = s->call->args - 1;
	bool absolute = last == 3 && s->call->arg[1];

	for (int i = 0; i < last; i++)
		show_argument(s, i);
	show_argument_name(s, last);
	show_at_exit(s);
	if (s->call->failed && s->call->result <= -512 && !absolute)
		show_arg(s, last);
	else
		value_address(s, s->call->arg[last]);
}

static const struct show_struct structs[] = {
	{ "timespec", show_timespec },
	{ "timespec64", show_timespec64 },
	{ "timeval", show_timeval },
	{ "itimerval", show_itimerval },
	{ "itimerspec", show_itimerspec },
	{ "itimerspec64", show_itimerspec64 },
	{ "time_t", show_time_t },
	{ "sigevent", show_sigevent },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "timezone", timezone_fields },
	{ "timex", timex_fields },
	{ "timex64", timex64_fields },
	{ NULL, NULL },
};

/* The time that has been set. */
static void stime_args(struct show *s)
{
	show_argument_name(s, 0);
	show_at_exit(s);
	if (show_succeeded(s))
		show_arg(s, 0);
	else
		value_address(s, s->call->arg[0]);
}

/* The clock's state, if anybody is told of it. */
static bool adjtimex_result(struct show *s)
{
	const char *name = s->call->desc ? s->call->desc->arg[s->call->args - 1].ref : "timex";
	size_t size = show_size(s, name);
	const void *data;

	if (show_find(s, s->call->arg[s->call->args - 1], size, &data) == size)
		return false;
	value_signed(s, s->call->result);
	return true;
}

static const struct show_call calls[] = {
	{ "nanosleep", sleep_args, NULL },
	{ "clock_nanosleep", sleep_args, NULL },
	{ "clock_nanosleep_time64", sleep_args, NULL },
	{ "time", NULL, time_result },
	{ "stime", stime_args, NULL },
	{ "adjtimex", NULL, adjtimex_result },
	{ "clock_adjtime", NULL, adjtimex_result },
	{ "clock_adjtime64", NULL, adjtimex_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_time = { .structs = structs,
					      .layouts = layouts,
					      .calls = calls };
