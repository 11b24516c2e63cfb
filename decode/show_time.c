// SPDX-License-Identifier: GPL-2.0-or-later
/* show: times and intervals (asm/posix_types.h, linux/time.h). */
#include "decode/show_families.h"
#include "decode/show_fields.h"

static int64_t word_at(const struct show *s, const void *data, size_t index)
{
	int32_t narrow;
	int64_t wide;

	if (s->compat) {
		memcpy(&narrow, (const char *)data + 4 * index, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, (const char *)data + 8 * index, sizeof(wide));
	return wide;
}

static void pair(struct show *s, const void *data, const char *seconds, const char *fraction)
{
	show_printf(s, "{%s=%lld, %s=%lld}", seconds, (long long)word_at(s, data, 0), fraction,
		    (long long)word_at(s, data, 1));
}

void show_timespec(struct show *s, const void *data, size_t size)
{
	(void)size;
	pair(s, data, "tv_sec", "tv_nsec");
}

void show_timeval(struct show *s, const void *data, size_t size)
{
	(void)size;
	pair(s, data, "tv_sec", "tv_usec");
}

static void show_itimerval(struct show *s, const void *data, size_t size)
{
	text_put(s->out, "{it_interval=");
	show_timeval(s, data, size / 2);
	text_put(s->out, ", it_value=");
	show_timeval(s, (const char *)data + size / 2, size / 2);
	text_char(s->out, '}');
}

static void show_itimerspec(struct show *s, const void *data, size_t size)
{
	text_put(s->out, "{it_interval=");
	show_timespec(s, data, size / 2);
	text_put(s->out, ", it_value=");
	show_timespec(s, (const char *)data + size / 2, size / 2);
	text_char(s->out, '}');
}

static const struct show_struct structs[] = {
	{ "timespec", show_timespec },
	{ "timeval", show_timeval },
	{ "itimerval", show_itimerval },
	{ "itimerspec", show_itimerspec },
	{ NULL, NULL },
};

const struct show_family show_family_time = { .structs = structs };
