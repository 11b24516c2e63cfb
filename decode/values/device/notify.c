// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of what tells of other processes: seccomp's listeners, pidfds (linux/seccomp.h,
 * linux/pidfd.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/ioctl.h>
#include <linux/seccomp.h>
#include <stdio.h>

enum { LISTENER = '!', PIDFD = 0xff, GET_INFO = 11, INFO_LEAST = 64, INFO_SIZE = 88 };

static void show_notice(struct show *s, const struct seccomp_notif *n)
{
	value_struct(s);
	field_hex(s, "id", n->id);
	value_field(s, "pid");
	show_pid(s, n->pid);
	field_hex(s, "flags", n->flags);
	value_field(s, "data");
	value_struct(s);
	value_field(s, "nr");
	show_call_number(s, (uint32_t)n->data.nr, n->data.arch);
	field_enum(s, "arch", "audit_arch", n->data.arch);
	field_address(s, "instruction_pointer", n->data.instruction_pointer);
	value_field(s, "args");
	value_array(s);
	for (int i = 0; i < 6 && value_nth(s, i); i++)
		value_hex(s, n->data.args[i]);
	value_array_end(s);
	value_struct_end(s);
	value_struct_end(s);
}

/* What is given must be all zero, and is not told then. */
static void show_received(struct show *s, uint64_t address)
{
	static const struct seccomp_notif none;
	const void *data = device_given(s, address, sizeof(none));
	struct seccomp_notif n;
	bool given;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&n, data, sizeof(n));
	given = memcmp(&n, &none, sizeof(n)) != 0;
	if (given)
		show_notice(s, &n);
	show_at_exit(s);
	if (given)
		value_becomes(s);
	data = device_answer(s, address, sizeof(n));
	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&n, data, sizeof(n));
	show_notice(s, &n);
}

static void show_error(struct show *s, const void *data, size_t size)
{
	const char *name;
	int32_t error;
	char words[40];

	memcpy(&error, data, size);
	name = error < 0 ? flag_errno_name((uint32_t) - (int64_t)error) : NULL;
	if (name)
		snprintf(words, sizeof(words), "-%s", name);
	value_constant(s, (uint64_t)(int64_t)error, BASE_SIGNED, name ? words : NULL, NULL);
}

static const struct show_field answer_fields[] = {
	FIELD(64, HEX, "id"),
	FIELD(64, SIGNED, "val"),
	FIELD_INNER(INT, "error", 1, show_error),
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

static const struct device_command commands[] = {
	OTHER(SECCOMP_IOCTL_NOTIF_RECV, show_received),
	FIELDS(SECCOMP_IOCTL_NOTIF_SEND, IN, answer_fields),
	NUMBER(SECCOMP_IOCTL_NOTIF_ID_VALID, IN, 8, HEX),
	NUMBER(_IOR(LISTENER, 2, uint64_t), IN, 8, HEX), /* the same in the wrong direction */
	FIELDS(SECCOMP_IOCTL_NOTIF_ADDFD, IN, addfd_fields),
	NAMED_VALUE(_IOW(LISTENER, 4, uint64_t), 8, FLAGS, "seccomp_user_notif_set_flags"),
};

const struct device_commands device_listener = DEVICE_COMMANDS(LISTENER, commands);

static const struct show_field person_fields[] = {
	FIELDS_AT(28),		 FIELD(INT, ID, "ruid"),
	FIELD(INT, ID, "rgid"),	 FIELD(INT, ID, "euid"),
	FIELD(INT, ID, "egid"),	 FIELD(INT, ID, "suid"),
	FIELD(INT, ID, "sgid"),	 FIELD(INT, ID, "fsuid"),
	FIELD(INT, ID, "fsgid"), FIELDS_END,
};
static const struct show_field cgroup_fields[] = {
	FIELDS_AT(8),
	FIELD(64, UNSIGNED, "cgroupid"),
	FIELDS_END,
};
static const struct show_field pid_fields[] = {
	FIELDS_AT(16),
	FIELD(INT, SIGNED, "pid"),
	FIELD(INT, SIGNED, "tgid"),
	FIELD(INT, SIGNED, "ppid"),
	FIELDS_END,
};
static const struct show_field exit_fields[] = {
	FIELDS_AT(60),
	FIELD_INNER(INT, "exit_code", 1, show_wait_status),
	FIELDS_END,
};
static const struct show_field dump_fields[] = {
	FIELDS_AT(64),
	FIELD_NAMED(INT, FLAGS, "coredump_mask", "pidfd_coredump_mask"),
	FIELDS_END,
};
static const struct show_field dump_signal_fields[] = {
	FIELDS_AT(68),
	FIELD(INT, SIGNAL, "coredump_signal"),
	FIELDS_END,
};
static const struct show_field dump_code_fields[] = {
	FIELDS_AT(72),
	FIELD(INT, UNSIGNED, "coredump_code"),
	FIELDS_END,
};
static const struct show_field supported_fields[] = {
	FIELDS_AT(80),
	FIELD_NAMED(64, FLAGS, "supported_mask", "pidfd_info_mask"),
	FIELDS_END,
};

/* What was asked for by `mask`, in the order of the structure. */
static void show_info(struct show *s, const unsigned char *data, size_t size)
{
	static const struct {
		uint64_t bit;
		const struct show_field *fields;
	} parts[] = {
		{ 4, cgroup_fields },	   { 1, pid_fields },	     { 2, person_fields },
		{ 8, exit_fields },	   { 16, dump_fields },	     { 64, dump_signal_fields },
		{ 128, dump_code_fields }, { 32, supported_fields },
	};
	uint64_t mask;

	memcpy(&mask, data, sizeof(mask));
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (mask & parts[i].bit)
			show_fields_within(s, parts[i].fields, data, size);
}

bool show_pidfd_command(struct show *s, uint32_t code, uint64_t address)
{
	size_t size = _IOC_SIZE(code);
	const unsigned char *data;
	uint64_t mask;

	if (_IOC_TYPE(code) != PIDFD || _IOC_NR(code) != GET_INFO || size < INFO_LEAST)
		return false;
	if (size > INFO_SIZE)
		size = INFO_SIZE;
	if (!(data = device_part(s, address, sizeof(mask)))) {
		value_address(s, address);
		return true;
	}
	memcpy(&mask, data, sizeof(mask));
	value_struct(s);
	field_flags(s, "mask", "pidfd_info_mask", mask);
	data = device_answer(s, address, size);
	if (data)
		show_info(s, data, size);
	value_struct_end(s);
	return true;
}
