// SPDX-License-Identifier: GPL-2.0-or-later
/* show: fcntl: locks, owners, and results that are flags (linux/fcntl.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <fcntl.h>

enum { GET_SEALS = 1034 }; /* F_GET_SEALS */

/* Type and kind of a lock have 16 bits, the offsets those of the call's ABI, or 64; the owner is
 * told by the get forms. */
static void show_lock(struct show *s, const void *data, size_t width)
{
	const unsigned char *at = data;
	int64_t start = 0, length = 0;
	uint16_t type, whence;
	size_t first = width == 8 && !s->compat ? 8 : 4;
	int32_t pid;

	memcpy(&type, at, sizeof(type));
	memcpy(&whence, at + 2, sizeof(whence));
	memcpy(&start, at + first, width);
	memcpy(&length, at + first + width, width);
	memcpy(&pid, at + first + 2 * width, sizeof(pid));
	value_struct(s);
	field_enum(s, "l_type", "lockfcmds", type);
	field_enum(s, "l_whence", "whence_codes", whence);
	field_signed(s, "l_start", width == 4 ? (int32_t)start : start);
	field_signed(s, "l_len", width == 4 ? (int32_t)length : length);
	if (s->exit) {
		field_signed(s, "l_pid", pid);
	}
	value_struct_end(s);
}

static void show_flock(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_lock(s, data, show_word(s));
}

static void show_flock64(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_lock(s, data, 8);
}

static const struct show_field owner_fields[] = {
	FIELD_NAMED(INT, ENUM, "type", "f_owner_types"),
	FIELD(INT, SIGNED, "pid"),
	FIELDS_END,
};

static void show_hint(struct show *s, const void *data, size_t size)
{
	uint64_t hint;

	(void)size;
	memcpy(&hint, data, sizeof(hint));
	value_pointed(s);
	show_enum(s, "rw_hints", hint);
	value_pointed_end(s);
}

/* struct delegation, Linux 6.19 */
static const struct show_field delegation_fields[] = {
	FIELD(INT, HEX, "d_flags"),
	FIELD_NAMED(SHORT, ENUM, "d_type", "lockfcmds"),
	FIELD(SHORT, HEX, "__pad"),
	FIELDS_END,
};

static void flags_behind(struct show *s, const char *lead, const char *table)
{
	value_hex(s, s->call->result);
	value_details(s);
	value_detail(s, lead);
	show_flag_words(s, table, s->call->result);
	value_details_end(s);
}

static void name_behind(struct show *s, uint64_t value, const char *name)
{
	value_details(s);
	value_detail(s, NULL);
	value_words(s, value, name);
	value_details_end(s);
}

/* `= 0x1 (flags FD_CLOEXEC)`: only where there are any, but an access mode always is. */
static bool fcntl_result(struct show *s)
{
	uint64_t value = s->call->result;

	switch ((uint32_t)s->call->arg[1]) {
	case F_GETFD:
		if (value)
			flags_behind(s, "flags", "fdflags");
		break;
	case F_GETFL: flags_behind(s, "flags", "open_flags"); return true;
	case GET_SEALS:
		if (value)
			flags_behind(s, "seals", "f_seals");
		break;
	case F_GETLEASE: {
		const char *name = flag_name(show_table(s, "lockfcmds"), value);

		value_hex(s, value);
		if (name)
			name_behind(s, value, name);
		return true;
	}
	case F_GETSIG: {
		const char *name = value ? flag_signal_name(value) : NULL;

		value_signed(s, value);
		if (name)
			name_behind(s, value, name);
		return true;
	}
	default: return false;
	}
	if (!value)
		value_hex(s, 0);
	return true;
}

static const struct show_struct structs[] = {
	{ "flock", show_flock },
	{ "flock64", show_flock64 },
	{ "rw_hint", show_hint },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "f_owner_ex", owner_fields },
	{ "delegation", delegation_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "fcntl", NULL, fcntl_result },
	{ "fcntl64", NULL, fcntl_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_fcntl = { .structs = structs,
					       .layouts = layouts,
					       .calls = calls };
