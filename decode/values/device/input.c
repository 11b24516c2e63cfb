// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of input devices (linux/input.h). Many have a size, an axis or a kind of event in
 * their number. */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/input.h>

enum { INPUT = 'E' };

static const struct show_field id_fields[] = {
	FIELD(SHORT, UNSIGNED, "bustype"),
	FIELD(SHORT, UNSIGNED, "vendor"),
	FIELD(SHORT, UNSIGNED, "product"),
	FIELD(SHORT, UNSIGNED, "version"),
	FIELDS_END,
};

static const struct show_field keymap_fields[] = {
	FIELD(CHAR, UNSIGNED, "flags"),
	FIELD(CHAR, UNSIGNED, "len"),
	FIELDS_MORE,
	FIELD(SHORT, UNSIGNED, "index"),
	FIELD_NAMED(INT, ENUM, "keycode", "evdev_keycode"),
	FIELD_LIST(CHAR, HEX, "scancode", 32, NULL),
	FIELDS_END,
};

static const struct show_field trigger_fields[] = {
	FIELD(SHORT, UNSIGNED, "button"),
	FIELD(SHORT, UNSIGNED, "interval"),
	FIELDS_END,
};
static const struct show_field replay_fields[] = {
	FIELD(SHORT, UNSIGNED, "length"),
	FIELD(SHORT, UNSIGNED, "delay"),
	FIELDS_END,
};
static const struct show_field envelope_fields[] = {
	FIELD(SHORT, UNSIGNED, "attack_length"),
	FIELD(SHORT, UNSIGNED, "attack_level"),
	FIELD(SHORT, UNSIGNED, "fade_length"),
	FIELD(SHORT, HEX, "fade_level"),
	FIELDS_END,
};
static const struct show_field rumble_fields[] = {
	FIELD(SHORT, UNSIGNED, "strong_magnitude"),
	FIELD(SHORT, UNSIGNED, "weak_magnitude"),
	FIELDS_END,
};
static const struct show_field constant_fields[] = {
	FIELD(SHORT, SIGNED, "level"),
	FIELD_WITHIN(SHORT, "envelope", envelope_fields),
	FIELDS_END,
};
static const struct show_field ramp_fields[] = {
	FIELD(SHORT, SIGNED, "start_level"),
	FIELD(SHORT, SIGNED, "end_level"),
	FIELD_WITHIN(SHORT, "envelope", envelope_fields),
	FIELDS_END,
};
static const struct show_field periodic_fields[] = {
	FIELD(SHORT, UNSIGNED, "waveform"),
	FIELD(SHORT, UNSIGNED, "period"),
	FIELD(SHORT, SIGNED, "magnitude"),
	FIELD(SHORT, SIGNED, "offset"),
	FIELD(SHORT, UNSIGNED, "phase"),
	FIELD_WITHIN(SHORT, "envelope", envelope_fields),
	FIELD(INT, UNSIGNED, "custom_len"),
	FIELD(LONG, POINTER, "custom_data"),
	FIELDS_END,
};
static const struct show_field effect_fields[] = {
	FIELD_NAMED(SHORT, ENUM, "type", "evdev_ff_types"),
	FIELD(SHORT, SIGNED, "id"),
	FIELD(SHORT, UNSIGNED, "direction"),
	FIELDS_MORE,
	FIELD_WITHIN(SHORT, "trigger", trigger_fields),
	FIELD_WITHIN(SHORT, "replay", replay_fields),
	FIELDS_END,
};

static void show_effect(struct show *s, uint64_t address)
{
	static const struct {
		uint16_t type;
		const char *name;
		const struct show_field *fields;
	} kinds[] = {
		{ FF_RUMBLE, "rumble", rumble_fields },
		{ FF_PERIODIC, "periodic", periodic_fields },
		{ FF_CONSTANT, "constant", constant_fields },
		{ FF_RAMP, "ramp", ramp_fields },
	};
	const struct ff_effect *data = device_given(s, address, sizeof(*data));
	struct ff_effect effect;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&effect, data, sizeof(effect));
	value_struct(s);
	show_fields_within(s, effect_fields, &effect, sizeof(effect));
	for (size_t i = 0; value_full(s) && i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (kinds[i].type != effect.type)
			continue;
		value_field(s, kinds[i].name);
		show_fields(s, kinds[i].fields, &effect.u, sizeof(effect.u));
	}
	value_struct_end(s);
}

static const struct show_field axis_fields[] = {
	FIELD(INT, UNSIGNED, "value"),
	FIELD(INT, UNSIGNED, "minimum"),
	FIELDS_MORE,
	FIELD(INT, UNSIGNED, "maximum"),
	FIELD(INT, UNSIGNED, "fuzz"),
	FIELD(INT, UNSIGNED, "flat"),
	FIELD(INT, UNSIGNED, "resolution"),
	FIELDS_END,
};

static void show_axis(struct show *s, uint32_t code, uint64_t address)
{
	const size_t size = _IOC_SIZE(code);
	const void *data = _IOC_DIR(code) == _IOC_WRITE ? device_given(s, address, size)
							: device_answer(s, address, size);

	if (data)
		show_fields(s, axis_fields, data, size);
	else
		value_address(s, address);
}

/* A name of as many bytes as the call says. */
static void show_name(struct show *s, uint64_t address)
{
	show_at_exit(s);
	if (show_succeeded(s) && s->call->result >= 0)
		show_buffer(s, address, s->call->result > 0 ? (uint64_t)s->call->result - 1 : 0);
	else
		value_address(s, address);
}

static void show_power(struct show *s, uint64_t address)
{
	int32_t state;

	show_at_exit(s);
	if (!show_succeeded(s) || !show_read(s, address, &state, sizeof(state))) {
		value_address(s, address);
		return;
	}
	value_pointed(s);
	value_signed(s, state);
	value_pointed_end(s);
}

static void show_slots(struct show *s, uint32_t code, uint64_t address)
{
	size_t size = _IOC_SIZE(code) & ~UINT32_C(3);
	const unsigned char *data = size < 4 ? NULL : device_answer(s, address, size);
	uint32_t word;

	show_at_exit(s);
	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&word, data, sizeof(word));
	value_struct(s);
	field_enum(s, "code", "evdev_mtslots", word);
	value_field(s, "values");
	value_array(s);
	for (size_t i = 4; i < size && value_nth(s, i / 4 - 1); i += 4) {
		memcpy(&word, data + i, sizeof(word));
		value_signed(s, (int32_t)word);
	}
	value_array_end(s);
	value_struct_end(s);
}

/* Sets of what a device can do, or of what is on: which bit means what, and how many there are. */
struct bit_set {
	uint8_t number;
	uint16_t most;
	const char *table;
};

static const struct bit_set *bit_set_of(unsigned int number)
{
	static const struct bit_set sets[] = {
		{ 0x09, INPUT_PROP_MAX, "evdev_prop" },
		{ 0x18, KEY_MAX, "evdev_keycode" },
		{ 0x19, LED_MAX, "evdev_leds" },
		{ 0x1a, SND_MAX, "evdev_snd" },
		{ 0x1b, SW_MAX, "evdev_switch" },
		{ 0x20, EV_MAX, "evdev_ev" },
		{ 0x20 + EV_KEY, KEY_MAX, "evdev_keycode" },
		{ 0x20 + EV_REL, REL_MAX, "evdev_relative_axes" },
		{ 0x20 + EV_ABS, ABS_MAX, "evdev_abs" },
		{ 0x20 + EV_MSC, MSC_MAX, "evdev_misc" },
		{ 0x20 + EV_SW, SW_MAX, "evdev_switch" },
		{ 0x20 + EV_LED, LED_MAX, "evdev_leds" },
		{ 0x20 + EV_SND, SND_MAX, "evdev_snd" },
		{ 0x20 + EV_REP, REP_MAX, "evdev_autorepeat" },
		{ 0x20 + EV_FF, FF_MAX, "evdev_ff_types" },
		{ 0x20 + EV_FF_STATUS, FF_STATUS_MAX, "evdev_ff_status" },
	};

	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (sets[i].number == number)
			return &sets[i];
	return NULL;
}

static void show_set_words(struct show *s, const struct bit_set *set, const unsigned char *data,
			   size_t bits)
{
	enum { FIRST = 4 }; /* so many without -v */
	int shown = 0;

	value_array(s);
	for (uint32_t bit = 0; bit < bits; bit++) {
		if (!(data[bit / 8] >> (bit % 8) & 1))
			continue;
		if (shown++ == FIRST && !value_full(s)) {
			value_more(s);
			break;
		}
		value_element(s);
		show_enum(s, set->table, bit);
	}
	if (!shown && value_is_text(s))
		value_say(s, " 0 ");
	value_array_end(s);
}

static void show_set_numbers(struct show *s, const unsigned char *data, size_t size)
{
	uint64_t number = 0;

	value_array(s);
	for (size_t i = 0; i < size / show_word(s) && value_nth(s, i); i++) {
		memcpy(&number, data + i * show_word(s), show_word(s));
		value_hex(s, number);
	}
	value_array_end(s);
}

/* The result says how many bytes there are. */
static void show_set(struct show *s, const struct bit_set *set, uint64_t address)
{
	size_t bits, size;
	const void *data;

	show_at_exit(s);
	bits = !show_succeeded(s) || s->call->result < 0   ? 0
	       : (uint64_t)s->call->result > set->most / 8 ? set->most
							   : (size_t)s->call->result * 8;
	size = (bits + 8 * show_word(s) - 1) / (8 * show_word(s)) * show_word(s);
	if (!size || show_find(s, address, size, &data) < size) {
		value_address(s, address);
		return;
	}
	if (value_numbers(s)) {
		show_set_numbers(s, data, size);
		return;
	}
	show_set_words(s, set, data, bits);
	if (value_both(s)) {
		value_say(s, " /* ");
		show_set_numbers(s, data, size);
		value_say(s, " */");
	}
}

/* Whether the argument is struct input_absinfo. */
static bool is_axis(uint32_t code)
{
	const unsigned int number = _IOC_NR(code);
	const bool sets = _IOC_DIR(code) == _IOC_WRITE;

	return _IOC_SIZE(code) == 24 && (sets ? number >= 0xc0 : number >= 0x40 && number < 0x80);
}

bool show_input_command(struct show *s, uint32_t code, uint64_t address)
{
	const unsigned int number = _IOC_NR(code);
	const bool asks = _IOC_DIR(code) == _IOC_READ;

	if (_IOC_TYPE(code) != INPUT || (!asks && _IOC_DIR(code) != _IOC_WRITE))
		return false;
	if (!address)
		value_address(s, address);
	else if (is_axis(code))
		show_axis(s, code, address);
	else if (asks && number >= 0x06 && number <= 0x08)
		show_name(s, address);
	else if (asks && number == 0x0a)
		show_slots(s, code, address);
	else if (asks && number == 0x20 + EV_PWR)
		show_power(s, address);
	else if (asks && bit_set_of(number))
		show_set(s, bit_set_of(number), address);
	else
		return false;
	return true;
}

static const struct device_command commands[] = {
	FIELDS(EVIOCGID, OUT, id_fields),
	NUMBER(EVIOCGVERSION, OUT, 4, HEX),
	NUMBER(EVIOCGEFFECTS, OUT, 4, UNSIGNED),
	PAIR(EVIOCGREP, OUT, NULL),
	PAIR(EVIOCSREP, IN, NULL),
	PAIR(EVIOCGKEYCODE, OUT, "evdev_keycode"),
	PAIR(EVIOCSKEYCODE, IN, "evdev_keycode"),
	NUMBER(EVIOCSCLOCKID, IN, 4, UNSIGNED),
	FIELDS(EVIOCGKEYCODE_V2, OUT, keymap_fields),
	FIELDS(EVIOCSKEYCODE_V2, IN, keymap_fields),
	VALUE(EVIOCGMASK, 8, POINTER),
	VALUE(EVIOCSMASK, 8, POINTER),
	VALUE(EVIOCRMFF, 4, SIGNED),
	VALUE(EVIOCGRAB, 8, UNSIGNED),
	VALUE(EVIOCREVOKE, 8, UNSIGNED),
	OTHER(EVIOCSFF, show_effect),
};

const struct device_commands device_input = DEVICE_COMMANDS(INPUT, commands);
