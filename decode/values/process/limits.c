// SPDX-License-Identifier: GPL-2.0-or-later
/* show: resource limits and use, and what the system tells of itself (linux/resource.h,
 * linux/sysinfo.h, linux/utsname.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <stdio.h>

/* 1024-fold values as a product, which is how people think of them. */
static void show_limit(struct show *s, uint64_t value, bool wide)
{
	bool none = value == (wide ? UINT64_MAX : UINT32_MAX),
	     product = !none && value > 1024 && value % 1024 == 0;
	char words[32];

	if (product)
		snprintf(words, sizeof(words), "%llu*1024", (unsigned long long)value / 1024);
	value_constant(s, value, BASE_UNSIGNED,
		       product ? words
		       : none  ? (wide ? "RLIM64_INFINITY" : "RLIM_INFINITY")
			       : NULL,
		       NULL);
}

static void show_limits(struct show *s, const void *data, size_t width)
{
	uint64_t current = 0, most = 0;

	memcpy(&current, data, width);
	memcpy(&most, (const char *)data + width, width);
	value_struct(s);
	value_field(s, "rlim_cur");
	show_limit(s, current, width == 8);
	value_field(s, "rlim_max");
	show_limit(s, most, width == 8);
	value_struct_end(s);
}

static void show_rlimit(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_limits(s, data, show_word(s));
}

static void show_rlimit64(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_limits(s, data, 8);
}

static const struct show_field rusage_fields[] = {
	FIELD_TIMEVAL("ru_utime"),
	FIELD_TIMEVAL("ru_stime"),
	FIELDS_MORE,
	FIELD(LONG, UNSIGNED, "ru_maxrss"),
	FIELD(LONG, UNSIGNED, "ru_ixrss"),
	FIELD(LONG, UNSIGNED, "ru_idrss"),
	FIELD(LONG, UNSIGNED, "ru_isrss"),
	FIELD(LONG, UNSIGNED, "ru_minflt"),
	FIELD(LONG, UNSIGNED, "ru_majflt"),
	FIELD(LONG, UNSIGNED, "ru_nswap"),
	FIELD(LONG, UNSIGNED, "ru_inblock"),
	FIELD(LONG, UNSIGNED, "ru_oublock"),
	FIELD(LONG, UNSIGNED, "ru_msgsnd"),
	FIELD(LONG, UNSIGNED, "ru_msgrcv"),
	FIELD(LONG, UNSIGNED, "ru_nsignals"),
	FIELD(LONG, UNSIGNED, "ru_nvcsw"),
	FIELD(LONG, UNSIGNED, "ru_nivcsw"),
	FIELDS_END,
};

static void show_loads(struct show *s, const void *data, size_t size)
{
	size_t word = show_word(s);

	value_array(s);
	for (size_t i = 0; i * word < size && value_nth(s, i); i++) {
		uint64_t load = 0;

		memcpy(&load, (const char *)data + i * word, word);
		value_unsigned(s, load);
	}
	value_array_end(s);
}

static const struct show_field sysinfo_fields[] = {
	FIELD(LONG, UNSIGNED, "uptime"),    FIELD_INNER(LONG, "loads", 3, show_loads),
	FIELD(LONG, UNSIGNED, "totalram"),  FIELD(LONG, UNSIGNED, "freeram"),
	FIELD(LONG, UNSIGNED, "sharedram"), FIELD(LONG, UNSIGNED, "bufferram"),
	FIELD(LONG, UNSIGNED, "totalswap"), FIELD(LONG, UNSIGNED, "freeswap"),
	FIELD(SHORT, UNSIGNED, "procs"),    FIELD(SHORT, NONE, ""),
	FIELD(LONG, UNSIGNED, "totalhigh"), FIELD(LONG, UNSIGNED, "freehigh"),
	FIELD(INT, UNSIGNED, "mem_unit"),   FIELDS_END,
};

static const struct show_field tms_fields[] = {
	FIELD(LONG, TICKS, "tms_utime"),
	FIELD(LONG, TICKS, "tms_stime"),
	FIELD(LONG, TICKS, "tms_cutime"),
	FIELD(LONG, TICKS, "tms_cstime"),
	FIELDS_END,
};

static const struct show_field utsname_fields[] = {
	FIELD_MANY(CHAR, TEXT, "sysname", 65),
	FIELD_MANY(CHAR, TEXT, "nodename", 65),
	FIELDS_MORE,
	FIELD_MANY(CHAR, TEXT, "release", 65),
	FIELD_MANY(CHAR, TEXT, "version", 65),
	FIELD_MANY(CHAR, TEXT, "machine", 65),
	FIELD_MANY(CHAR, TEXT, "domainname", 65),
	FIELDS_END,
};

/* What the kernel has written into the buffer: shown by its bytes in hex, whatever they are. */
static void getrandom_args(struct show *s)
{
	uint64_t size = s->call->result > 0 ? s->call->result : 0, shown = value_wanted(s, size);
	const void *data = "";

	show_argument_name(s, 0);
	show_at_exit(s);
	if (!show_succeeded(s) || !s->call->arg[0] ||
	    show_find(s, s->call->arg[0], shown, &data) < shown) {
		value_address(s, s->call->arg[0]);
	} else {
		value_hex_bytes(s, data, shown, size);
	}
	show_argument(s, 1);
	show_argument(s, 2);
}

static const struct show_struct structs[] = {
	{ "rlimit", show_rlimit },
	{ "rlimit64", show_rlimit64 },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "rusage", rusage_fields },
	{ "sysinfo", sysinfo_fields },
	{ "tms", tms_fields },
	{ "new_utsname", utsname_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "getrandom", getrandom_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_limits = { .structs = structs,
						.layouts = layouts,
						.calls = calls };
