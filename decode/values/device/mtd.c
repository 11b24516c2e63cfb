// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to flash memory: MTD and UBI (mtd/mtd-abi.h, mtd/ubi-user.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/ioctl.h>
#include <linux/types.h>
#include <mtd/mtd-abi.h>
#include <mtd/ubi-user.h>

static const struct show_field info_fields[] = {
	FIELD_NAMED(CHAR, ENUM, "type", "mtd_type_options"),
	FIELD_NAMED(INT, FLAGS, "flags", "mtd_flags_options"),
	FIELD(INT, HEX, "size"),
	FIELD(INT, HEX, "erasesize"),
	FIELD(INT, HEX, "writesize"),
	FIELD(INT, HEX, "oobsize"),
	FIELD(64, HEX, "padding"),
	FIELDS_END,
};

static const struct show_field erase_fields[] = {
	FIELD(INT, HEX, "start"),
	FIELD(INT, HEX, "length"),
	FIELDS_END,
};
static const struct show_field erase64_fields[] = {
	FIELD(64, HEX, "start"),
	FIELD(64, HEX, "length"),
	FIELDS_END,
};

static const struct show_field oob_fields[] = {
	FIELD(INT, HEX, "start"),
	FIELD(INT, HEX, "length"),
	FIELD(LONG, POINTER, "ptr"),
	FIELDS_END,
};
static const struct show_field oob64_fields[] = {
	FIELD(64, HEX, "start"),
	FIELD(INT, NONE, "pad"),
	FIELD(INT, HEX, "length"),
	FIELD(64, POINTER, "usr_ptr"),
	FIELDS_END,
};

static const struct show_field write_fields[] = {
	FIELD(64, HEX, "start"),
	FIELD(64, HEX, "len"),
	FIELD(64, HEX, "ooblen"),
	FIELD(64, POINTER, "usr_data"),
	FIELD(64, POINTER, "usr_oob"),
	FIELD_NAMED(CHAR, ENUM, "mode", "mtd_mode_options"),
	FIELDS_END,
};

static const struct show_field region_given[] = {
	FIELDS_AT(12),
	FIELD(INT, HEX, "regionindex"),
	FIELDS_END,
};
static const struct show_field region_answer[] = {
	FIELD(INT, HEX, "offset"),
	FIELD(INT, HEX, "erasesize"),
	FIELD(INT, HEX, "numblocks"),
	FIELDS_END,
};

static const struct show_field otp_fields[] = {
	FIELD(INT, HEX, "start"),
	FIELD(INT, HEX, "length"),
	FIELD(INT, UNSIGNED, "locked"),
	FIELDS_END,
};

static void show_pairs(struct show *s, const void *data, size_t size)
{
	const unsigned char *at = data;
	uint32_t pair[2];

	value_array(s);
	for (size_t i = 0; i + sizeof(pair) <= size; i += sizeof(pair)) {
		memcpy(pair, at + i, sizeof(pair));
		value_element(s);
		value_array(s);
		for (int k = 0; k < 2; k++) {
			value_element(s);
			value_hex(s, pair[k]);
		}
		value_array_end(s);
	}
	value_array_end(s);
}

static const struct show_field oob_selection_fields[] = {
	FIELD_NAMED(INT, ENUM, "useecc", "mtd_nandecc_options"),
	FIELD(INT, HEX, "eccbytes"),
	FIELD_INNER(INT, "oobfree", 16, show_pairs),
	FIELD_LIST(INT, HEX, "eccpos", 32, NULL),
	FIELDS_END,
};

static const struct show_field free_fields[] = {
	FIELD(INT, HEX, "offset"),
	FIELD(INT, HEX, "length"),
	FIELDS_END,
};

static const struct show_field layout_fields[] = {
	FIELD(INT, HEX, "eccbytes"),
	FIELD_LIST(INT, HEX, "eccpos", MTD_MAX_ECCPOS_ENTRIES, NULL),
	FIELD(INT, HEX, "oobavail"),
	FIELD_LIST_WITHIN(INT, "oobfree", MTD_MAX_OOBFREE_ENTRIES, NULL, free_fields),
	FIELDS_END,
};

static const struct show_field statistics_fields[] = {
	FIELD(INT, HEX, "corrected"),
	FIELD(INT, HEX, "failed"),
	FIELD(INT, HEX, "badblocks"),
	FIELD(INT, HEX, "bbtblocks"),
	FIELDS_END,
};

static const struct device_command mtd_commands[] = {
	FIELDS(MEMGETINFO, OUT, info_fields),
	FIELDS(MEMERASE, IN, erase_fields),
	FIELDS(MEMERASE64, IN, erase64_fields),
	FIELDS(MEMLOCK, IN, erase_fields),
	FIELDS(MEMUNLOCK, IN, erase_fields),
	FIELDS(MEMISLOCKED, IN, erase_fields),
	FIELDS(MEMWRITEOOB, IN, oob_fields),
	FIELDS(MEMREADOOB, IN, oob_fields),
	FIELDS(MEMWRITEOOB64, IN, oob64_fields),
	FIELDS(MEMREADOOB64, IN, oob64_fields),
	FIELDS(MEMWRITE, IN, write_fields),
	NUMBER(MEMGETREGIONCOUNT, OUT, 4, SIGNED),
	ANSWERED(MEMGETREGIONINFO, GROWN, region_given, region_answer),
	FIELDS(MEMGETOOBSEL, OUT, oob_selection_fields),
	NUMBER(MEMGETBADBLOCK, IN, 8, UNSIGNED),
	NUMBER(MEMSETBADBLOCK, IN, 8, UNSIGNED),
	NAMED(OTPSELECT, IN, ENUM, "mtd_otp_options"),
	NUMBER(OTPGETREGIONCOUNT, OUT, 4, UNSIGNED),
	FIELDS(OTPGETREGIONINFO, OUT, otp_fields),
	FIELDS(OTPLOCK, IN, otp_fields),
	FIELDS(ECCGETLAYOUT, OUT, layout_fields),
	FIELDS(ECCGETSTATS, OUT, statistics_fields),
};

const struct device_commands device_mtd = DEVICE_COMMANDS('M', mtd_commands);

/* A name of so many characters, which should have no NUL before. */
static void show_volume_name(struct show *s, const unsigned char *name, int16_t length)
{
	size_t room = length < 0 ? 0 : length > UBI_MAX_VOLUME_NAME ? UBI_MAX_VOLUME_NAME : length;
	size_t found = strnlen((const char *)name, room + 1);

	value_field(s, "name");
	show_bytes(s, name, found > room ? room : found, found > room);
}

static int16_t length_at(const unsigned char *data)
{
	int16_t length;

	memcpy(&length, data, sizeof(length));
	return length;
}

/* The number that the kernel has given is an answer. */
static void show_number_given(struct show *s, uint64_t address, size_t size)
{
	const void *data = device_answer(s, address, size);
	int32_t number;

	if (!data)
		return;
	memcpy(&number, data, sizeof(number));
	value_becomes(s);
	value_pointed(s);
	value_signed(s, number);
	value_pointed_end(s);
}

static const struct show_field attach_fields[] = {
	FIELD(INT, SIGNED, "ubi_num"),
	FIELD(INT, SIGNED, "mtd_num"),
	FIELD(INT, SIGNED, "vid_hdr_offset"),
	FIELD(SHORT, SIGNED, "max_beb_per1024"),
	FIELD(CHAR, SIGNED, "disable_fm"),
	FIELD(CHAR, SIGNED, "need_resv_pool"),
	FIELDS_END,
};

static void show_attach(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct ubi_attach_req);
	const void *data = device_given(s, address, size);

	if (!data) {
		value_address(s, address);
		return;
	}
	show_fields(s, attach_fields, data, size);
	show_number_given(s, address, size);
}

static const struct show_field make_fields[] = {
	FIELD(INT, SIGNED, "vol_id"),
	FIELD(INT, SIGNED, "alignment"),
	FIELD(64, SIGNED, "bytes"),
	FIELD_NAMED(CHAR, ENUM, "vol_type", "ubi_volume_types"),
	FIELD_NAMED(CHAR, FLAGS, "flags", "ubi_volume_flags"),
	FIELD(SHORT, SIGNED, "name_len"),
	FIELDS_END,
};

static void show_make(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct ubi_mkvol_req);
	const unsigned char *data = device_given(s, address, size);

	if (!data) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	show_fields_within(s, make_fields, data, size);
	show_volume_name(s, data + 24, length_at(data + 18));
	value_struct_end(s);
	show_number_given(s, address, size);
}

static const struct show_field rename_fields[] = {
	FIELD(INT, SIGNED, "vol_id"),
	FIELD(SHORT, SIGNED, "name_len"),
	FIELDS_END,
};

enum { RENAMES_AT = 16, RENAME_SIZE = 136, RENAMES_CAPTURED = (4096 - RENAMES_AT) / RENAME_SIZE };

static void show_rename(struct show *s, uint64_t address)
{
	const unsigned char *data = device_given(s, address, RENAMES_AT), *at;
	int32_t count;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&count, data, sizeof(count));
	value_struct(s);
	field_signed(s, "count", count);
	value_field(s, "ents");
	value_array(s);
	for (int32_t i = 0; i < count && i < UBI_MAX_RNVOL; i++) {
		if (i >= RENAMES_CAPTURED) {
			value_more(s);
			break;
		}
		at = data + RENAMES_AT + (size_t)i * RENAME_SIZE;
		value_element(s);
		value_struct(s);
		show_fields_within(s, rename_fields, at, RENAME_SIZE);
		show_volume_name(s, at + 8, length_at(at + 4));
		value_struct_end(s);
	}
	value_array_end(s);
	value_struct_end(s);
}

static const struct show_field resize_fields[] = {
	FIELD(64, SIGNED, "bytes"),
	FIELD(INT, SIGNED, "vol_id"),
	FIELDS_END,
};

static const struct show_field change_fields[] = {
	FIELD(INT, SIGNED, "lnum"),
	FIELD(INT, SIGNED, "bytes"),
	FIELD_NAMED(CHAR, ENUM, "dtype", "ubi_data_types"),
	FIELDS_END,
};

/* More than its number says: it has a row. */
static void show_change(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct ubi_leb_change_req);
	const void *data = device_part(s, address, size);

	if (data)
		show_fields(s, change_fields, data, size);
	else
		value_address(s, address);
}

static const struct show_field map_fields[] = {
	FIELD(INT, SIGNED, "lnum"),
	FIELD_NAMED(CHAR, ENUM, "dtype", "ubi_data_types"),
	FIELDS_END,
};

static const struct show_field property_fields[] = {
	FIELD_NAMED(CHAR, ENUM, "property", "ubi_volume_props"),
	FIELD_MANY(CHAR, NONE, "padding", 7),
	FIELD(64, HEX, "value"),
	FIELDS_END,
};

static const struct device_command ubi_commands[] = {
	OTHER(UBI_IOCMKVOL, show_make),		 NUMBER(UBI_IOCRMVOL, IN, 4, SIGNED),
	FIELDS(UBI_IOCRSVOL, IN, resize_fields), OTHER(UBI_IOCRNVOL, show_rename),
	NUMBER(UBI_IOCRPEB, IN, 4, SIGNED),	 NUMBER(UBI_IOCSPEB, IN, 4, SIGNED),
	OTHER(UBI_IOCATT, show_attach),		 NUMBER(UBI_IOCDET, IN, 4, SIGNED),
};

const struct device_commands device_ubi = DEVICE_COMMANDS(UBI_IOC_MAGIC, ubi_commands);

static const struct device_command volume_commands[] = {
	NUMBER(UBI_IOCVOLUP, IN, 8, SIGNED),
	NUMBER(UBI_IOCEBER, IN, 4, SIGNED),
	OTHER(UBI_IOCEBCH, show_change),
	FIELDS(UBI_IOCEBMAP, IN, map_fields),
	NUMBER(UBI_IOCEBUNMAP, IN, 4, SIGNED),
	NUMBER(UBI_IOCEBISMAP, IN, 4, SIGNED),
	FIELDS(UBI_IOCSETVOLPROP, IN, property_fields),
};

const struct device_commands device_ubi_volume =
	DEVICE_COMMANDS(UBI_VOL_IOC_MAGIC, volume_commands);
