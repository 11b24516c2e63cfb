// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of disks and other block devices (linux/fs.h, blkpg.h, blktrace_api.h, hdreg.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/blkpg.h>
#include <linux/blktrace_api.h>
#include <linux/fs.h>
#include <linux/hdreg.h>

enum { BLOCK = 0x12, DISK = 3, SECTOR = 512 };

static void show_range(struct show *s, uint64_t address)
{
	const void *data = device_given(s, address, 16);
	uint64_t range[2];

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(range, data, sizeof(range));
	value_array(s);
	for (int i = 0; i < 2; i++) {
		value_element(s);
		value_unsigned(s, range[i]);
	}
	value_array_end(s);
}

static const struct show_field part_fields[] = {
	FIELD(64, SIGNED, "start"),
	FIELD(64, SIGNED, "length"),
	FIELD(INT, SIGNED, "pno"),
	FIELD_MANY(CHAR, TEXT, "devname", BLKPG_DEVNAMELTH),
	FIELD_MANY(CHAR, TEXT, "volname", BLKPG_VOLNAMELTH),
	FIELDS_END,
};

static void show_partition(struct show *s, uint64_t address)
{
	struct blkpg_ioctl_arg given;
	struct blkpg_partition part;

	if (!address || !show_read(s, address, &given, sizeof(given))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_enum(s, "op", "blkpg_ops", (uint32_t)given.op);
	field_signed(s, "flags", given.flags);
	field_signed(s, "datalen", given.datalen);
	value_field(s, "data");
	if (given.data && show_read(s, (uintptr_t)given.data, &part, sizeof(part)))
		show_fields(s, part_fields, &part, sizeof(part));
	else
		value_address(s, (uintptr_t)given.data);
	value_struct_end(s);
}

static const struct show_field trace_given[] = {
	FIELDS_AT(32),
	FIELD(SHORT, UNSIGNED, "act_mask"),
	FIELD(INT, UNSIGNED, "buf_size"),
	FIELD(INT, UNSIGNED, "buf_nr"),
	FIELD(64, UNSIGNED, "start_lba"),
	FIELD(64, UNSIGNED, "end_lba"),
	FIELD(INT, SIGNED, "pid"),
	FIELDS_END,
};
static const struct show_field trace_answer[] = {
	FIELD_MANY(CHAR, TEXT, "name", BLKTRACE_BDEV_SIZE),
	FIELDS_END,
};

static const struct device_command commands[] = {
	NUMBER(BLKSECTGET, OUT, 2, UNSIGNED),
	NUMBER(BLKROTATIONAL, OUT, 2, UNSIGNED),
	NUMBER(BLKPBSZGET, OUT, 4, UNSIGNED),
	NUMBER(BLKIOMIN, OUT, 4, UNSIGNED),
	NUMBER(BLKIOOPT, OUT, 4, UNSIGNED),
	NUMBER(BLKDISCARDZEROES, OUT, 4, UNSIGNED),
	NUMBER(BLKRAGET, OUT, 8, SIGNED),
	NUMBER(BLKFRAGET, OUT, 8, SIGNED),
	OTHER(BLKDISCARD, show_range),
	OTHER(BLKSECDISCARD, show_range),
	OTHER(BLKZEROOUT, show_range),
	OTHER(BLKPG, show_partition),
	ANSWERED(BLKTRACESETUP, GROWN, trace_given, trace_answer),
};

const struct device_commands device_block = DEVICE_COMMANDS(BLOCK, commands);

static const struct show_field drive_given[] = {
	FIELD_NAMED(CHAR, ENUM, "command", "hdio_ide_ata_cmd"),
	FIELD(CHAR, UNSIGNED, "sector_number"),
	FIELD(CHAR, UNSIGNED, "feature"),
	FIELD(CHAR, UNSIGNED, "sector_count"),
	FIELDS_END,
};
static const struct show_field drive_answer[] = {
	FIELD(CHAR, HEX, "status"),
	FIELD(CHAR, UNSIGNED, "error"),
	FIELD(CHAR, UNSIGNED, "nsector"),
	FIELDS_END,
};

static void show_drive(struct show *s, uint64_t address)
{
	unsigned char given[4], answer[4];

	if (!address || !show_read(s, address, given, sizeof(given))) {
		value_address(s, address);
		return;
	}
	show_fields(s, drive_given, given, sizeof(given));
	show_at_exit(s);
	if (!show_succeeded(s))
		return;
	value_becomes(s);
	if (!show_read(s, address, answer, sizeof(answer))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	show_fields_within(s, drive_answer, answer, sizeof(answer));
	if (given[3]) {
		value_field(s, "buf");
		device_bytes(s, address + sizeof(answer), (uint64_t)SECTOR * given[3]);
	}
	value_struct_end(s);
}

static const struct device_command disk_commands[] = {
	NAMED_SIZED(HDIO_GET_BUSSTATE, OUT, 8, ENUM, "hdio_busstates"),
	NAMED_SIZED(HDIO_GET_NICE, OUT, 8, FLAGS, "hdio_ide_nice"),
	OTHER(HDIO_DRIVE_CMD, show_drive),
};

const struct device_commands device_disk = DEVICE_COMMANDS(DISK, disk_commands);

static void show_hex_int(struct show *s, const void *data, size_t size)
{
	uint32_t value = 0;

	memcpy(&value, data, size < sizeof(value) ? size : sizeof(value));
	value_hex(s, value);
}

static const struct show_struct structs[] = {
	{ "hex_int", show_hex_int },
	{ NULL, NULL },
};

static const struct show_field geometry_fields[] = {
	FIELD(CHAR, UNSIGNED, "heads"),
	FIELD(CHAR, UNSIGNED, "sectors"),
	FIELD(SHORT, UNSIGNED, "cylinders"),
	FIELD(LONG, UNSIGNED, "start"),
	FIELDS_END,
};

static const struct show_layout layouts[] = {
	{ "hd_geometry", geometry_fields },
	{ NULL, NULL },
};

const struct show_family show_family_disk = { .structs = structs, .layouts = layouts };
