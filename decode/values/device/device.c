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

/* What the argument is. */
enum kind {
	VALUE,	/* a number itself */
	NUMBER, /* a pointer to one: [3] */
	PAIR,	/* to two of 32 bits: [1, 2] */
	FIELDS, /* to a structure */
	OTHER,	/* `print` does it */
};

struct command {
	uint32_t code;
	uint8_t way, kind;
	uint8_t size, form; /* of a number, in bytes, and as show_fields.h has forms */
	union {
		const char *table; /* of FORM_FLAGS, FORM_ENUM, and the second of a pair */
		const struct show_field *fields;
		void (*print)(struct show *s, uint64_t address);
	};
};

#define NUMBER(code_, way_, size_, form_)                                                          \
	{                                                                                          \
		.code = (code_), .way = (way_), .kind = NUMBER, .size = (size_),                   \
		.form = FORM_##form_                                                               \
	}
#define NAMED(code_, way_, form_, table_)                                                          \
	{                                                                                          \
		.code = (code_), .way = (way_), .kind = NUMBER, .size = 4, .form = FORM_##form_,   \
		.table = (table_)                                                                  \
	}
#define VALUE(code_, size_, form_)                                                                 \
	{                                                                                          \
		.code = (code_), .kind = VALUE, .size = (size_), .form = FORM_##form_              \
	}
#define PAIR(code_, way_, table_)                                                                  \
	{                                                                                          \
		.code = (code_), .way = (way_), .kind = PAIR, .size = 8, .table = (table_)         \
	}
#define FIELDS(code_, way_, fields_)                                                               \
	{                                                                                          \
		.code = (code_), .way = (way_), .kind = FIELDS, .fields = (fields_)                \
	}
#define OTHER(code_, print_)                                                                       \
	{                                                                                          \
		.code = (code_), .kind = OTHER, .print = (print_)                                  \
	}

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
	FIELDS(WDIOC_GETSUPPORT, OUT, watchdog_fields),
	NUMBER(WDIOC_GETSTATUS, OUT, 4, SIGNED),
	NUMBER(WDIOC_GETBOOTSTATUS, OUT, 4, SIGNED),
	NUMBER(WDIOC_GETTEMP, OUT, 4, SIGNED),
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
	FIELDS(PTP_CLOCK_GETCAPS, OUT, capabilities_fields),
	FIELDS(PTP_CLOCK_GETCAPS2, OUT, capabilities_fields),
	FIELDS(EPIOC_SET, IN, busy_fields),
	FIELDS(EPIOC_GET, OUT, busy_fields),
	OTHER(RNDADDENTROPY, show_entropy),
	FIELDS(EVIOCGID, OUT, input_id_fields),
	NUMBER(EVIOCGVERSION, OUT, 4, HEX),
	NUMBER(EVIOCGEFFECTS, OUT, 4, SIGNED),
	PAIR(EVIOCGREP, OUT, NULL),
	PAIR(EVIOCSREP, IN, NULL),
	PAIR(EVIOCGKEYCODE, OUT, "evdev_keycode"),
	PAIR(EVIOCSKEYCODE, IN, "evdev_keycode"),
	NUMBER(EVIOCSCLOCKID, IN, 4, UNSIGNED),
	VALUE(EVIOCRMFF, 4, SIGNED),
	VALUE(EVIOCGRAB, 8, UNSIGNED),
	VALUE(EVIOCREVOKE, 8, UNSIGNED),
	NUMBER(NS_MOUNTS_ID, OUT, 8, HEX),
	VALUE(NS_PID_FROM, 4, SIGNED),
	VALUE(NS_TGID_FROM, 4, SIGNED),
	VALUE(NS_PID_IN, 4, SIGNED),
	VALUE(NS_TGID_IN, 4, SIGNED),
	FIELDS(NS_MOUNTS_INFO, OUT, mounts_fields),
	FIELDS(NS_MOUNTS_NEXT, OUT, mounts_fields),
	FIELDS(NS_MOUNTS_BEFORE, OUT, mounts_fields),
	FIELDS(SECCOMP_IOCTL_NOTIF_SEND, IN, answer_fields),
	NUMBER(SECCOMP_IOCTL_NOTIF_ID_VALID, IN, 8, HEX),
	FIELDS(SECCOMP_IOCTL_NOTIF_ADDFD, IN, addfd_fields),
	FIELDS(KVM_SET_USER_MEMORY_REGION, IN, memory_fields),
	OTHER(KVM_GET_REGS, show_registers),
	OTHER(KVM_SET_REGS, show_registers),
	FIELDS(UFFDIO_WAKE, IN, range_fields),
	FIELDS(UFFDIO_UNREGISTER, IN, range_fields),
	OTHER(BTRFS_IOC_SNAP_CREATE, show_volume),
	OTHER(BTRFS_IOC_RESIZE, show_volume),
	OTHER(BTRFS_IOC_SCAN_DEV, show_volume),
	OTHER(BTRFS_IOC_FORGET_DEV, show_volume),
	OTHER(BTRFS_IOC_ADD_DEV, show_volume),
	OTHER(BTRFS_IOC_RM_DEV, show_volume),
	OTHER(BTRFS_IOC_SUBVOL_CREATE, show_volume),
	OTHER(BTRFS_IOC_SNAP_DESTROY, show_volume),
	NUMBER(BTRFS_IOC_DEFAULT_SUBVOL, IN, 8, UNSIGNED),
	NUMBER(BTRFS_IOC_WAIT_SYNC, IN, 8, UNSIGNED),
	NUMBER(BTRFS_IOC_START_SYNC, OUT, 8, UNSIGNED),
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
	NUMBER(UBI_IOCEBER, IN, 4, SIGNED),
	NUMBER(UBI_IOCEBUNMAP, IN, 4, SIGNED),
	NUMBER(UBI_IOCRMVOL, IN, 4, SIGNED),
	NUMBER(UBI_IOCRPEB, IN, 4, SIGNED),
	NUMBER(UBI_IOCSPEB, IN, 4, SIGNED),
	NUMBER(UBI_IOCDET, IN, 4, SIGNED),
	NUMBER(UBI_IOCEBISMAP, IN, 4, SIGNED),
	NUMBER(UBI_IOCVOLUP, IN, 8, UNSIGNED),
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
	size_t size = c->kind == FIELDS ? show_fields_size(s, c->fields) : c->size;
	unsigned char data[256];
	uint64_t value = 0;

	if (c->way == OUT)
		show_at_exit(s);
	if (!address || size > sizeof(data) || (c->way == OUT && !show_succeeded(s)) ||
	    !read_given(s, address, data, size)) {
		value_address(s, address);
	} else if (c->kind == FIELDS) {
		show_fields(s, c->fields, data, size);
	} else if (c->kind == PAIR) {
		show_pair(s, c, data);
	} else {
		memcpy(&value, data, size < sizeof(value) ? size : sizeof(value));
		value_pointed(s);
		show_number(s, c->form, c->table, value, size);
		value_pointed_end(s);
	}
}

bool show_device_command(struct show *s, uint32_t code, uint64_t address)
{
	if (s->compat)
		return false;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		const struct command *c = &commands[i];

		if (c->code != code)
			continue;
		if (c->kind == VALUE)
			show_number(s, c->form, NULL, address, c->size);
		else if (c->kind == OTHER)
			c->print(s, address);
		else
			show_behind(s, c, address);
		return true;
	}
	return show_userfault_command(s, code, address);
}
