// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to cameras, tuners and codecs: Video4Linux (linux/videodev2.h). */
#include "decode/values/device/video_format.h"

#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/videodev2.h>
#include <stdio.h>

/* The commands whose struct v4l2_buffer has times of 32 bits. */
#define QUERYBUF_TIME32 _IOWR('V', 9, char[80])
#define QBUF_TIME32	_IOWR('V', 15, char[80])
#define DQBUF_TIME32	_IOWR('V', 17, char[80])

#define FRACTION(name_) FIELD_INNER(INT, name_, 2, device_fraction)
#define FOURCC(name_)	FIELD_INNER(INT, name_, 1, device_fourcc)
#define TYPE		FIELD_NAMED(INT, ENUM, "type", "v4l2_buf_types")

static const struct show_field rect_fields[] = {
	FIELD(INT, SIGNED, "left"),
	FIELD(INT, SIGNED, "top"),
	FIELD(INT, UNSIGNED, "width"),
	FIELD(INT, UNSIGNED, "height"),
	FIELDS_END,
};

static const struct show_field crop_fields[] = {
	TYPE,
	FIELD_WITHIN(INT, "c", rect_fields),
	FIELDS_END,
};

static const struct show_field crop_answer[] = {
	FIELDS_AT(4),
	FIELD_WITHIN(INT, "c", rect_fields),
	FIELDS_END,
};

static const struct show_field type_fields[] = { TYPE, FIELDS_END };

static const struct show_field cropcap_answer[] = {
	FIELDS_AT(4),
	FIELD_WITHIN(INT, "bounds", rect_fields),
	FIELD_WITHIN(INT, "defrect", rect_fields),
	FRACTION("pixelaspect"),
	FIELDS_END,
};

static const struct show_field fbuf_fields[] = {
	FIELD(INT, HEX, "capability"),
	FIELD(INT, HEX, "flags"),
	FIELD(LONG, POINTER, "base"),
	FIELDS_END,
};

static const struct show_field index_fields[] = { FIELD(INT, UNSIGNED, "index"), FIELDS_END };

#define TUNER                                                                                      \
	FIELD_MANY(CHAR, TEXT, "name", 32), FIELD_NAMED(INT, ENUM, "type", "v4l2_tuner_types"),    \
		FIELD_NAMED(INT, FLAGS, "capability", "v4l2_tuner_capabilities"),                  \
		FIELD(INT, UNSIGNED, "rangelow"), FIELD(INT, UNSIGNED, "rangehigh"),               \
		FIELD_NAMED(INT, FLAGS, "rxsubchans", "v4l2_tuner_rxsubchanses"),                  \
		FIELD_NAMED(INT, ENUM, "audmode", "v4l2_tuner_audmodes"),                          \
		FIELD(INT, SIGNED, "signal"), FIELD(INT, SIGNED, "afc"), FIELDS_END

static const struct show_field tuner_fields[] = { FIELD(INT, UNSIGNED, "index"), TUNER };
static const struct show_field tuner_answer[] = { FIELDS_AT(4), TUNER };

static void show_version(struct show *s, const void *data, size_t size)
{
	uint32_t version;

	(void)size;
	memcpy(&version, data, sizeof(version));
	if (!value_macro(s, "KERNEL_VERSION", version, BASE_HEX))
		return;
	value_element(s);
	value_unsigned(s, version >> 16);
	value_element(s);
	value_unsigned(s, version >> 8 & 0xff);
	value_element(s);
	value_unsigned(s, version & 0xff);
	value_macro_end(s);
}

static const struct show_field capability_fields[] = {
	FIELD_MANY(CHAR, TEXT, "driver", 16),
	FIELD_MANY(CHAR, TEXT, "card", 32),
	FIELD_MANY(CHAR, TEXT, "bus_info", 32),
	FIELD_INNER(INT, "version", 1, show_version),
	FIELD_NAMED(INT, FLAGS, "capabilities", "v4l2_device_capabilities_flags"),
	FIELD_NAMED_UNLESS_0(INT, FLAGS, "device_caps", "v4l2_device_capabilities_flags"),
	FIELDS_END,
};

/* A control by name, or by its class and what is left of the number. */
static void control_name(struct show *s, uint32_t id)
{
	const struct flag_table *names = show_table(s, "v4l2_control_ids");
	const struct flag_table *bases = show_table(s, "v4l2_control_id_bases");
	const struct flag_value *base = NULL;
	char words[80];

	for (size_t i = 0; bases && i < bases->count; i++)
		if (bases->values[i].value <= id && id - bases->values[i].value < 0x10000 &&
		    (!base || base->value < bases->values[i].value))
			base = &bases->values[i];
	if ((names && flag_name(names, id)) || !base) {
		show_enum(s, "v4l2_control_ids", id);
		return;
	}
	snprintf(words, sizeof(words), id == base->value ? "%s+%x" : "%s+%#x", base->name,
		 (unsigned int)(id - base->value));
	value_constant(s, id, BASE_HEX, words, NULL);
}

static void show_control_id(struct show *s, const void *data, size_t size)
{
	uint32_t id;

	(void)size;
	memcpy(&id, data, sizeof(id));
	control_name(s, id);
}

/* The same where the number may ask for the one behind it. */
static void show_query_id(struct show *s, const void *data, size_t size)
{
	const uint32_t next = V4L2_CTRL_FLAG_NEXT_CTRL | V4L2_CTRL_FLAG_NEXT_COMPOUND;
	uint32_t id;

	(void)size;
	memcpy(&id, data, sizeof(id));
	if (!(id & next)) {
		control_name(s, id);
		return;
	}
	if (value_numbers(s)) {
		value_hex(s, id);
		return;
	}
	value_mix(s, id, BASE_NONE);
	value_part(s);
	show_flags(s, "v4l2_control_query_flags", id & next);
	value_part(s);
	control_name(s, id & ~next);
	value_mix_end(s);
}

#define CONTROL(print_) FIELD_INNER(INT, "id", 1, print_)

static const struct show_field control_fields[] = {
	CONTROL(show_control_id),
	FIELD(INT, SIGNED, "value"),
	FIELDS_END,
};
static const struct show_field control_id_fields[] = { CONTROL(show_control_id), FIELDS_END };
static const struct show_field control_answer[] = {
	FIELDS_AT(4),
	FIELD(INT, SIGNED, "value"),
	FIELDS_END,
};
static const struct show_field query_fields[] = { CONTROL(show_query_id), FIELDS_END };

static const struct show_field queryctrl_answer[] = {
	FIELDS_AT(4),
	FIELD_NAMED(INT, ENUM, "type", "v4l2_control_types"),
	FIELD_MANY(CHAR, TEXT, "name", 32),
	FIELDS_MORE,
	FIELD(INT, SIGNED, "minimum"),
	FIELD(INT, SIGNED, "maximum"),
	FIELD(INT, SIGNED, "step"),
	FIELD(INT, SIGNED, "default_value"),
	FIELD_NAMED(INT, FLAGS, "flags", "v4l2_control_flags"),
	FIELD_RESERVED(INT, "reserved", 2),
	FIELDS_END,
};

static const struct show_field query_ext_answer[] = {
	FIELDS_AT(4),
	FIELD_NAMED(INT, ENUM, "type", "v4l2_control_types"),
	FIELD_MANY(CHAR, TEXT, "name", 32),
	FIELDS_MORE,
	FIELD(64, SIGNED, "minimum"),
	FIELD(64, SIGNED, "maximum"),
	FIELD(64, UNSIGNED, "step"),
	FIELD(64, SIGNED, "default_value"),
	FIELD_NAMED(INT, FLAGS, "flags", "v4l2_control_flags"),
	FIELD(INT, UNSIGNED, "elem_size"),
	FIELD(INT, UNSIGNED, "elems"),
	FIELD(INT, UNSIGNED, "nr_of_dims"),
	FIELD_LIST(INT, UNSIGNED, "dims", 4, "nr_of_dims"),
	FIELD_RESERVED(INT, "reserved", 32),
	FIELDS_END,
};

static const struct show_field menu_fields[] = {
	CONTROL(show_control_id),
	FIELD(INT, UNSIGNED, "index"),
	FIELDS_END,
};
static const struct show_field menu_answer[] = {
	FIELDS_AT(8), FIELD_MANY(CHAR, TEXT, "name", 32), FIELDS_AT(8), FIELD(64, SIGNED, "value"),
	FIELDS_END,
};

/* The controls themselves are not captured; which of them is wrong is known to the driver only. */
static void show_ext_controls(struct show *s, uint64_t address)
{
	const struct v4l2_ext_controls *given = device_given(s, address, sizeof(*given));
	struct v4l2_ext_controls c;

	if (!given) {
		value_address(s, address);
		return;
	}
	memcpy(&c, given, sizeof(c));
	value_struct(s);
	field_enum(s, "ctrl_class", "v4l2_control_classes", c.which);
	field_unsigned(s, "count", c.count);
	if (c.count)
		field_address(s, "controls", (uintptr_t)c.controls);
	show_at_exit(s);
	if ((uint32_t)s->call->arg[1] == VIDIOC_G_EXT_CTRLS && s->call->state == CALL_DONE &&
	    s->call->failed && c.count)
		field_unsigned(s, "error_idx", c.error_idx);
	value_struct_end(s);
}

static const struct show_field request_fields[] = {
	FIELDS_AT(4),
	TYPE,
	FIELD_NAMED(INT, ENUM, "memory", "v4l2_memories"),
	FIELDS_AT(0),
	FIELD(INT, UNSIGNED, "count"),
	FIELDS_END,
};

static const struct show_field format_index_fields[] = {
	FIELD(INT, UNSIGNED, "index"),
	TYPE,
	FIELDS_END,
};
static const struct show_field format_answer[] = {
	FIELDS_AT(8),
	FIELD_NAMED(INT, FLAGS, "flags", "v4l2_format_description_flags"),
	FIELD_MANY(CHAR, TEXT, "description", 32),
	FOURCC("pixelformat"),
	FIELDS_END,
};

static const struct show_field export_fields[] = {
	TYPE,
	FIELD(INT, UNSIGNED, "index"),
	FIELD(INT, UNSIGNED, "plane"),
	FIELD_NAMED(INT, FLAGS, "flags", "open_flags"),
	FIELDS_END,
};
static const struct show_field export_answer[] = {
	FIELDS_AT(16),
	FIELD(INT, FD, "fd"),
	FIELDS_END,
};

static const struct show_field standard_answer[] = {
	FIELDS_AT(16),
	FIELD_MANY(CHAR, TEXT, "name", 24),
	FRACTION("frameperiod"),
	FIELD(INT, UNSIGNED, "framelines"),
	FIELDS_END,
};

static const struct show_field input_answer[] = {
	FIELDS_AT(4),
	FIELD_MANY(CHAR, TEXT, "name", 32),
	FIELD_NAMED(INT, ENUM, "type", "v4l2_input_types"),
	FIELD(INT, HEX, "audioset"),
	FIELD(INT, UNSIGNED, "tuner"),
	FIELD_NAMED(64, FLAGS, "std", "v4l2_std_ids"),
	FIELD_NAMED(INT, FLAGS, "status", "v4l2_input_status_flags"),
	FIELD_NAMED(INT, FLAGS, "capabilities", "v4l2_input_capabilities_flags"),
	FIELDS_END,
};

static const struct device_command commands[] = {
	FIELDS(VIDIOC_QUERYCAP, OUT, capability_fields),
	ANSWERED(VIDIOC_ENUM_FMT, GROWN, format_index_fields, format_answer),
	OTHER(VIDIOC_G_FMT, video_get_format),
	OTHER(VIDIOC_S_FMT, video_set_format),
	OTHER(VIDIOC_TRY_FMT, video_set_format),
	FIELDS(VIDIOC_REQBUFS, IN, request_fields),
	OTHER(VIDIOC_QUERYBUF, video_buffer),
	OTHER(VIDIOC_QBUF, video_buffer),
	OTHER(VIDIOC_DQBUF, video_buffer),
	OTHER(QUERYBUF_TIME32, video_buffer),
	OTHER(QBUF_TIME32, video_buffer),
	OTHER(DQBUF_TIME32, video_buffer),
	ANSWERED(VIDIOC_EXPBUF, CHANGED, export_fields, export_answer),
	FIELDS(VIDIOC_G_FBUF, OUT, fbuf_fields),
	FIELDS(VIDIOC_S_FBUF, IN, fbuf_fields),
	NAMED(VIDIOC_STREAMON, IN, ENUM, "v4l2_buf_types"),
	NAMED(VIDIOC_STREAMOFF, IN, ENUM, "v4l2_buf_types"),
	OTHER(VIDIOC_G_PARM, video_get_parameters),
	OTHER(VIDIOC_S_PARM, video_set_parameters),
	NUMBER(VIDIOC_G_STD, OUT, 8, HEX),
	NUMBER(VIDIOC_S_STD, IN, 8, HEX),
	ANSWERED(VIDIOC_ENUMSTD, GROWN, index_fields, standard_answer),
	ANSWERED(VIDIOC_ENUMINPUT, GROWN, index_fields, input_answer),
	ANSWERED(VIDIOC_G_CTRL, GROWN, control_id_fields, control_answer),
	FIELDS(VIDIOC_S_CTRL, IN, control_fields),
	ANSWERED(VIDIOC_G_TUNER, GROWN, index_fields, tuner_answer),
	ANSWERED(VIDIOC_S_TUNER, CHANGED, tuner_fields, tuner_answer),
	ANSWERED(VIDIOC_QUERYCTRL, GROWN, query_fields, queryctrl_answer),
	ANSWERED(VIDIOC_QUERYMENU, CHANGED, menu_fields, menu_answer),
	NUMBER(VIDIOC_G_INPUT, OUT, 4, UNSIGNED),
	NUMBER(VIDIOC_S_INPUT, IN, 4, UNSIGNED),
	ANSWERED(VIDIOC_CROPCAP, GROWN, type_fields, cropcap_answer),
	ANSWERED(VIDIOC_G_CROP, GROWN, type_fields, crop_answer),
	FIELDS(VIDIOC_S_CROP, IN, crop_fields),
	OTHER(VIDIOC_G_EXT_CTRLS, show_ext_controls),
	OTHER(VIDIOC_S_EXT_CTRLS, show_ext_controls),
	OTHER(VIDIOC_TRY_EXT_CTRLS, show_ext_controls),
	OTHER(VIDIOC_ENUM_FRAMESIZES, video_frame_sizes),
	OTHER(VIDIOC_ENUM_FRAMEINTERVALS, video_frame_intervals),
	OTHER(VIDIOC_CREATE_BUFS, video_create_buffers),
	ANSWERED(VIDIOC_QUERY_EXT_CTRL, GROWN, query_fields, query_ext_answer),
};

const struct device_commands device_video = DEVICE_COMMANDS('V', commands);
