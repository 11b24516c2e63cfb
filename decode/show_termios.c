// SPDX-License-Identifier: GPL-2.0-or-later
/* show: terminals: termio, termios, termios2, winsize, modem lines (asm/termbits.h, asm/termios.h).
 */
#include "decode/show_fields.h"

#include "format/flags.h"

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
	if (value || s->options->raw_names)
		show_flags(s, table, value);
}

/* Parts of the word first, each by its name, then the bits that are set besides. */
static void show_parts(struct show *s, uint32_t value, const struct part *part, int parts,
		       const char *rest)
{
	for (int i = 0; i < parts; i++) {
		if (i)
			text_char(s->out, '|');
		show_enum(s, part[i].table, value & part[i].mask);
		value &= ~part[i].mask;
	}
	text_char(s->out, '|'); /* strace's stands alone where nothing follows */
	show_set(s, rest, value);
}

static void show_oflag(struct show *s, uint32_t value)
{
	static const struct part parts[] = {
		{ 0000400, "term_oflags_nl" },	{ 0003000, "term_oflags_cr" },
		{ 0014000, "term_oflags_tab" }, { 0020000, "term_oflags_bs" },
		{ 0040000, "term_oflags_vt" },	{ 0100000, "term_oflags_ff" },
	};

	show_parts(s, value, parts, 6, "term_oflags");
}

static void show_cflag(struct show *s, uint32_t value)
{
	static const struct part size = { SIZE_MASK, "term_cflags_csize" };
	uint32_t input = value >> INPUT_SPEED_SHIFT & SPEED_MASK;

	show_enum(s, "baud_options", value & SPEED_MASK);
	text_char(s->out, '|');
	if (input) {
		show_enum(s, "baud_options", input);
		show_put(s, "<<IBSHIFT|");
	}
	value &= ~(SPEED_MASK | (uint32_t)SPEED_MASK << INPUT_SPEED_SHIFT);
	show_parts(s, value, &size, 1, "term_cflags");
}

static void show_controls(struct show *s, const unsigned char *controls, size_t count)
{
	const struct flag_table *names = show_table(s, "term_control_characters");

	show_put(s, ", c_cc=[");
	for (size_t i = 0; i < count; i++) {
		const char *name = names ? flag_name(names, i) : NULL;

		show_put(s, i ? ", [" : "[");
		if (name)
			show_put(s, name);
		else
			text_unsigned(s->out, i);
		show_put(s, "]=");
		text_hex(s->out, controls[i]);
	}
	text_char(s->out, ']');
}

/* Four words of flags, the line discipline, the control characters, in a termios2 two speeds. */
static void show_modes(struct show *s, const uint32_t *word, const unsigned char *rest,
		       size_t controls, bool speeds)
{
	uint32_t speed[2];

	show_put(s, "{c_iflag=");
	show_set(s, "term_iflags", word[0]);
	show_put(s, ", c_oflag=");
	show_oflag(s, word[1]);
	show_put(s, ", c_cflag=");
	show_cflag(s, word[2]);
	show_put(s, ", c_lflag=");
	show_set(s, "term_lflags", word[3]);
	if (!s->options->verbose) {
		show_put(s, ", ...}");
		return;
	}
	show_put(s, ", c_line=");
	show_enum(s, "term_line_discs", rest[0]);
	show_controls(s, rest + 1, controls);
	if (speeds) {
		memcpy(speed, rest + 1 + controls, sizeof(speed));
		show_printf(s, ", c_ispeed=%u, c_ospeed=%u", speed[0], speed[1]);
	}
	text_char(s->out, '}');
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
	text_char(s->out, '[');
	show_flags(s, "modem_flags", lines);
	text_char(s->out, ']');
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
