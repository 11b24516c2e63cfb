// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to GPIO chips and their lines (linux/gpio.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/gpio.h>

#define NAME(name_) FIELD_MANY(CHAR, TEXT, name_, GPIO_MAX_NAME_SIZE)

static const struct show_field chip_fields[] = {
	NAME("name"),
	NAME("label"),
	FIELD(INT, UNSIGNED, "lines"),
	FIELDS_END,
};

static const struct show_field offset_fields[] = { FIELD(INT, UNSIGNED, "offset"), FIELDS_END };

static const struct show_field line_given[] = { FIELD(INT, UNSIGNED, "line_offset"), FIELDS_END };
static const struct show_field line_answer[] = {
	FIELDS_AT(4), FIELD_NAMED(INT, FLAGS, "flags", "gpio_line_flags"),
	NAME("name"), NAME("consumer"),
	FIELDS_END,
};

/* Offsets are those of struct gpiohandle_request. */
static const struct show_field handle_given[] = {
	FIELDS_AT(356),
	FIELD(INT, UNSIGNED, "lines"),
	FIELDS_AT(0),
	FIELD_LIST(INT, UNSIGNED, "lineoffsets", GPIOHANDLES_MAX, "lines"),
	FIELD_NAMED(INT, FLAGS, "flags", "gpio_handle_flags"),
	FIELD_LIST(CHAR, UNSIGNED, "default_values", GPIOHANDLES_MAX, "lines"),
	NAME("consumer_label"),
	FIELDS_END,
};
static const struct show_field handle_answer[] = {
	FIELDS_AT(360),
	FIELD(INT, FD, "fd"),
	FIELDS_END,
};

static const struct show_field event_given[] = {
	FIELD(INT, UNSIGNED, "lineoffset"),
	FIELD_NAMED(INT, FLAGS, "handleflags", "gpio_handle_flags"),
	FIELD_NAMED(INT, FLAGS, "eventflags", "gpio_event_flags"),
	NAME("consumer_label"),
	FIELDS_END,
};
static const struct show_field event_answer[] = {
	FIELDS_AT(44),
	FIELD(INT, FD, "fd"),
	FIELDS_END,
};

static const struct show_field values_fields[] = {
	FIELD_LIST(CHAR, UNSIGNED, "values", GPIOHANDLES_MAX, NULL),
	FIELDS_END,
};

static const struct show_field settings_fields[] = {
	FIELD_NAMED(INT, FLAGS, "flags", "gpio_handle_flags"),
	FIELD_LIST(CHAR, UNSIGNED, "default_values", GPIOHANDLES_MAX, NULL),
	FIELD_MANY(INT, NONE, "padding", 4),
	FIELDS_END,
};

/* The second version: attributes, of which some are known by their id. */
static const struct show_field attribute_fields[] = {
	FIELD(INT, UNSIGNED, "id"),
	FIELD_RESERVED(INT, "padding", 1),
	FIELD(64, HEX, "data"),
	FIELDS_END,
};

static bool known_attribute(struct show *s, const unsigned char *data)
{
	uint64_t value;
	uint32_t id;

	memcpy(&id, data, sizeof(id));
	memcpy(&value, data + 8, sizeof(value));
	switch (id) {
	case GPIO_V2_LINE_ATTR_ID_FLAGS:
		field_flags(s, "flags", "gpio_v2_line_flags", value);
		break;
	case GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES: field_hex(s, "values", value); break;
	case GPIO_V2_LINE_ATTR_ID_DEBOUNCE:
		field_unsigned(s, "debounce_period_us", (uint32_t)value);
		break;
	default: return false;
	}
	return true;
}

static void show_attribute(struct show *s, const void *data, size_t size)
{
	value_struct(s);
	if (!known_attribute(s, data))
		show_fields_within(s, attribute_fields, data, size);
	value_struct_end(s);
}

/* The same, and which lines it is of. */
static void show_config_attribute(struct show *s, const void *data, size_t size)
{
	const size_t attribute = sizeof(struct gpio_v2_line_attribute);
	uint64_t mask;

	(void)size;
	memcpy(&mask, (const unsigned char *)data + attribute, sizeof(mask));
	value_struct(s);
	if (!known_attribute(s, data)) {
		value_field(s, "attr");
		show_fields(s, attribute_fields, data, attribute);
	}
	field_hex(s, "mask", mask);
	value_struct_end(s);
}

static const struct show_field config_fields[] = {
	FIELD_NAMED(64, FLAGS, "flags", "gpio_v2_line_flags"),
	FIELD(INT, UNSIGNED, "num_attrs"),
	FIELD_RESERVED(INT, "padding", 5),
	FIELD_LIST_INNER(64, "attrs", 3, GPIO_V2_LINE_NUM_ATTRS_MAX, "num_attrs",
			 show_config_attribute),
	FIELDS_END,
};

static const struct show_field info_answer[] = {
	NAME("name"),
	NAME("consumer"),
	FIELDS_AT(72),
	FIELD_NAMED(64, FLAGS, "flags", "gpio_v2_line_flags"),
	FIELDS_AT(68),
	FIELD(INT, UNSIGNED, "num_attrs"),
	FIELDS_AT(80),
	FIELD_LIST_INNER(64, "attrs", 2, GPIO_V2_LINE_NUM_ATTRS_MAX, "num_attrs", show_attribute),
	FIELD_RESERVED(INT, "padding", 4),
	FIELDS_END,
};
static const struct show_field info_given[] = {
	FIELDS_AT(64),
	FIELD(INT, UNSIGNED, "offset"),
	FIELDS_END,
};

/* Offsets are those of struct gpio_v2_line_request. */
static const struct show_field request_given[] = {
	FIELDS_AT(560),
	FIELD(INT, UNSIGNED, "num_lines"),
	FIELDS_AT(0),
	FIELD_LIST(INT, UNSIGNED, "offsets", GPIO_V2_LINES_MAX, "num_lines"),
	NAME("consumer"),
	FIELD_WITHIN(64, "config", config_fields),
	FIELDS_AT(564),
	FIELD_UNLESS_0(INT, UNSIGNED, "event_buffer_size"),
	FIELD_RESERVED(INT, "padding", 5),
	FIELDS_END,
};
static const struct show_field request_answer[] = {
	FIELDS_AT(588),
	FIELD(INT, FD, "fd"),
	FIELDS_END,
};

static const struct show_field mask_fields[] = {
	FIELDS_AT(8),
	FIELD(64, HEX, "mask"),
	FIELDS_END,
};
static const struct show_field bits_fields[] = { FIELD(64, HEX, "bits"), FIELDS_END };
static const struct show_field bits_mask_fields[] = {
	FIELD(64, HEX, "bits"),
	FIELD(64, HEX, "mask"),
	FIELDS_END,
};

static const struct device_command commands[] = {
	FIELDS(GPIO_GET_CHIPINFO_IOCTL, OUT, chip_fields),
	FIELDS(GPIO_GET_LINEINFO_UNWATCH_IOCTL, IN, offset_fields),
	ANSWERED(GPIO_GET_LINEINFO_IOCTL, CHANGED, line_given, line_answer),
	ANSWERED(GPIO_GET_LINEINFO_WATCH_IOCTL, CHANGED, line_given, line_answer),
	ANSWERED(GPIO_GET_LINEHANDLE_IOCTL, CHANGED, handle_given, handle_answer),
	ANSWERED(GPIO_GET_LINEEVENT_IOCTL, CHANGED, event_given, event_answer),
	FIELDS(GPIOHANDLE_GET_LINE_VALUES_IOCTL, OUT, values_fields),
	FIELDS(GPIOHANDLE_SET_LINE_VALUES_IOCTL, IN, values_fields),
	FIELDS(GPIOHANDLE_SET_CONFIG_IOCTL, IN, settings_fields),
	ANSWERED(GPIO_V2_GET_LINEINFO_IOCTL, CHANGED, info_given, info_answer),
	ANSWERED(GPIO_V2_GET_LINEINFO_WATCH_IOCTL, CHANGED, info_given, info_answer),
	ANSWERED(GPIO_V2_GET_LINE_IOCTL, CHANGED, request_given, request_answer),
	FIELDS(GPIO_V2_LINE_SET_CONFIG_IOCTL, IN, config_fields),
	ANSWERED(GPIO_V2_LINE_GET_VALUES_IOCTL, CHANGED, mask_fields, bits_fields),
	FIELDS(GPIO_V2_LINE_SET_VALUES_IOCTL, IN, bits_mask_fields),
};

const struct device_commands device_gpio = DEVICE_COMMANDS(0xb4, commands);
