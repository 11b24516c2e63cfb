// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to PTP clocks (linux/ptp_clock.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/ptp_clock.h>
#include <stdlib.h>

/* Newer than the headers may be (linux/ptp_clock.h 6.13). */
#define PRECISE_CYCLES	_IOWR('=', 21, struct ptp_sys_offset_precise)
#define EXTENDED_CYCLES _IOWR('=', 22, struct ptp_sys_offset_extended)

static void show_nanoseconds(struct show *s, const void *data, size_t size)
{
	int32_t value;

	memcpy(&value, data, size);
	value_signed(s, value);
	if (value)
		value_remarkf(s, "%s%d.%09d s", value < 0 ? "-" : "", abs(value / 1000000000),
			      abs(value % 1000000000));
}

static const struct show_field capabilities_fields[] = {
	FIELD(INT, SIGNED, "max_adj"),
	FIELD(INT, SIGNED, "n_alarm"),
	FIELD(INT, SIGNED, "n_ext_ts"),
	FIELD(INT, SIGNED, "n_per_out"),
	FIELD(INT, SIGNED, "pps"),
	FIELD(INT, SIGNED, "n_pins"),
	FIELD(INT, SIGNED, "cross_timestamping"),
	FIELD(INT, SIGNED, "adjust_phase"),
	FIELD_INNER(INT, "max_phase_adj", 1, show_nanoseconds),
	FIELD_RESERVED(INT, "rsv", 11),
	FIELDS_END,
};

static const struct show_field time_fields[] = {
	FIELD(64, SIGNED, "sec"),
	FIELD(INT, UNSIGNED, "nsec"),
	FIELD_RESERVED(INT, "reserved", 1),
	FIELDS_END,
};

/* When it was; other clocks, and how long something takes, are no date. */
static void show_time(struct show *s, const void *data, size_t size)
{
	device_time(s, time_fields, data, size);
}

#define DATE(name_)	FIELD_INNER(64, name_, 2, show_time)
#define DURATION(name_) FIELD_WITHIN(64, name_, time_fields)

/* The first form of a command does not look at what is reserved. */
static const struct show_field stamp_fields[] = {
	FIELD(INT, UNSIGNED, "index"),
	FIELD_NAMED(INT, FLAGS, "flags", "ptp_extts_flags"),
	FIELDS_END,
};
static const struct show_field stamp2_fields[] = {
	FIELD(INT, UNSIGNED, "index"),
	FIELD_NAMED(INT, FLAGS, "flags", "ptp_extts_flags"),
	FIELD_RESERVED(INT, "rsv", 2),
	FIELDS_END,
};

static void show_output(struct show *s, uint64_t address)
{
	static const struct show_field start[] = { DATE("start"), FIELDS_END };
	static const struct show_field phase[] = { DURATION("phase"), FIELDS_END };
	static const struct show_field middle[] = {
		FIELDS_AT(16),
		DURATION("period"),
		FIELD(INT, UNSIGNED, "index"),
		FIELD_NAMED(INT, FLAGS, "flags", "ptp_perout_flags"),
		FIELDS_END,
	};
	static const struct show_field on[] = { FIELDS_AT(40), DURATION("on"), FIELDS_END };
	static const struct show_field rest[] = {
		FIELDS_AT(40),
		FIELD_RESERVED(INT, "rsv", 4),
		FIELDS_END,
	};
	const unsigned char *data = device_given(s, address, sizeof(struct ptp_perout_request));
	const size_t size = sizeof(struct ptp_perout_request);
	uint32_t flags;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&flags, data + 36, sizeof(flags));
	value_struct(s);
	show_fields_within(s, flags & PTP_PEROUT_PHASE ? phase : start, data, size);
	show_fields_within(s, middle, data, size);
	if (flags & PTP_PEROUT_DUTY_CYCLE)
		show_fields_within(s, on, data, size);
	else if ((uint32_t)s->call->arg[1] == PTP_PEROUT_REQUEST2)
		show_fields_within(s, rest, data, size);
	value_struct_end(s);
}

static const struct show_field pin_given[] = {
	FIELDS_AT(64),
	FIELD(INT, UNSIGNED, "index"),
	FIELDS_END,
};
static const struct show_field pin2_given[] = {
	FIELDS_AT(64), FIELD(INT, UNSIGNED, "index"), FIELDS_AT(76), FIELD_RESERVED(INT, "rsv", 5),
	FIELDS_END,
};
static const struct show_field pin_answer[] = {
	FIELD_MANY(CHAR, TEXT, "name", 64),
	FIELDS_AT(68),
	FIELD_NAMED(INT, ENUM, "func", "ptp_pin_funcs"),
	FIELD(INT, UNSIGNED, "chan"),
	FIELDS_END,
};
#define PIN                                                                                        \
	FIELDS_AT(64), FIELD(INT, UNSIGNED, "index"),                                              \
		FIELD_NAMED(INT, ENUM, "func", "ptp_pin_funcs"), FIELD(INT, UNSIGNED, "chan")

static const struct show_field pin_fields[] = { PIN, FIELDS_END };
static const struct show_field pin2_fields[] = {
	PIN,
	FIELD_RESERVED(INT, "rsv", 5),
	FIELDS_END,
};

static const struct show_field precise_fields[] = {
	DATE("device"),
	DATE("sys_realtime"),
	DURATION("sys_monoraw"),
	FIELD_RESERVED(INT, "rsv", 4),
	FIELDS_END,
};

enum { SAMPLES_AT = 16, SAMPLE_SIZE = 16 };

static const struct show_field offset_given[] = {
	FIELD(INT, UNSIGNED, "n_samples"),
	FIELD_RESERVED(INT, "rsv", 3),
	FIELDS_END,
};
static const struct show_field extended_given[] = {
	FIELD(INT, UNSIGNED, "n_samples"),
	FIELD(INT, CLOCK, "clockid"),
	FIELD_RESERVED(INT, "rsv", 2),
	FIELDS_END,
};

static void show_samples(struct show *s, const unsigned char *data, uint32_t count)
{
	value_array(s);
	for (uint32_t i = 0; i < count && value_nth(s, i); i++)
		show_time(s, data + i * SAMPLE_SIZE, SAMPLE_SIZE);
	value_array_end(s);
}

/* Samples of the system's time, of the device's, and so on: one more of the system's at the end. */
static void show_offset(struct show *s, uint64_t address)
{
	const unsigned char *data = device_given(s, address, SAMPLES_AT);
	uint32_t count;

	if (!data) {
		value_address(s, address);
		return;
	}
	show_fields(s, offset_given, data, SAMPLES_AT);
	value_reopen(s);
	data = device_answer(s, address, sizeof(struct ptp_sys_offset));
	if (data) {
		memcpy(&count, data, sizeof(count));
		count = count < PTP_MAX_SAMPLES ? count : PTP_MAX_SAMPLES;
		value_field(s, "ts");
		show_samples(s, data + SAMPLES_AT, 2 * count + 1);
	}
	value_struct_end(s);
}

/* Three of each. */
static void show_extended(struct show *s, uint64_t address)
{
	const unsigned char *data = device_given(s, address, SAMPLES_AT);
	uint32_t count;

	if (!data) {
		value_address(s, address);
		return;
	}
	show_fields(s, extended_given, data, SAMPLES_AT);
	value_reopen(s);
	data = device_answer(s, address, sizeof(struct ptp_sys_offset_extended));
	if (data) {
		memcpy(&count, data, sizeof(count));
		value_field(s, "ts");
		value_array(s);
		for (uint32_t i = 0; i < count && i < PTP_MAX_SAMPLES; i++) {
			value_element(s);
			show_samples(s, data + SAMPLES_AT + i * 3 * SAMPLE_SIZE, 3);
		}
		value_array_end(s);
	}
	value_struct_end(s);
}

static const struct device_command commands[] = {
	FIELDS(PTP_CLOCK_GETCAPS, OUT, capabilities_fields),
	FIELDS(PTP_CLOCK_GETCAPS2, OUT, capabilities_fields),
	FIELDS(PTP_EXTTS_REQUEST, IN, stamp_fields),
	FIELDS(PTP_EXTTS_REQUEST2, IN, stamp2_fields),
	OTHER(PTP_PEROUT_REQUEST, show_output),
	OTHER(PTP_PEROUT_REQUEST2, show_output),
	ANSWERED(PTP_PIN_GETFUNC, GROWN, pin_given, pin_answer),
	ANSWERED(PTP_PIN_GETFUNC2, GROWN, pin2_given, pin_answer),
	FIELDS(PTP_PIN_SETFUNC, IN, pin_fields),
	FIELDS(PTP_PIN_SETFUNC2, IN, pin2_fields),
	OTHER(PTP_SYS_OFFSET, show_offset),
	OTHER(PTP_SYS_OFFSET2, show_offset),
	FIELDS(PTP_SYS_OFFSET_PRECISE, OUT, precise_fields),
	FIELDS(PTP_SYS_OFFSET_PRECISE2, OUT, precise_fields),
	FIELDS(PRECISE_CYCLES, OUT, precise_fields),
	OTHER(PTP_SYS_OFFSET_EXTENDED, show_extended),
	OTHER(PTP_SYS_OFFSET_EXTENDED2, show_extended),
	OTHER(EXTENDED_CYCLES, show_extended),
};

const struct device_commands device_ptp = DEVICE_COMMANDS('=', commands);
