// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of the console's keyboard, and of disks, whose numbers do not tell how long their
 * argument is (linux/kd.h, linux/hdreg.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/kd.h>

static void show_hex_int(struct show *s, const void *data, size_t size)
{
	uint32_t value = 0;

	memcpy(&value, data, size < sizeof(value) ? size : sizeof(value));
	value_hex(s, value);
}

/* What the byte or word behind the pointer is depends on the command. */
static void show_setting(struct show *s, const void *data, size_t size)
{
	uint32_t value = 0;

	memcpy(&value, data, size < sizeof(value) ? size : sizeof(value));
	value_pointed(s);
	switch ((uint32_t)s->call->arg[1]) {
	case KDGKBTYPE: show_enum(s, "kd_kbd_types", value); break;
	case KDGETLED: show_flags(s, "kd_led_flags", value); break;
	case KDGKBLED: show_flags(s, "kd_kbd_leds", value); break;
	case KDGETMODE: show_enum(s, "kd_mode", value); break;
	case KDGKBMODE: show_enum(s, "kd_kbd_modes", value); break;
	default: show_enum(s, "kd_key_meta", value);
	}
	value_pointed_end(s);
}

static const struct show_struct structs[] = {
	{ "hex_int", show_hex_int },
	{ "console_byte", show_setting },
	{ "console_word", show_setting },
	{ NULL, NULL },
};

static const struct show_field keycode_fields[] = {
	FIELD(INT, HEX, "scancode"),
	FIELD(INT, HEX, "keycode"),
	FIELDS_END,
};

static const struct show_field geometry_fields[] = {
	FIELD(CHAR, UNSIGNED, "heads"),
	FIELD(CHAR, UNSIGNED, "sectors"),
	FIELD(SHORT, UNSIGNED, "cylinders"),
	FIELD(LONG, UNSIGNED, "start"),
	FIELDS_END,
};

static const struct show_layout layouts[] = {
	{ "kbkeycode", keycode_fields },
	{ "hd_geometry", geometry_fields },
	{ NULL, NULL },
};

const struct show_family show_family_console = { .structs = structs, .layouts = layouts };
