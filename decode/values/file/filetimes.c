// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the two times that utime and its successors set (linux/utime.h, linux/stat.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

enum {
	NSEC_NOW = 0x3fffffff,	/* UTIME_NOW */
	NSEC_OMIT = 0x3ffffffe, /* UTIME_OMIT */
};

static int64_t signed_at(const void *data, size_t width)
{
	int32_t narrow;
	int64_t wide;

	if (width == 4) {
		memcpy(&narrow, data, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, data, sizeof(wide));
	return wide;
}

static void one_time(struct show *s, int64_t seconds, int64_t fraction, bool micro)
{
	if (!micro && (fraction == NSEC_NOW || fraction == NSEC_OMIT)) {
		value_words(s, (uint64_t)fraction,
			    fraction == NSEC_NOW ? "UTIME_NOW" : "UTIME_OMIT");
		return;
	}
	value_struct(s);
	field_signed(s, "tv_sec", seconds);
	field_unsigned(s, micro ? "tv_usec" : "tv_nsec", fraction);
	value_struct_end(s);
	show_date(s, seconds, fraction, micro ? 6 : 9);
}

/* Both are there, or neither is shown. */
static void show_pair(struct show *s, uint64_t address, bool micro, size_t width)
{
	unsigned char both[32];

	if (!address || !show_read(s, address, both, 4 * width)) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (size_t at = 0; at < 4 * width && value_nth(s, at / (2 * width)); at += 2 * width)
		one_time(s, signed_at(both + at, width), signed_at(both + at + width, width),
			 micro);
	value_array_end(s);
}

static void times_args(struct show *s)
{
	bool micro = s->call->name[strlen("utime")] == 's' || !strncmp(s->call->name, "futimes", 7);
	int pair = !strcmp(s->call->name, "utimes") ? 1 : 2;
	size_t width = strstr(s->call->name, "64") ? 8 : show_word(s);

	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == pair)
			show_pair(s, s->call->arg[i], micro, width);
		else
			show_arg(s, i);
	}
}

static void show_utimbuf(struct show *s, const void *data, size_t size)
{
	int64_t access = signed_at(data, size / 2),
		change = signed_at((const char *)data + size / 2, size / 2);

	value_struct(s);
	field_signed(s, "actime", access);
	show_date(s, access, 0, 9);
	field_signed(s, "modtime", change);
	show_date(s, change, 0, 9);
	value_struct_end(s);
}

static const struct show_struct structs[] = {
	{ "utimbuf", show_utimbuf },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "utimensat", times_args, NULL },
	{ "utimensat_time64", times_args, NULL },
	{ "utimes", times_args, NULL },
	{ "futimesat", times_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_filetimes = { .structs = structs, .calls = calls };
