// SPDX-License-Identifier: GPL-2.0-or-later
/* show: terminals: termio, termios, termios2, winsize, modem lines (asm/termbits.h, asm/termios.h).
 */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

enum {
	SPEED_MASK = 0x100f,	/* CBAUD */
	INPUT_SPEED_SHIFT = 16, /* IBSHIFT */
	SIZE_MASK = 0x30,	/* CSIZE */
};

struct part {
	uint32_t mask;
	const char *table;
};

/* Nothing for an empty set: c_iflag= */
static void show_set(struct show *s, const char *table, uint32_t value)
{
	value_flags_any(s, show_table(s, table), value);
}

/* Parts of the word first, each by its name, then the bits that are set besides: nothing stands
 * behind the last bar where there are none. */
static void show_parts(struct show *s, uint32_t value, const struct part *part, int parts,
		       const char *rest)
{
	for (int i = 0; i < parts; i++) {
		value_part(s);
		show_enum(s, part[i].table, value & part[i].mask);
		value &= ~part[i].mask;
	}
	value_part(s);
	show_set(s, rest, value);
}

static void show_oflag(struct show *s, uint32_t value)
{
	static const struct part parts[] = {
		{ 0000400, "term_oflags_nl" },	{ 0003000, "term_oflags_cr" },
		{ 0014000, "term_oflags_tab" }, { 0020000, "term_oflags_bs" },
		{ 0040000, "term_oflags_vt" },	{ 0100000, "term_oflags_ff" },
	};

	value_mix(s, value, BASE_NONE);
	show_parts(s, value, parts, 6, "term_oflags");
	value_mix_end(s);
}

static void show_cflag(struct show *s, uint32_t value)
{
	static const struct part size = { SIZE_MASK, "term_cflags_csize" };
	uint32_t input = value >> INPUT_SPEED_SHIFT & SPEED_MASK;

	value_mix(s, value, BASE_NONE);
	value_part(s);
	show_enum(s, "baud_options", value & SPEED_MASK);
	if (input) {
		value_part(s);
		show_enum(s, "baud_options", input);
		value_say(s, "<<IBSHIFT");
	}
	value &= ~(SPEED_MASK | (uint32_t)SPEED_MASK << INPUT_SPEED_SHIFT);
	show_parts(s, value, &size, 1, "term_cflags");
	value_mix_end(s);
}

static void show_controls(struct show *s, const unsigned char *controls, size_t count)
{
	const struct flag_table *names = show_table(s, "term_control_characters");

	value_field(s, "c_cc");
	value_array(s);
	for (size_t i = 0; i < count; i++) {
		const char *name = names ? flag_name(names, i) : NULL;

		value_element(s);
		value_begin(s, GROUP_INDEX);
		if (name)
			value_words(s, i, name);
		else
			value_unsigned(s, i);
		value_end(s, GROUP_INDEX);
		value_hex(s, controls[i]);
	}
	value_array_end(s);
}

/* Four words of flags, the line discipline, the control characters, in a termios2 two speeds. */
static void show_modes(struct show *s, const uint32_t *word, const unsigned char *rest,
		       size_t controls, bool speeds)
{
	uint32_t speed[2];

	value_struct(s);
	value_field(s, "c_iflag");
	show_set(s, "term_iflags", word[0]);
	value_field(s, "c_oflag");
	show_oflag(s, word[1]);
	value_field(s, "c_cflag");
	show_cflag(s, word[2]);
	value_field(s, "c_lflag");
	show_set(s, "term_lflags", word[3]);
	if (!value_full(s)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	field_enum(s, "c_line", "term_line_discs", rest[0]);
	show_controls(s, rest + 1, controls);
	if (speeds) {
		memcpy(speed, rest + 1 + controls, sizeof(speed));
		field_unsigned(s, "c_ispeed", speed[0]);
		field_unsigned(s, "c_ospeed", speed[1]);
	}
	value_struct_end(s);
}

static void show_termios(struct show *s, const void *data, size_t size)
{
	uint32_t word[4];

	memcpy(word, data, sizeof(word));
	show_modes(s, word, (const unsigned char *)data + sizeof(word), 19, size >= 44);
}

static void show_termio(struct show *s, const void *data, size_t size)
{
	uint16_t narrow[4];
	uint32_t word[4];

	(void)size;
	memcpy(narrow, data, sizeof(narrow));
	for (int i = 0; i < 4; i++)
		word[i] = narrow[i];
	show_modes(s, word, (const unsigned char *)data + sizeof(narrow), 8, false);
}

static void show_modem(struct show *s, const void *data, size_t size)
{
	uint32_t lines;

	(void)size;
	memcpy(&lines, data, sizeof(lines));
	value_pointed(s);
	show_flags(s, "modem_flags", lines);
	value_pointed_end(s);
}

static const struct show_field winsize_fields[] = {
	FIELD(SHORT, UNSIGNED, "ws_row"),
	FIELD(SHORT, UNSIGNED, "ws_col"),
	FIELD(SHORT, UNSIGNED, "ws_xpixel"),
	FIELD(SHORT, UNSIGNED, "ws_ypixel"),
	FIELDS_END,
};

static const struct show_struct structs[] = {
	{ "termios", show_termios },
	{ "termios2", show_termios },
	{ "termio", show_termio },
	{ "tiocm_bits", show_modem },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "winsize", winsize_fields },
	{ NULL, NULL },
};

const struct show_family show_family_termios = { .structs = structs, .layouts = layouts };
