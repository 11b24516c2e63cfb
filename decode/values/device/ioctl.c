// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show: ioctl: the command's name, or all names that several drivers have given one number, or how
 * the number was made (asm-generic/ioctl.h). What the argument is follows from the rows.
 */
#include "decode/values/device/device.h"
#include "decode/values/device/fsctl.h"
#include "decode/values/net/net.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <errno.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/nsfs.h>

enum {
	GOES_IN = 1,  /* _IOC_WRITE: the program writes it */
	GOES_OUT = 2, /* _IOC_READ */
	FIRST_TERMINAL = 0x5401,
	LAST_TERMINAL = 0x5408,
	TERMINAL_SET = 0x5402,
	TERMINAL_SET_FLUSHED = 0x5404,
};

struct command {
	uint32_t code;
	uint8_t way, type, number;
	uint16_t size;
};

static struct command command_of(uint32_t code)
{
	return (struct command){
		.code = code,
		.way = code >> 30,
		.type = code >> 8,
		.number = code,
		.size = code >> 16 & 0x3fff,
	};
}

/* NAME(3) */
static bool named_number(struct show *s, const char *name, uint32_t value)
{
	value_macro(s, name, value, BASE_NONE);
	value_element(s);
	value_unsigned(s, value);
	value_macro_end(s);
	return true;
}

/* Within the comment that -X verbose makes, an unknown one has none of its own. */
static void show_within(struct show *s, const char *table, uint32_t value)
{
	const struct flag_table *t = show_table(s, table);

	if (!t || flag_name(t, value) || !value_both(s))
		show_enum(s, table, value);
	else
		value_hex(s, value);
}

static bool named_value(struct show *s, const char *name, const char *table, uint32_t value)
{
	value_macro(s, name, value, BASE_NONE);
	value_element(s);
	show_within(s, table, value);
	value_macro_end(s);
	return true;
}

/* linux/input.h: numbers with an axis, an event type or a size in them. */
static bool input_command(struct show *s, const struct command *c)
{
	static const struct {
		uint8_t number;
		const char *name;
	} sized[] = {
		{ 0x06, "EVIOCGNAME" }, { 0x07, "EVIOCGPHYS" },	   { 0x08, "EVIOCGUNIQ" },
		{ 0x09, "EVIOCGPROP" }, { 0x0a, "EVIOCGMTSLOTS" }, { 0x18, "EVIOCGKEY" },
		{ 0x19, "EVIOCGLED" },	{ 0x1a, "EVIOCGSND" },	   { 0x1b, "EVIOCGSW" },
	};

	if (c->way == GOES_IN && c->number >= 0xc0)
		return named_value(s, "EVIOCSABS", "evdev_abs", c->number - 0xc0);
	if (c->way != GOES_OUT)
		return false;
	if (c->number >= 0x20 && c->number < 0x40) {
		value_macro(s, "EVIOCGBIT", c->code, BASE_NONE);
		value_element(s);
		if (c->number == 0x20)
			value_hex(s, 0);
		else
			show_within(s, "evdev_ev", c->number - 0x20);
		value_element(s);
		value_unsigned(s, c->size);
		value_macro_end(s);
		return true;
	}
	if (c->number >= 0x40 && c->number < 0x80)
		return named_value(s, "EVIOCGABS", "evdev_abs", c->number - 0x40);
	for (size_t i = 0; i < sizeof(sized) / sizeof(*sized); i++)
		if (sized[i].number == c->number)
			return named_number(s, sized[i].name, c->size);
	return false;
}

/* Commands that have their size, or their number, within. */
static bool counted_command(struct show *s, const struct command *c)
{
	static const struct {
		uint8_t type, ways, number;
		const char *name;
	} sized[] = {
		{ 'H', 1 << GOES_OUT, 0x04, "HIDIOCGRAWNAME" },
		{ 'H', 1 << GOES_OUT, 0x05, "HIDIOCGRAWPHYS" },
		{ 'H', 1 << GOES_OUT | 1 << (GOES_IN | GOES_OUT), 0x06, "HIDIOCSFEATURE" },
		{ 'H', 1 << (GOES_IN | GOES_OUT), 0x07, "HIDIOCGFEATURE" },
		{ 'H', 1 << GOES_OUT, 0x08, "HIDIOCGRAWUNIQ" },
		{ 'H', 1 << GOES_OUT, 0x12, "HIDIOCGPHYS" },
		{ 'U', 1 << GOES_OUT, 0x2c, "UI_GET_SYSNAME" },
		{ 'j', 1 << GOES_OUT, 0x13, "JSIOCGNAME" },
		{ 'k', 1 << GOES_IN, 0x00, "SPI_IOC_MESSAGE" },
	};

	if (c->type == 'E')
		return input_command(s, c);
	if (c->type == 'M' && (c->way == GOES_IN || c->way == GOES_OUT))
		return named_number(s, c->way == GOES_IN ? "MIXER_WRITE" : "MIXER_READ", c->number);
	for (size_t i = 0; i < sizeof(sized) / sizeof(*sized); i++)
		if (sized[i].type == c->type && sized[i].number == c->number &&
		    sized[i].ways >> c->way & 1)
			return named_number(s, sized[i].name, c->size);
	return false;
}

static void show_made(struct show *s, const struct command *c)
{
	value_macro(s, "_IOC", c->code, BASE_NONE);
	value_element(s);
	show_flags(s, "ioctl_dirs", c->way);
	value_element(s);
	value_hex(s, c->type);
	value_element(s);
	value_hex(s, c->number);
	value_element(s);
	value_hex(s, c->size);
	value_macro_end(s);
}

/*
 * Sound timers share the numbers of the terminals' setting commands. Which of the two it is shows
 * in the result: of what is no terminal such a call fails with ENOTTY.
 */
static bool is_terminal(const struct show *s, uint32_t code)
{
	bool shared = code >= TERMINAL_SET && code <= TERMINAL_SET_FLUSHED;

	if (!shared || s->call->state != CALL_DONE || !s->call->failed)
		return shared;
	return -s->call->result != ENOTTY && -s->call->result != EBADF &&
	       -s->call->result != EINVAL;
}

static void show_names(struct show *s, const struct command *c)
{
	const struct flag_table *t = show_table(s, s->compat ? "ioctl_cmds_i386" : "ioctl_cmds");
	const struct flag_value *names;
	bool any = counted_command(s, c), terminal = is_terminal(s, c->code);
	size_t count = 0;

	names = t ? flag_names(t, c->code, &count) : NULL;
	if (s->compat && !names && (t = show_table(s, "ioctl_cmds")))
		names = flag_names(t, c->code, &count);
	for (size_t i = 0; names && i < count; i++) {
		if (terminal && strncmp(names[i].name, "TC", 2))
			continue;
		value_or(s);
		value_words(s, c->code, names[i].name);
		any = true;
	}
	if (!any)
		show_made(s, c);
}

static void show_command(struct show *s, const struct command *c)
{
	if (!value_mix(s, c->code, BASE_HEX))
		return;
	show_names(s, c);
	value_mix_end(s);
}

/* Commands of a kind that nobody knows are shown as bytes, with -v only. */
static bool is_foreign(const struct command *c)
{
	static const char known[] =
		"\x03\x12\x15!\"$=>EIKLMORTVWXfiopu\x89\x8a\x94\xa4\xaa\xab\xae\xb4\xb7\xfd";

	return !c->type || !strchr(known, c->type);
}

static bool show_bytes_at(struct show *s, uint64_t address, uint16_t size)
{
	const uint64_t shown = value_wanted(s, size);
	const void *data;

	device_bytes(s, address, size);
	return show_find(s, address, shown, &data) >= shown;
}

static void show_foreign(struct show *s, const struct command *c)
{
	uint64_t address = s->call->arg[2];

	if (c->way != GOES_OUT && (!show_bytes_at(s, address, c->size) || c->way == GOES_IN))
		return;
	show_at_exit(s);
	if (c->way != GOES_OUT)
		value_becomes(s);
	show_bytes_at(s, address, c->size);
}

static void ioctl_args(struct show *s)
{
	struct command c = command_of(s->call->arg[1]);
	bool variant = s->call->desc && s->call->desc->selector >= 0;

	show_argument(s, 0);
	show_argument_name(s, 1);
	show_command(s, &c);
	if (variant && s->call->args < 3)
		return;
	show_argument_name(s, 2);
	if (show_interface_command(s, c.code, s->call->arg[2]) ||
	    show_device_command(s, c.code, s->call->arg[2]))
		return;
	if (c.code == FS_IOC_FIEMAP)
		show_fiemap(s, s->call->arg[2]);
	else if (c.code == FIDEDUPERANGE)
		show_dedupe(s, s->call->arg[2]);
	else if (variant)
		show_arg(s, 2);
	else if (value_full(s) && is_foreign(&c) && c.size && s->call->arg[2])
		show_foreign(s, &c);
	else
		value_hex(s, s->call->arg[2]);
}

static bool ioctl_result(struct show *s)
{
	const struct flag_table *t = show_table(s, "setns_types");
	const char *name = t ? flag_name(t, s->call->result) : NULL;

	if ((uint32_t)s->call->arg[1] != NS_GET_NSTYPE || !name)
		return false;
	value_details(s);
	value_detail(s, NULL);
	value_words(s, s->call->result, name);
	value_details_end(s);
	return false;
}

static const struct show_call calls[] = {
	{ "ioctl", ioctl_args, ioctl_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_ioctl = { .calls = calls };
