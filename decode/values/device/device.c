// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/device/device.h"

#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/counter.h>
#include <linux/lirc.h>
#include <linux/nsfs.h>
#include <linux/perf_event.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/udmabuf.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>

/* Newer than the headers may be (linux/eventpoll.h 6.9, linux/nsfs.h 6.10). */
#define EPIOC_SET	 _IOW(0x8a, 1, uint64_t)
#define EPIOC_GET	 _IOR(0x8a, 2, uint64_t)
#define NS_MOUNTS_ID	 _IOR(0xb7, 5, uint64_t)
#define NS_PID_FROM	 _IOR(0xb7, 6, int)
#define NS_TGID_FROM	 _IOR(0xb7, 7, int)
#define NS_PID_IN	 _IOR(0xb7, 8, int)
#define NS_TGID_IN	 _IOR(0xb7, 9, int)
#define NS_MOUNTS_INFO	 _IOR(0xb7, 10, uint64_t[2])
#define NS_MOUNTS_NEXT	 _IOR(0xb7, 11, uint64_t[2])
#define NS_MOUNTS_BEFORE _IOR(0xb7, 12, uint64_t[2])

/* How much of a second that is stands behind the number. */
static void show_microseconds(struct show *s, const void *data, size_t size)
{
	uint32_t value;

	memcpy(&value, data, size);
	value_unsigned(s, value);
	if (value)
		value_remarkf(s, "%u.%06u s", value / 1000000, value % 1000000);
}

static const struct show_field watchdog_fields[] = {
	FIELD_NAMED(INT, FLAGS, "options", "watchdog_ioctl_flags"),
	FIELDS_MORE,
	FIELD(INT, HEX, "firmware_version"),
	FIELD_MANY(CHAR, TEXT, "identity", 32),
	FIELDS_END,
};

static const struct show_field pll_fields[] = {
	FIELD(INT, SIGNED, "pll_ctrl"),	   FIELD(INT, SIGNED, "pll_value"),
	FIELD(INT, SIGNED, "pll_max"),	   FIELD(INT, SIGNED, "pll_min"),
	FIELD(INT, SIGNED, "pll_posmult"), FIELD(INT, SIGNED, "pll_negmult"),
	FIELD(LONG, SIGNED, "pll_clock"),  FIELDS_END,
};

static const struct show_field busy_fields[] = {
	FIELD_INNER(INT, "busy_poll_usecs", 1, show_microseconds),
	FIELD(SHORT, UNSIGNED, "busy_poll_budget"),
	FIELD(CHAR, HEX, "prefer_busy_poll"),
	FIELD_RESERVED(CHAR, "__pad", 1),
	FIELDS_END,
};

static const struct show_field range_fields[] = {
	FIELD(64, HEX, "start"),
	FIELD(64, HEX, "len"),
	FIELDS_END,
};

static const struct show_field mounts_fields[] = {
	FIELD(INT, UNSIGNED, "size"),
	FIELD(INT, UNSIGNED, "nr_mounts"),
	FIELD(64, HEX, "mnt_ns_id"),
	FIELDS_END,
};

static void show_entropy(struct show *s, uint64_t address)
{
	int32_t head[2];

	if (!address || !show_read(s, address, head, sizeof(head))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_signed(s, "entropy_count", head[0]);
	field_signed(s, "buf_size", head[1]);
	value_field(s, "buf");
	show_buffer(s, address + sizeof(head), (uint32_t)head[1]);
	value_struct_end(s);
}

static const struct show_field component_fields[] = {
	FIELD_NAMED(CHAR, ENUM, "type", "counter_component_type"),
	FIELD_NAMED(CHAR, ENUM, "scope", "counter_scope"),
	FIELD(CHAR, UNSIGNED, "parent"),
	FIELD(CHAR, UNSIGNED, "id"),
	FIELDS_END,
};
static const struct show_field watch_fields[] = {
	FIELD_WITHIN(CHAR, "component", component_fields),
	FIELD_NAMED(CHAR, ENUM, "event", "counter_event_type"),
	FIELD(CHAR, UNSIGNED, "channel"),
	FIELDS_END,
};

/* What the value is depends on which it is. */
static void clock_value(struct show *s, const struct rtc_param *p)
{
	if (p->param == RTC_PARAM_FEATURES)
		field_flags(s, "uvalue", "rtc_features", p->uvalue);
	else if (p->param == RTC_PARAM_CORRECTION)
		field_signed(s, "svalue", p->svalue);
	else if (p->param == RTC_PARAM_BACKUP_SWITCH_MODE)
		field_enum(s, "uvalue", "rtc_bsm", p->uvalue);
	else
		field_hex(s, "uvalue", p->uvalue);
}

static void clock_padding(struct show *s, const struct rtc_param *p)
{
	if (p->__pad)
		field_hex(s, "__pad", p->__pad);
}

static void show_clock_setting(struct show *s, uint64_t address)
{
	const bool asks = (uint32_t)s->call->arg[1] == RTC_PARAM_GET;
	struct rtc_param p;
	const void *data = device_given(s, address, sizeof(p));

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&p, data, sizeof(p));
	value_struct(s);
	field_enum(s, "param", "rtc_params", p.param);
	if (!asks)
		clock_value(s, &p);
	field_unsigned(s, "index", p.index);
	clock_padding(s, &p);
	value_struct_end(s);
	if (!asks)
		return;
	show_at_exit(s);
	value_becomes(s);
	data = device_answer(s, address, sizeof(p));
	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&p, data, sizeof(p));
	value_struct(s);
	clock_value(s, &p);
	clock_padding(s, &p);
	value_struct_end(s);
}

static const struct show_field buffer_fields[] = {
	FIELD(INT, FD, "memfd"),
	FIELD_NAMED(INT, FLAGS, "flags", "udmabuf_flags"),
	FIELD(64, UNSIGNED, "offset"),
	FIELD(64, UNSIGNED, "size"),
	FIELDS_END,
};
static const struct show_field item_fields[] = {
	FIELD(INT, FD, "memfd"),
	FIELD(INT, NONE, "__pad"),
	FIELD(64, UNSIGNED, "offset"),
	FIELD(64, UNSIGNED, "size"),
	FIELDS_END,
};

static void show_item(struct show *s, const void *data, size_t size)
{
	show_fields(s, item_fields, data, size);
}

static void show_buffers(struct show *s, uint64_t address)
{
	uint32_t head[2];

	if (!address || !show_read(s, address, head, sizeof(head))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_flags(s, "flags", "udmabuf_flags", head[0]);
	field_unsigned(s, "count", head[1]);
	value_field(s, "list");
	show_array(s, address + sizeof(head), head[1], 24, show_item);
	value_struct_end(s);
}

static void show_id(struct show *s, const void *data, size_t size)
{
	uint32_t id;

	memcpy(&id, data, size);
	value_unsigned(s, id);
}

static void show_programs(struct show *s, uint64_t address)
{
	uint32_t most, count;

	if (!address || !show_read(s, address, &most, sizeof(most))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "ids_len", most);
	show_at_exit(s);
	if (show_succeeded(s) && show_read(s, address + 4, &count, sizeof(count))) {
		field_unsigned(s, "prog_cnt", count);
		value_field(s, "ids");
		show_array(s, address + 8, count, sizeof(uint32_t), show_id);
	} else {
		value_more(s);
	}
	value_struct_end(s);
}

/* Those with a number or few behind them, by driver. */
static const struct device_command commands[] = {
	FIELDS(WDIOC_GETSUPPORT, OUT, watchdog_fields),
	NUMBER(WDIOC_GETSTATUS, OUT, 4, SIGNED),
	NUMBER(WDIOC_GETBOOTSTATUS, OUT, 4, SIGNED),
	NUMBER(WDIOC_GETTEMP, OUT, 4, SIGNED),
	NUMBER(WDIOC_SETTIMEOUT, IN, 4, SIGNED),
	NUMBER(WDIOC_SETPRETIMEOUT, IN, 4, SIGNED),
	NAMED(WDIOC_SETOPTIONS, IN, FLAGS, "watchdog_ioctl_setoptions"),
	NUMBER(WDIOC_GETTIMEOUT, OUT, 4, SIGNED),
	NUMBER(WDIOC_GETPRETIMEOUT, OUT, 4, SIGNED),
	NUMBER(WDIOC_GETTIMELEFT, OUT, 4, SIGNED),
	FIELDS(RTC_PLL_GET, OUT, pll_fields),
	FIELDS(RTC_PLL_SET, IN, pll_fields),
	NUMBER(RTC_IRQP_READ, OUT, 8, UNSIGNED),
	NUMBER(RTC_EPOCH_READ, OUT, 8, UNSIGNED),
	VALUE(RTC_IRQP_SET, 8, UNSIGNED),
	VALUE(RTC_EPOCH_SET, 8, UNSIGNED),
	NAMED(RTC_VL_READ, OUT, FLAGS, "rtc_vl_flags"),
	OTHER(RTC_PARAM_GET, show_clock_setting),
	OTHER(RTC_PARAM_SET, show_clock_setting),
	OTHER(RNDADDENTROPY, show_entropy),
	FIELDS(COUNTER_ADD_WATCH_IOCTL, IN, watch_fields),
	FIELDS(UDMABUF_CREATE, IN, buffer_fields),
	OTHER(UDMABUF_CREATE_LIST, show_buffers),
	OTHER(PERF_EVENT_IOC_QUERY_BPF, show_programs),
	OTHER(PERF_EVENT_IOC_MODIFY_ATTRIBUTES, show_perf_attr),
	FIELDS(EPIOC_SET, IN, busy_fields),
	FIELDS(EPIOC_GET, OUT, busy_fields),
	NUMBER(NS_MOUNTS_ID, OUT, 8, HEX),
	VALUE(NS_PID_FROM, 4, SIGNED),
	VALUE(NS_TGID_FROM, 4, SIGNED),
	VALUE(NS_PID_IN, 4, SIGNED),
	VALUE(NS_TGID_IN, 4, SIGNED),
	FIELDS(NS_MOUNTS_INFO, OUT, mounts_fields),
	FIELDS(NS_MOUNTS_NEXT, OUT, mounts_fields),
	FIELDS(NS_MOUNTS_BEFORE, OUT, mounts_fields),
	FIELDS(UFFDIO_WAKE, IN, range_fields),
	FIELDS(UFFDIO_UNREGISTER, IN, range_fields),
	NAMED(LIRC_GET_FEATURES, OUT, FLAGS, "lirc_features"),
	NAMED(LIRC_GET_SEND_MODE, OUT, ENUM, "lirc_modes"),
	NAMED(LIRC_GET_REC_MODE, OUT, ENUM, "lirc_modes"),
	NAMED(LIRC_SET_SEND_MODE, IN, ENUM, "lirc_modes"),
	NAMED(LIRC_SET_REC_MODE, IN, ENUM, "lirc_modes"),
	NUMBER(LIRC_GET_REC_RESOLUTION, OUT, 4, UNSIGNED),
	NUMBER(LIRC_GET_MIN_TIMEOUT, OUT, 4, UNSIGNED),
	NUMBER(LIRC_GET_MAX_TIMEOUT, OUT, 4, UNSIGNED),
	NUMBER(LIRC_GET_LENGTH, OUT, 4, UNSIGNED),
	NUMBER(LIRC_GET_REC_TIMEOUT, OUT, 4, UNSIGNED),
	NUMBER(LIRC_SET_SEND_CARRIER, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_REC_CARRIER, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_SEND_DUTY_CYCLE, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_TRANSMITTER_MASK, IN, 4, HEX),
	NUMBER(LIRC_SET_REC_TIMEOUT, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_REC_TIMEOUT_REPORTS, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_MEASURE_CARRIER_MODE, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_REC_CARRIER_RANGE, IN, 4, UNSIGNED),
	NUMBER(LIRC_SET_WIDEBAND_RECEIVER, IN, 4, UNSIGNED),
};

const struct device_commands device_several = DEVICE_COMMANDS(ANY_TYPE, commands);
