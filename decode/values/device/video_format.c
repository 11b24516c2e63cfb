// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the commands of Video4Linux whose structure depends on a type within it: formats,
 * parameters, buffers, sizes and rates of frames. */
#include "decode/values/device/video_format.h"

#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/videodev2.h>

/* The structure of a type. */
struct member {
	uint32_t type, other;
	const char *name;
	const struct show_field *fields;
};

#define FRACTION(name_) FIELD_INNER(INT, name_, 2, device_fraction)
#define FOURCC(name_)	FIELD_INNER(INT, name_, 1, device_fourcc)

static const struct show_field pix_fields[] = {
	FIELD(INT, UNSIGNED, "width"),
	FIELD(INT, UNSIGNED, "height"),
	FOURCC("pixelformat"),
	FIELD_NAMED(INT, ENUM, "field", "v4l2_fields"),
	FIELD(INT, UNSIGNED, "bytesperline"),
	FIELD(INT, UNSIGNED, "sizeimage"),
	FIELD_NAMED(INT, ENUM, "colorspace", "v4l2_colorspaces"),
	FIELDS_END,
};

static const struct show_field plane_fields[] = {
	FIELD(INT, UNSIGNED, "sizeimage"),
	FIELD(INT, UNSIGNED, "bytesperline"),
	FIELD_MANY(SHORT, NONE, "reserved", 6),
	FIELDS_END,
};

static const struct show_field planes_fields[] = {
	FIELD(INT, UNSIGNED, "width"),
	FIELD(INT, UNSIGNED, "height"),
	FOURCC("pixelformat"),
	FIELD_NAMED(INT, ENUM, "field", "v4l2_fields"),
	FIELD_NAMED(INT, ENUM, "colorspace", "v4l2_colorspaces"),
	FIELD_LIST_WITHIN(INT, "plane_fmt", 8, "num_planes", plane_fields),
	FIELD(CHAR, UNSIGNED, "num_planes"),
	FIELDS_END,
};

static const struct show_field rect_fields[] = {
	FIELD(INT, SIGNED, "left"),
	FIELD(INT, SIGNED, "top"),
	FIELD(INT, UNSIGNED, "width"),
	FIELD(INT, UNSIGNED, "height"),
	FIELDS_END,
};

static const struct show_field window_fields[] = {
	FIELD_WITHIN(INT, "w", rect_fields), FIELD_NAMED(INT, ENUM, "field", "v4l2_fields"),
	FIELD(INT, HEX, "chromakey"),	     FIELD(LONG, POINTER, "clips"),
	FIELD(INT, UNSIGNED, "clipcount"),   FIELD(LONG, POINTER, "bitmap"),
	FIELD(CHAR, HEX, "global_alpha"),    FIELDS_END,
};

static const struct show_field vbi_fields[] = {
	FIELD(INT, UNSIGNED, "sampling_rate"),
	FIELD(INT, UNSIGNED, "offset"),
	FIELD(INT, UNSIGNED, "samples_per_line"),
	FOURCC("sample_format"),
	FIELD_LIST(INT, UNSIGNED, "start", 2, NULL),
	FIELD_LIST(INT, UNSIGNED, "count", 2, NULL),
	FIELD_NAMED(INT, FLAGS, "flags", "v4l2_vbi_flags"),
	FIELDS_END,
};

/* The lines of both fields of a frame. */
static void show_lines(struct show *s, const void *data, size_t size)
{
	const unsigned char *at = data;
	uint16_t line;

	value_array(s);
	for (size_t i = 0; i < size / sizeof(line); i++) {
		memcpy(&line, at + i * sizeof(line), sizeof(line));
		if (i % 24 == 0) {
			value_element(s);
			value_array(s);
		}
		value_element(s);
		value_hex(s, line);
		if (i % 24 == 23)
			value_array_end(s);
	}
	value_array_end(s);
}

static const struct show_field sliced_fields[] = {
	FIELD_NAMED(SHORT, FLAGS, "service_set", "v4l2_sliced_flags"),
	FIELD_INNER(SHORT, "service_lines", 48, show_lines),
	FIELD(INT, UNSIGNED, "io_size"),
	FIELDS_END,
};

static const struct show_field sdr_fields[] = {
	FOURCC("pixelformat"),
	FIELD(INT, UNSIGNED, "buffersize"),
	FIELDS_END,
};

static const struct show_field meta_fields[] = {
	FOURCC("dataformat"),
	FIELD(INT, UNSIGNED, "buffersize"),
	FIELDS_END,
};

static const struct member formats[] = {
	{ V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_BUF_TYPE_VIDEO_OUTPUT, "fmt.pix", pix_fields },
	{ V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE, V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE, "fmt.pix_mp",
	  planes_fields },
	{ V4L2_BUF_TYPE_VIDEO_OVERLAY, V4L2_BUF_TYPE_VIDEO_OUTPUT_OVERLAY, "fmt.win",
	  window_fields },
	{ V4L2_BUF_TYPE_VBI_CAPTURE, V4L2_BUF_TYPE_VBI_OUTPUT, "fmt.vbi", vbi_fields },
	{ V4L2_BUF_TYPE_SLICED_VBI_CAPTURE, V4L2_BUF_TYPE_SLICED_VBI_OUTPUT, "fmt.sliced",
	  sliced_fields },
	{ V4L2_BUF_TYPE_SDR_CAPTURE, V4L2_BUF_TYPE_SDR_OUTPUT, "fmt.sdr", sdr_fields },
	{ V4L2_BUF_TYPE_META_CAPTURE, V4L2_BUF_TYPE_META_OUTPUT, "fmt.meta", meta_fields },
	{ 0, 0, NULL, NULL },
};

#define PARAMETERS(mode_, buffers_)                                                                \
	{                                                                                          \
		FIELD_NAMED(INT, FLAGS, "capability", "v4l2_streaming_capabilities"),              \
			FIELD_NAMED(INT, FLAGS, mode_, "v4l2_streaming_capturemodes"),             \
			FRACTION("timeperframe"), FIELD(INT, HEX, "extendedmode"),                 \
			FIELD(INT, UNSIGNED, buffers_), FIELDS_END                                 \
	}

static const struct show_field capture_fields[] = PARAMETERS("capturemode", "readbuffers");
static const struct show_field output_fields[] = PARAMETERS("outputmode", "writebuffers");

static const struct member parameters[] = {
	{ V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_BUF_TYPE_VIDEO_CAPTURE, "parm.capture",
	  capture_fields },
	{ V4L2_BUF_TYPE_VIDEO_OUTPUT, V4L2_BUF_TYPE_VIDEO_OUTPUT, "parm.output", output_fields },
	{ 0, 0, NULL, NULL },
};

static const struct show_field frame_size_fields[] = {
	FIELD(INT, UNSIGNED, "width"),
	FIELD(INT, UNSIGNED, "height"),
	FIELDS_END,
};

static const struct show_field frame_sizes_fields[] = {
	FIELD(INT, UNSIGNED, "min_width"),
	FIELD(INT, UNSIGNED, "max_width"),
	FIELD(INT, UNSIGNED, "step_width"),
	FIELD(INT, UNSIGNED, "min_height"),
	FIELD(INT, UNSIGNED, "max_height"),
	FIELD(INT, UNSIGNED, "step_height"),
	FIELDS_END,
};

static const struct show_field intervals_fields[] = {
	FRACTION("min"),
	FRACTION("max"),
	FRACTION("step"),
	FIELDS_END,
};

static const struct member frame_sizes[] = {
	{ V4L2_FRMSIZE_TYPE_DISCRETE, V4L2_FRMSIZE_TYPE_DISCRETE, "discrete", frame_size_fields },
	{ V4L2_FRMSIZE_TYPE_STEPWISE, V4L2_FRMSIZE_TYPE_STEPWISE, "stepwise", frame_sizes_fields },
	{ 0, 0, NULL, NULL },
};

static const struct member intervals[] = {
	{ V4L2_FRMIVAL_TYPE_STEPWISE, V4L2_FRMIVAL_TYPE_CONTINUOUS, "stepwise", intervals_fields },
	{ 0, 0, NULL, NULL },
};

static uint32_t type_of(const void *data)
{
	uint32_t type;

	memcpy(&type, data, sizeof(type));
	return type;
}

static const struct member *member_of(const struct member *m, uint32_t type)
{
	while (m->name && m->type != type && m->other != type)
		m++;
	return m->name ? m : NULL;
}

/* What a type says of the bytes at `data`, as another field of the open structure. */
static void show_member(struct show *s, const struct member *members, uint32_t type,
			const void *data)
{
	const struct member *m = member_of(members, type);

	if (!m)
		return;
	value_field(s, m->name);
	show_fields(s, m->fields, data, show_fields_size(s, m->fields));
}

static void begin_type(struct show *s, uint32_t type)
{
	value_struct(s);
	field_enum(s, "type", "v4l2_buf_types", type);
}

/* A type, and what it says at `offset` of a structure of `size` bytes: what the device has. */
static void get_member(struct show *s, uint64_t address, const struct member *members,
		       size_t offset, size_t size)
{
	const void *data = device_given(s, address, sizeof(uint32_t));

	if (!data) {
		value_address(s, address);
		return;
	}
	begin_type(s, type_of(data));
	data = device_answer(s, address, size);
	if (data)
		show_member(s, members, type_of(data), (const unsigned char *)data + offset);
	value_struct_end(s);
}

/* The same, what it shall have => what it has taken. */
static void set_member(struct show *s, uint64_t address, const struct member *members,
		       size_t offset, size_t size)
{
	const void *data = device_given(s, address, size);

	if (!data) {
		value_address(s, address);
		return;
	}
	begin_type(s, type_of(data));
	show_member(s, members, type_of(data), (const unsigned char *)data + offset);
	value_struct_end(s);
	data = device_answer(s, address, size);
	if (!data || !member_of(members, type_of(data)))
		return;
	value_becomes(s);
	value_struct(s);
	show_member(s, members, type_of(data), (const unsigned char *)data + offset);
	value_struct_end(s);
}

enum { FORMAT_AT = offsetof(struct v4l2_format, fmt), FORMAT_SIZE = sizeof(struct v4l2_format) };

void video_get_format(struct show *s, uint64_t address)
{
	get_member(s, address, formats, FORMAT_AT, FORMAT_SIZE);
}

void video_set_format(struct show *s, uint64_t address)
{
	set_member(s, address, formats, FORMAT_AT, FORMAT_SIZE);
}

void video_get_parameters(struct show *s, uint64_t address)
{
	get_member(s, address, parameters, 4, sizeof(struct v4l2_streamparm));
}

void video_set_parameters(struct show *s, uint64_t address)
{
	set_member(s, address, parameters, 4, sizeof(struct v4l2_streamparm));
}

/* Which buffers have been made stands behind the result. */
void video_create_buffers(struct show *s, uint64_t address)
{
	const size_t at = offsetof(struct v4l2_create_buffers, format);
	const unsigned char *data = device_given(s, address, sizeof(struct v4l2_create_buffers));

	if (!data) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "count", type_of(data + 4));
	field_enum(s, "memory", "v4l2_memories", type_of(data + 8));
	value_field(s, "format");
	begin_type(s, type_of(data + at));
	show_member(s, formats, type_of(data + at), data + at + FORMAT_AT);
	value_struct_end(s);
	value_struct_end(s);
	data = device_answer(s, address, sizeof(struct v4l2_create_buffers));
	if (!data)
		return;
	value_details(s);
	value_detail(s, NULL);
	value_struct(s);
	field_unsigned(s, "index", type_of(data));
	field_unsigned(s, "count", type_of(data + 4));
	value_struct_end(s);
	value_details_end(s);
}

static const struct show_field sizes_given[] = {
	FIELD(INT, UNSIGNED, "index"),
	FOURCC("pixel_format"),
	FIELDS_END,
};

void video_frame_sizes(struct show *s, uint64_t address)
{
	const unsigned char *data = device_given(s, address, 8);

	if (!data) {
		value_address(s, address);
		return;
	}
	show_fields(s, sizes_given, data, 8);
	value_reopen(s);
	data = device_answer(s, address, sizeof(struct v4l2_frmsizeenum));
	if (data) {
		field_enum(s, "type", "v4l2_framesize_types", type_of(data + 8));
		show_member(s, frame_sizes, type_of(data + 8), data + 12);
	}
	value_struct_end(s);
}

static const struct show_field rates_given[] = {
	FIELD(INT, UNSIGNED, "index"),
	FOURCC("pixel_format"),
	FIELD(INT, UNSIGNED, "width"),
	FIELD(INT, UNSIGNED, "height"),
	FIELDS_END,
};

void video_frame_intervals(struct show *s, uint64_t address)
{
	const unsigned char *data = device_given(s, address, 16);
	uint32_t type;

	if (!data) {
		value_address(s, address);
		return;
	}
	show_fields(s, rates_given, data, 16);
	value_reopen(s);
	data = device_answer(s, address, sizeof(struct v4l2_frmivalenum));
	if (data) {
		type = type_of(data + 16);
		field_enum(s, "type", "v4l2_frameinterval_types", type);
		if (type == V4L2_FRMIVAL_TYPE_DISCRETE) {
			value_field(s, "discrete");
			device_fraction(s, data + 20, 8);
		}
		show_member(s, intervals, type, data + 20);
	}
	value_struct_end(s);
}

static void show_buffer_flags(struct show *s, uint32_t flags)
{
	const uint32_t source = V4L2_BUF_FLAG_TSTAMP_SRC_MASK, clock = V4L2_BUF_FLAG_TIMESTAMP_MASK;

	value_field(s, "flags");
	value_mix(s, flags, BASE_NONE);
	if (flags & ~(source | clock)) {
		value_part(s);
		show_flags(s, "v4l2_buf_flags", flags & ~(source | clock));
	}
	value_part(s);
	show_enum(s, "v4l2_buf_flags_ts_type", flags & clock);
	value_part(s);
	show_enum(s, "v4l2_buf_flags_ts_src", flags & source);
	value_mix_end(s);
}

static const struct show_field times_fields[] = {
	FIELD(64, SIGNED, "tv_sec"),
	FIELD(64, UNSIGNED, "tv_usec"),
	FIELDS_END,
};
static const struct show_field times32_fields[] = {
	FIELD(INT, SIGNED, "tv_sec"),
	FIELD(INT, UNSIGNED, "tv_usec"),
	FIELDS_END,
};

/* struct v4l2_buffer, with times of 64 and of 32 bits. */
static const struct buffer_layout {
	uint8_t time, memory, place, length, size;
	const struct show_field *times;
} layouts[] = {
	{ 24, 60, 64, 72, 88, times_fields },
	{ 20, 48, 56, 64, 80, times32_fields },
};

static void show_buffer_state(struct show *s, const struct buffer_layout *l,
			      const unsigned char *data, bool taken)
{
	uint32_t memory = type_of(data + l->memory);
	uint64_t place;

	memcpy(&place, data + l->place, sizeof(place));
	if (taken)
		field_unsigned(s, "index", type_of(data));
	field_enum(s, "memory", "v4l2_memories", memory);
	if (memory == V4L2_MEMORY_MMAP)
		field_hex(s, "m.offset", (uint32_t)place);
	else if (memory == V4L2_MEMORY_USERPTR)
		field_address(s, "m.userptr", place);
	field_unsigned(s, "length", type_of(data + l->length));
	field_unsigned(s, "bytesused", type_of(data + 8));
	show_buffer_flags(s, type_of(data + 12));
	if (taken) {
		value_field(s, "timestamp");
		show_fields(s, l->times, data + l->time, l->memory);
	}
	value_more(s);
}

/* A buffer of the driver: which one is known only at the end where the driver takes any. */
void video_buffer(struct show *s, uint64_t address)
{
	const uint32_t command = s->call->arg[1];
	const struct buffer_layout *l = &layouts[_IOC_SIZE(command) == layouts[1].size];
	const bool taken = _IOC_NR(command) == _IOC_NR(VIDIOC_DQBUF);
	const unsigned char *data = device_given(s, address, l->size);

	if (!data) {
		value_address(s, address);
		return;
	}
	begin_type(s, type_of(data + 4));
	if (!taken)
		field_unsigned(s, "index", type_of(data));
	data = device_answer(s, address, l->size);
	if (data)
		show_buffer_state(s, l, data, taken);
	value_struct_end(s);
}
