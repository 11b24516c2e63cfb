// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/device/device.h"

#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/btrfs.h>
#include <linux/input.h>
#include <linux/kvm.h>
#include <linux/lirc.h>
#include <linux/nsfs.h>
#include <linux/ptp_clock.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>
#include <mtd/ubi-user.h>
#include <stdlib.h>

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

enum way {
	IN,  /* what it is given */
	OUT, /* what it answers */
};

enum form {
	VALUE_INT, /* the argument itself is a number */
	VALUE_LONG,
	INT, /* one behind it: [3] */
	UNSIGNED,
	LONG,
	HEX,
	PAIR, /* [1, 2] */
	FLAGS,
	ENUM,
	FIELDS,
	OTHER,
};

struct command {
	uint32_t code;
	uint8_t way, form, size;
	const char *table;
	const struct show_field *fields;
	void (*print)(struct show *s, uint64_t address);
};

/* How much of a second that is stands behind the number. */
static void show_microseconds(struct show *s, const void *data, size_t size)
{
	uint32_t value;

	memcpy(&value, data, size);
	value_unsigned(s, value);
	if (value)
		value_remarkf(s, "%u.%06u s", value / 1000000, value % 1000000);
}

static void show_nanoseconds(struct show *s, const void *data, size_t size)
{
	int32_t value;

	memcpy(&value, data, size);
	value_signed(s, value);
	if (value)
		value_remarkf(s, "%s%d.%09d s", value < 0 ? "-" : "", abs(value / 1000000000),
			      abs(value % 1000000000));
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

static const struct show_field input_id_fields[] = {
	FIELD(SHORT, UNSIGNED, "bustype"),
	FIELD(SHORT, UNSIGNED, "vendor"),
	FIELD(SHORT, UNSIGNED, "product"),
	FIELD(SHORT, UNSIGNED, "version"),
	FIELDS_END,
};

static const struct show_field answer_fields[] = {
	FIELD(64, HEX, "id"),
	FIELD(64, SIGNED, "val"),
	FIELD(INT, SIGNED, "error"),
	FIELD_NAMED(INT, FLAGS, "flags", "seccomp_user_notif_resp_flags"),
	FIELDS_END,
};

static const struct show_field addfd_fields[] = {
	FIELD(64, HEX, "id"),
	FIELD_NAMED(INT, FLAGS, "flags", "seccomp_addfd_flags"),
	FIELD(INT, FD, "srcfd"),
	FIELD(INT, SIGNED, "newfd"),
	FIELD_NAMED(INT, FLAGS, "newfd_flags", "open_mode_flags"),
	FIELDS_END,
};

static const struct show_field memory_fields[] = {
	FIELD(INT, UNSIGNED, "slot"),	   FIELD_NAMED(INT, FLAGS, "flags", "kvm_mem_flags"),
	FIELD(64, HEX, "guest_phys_addr"), FIELD(64, UNSIGNED, "memory_size"),
	FIELD(64, HEX, "userspace_addr"),  FIELDS_END,
};

/* Without -v only those that say where the program is. */
static void show_registers(struct show *s, uint64_t address)
{
	static const char *const names[] = { "rax", "rbx", "rcx", "rdx", "rsi", "rdi",
					     "rsp", "rbp", "r8",  "r9",	 "r10", "r11",
					     "r12", "r13", "r14", "r15", "rip", "rflags" };
	const unsigned int always = 1u << 0 | 1u << 6 | 1u << 7 | 1u << 16 | 1u << 17;
	uint64_t word[18];
	bool left = false;

	if (s->call->arg[1] == KVM_GET_REGS)
		show_at_exit(s);
	if (!address || (s->exit && !show_succeeded(s)) ||
	    !show_read(s, address, word, sizeof(word))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	for (int i = 0; i < 18; i++) {
		if (!value_full(s) && !(always >> i & 1)) {
			if (!left)
				value_more(s);
			left = true;
			continue;
		}
		left = false;
		value_field(s, names[i]);
		value_hex(s, word[i]);
	}
	value_struct_end(s);
}

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
	show_buffer(s, address + sizeof(head), head[1] < 0 ? 0 : head[1]);
	value_struct_end(s);
}

/* A subvolume or device by name: as far as there is a NUL. */
static void show_volume(struct show *s, uint64_t address)
{
	struct btrfs_ioctl_vol_args args;
	size_t length;

	if (!address || !show_read(s, address, &args, sizeof(args))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	value_field(s, "fd");
	show_fd(s, args.fd);
	value_field(s, "name");
	length = strnlen(args.name, sizeof(args.name) - 1);
	show_bytes(s, args.name, length, length == sizeof(args.name) - 1);
	value_struct_end(s);
}

/* Those with a number or few behind them, by driver. */
static const struct command commands[] = {
	{ WDIOC_GETSUPPORT, OUT, FIELDS, 40, NULL, watchdog_fields, NULL },
	{ WDIOC_GETSTATUS, OUT, INT, 4, NULL, NULL, NULL },
	{ WDIOC_GETBOOTSTATUS, OUT, INT, 4, NULL, NULL, NULL },
	{ WDIOC_GETTEMP, OUT, INT, 4, NULL, NULL, NULL },
	{ WDIOC_SETOPTIONS, IN, FLAGS, 4, "watchdog_ioctl_setoptions", NULL, NULL },
	{ WDIOC_GETTIMEOUT, OUT, INT, 4, NULL, NULL, NULL },
	{ WDIOC_GETPRETIMEOUT, OUT, INT, 4, NULL, NULL, NULL },
	{ WDIOC_GETTIMELEFT, OUT, INT, 4, NULL, NULL, NULL },
	{ RTC_PLL_GET, OUT, FIELDS, 32, NULL, pll_fields, NULL },
	{ RTC_PLL_SET, IN, FIELDS, 32, NULL, pll_fields, NULL },
	{ RTC_IRQP_READ, OUT, LONG, 8, NULL, NULL, NULL },
	{ RTC_EPOCH_READ, OUT, LONG, 8, NULL, NULL, NULL },
	{ RTC_IRQP_SET, IN, VALUE_LONG, 0, NULL, NULL, NULL },
	{ RTC_EPOCH_SET, IN, VALUE_LONG, 0, NULL, NULL, NULL },
	{ RTC_VL_READ, OUT, FLAGS, 4, "rtc_vl_flags", NULL, NULL },
	{ PTP_CLOCK_GETCAPS, OUT, FIELDS, 80, NULL, capabilities_fields, NULL },
	{ PTP_CLOCK_GETCAPS2, OUT, FIELDS, 80, NULL, capabilities_fields, NULL },
	{ EPIOC_SET, IN, FIELDS, 8, NULL, busy_fields, NULL },
	{ EPIOC_GET, OUT, FIELDS, 8, NULL, busy_fields, NULL },
	{ RNDADDENTROPY, IN, OTHER, 0, NULL, NULL, show_entropy },
	{ EVIOCGID, OUT, FIELDS, 8, NULL, input_id_fields, NULL },
	{ EVIOCGVERSION, OUT, HEX, 4, NULL, NULL, NULL },
	{ EVIOCGEFFECTS, OUT, INT, 4, NULL, NULL, NULL },
	{ EVIOCGREP, OUT, PAIR, 8, NULL, NULL, NULL },
	{ EVIOCSREP, IN, PAIR, 8, NULL, NULL, NULL },
	{ EVIOCGKEYCODE, OUT, PAIR, 8, "evdev_keycode", NULL, NULL },
	{ EVIOCSKEYCODE, IN, PAIR, 8, "evdev_keycode", NULL, NULL },
	{ EVIOCSCLOCKID, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ EVIOCRMFF, IN, VALUE_INT, 0, NULL, NULL, NULL },
	{ EVIOCGRAB, IN, VALUE_LONG, 0, NULL, NULL, NULL },
	{ EVIOCREVOKE, IN, VALUE_LONG, 0, NULL, NULL, NULL },
	{ NS_MOUNTS_ID, OUT, HEX, 8, NULL, NULL, NULL },
	{ NS_PID_FROM, IN, VALUE_INT, 0, NULL, NULL, NULL },
	{ NS_TGID_FROM, IN, VALUE_INT, 0, NULL, NULL, NULL },
	{ NS_PID_IN, IN, VALUE_INT, 0, NULL, NULL, NULL },
	{ NS_TGID_IN, IN, VALUE_INT, 0, NULL, NULL, NULL },
	{ NS_MOUNTS_INFO, OUT, FIELDS, 16, NULL, mounts_fields, NULL },
	{ NS_MOUNTS_NEXT, OUT, FIELDS, 16, NULL, mounts_fields, NULL },
	{ NS_MOUNTS_BEFORE, OUT, FIELDS, 16, NULL, mounts_fields, NULL },
	{ SECCOMP_IOCTL_NOTIF_SEND, IN, FIELDS, 24, NULL, answer_fields, NULL },
	{ SECCOMP_IOCTL_NOTIF_ID_VALID, IN, HEX, 8, NULL, NULL, NULL },
	{ SECCOMP_IOCTL_NOTIF_ADDFD, IN, FIELDS, 24, NULL, addfd_fields, NULL },
	{ KVM_SET_USER_MEMORY_REGION, IN, FIELDS, 32, NULL, memory_fields, NULL },
	{ KVM_GET_REGS, OUT, OTHER, 0, NULL, NULL, show_registers },
	{ KVM_SET_REGS, IN, OTHER, 0, NULL, NULL, show_registers },
	{ UFFDIO_WAKE, IN, FIELDS, 16, NULL, range_fields, NULL },
	{ UFFDIO_UNREGISTER, IN, FIELDS, 16, NULL, range_fields, NULL },
	{ BTRFS_IOC_SNAP_CREATE, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_RESIZE, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_SCAN_DEV, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_FORGET_DEV, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_ADD_DEV, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_RM_DEV, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_SUBVOL_CREATE, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_SNAP_DESTROY, IN, OTHER, 0, NULL, NULL, show_volume },
	{ BTRFS_IOC_DEFAULT_SUBVOL, IN, LONG, 8, NULL, NULL, NULL },
	{ BTRFS_IOC_WAIT_SYNC, IN, LONG, 8, NULL, NULL, NULL },
	{ BTRFS_IOC_START_SYNC, OUT, LONG, 8, NULL, NULL, NULL },
	{ LIRC_GET_FEATURES, OUT, FLAGS, 4, "lirc_features", NULL, NULL },
	{ LIRC_GET_SEND_MODE, OUT, ENUM, 4, "lirc_modes", NULL, NULL },
	{ LIRC_GET_REC_MODE, OUT, ENUM, 4, "lirc_modes", NULL, NULL },
	{ LIRC_SET_SEND_MODE, IN, ENUM, 4, "lirc_modes", NULL, NULL },
	{ LIRC_SET_REC_MODE, IN, ENUM, 4, "lirc_modes", NULL, NULL },
	{ LIRC_GET_REC_RESOLUTION, OUT, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_GET_MIN_TIMEOUT, OUT, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_GET_MAX_TIMEOUT, OUT, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_GET_LENGTH, OUT, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_GET_REC_TIMEOUT, OUT, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_SEND_CARRIER, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_REC_CARRIER, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_SEND_DUTY_CYCLE, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_TRANSMITTER_MASK, IN, HEX, 4, NULL, NULL, NULL },
	{ LIRC_SET_REC_TIMEOUT, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_REC_TIMEOUT_REPORTS, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_MEASURE_CARRIER_MODE, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_REC_CARRIER_RANGE, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ LIRC_SET_WIDEBAND_RECEIVER, IN, UNSIGNED, 4, NULL, NULL, NULL },
	{ UBI_IOCEBER, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCEBUNMAP, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCRMVOL, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCRPEB, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCSPEB, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCDET, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCEBISMAP, IN, INT, 4, NULL, NULL, NULL },
	{ UBI_IOCVOLUP, IN, LONG, 8, NULL, NULL, NULL },
};

static void show_pair(struct show *s, const struct command *c, const unsigned char *data)
{
	uint32_t pair[2];

	memcpy(pair, data, sizeof(pair));
	value_array(s);
	value_element(s);
	value_unsigned(s, pair[0]);
	value_element(s);
	if (c->table)
		show_enum(s, c->table, pair[1]);
	else
		value_unsigned(s, pair[1]);
	value_array_end(s);
}

/* One number behind the pointer, or two, in brackets. */
static void show_numbers(struct show *s, const struct command *c, const unsigned char *data)
{
	uint64_t value = 0;

	memcpy(&value, data, c->size < sizeof(value) ? c->size : sizeof(value));
	if (c->form == PAIR) {
		show_pair(s, c, data);
		return;
	}
	value_pointed(s);
	switch (c->form) {
	case INT: show_int(s, value); break;
	case UNSIGNED:
	case LONG: value_unsigned(s, value); break;
	case HEX: value_hex(s, value); break;
	case FLAGS: show_flags(s, c->table, value); break;
	case ENUM: show_enum(s, c->table, value); break;
	}
	value_pointed_end(s);
}

/* Some numbers claim that the memory is written, which is only read: it was kept at the end. */
static bool read_given(struct show *s, uint64_t address, void *data, size_t size)
{
	bool was = s->exit, read = show_read(s, address, data, size);

	s->exit = true;
	read = read || show_read(s, address, data, size);
	s->exit = was;
	return read;
}

static void show_behind(struct show *s, const struct command *c, uint64_t address)
{
	unsigned char data[256];

	if (c->way == OUT)
		show_at_exit(s);
	if (!address || (c->way == OUT && !show_succeeded(s)) ||
	    !read_given(s, address, data, c->size))
		value_address(s, address);
	else if (c->form == FIELDS)
		show_fields(s, c->fields, data, c->size);
	else
		show_numbers(s, c, data);
}

bool show_device_command(struct show *s, uint32_t code, uint64_t address)
{
	if (s->compat)
		return false;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		const struct command *c = &commands[i];

		if (c->code != code)
			continue;
		if (c->form == VALUE_INT)
			show_int(s, address);
		else if (c->form == VALUE_LONG)
			value_unsigned(s, address);
		else if (c->form == OTHER)
			c->print(s, address);
		else
			show_behind(s, c, address);
		return true;
	}
	return show_userfault_command(s, code, address);
}
