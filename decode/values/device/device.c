// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/device/device.h"

#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/hdreg.h>
#include <linux/input.h>
#include <linux/kd.h>
#include <linux/kvm.h>
#include <linux/lirc.h>
#include <linux/nsfs.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>
#include <scsi/sg.h>

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

static const struct show_field keymap_fields[] = {
	FIELD(CHAR, UNSIGNED, "flags"),
	FIELD(CHAR, UNSIGNED, "len"),
	FIELDS_MORE,
	FIELD(SHORT, UNSIGNED, "index"),
	FIELD_NAMED(INT, ENUM, "keycode", "evdev_keycode"),
	FIELD_LIST(CHAR, HEX, "scancode", 32, NULL),
	FIELDS_END,
};

static const struct show_field repeat_fields[] = {
	FIELD(INT, SIGNED, "delay"),
	FIELD(INT, SIGNED, "period"),
	FIELDS_END,
};

static const struct show_field clear_map_fields[] = {
	FIELD(SHORT, UNSIGNED, "advised_hashsize"),
	FIELD(SHORT, UNSIGNED, "advised_hashstep"),
	FIELD(SHORT, UNSIGNED, "advised_hashlevel"),
	FIELDS_END,
};

static const struct show_field scsi_id_fields[] = {
	FIELD(INT, SIGNED, "host_no"),
	FIELD(INT, SIGNED, "channel"),
	FIELD(INT, HEX, "scsi_id"),
	FIELD(INT, SIGNED, "lun"),
	FIELD(INT, HEX, "scsi_type"),
	FIELD(SHORT, SIGNED, "h_cmd_per_lun"),
	FIELD(SHORT, SIGNED, "d_queue_depth"),
	FIELDS_END,
};

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
	FIELDS(EVIOCGKEYCODE_V2, OUT, keymap_fields),
	FIELDS(EVIOCSKEYCODE_V2, IN, keymap_fields),
	VALUE(EVIOCGMASK, 8, POINTER),
	VALUE(EVIOCSMASK, 8, POINTER),
	NAMED_VALUE(KDSETLED, 1, FLAGS, "kd_kbd_leds"),
	NAMED_VALUE(KDSKBLED, 1, FLAGS, "kd_led_flags"),
	ANSWERED(KDKBDREP, CHANGED, repeat_fields, repeat_fields),
	FIELDS(PIO_UNIMAPCLR, IN, clear_map_fields),
	NAMED(SG_SCSI_RESET, IN, ENUM, "sg_scsi_reset"),
	FIELDS(SG_GET_SCSI_ID, OUT, scsi_id_fields),
	NAMED_SIZED(HDIO_GET_BUSSTATE, OUT, 8, ENUM, "hdio_busstates"),
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
