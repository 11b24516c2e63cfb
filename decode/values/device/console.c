// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of the console: its keyboard, sound and fonts (linux/kd.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <ctype.h>
#include <linux/kd.h>
#include <linux/keyboard.h>
#include <stdio.h>

enum {
	CONSOLE = 'K',
	CLOCK_RATE = 1193182, /* of the timer that makes the sound, in Hz */
	MAP_ENTRIES = 256,
	COLOURS = 48,
	FONT = 8192,
	FUNCTION_TEXT = 512,
};

static void show_sound(struct show *s, uint64_t value)
{
	value_unsigned(s, value);
	if (value_numbers(s))
		return;
	if (value && value <= CLOCK_RATE)
		value_remarkf(s, "%u Hz", (unsigned int)(CLOCK_RATE / value));
	else
		value_remark(s, "off");
}

static void show_tone(struct show *s, uint64_t value)
{
	unsigned int ticks = value & 0xffff, time = value >> 16 & 0xffff;

	value_mix(s, value, BASE_NONE);
	if (time) {
		value_part(s);
		value_unsigned(s, time);
		value_say(s, "<<16");
	}
	value_part(s);
	value_unsigned(s, ticks);
	value_mix_end(s);
	if (value_numbers(s))
		return;
	if (ticks && time)
		value_remarkf(s, "%u Hz, %u ms", CLOCK_RATE / ticks, time);
	else
		value_remark(s, "off");
}

static void show_mode_number(struct show *s, int64_t mode)
{
	const struct flag_table *t = show_table(s, "kd_kbd_modes");

	value_constant(s, (uint64_t)mode, BASE_SIGNED, t ? flag_name(t, (uint64_t)mode) : NULL,
		       "K_???");
}

static void show_new_mode(struct show *s, uint64_t value)
{
	show_mode_number(s, (int32_t)value);
}

static void show_accepted(struct show *s, uint64_t value)
{
	if (value < 128)
		show_signal(s, value);
	else
		value_unsigned(s, value);
}

/* What the byte or word behind the pointer is depends on the command. */
static void show_setting(struct show *s, const void *data, size_t size)
{
	uint32_t value = 0;

	memcpy(&value, data, size < sizeof(value) ? size : sizeof(value));
	value_pointed(s);
	switch ((uint32_t)s->call->arg[1]) {
	case KDGKBTYPE: show_enum(s, "kd_kbd_types", value); break;
	case KDGETLED: show_flags(s, "kd_kbd_leds", value); break;
	case KDGKBLED: show_flags(s, "kd_led_flags", value); break;
	case KDGETMODE: show_enum(s, "kd_mode", value); break;
	case KDGKBMODE: show_mode_number(s, (int32_t)value); break;
	default: show_enum(s, "kd_key_meta", value);
	}
	value_pointed_end(s);
}

/* As C writes it. */
static void character(char *to, size_t size, unsigned char c)
{
	static const char controls[] = "tnvfr"; /* from 9 on */

	if (c >= '\t' && c <= '\r')
		snprintf(to, size, "'\\%c'", controls[c - '\t']);
	else if (c == '\'' || c == '\\')
		snprintf(to, size, "'\\%c'", c);
	else if (c < 0x80 && isprint(c))
		snprintf(to, size, "'%c'", c);
	else
		snprintf(to, size, "'\\x%02x'", c);
}

static void show_character(struct show *s, const void *data, size_t size)
{
	char words[8];

	(void)size;
	character(words, sizeof(words), *(const unsigned char *)data);
	value_text(s, words);
}

/* What a key does: its kind in the upper byte, which says what the lower one is. */
static void show_key(struct show *s, const void *data, size_t size)
{
	static const char *const tables[] = {
		[KT_FN] = "kd_kbd_fn_key_func", [KT_SPEC] = "kd_kbd_spec",
		[KT_PAD] = "kd_kbd_pad",	[KT_DEAD] = "kd_kbd_dead",
		[KT_CUR] = "kd_kbd_cur",	[KT_SHIFT] = "kd_kbd_shift",
		[KT_ASCII] = "kd_kbd_asciis",	[KT_LOCK] = "kd_kbd_lock",
		[KT_SLOCK] = "kd_kbd_slock",	[KT_BRL] = "kd_kbd_braille",
	};
	const unsigned int letters =
		1u << KT_LATIN | 1u << KT_META | 1u << KT_LETTER | 1u << KT_DEAD2;
	const struct flag_table *kinds = show_table(s, "kd_kbd_ktypes"), *t = NULL;
	const char *kind, *name;
	uint16_t key;
	uint8_t what;
	char words[16], number[8];

	memcpy(&key, data, size);
	value_hex(s, key);
	if (value_numbers(s))
		return;
	what = key >> 8;
	if (what < sizeof(tables) / sizeof(*tables) && tables[what])
		t = show_table(s, tables[what]);
	name = t ? flag_name(t, t->values[0].value < 0x100 ? key & 0xff : key) : NULL;
	if (name) {
		value_remark(s, name);
		return;
	}
	kind = kinds ? flag_name(kinds, what) : NULL;
	snprintf(number, sizeof(number), what ? "0x%x" : "0", what);
	if (what < 32 && letters >> what & 1)
		character(words, sizeof(words), key & 0xff);
	else
		snprintf(words, sizeof(words), key & 0xff ? "0x%x" : "0", key & 0xff);
	value_remarkf(s, "K(%s, %s)", kind ? kind : number, words);
}

static void show_key_table(struct show *s, const void *data, size_t size)
{
	const uint8_t table = *(const uint8_t *)data;

	(void)size;
	if (table < 4)
		show_enum(s, "kd_kbd_tables", table);
	else
		show_flags(s, "kd_kbd_shifts", table);
}

static const struct show_field entry_given[] = {
	FIELD_INNER(CHAR, "kb_table", 1, show_key_table),
	FIELD(CHAR, UNSIGNED, "kb_index"),
	FIELDS_END,
};
static const struct show_field entry_answer[] = {
	FIELDS_AT(2),
	FIELD_INNER(SHORT, "kb_value", 1, show_key),
	FIELDS_END,
};
static const struct show_field entry_fields[] = {
	FIELD_INNER(CHAR, "kb_table", 1, show_key_table),
	FIELD(CHAR, UNSIGNED, "kb_index"),
	FIELD_INNER(SHORT, "kb_value", 1, show_key),
	FIELDS_END,
};

static void show_function_key(struct show *s, uint64_t address)
{
	const bool asks = (uint32_t)s->call->arg[1] == KDGKBSENT;
	uint8_t function;

	if (!address || !show_read(s, address, &function, 1)) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_enum(s, "kb_func", "kd_kbd_func_keys", function);
	if (asks)
		show_at_exit(s);
	if (!asks || show_succeeded(s)) {
		value_field(s, "kb_string");
		show_name_within(s, address + 1, FUNCTION_TEXT);
	}
	value_struct_end(s);
}

static const struct show_field accent_fields[] = {
	FIELD_INNER(CHAR, "diacr", 1, show_character),
	FIELD_INNER(CHAR, "base", 1, show_character),
	FIELD_INNER(CHAR, "result", 1, show_character),
	FIELDS_END,
};
static const struct show_field unicode_accent_fields[] = {
	FIELD(INT, HEX, "diacr"),
	FIELD(INT, HEX, "base"),
	FIELD(INT, HEX, "result"),
	FIELDS_END,
};

static void show_accent(struct show *s, const void *data, size_t size)
{
	show_fields(s, accent_fields, data, size);
}

static void show_unicode_accent(struct show *s, const void *data, size_t size)
{
	show_fields(s, unicode_accent_fields, data, size);
}

static void show_accents(struct show *s, uint64_t address)
{
	const uint32_t command = s->call->arg[1];
	const bool unicode = command == KDGKBDIACRUC || command == KDSKBDIACRUC;
	uint32_t count;

	if (command == KDGKBDIACR || command == KDGKBDIACRUC)
		show_at_exit(s);
	if (!address || (s->exit && !show_succeeded(s)) || !show_read(s, address, &count, 4)) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "kb_cnt", count);
	value_field(s, unicode ? "kbdiacruc" : "kbdiacr");
	show_array(s, address + 4, count, unicode ? 12 : 3,
		   unicode ? show_unicode_accent : show_accent);
	value_struct_end(s);
}

static void show_hex_short(struct show *s, const void *data, size_t size)
{
	uint16_t value;

	memcpy(&value, data, size);
	value_hex(s, value);
}

static void show_screen_map(struct show *s, uint64_t address)
{
	if ((uint32_t)s->call->arg[1] == GIO_UNISCRNMAP)
		show_at_exit(s);
	if (s->exit && !show_succeeded(s))
		value_address(s, address);
	else
		show_array(s, address, MAP_ENTRIES, 2, show_hex_short);
}

/* Bytes that mean nothing to anybody. */
static void show_map(struct show *s, uint64_t address)
{
	const uint32_t command = s->call->arg[1];
	const size_t size = command == GIO_CMAP || command == PIO_CMAP	 ? COLOURS
			    : command == GIO_FONT || command == PIO_FONT ? FONT
									 : MAP_ENTRIES;

	if (command == GIO_CMAP || command == GIO_FONT || command == GIO_SCRNMAP)
		show_at_exit(s);
	if (s->exit && !show_succeeded(s))
		value_address(s, address);
	else
		device_bytes(s, address, size);
}

static void show_unicode(struct show *s, const void *data, size_t size)
{
	static const struct show_field fields[] = {
		FIELD(SHORT, HEX, "unicode"),
		FIELD(SHORT, HEX, "fontpos"),
		FIELDS_END,
	};

	show_fields(s, fields, data, size);
}

static void show_unicode_map(struct show *s, uint64_t address)
{
	struct unimapdesc map;

	if ((uint32_t)s->call->arg[1] == GIO_UNIMAP)
		show_at_exit(s);
	if (!address || !show_read(s, address, &map, sizeof(map))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "entry_ct", map.entry_ct);
	value_field(s, "entries");
	if (s->exit && !show_succeeded(s))
		value_address(s, (uintptr_t)map.entries);
	else
		show_array(s, (uintptr_t)map.entries, map.entry_ct, 4, show_unicode);
	value_struct_end(s);
}

static bool show_old_font(struct show *s, uint64_t address, bool with_data)
{
	struct consolefontdesc font;

	if (!address || !show_read(s, address, &font, sizeof(font))) {
		value_address(s, address);
		return false;
	}
	value_struct(s);
	field_unsigned(s, "charcount", font.charcount);
	field_unsigned(s, "charheight", font.charheight);
	value_field(s, "chardata");
	if (with_data)
		device_bytes(s, (uintptr_t)font.chardata, UINT64_C(32) * font.charcount);
	else
		value_address(s, (uintptr_t)font.chardata);
	value_struct_end(s);
	return true;
}

static void show_old_fonts(struct show *s, uint64_t address)
{
	const bool asks = (uint32_t)s->call->arg[1] == GIO_FONTX;

	if (!show_old_font(s, address, !asks) || !asks)
		return;
	show_at_exit(s);
	if (!show_succeeded(s))
		return;
	value_becomes(s);
	show_old_font(s, address, true);
}

static void font_size(struct show *s, const struct console_font_op *op)
{
	field_unsigned(s, "width", op->width);
	field_unsigned(s, "height", op->height);
}

/* The characters of a font: each has 32 rows, whatever its height. */
static void font_data(struct show *s, const struct console_font_op *op, bool with_data)
{
	field_unsigned(s, "charcount", op->charcount);
	value_field(s, "data");
	if (with_data)
		device_bytes(s, (uintptr_t)op->data,
			     UINT64_C(32) * ((op->width + UINT64_C(7)) / 8) * op->charcount);
	else
		value_address(s, (uintptr_t)op->data);
}

static void font_given(struct show *s, const struct console_font_op *op)
{
	value_struct(s);
	field_enum(s, "op", "kd_font_ops", op->op);
	if (op->op == KD_FONT_OP_COPY) {
		field_unsigned(s, "height", op->height);
	} else if (op->op == KD_FONT_OP_SET_DEFAULT) {
		font_size(s, op);
		value_field(s, "data");
		show_string(s, (uintptr_t)op->data);
	} else {
		field_flags(s, "flags", "kd_font_flags", op->flags);
		font_size(s, op);
		font_data(s, op, op->op == KD_FONT_OP_SET);
	}
	value_struct_end(s);
}

static void show_font(struct show *s, uint64_t address)
{
	struct console_font_op op;

	if (!address || !show_read(s, address, &op, sizeof(op))) {
		value_address(s, address);
		return;
	}
	font_given(s, &op);
	if (op.op == KD_FONT_OP_COPY || op.op == KD_FONT_OP_SET)
		return;
	show_at_exit(s);
	if (!show_succeeded(s))
		return;
	value_becomes(s);
	if (!show_read(s, address, &op, sizeof(op))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	font_size(s, &op);
	if (op.op != KD_FONT_OP_SET_DEFAULT)
		font_data(s, &op, op.op == KD_FONT_OP_GET);
	value_struct_end(s);
}

static const struct show_field repeat_fields[] = {
	FIELD(INT, SIGNED, "delay"),
	FIELD(INT, SIGNED, "period"),
	FIELDS_END,
};

static const struct show_field clear_map_fields[] = {
	FIELD(SHORT, UNSIGNED, "advised_hashsize"),
	FIELD(SHORT, UNSIGNED, "advised_hashstep"),
	FIELD(SHORT, UNSIGNED, "advised_hashlevel"),
	FIELDS_END,
};

static const struct device_command commands[] = {
	OTHER(KIOCSOUND, show_sound),
	OTHER(KDMKTONE, show_tone),
	OTHER(KDSKBMODE, show_new_mode),
	OTHER(KDSIGACCEPT, show_accepted),
	NAMED_VALUE(KDSETLED, 1, FLAGS, "kd_kbd_leds"),
	NAMED_VALUE(KDSKBLED, 1, FLAGS, "kd_led_flags"),
	ANSWERED(KDKBDREP, CHANGED, repeat_fields, repeat_fields),
	FIELDS(PIO_UNIMAPCLR, IN, clear_map_fields),
	ANSWERED(KDGKBENT, GROWN, entry_given, entry_answer),
	FIELDS(KDSKBENT, IN, entry_fields),
	OTHER(KDGKBSENT, show_function_key),
	OTHER(KDSKBSENT, show_function_key),
	OTHER(KDGKBDIACR, show_accents),
	OTHER(KDSKBDIACR, show_accents),
	OTHER(KDGKBDIACRUC, show_accents),
	OTHER(KDSKBDIACRUC, show_accents),
	OTHER(GIO_CMAP, show_map),
	OTHER(PIO_CMAP, show_map),
	OTHER(GIO_FONT, show_map),
	OTHER(PIO_FONT, show_map),
	OTHER(GIO_SCRNMAP, show_map),
	OTHER(PIO_SCRNMAP, show_map),
	OTHER(GIO_UNISCRNMAP, show_screen_map),
	OTHER(PIO_UNISCRNMAP, show_screen_map),
	OTHER(GIO_UNIMAP, show_unicode_map),
	OTHER(PIO_UNIMAP, show_unicode_map),
	OTHER(GIO_FONTX, show_old_fonts),
	OTHER(PIO_FONTX, show_old_fonts),
	OTHER(KDFONTOP, show_font),
};

const struct device_commands device_console = DEVICE_COMMANDS(CONSOLE, commands);

static const struct show_struct structs[] = {
	{ "console_byte", show_setting },
	{ "console_word", show_setting },
	{ NULL, NULL },
};

static const struct show_field keycode_fields[] = {
	FIELD(INT, HEX, "scancode"),
	FIELD(INT, HEX, "keycode"),
	FIELDS_END,
};

static const struct show_layout layouts[] = {
	{ "kbkeycode", keycode_fields },
	{ NULL, NULL },
};

const struct show_family show_family_console = { .structs = structs, .layouts = layouts };
