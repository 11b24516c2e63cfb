// SPDX-License-Identifier: GPL-2.0-or-later
/* show: fcntl: locks, owners, and results that are flags (linux/fcntl.h). */
#include "decode/show_fields.h"

#include "format/flags.h"

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
	show_put(s, "{l_type=");
	show_enum(s, "lockfcmds", type);
	show_put(s, ", l_whence=");
	show_enum(s, "whence_codes", whence);
	show_put(s, ", l_start=");
	text_signed(s->out, width == 4 ? (int32_t)start : start);
	show_put(s, ", l_len=");
	text_signed(s->out, width == 4 ? (int32_t)length : length);
	if (s->exit) {
		show_put(s, ", l_pid=");
		text_signed(s->out, pid);
	}
	text_char(s->out, '}');
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

static void flags_behind(struct show *s, const char *lead, const char *table)
{
	struct text *out = s->out;

	text_hex(out, s->call->result);
	s->out = &s->aux;
	show_put(s, lead);
	show_flags(s, table, s->call->result);
	s->out = out;
}

/* `= 0x1 (flags FD_CLOEXEC)`: only where there are any, but an access mode always is. */
static bool fcntl_result(struct show *s)
{
	uint64_t value = s->call->result;

	switch ((uint32_t)s->call->arg[1]) {
	case F_GETFD:
		if (value)
			flags_behind(s, "flags ", "fdflags");
		break;
	case F_GETFL: flags_behind(s, "flags ", "open_flags"); return true;
	case GET_SEALS:
		if (value)
			flags_behind(s, "seals ", "f_seals");
		break;
	case F_GETLEASE: {
		const char *name = flag_name(show_table(s, "lockfcmds"), value);

		text_hex(s->out, value);
		if (name)
			text_put(&s->aux, name);
		return true;
	}
	case F_GETSIG: {
		const char *name = value ? flag_signal_name(value) : NULL;

		text_signed(s->out, value);
		if (name)
			text_put(&s->aux, name);
		return true;
	}
	default: return false;
	}
	if (!value)
		text_char(s->out, '0');
	return true;
}

static const struct show_struct structs[] = {
	{ "flock", show_flock },
	{ "flock64", show_flock64 },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "f_owner_ex", owner_fields },
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
