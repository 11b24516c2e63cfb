// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to file systems, block and loop devices, clocks (linux/fs.h, fiemap.h,
 * loop.h, rtc.h). */
#include "decode/values/device/fsctl.h"

#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/loop.h>

static void show_inode_flags(struct show *s, const void *data, size_t size)
{
	uint32_t flags;

	(void)size;
	memcpy(&flags, data, sizeof(flags));
	value_pointed(s);
	show_flags(s, "inode_flags", flags);
	value_pointed_end(s);
}

/* How many extents a file has is an answer only. */
static void show_fsxattr(struct show *s, const void *data, size_t size)
{
	struct fsxattr x;

	(void)size;
	memcpy(&x, data, sizeof(x));
	value_struct(s);
	field_flags(s, "fsx_xflags", "fs_xflags", x.fsx_xflags);
	field_unsigned(s, "fsx_extsize", x.fsx_extsize);
	if (s->exit)
		field_unsigned(s, "fsx_nextents", x.fsx_nextents);
	field_hex(s, "fsx_projid", x.fsx_projid);
	field_unsigned(s, "fsx_cowextsize", x.fsx_cowextsize);
	value_struct_end(s);
}

static void show_extent(struct show *s, const void *data, size_t size)
{
	struct fiemap_extent e;

	(void)size;
	memcpy(&e, data, sizeof(e));
	value_struct(s);
	field_unsigned(s, "fe_logical", e.fe_logical);
	field_unsigned(s, "fe_physical", e.fe_physical);
	field_unsigned(s, "fe_length", e.fe_length);
	field_flags(s, "fe_flags", "fiemap_extent_flags", e.fe_flags);
	value_struct_end(s);
}

static void fiemap_answer(struct show *s, uint64_t address)
{
	struct fiemap map;

	value_becomes(s);
	if (!show_read(s, address, &map, sizeof(map))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_flags(s, "fm_flags", "fiemap_flags", map.fm_flags);
	field_unsigned(s, "fm_mapped_extents", map.fm_mapped_extents);
	if (value_full(s)) {
		value_field(s, "fm_extents");
		show_array(s, address + sizeof(map), map.fm_mapped_extents,
			   sizeof(struct fiemap_extent), show_extent);
	} else {
		value_more(s);
	}
	value_struct_end(s);
}

void show_fiemap(struct show *s, uint64_t address)
{
	struct fiemap map;

	if (!show_read(s, address, &map, sizeof(map))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "fm_start", map.fm_start);
	field_unsigned(s, "fm_length", map.fm_length);
	field_flags(s, "fm_flags", "fiemap_flags", map.fm_flags);
	field_unsigned(s, "fm_extent_count", map.fm_extent_count);
	value_struct_end(s);
	show_at_exit(s);
	if (show_succeeded(s))
		fiemap_answer(s, address);
}

static void dedupe_target(struct show *s, const void *data, size_t size)
{
	struct file_dedupe_range_info info;

	(void)size;
	memcpy(&info, data, sizeof(info));
	if (s->exit) {
		value_struct(s);
		field_unsigned(s, "bytes_deduped", info.bytes_deduped);
		field_signed(s, "status", info.status);
		value_struct_end(s);
		return;
	}
	value_struct(s);
	value_field(s, "dest_fd");
	show_fd(s, info.dest_fd);
	field_unsigned(s, "dest_offset", info.dest_offset);
	value_struct_end(s);
}

/* No more than two without -v. */
static void dedupe_targets(struct show *s, uint64_t address, uint16_t count)
{
	struct file_dedupe_range_info info;
	uint16_t most = value_full(s) ? count : 2;

	value_field(s, "info");
	value_array(s);
	for (uint16_t i = 0; i < count; i++, address += sizeof(info)) {
		if (i >= most || !show_read(s, address, &info, sizeof(info))) {
			value_more(s);
			break;
		}
		value_element(s);
		dedupe_target(s, &info, sizeof(info));
	}
	value_array_end(s);
	value_struct_end(s);
}

void show_dedupe(struct show *s, uint64_t address)
{
	struct file_dedupe_range range;
	const uint64_t targets = address + sizeof(range);
	struct file_dedupe_range_info first;
	bool any;

	if (!show_read(s, address, &range, sizeof(range))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "src_offset", range.src_offset);
	field_unsigned(s, "src_length", range.src_length);
	field_unsigned(s, "dest_count", range.dest_count);
	any = range.dest_count && show_read(s, targets, &first, sizeof(first));
	if (any || !range.dest_count) {
		dedupe_targets(s, targets, range.dest_count);
	} else {
		field_address(s, "info", targets);
		value_struct_end(s);
	}
	show_at_exit(s);
	if (!show_succeeded(s) || !any)
		return;
	value_becomes(s);
	value_struct(s);
	dedupe_targets(s, targets, range.dest_count);
}

static void loop_in_full(struct show *s, const struct loop_info64 *l)
{
	value_field(s, "lo_device");
	show_dev(s, l->lo_device);
	field_unsigned(s, "lo_inode", l->lo_inode);
	value_field(s, "lo_rdevice");
	show_dev(s, l->lo_rdevice);
}

static void show_name(struct show *s, const char *field, const unsigned char *name, size_t size)
{
	size_t length = strnlen((const char *)name, size);

	value_field(s, field);
	show_bytes(s, name, length == size ? size - 1 : length, length == size);
}

static void loop_init(struct show *s, const struct loop_info64 *l)
{
	value_field(s, "lo_init");
	value_array(s);
	for (int i = 0; i < 2; i++) {
		value_element(s);
		value_hex(s, l->lo_init[i]);
	}
	value_array_end(s);
}

static void show_loop(struct show *s, const void *data, size_t size)
{
	bool full = value_full(s);
	struct loop_info64 l;
	uint32_t key;

	(void)size;
	memcpy(&l, data, sizeof(l));
	value_struct(s);
	if (full)
		loop_in_full(s, &l);
	field_hex(s, "lo_offset", l.lo_offset);
	if (full)
		field_unsigned(s, "lo_sizelimit", l.lo_sizelimit);
	field_unsigned(s, "lo_number", l.lo_number);
	if (full || l.lo_encrypt_type) {
		field_enum(s, "lo_encrypt_type", "loop_crypt_type_options", l.lo_encrypt_type);
		field_unsigned(s, "lo_encrypt_key_size", l.lo_encrypt_key_size);
	}
	field_flags(s, "lo_flags", "loop_flags_options", l.lo_flags);
	show_name(s, "lo_file_name", l.lo_file_name, sizeof(l.lo_file_name));
	if (full || l.lo_encrypt_type) {
		key = l.lo_encrypt_key_size < LO_KEY_SIZE ? l.lo_encrypt_key_size : LO_KEY_SIZE;
		show_name(s, "lo_crypt_name", l.lo_crypt_name, sizeof(l.lo_crypt_name));
		value_field(s, "lo_encrypt_key");
		show_bytes(s, l.lo_encrypt_key, key, false);
	}
	if (full)
		loop_init(s, &l);
	else
		value_more(s);
	value_struct_end(s);
}

static const struct show_field old_loop_end[] = {
	FIELDS_AT(144),
	FIELD_MANY(LONG, ARRAY, "lo_init", 2),
	FIELD_MANY(CHAR, ARRAY, "reserved", 4),
	FIELDS_END,
};

static void show_old_loop(struct show *s, uint64_t address)
{
	const bool asks = (uint32_t)s->call->arg[1] == LOOP_GET_STATUS, full = value_full(s);
	struct loop_info l;
	uint32_t key;

	if (asks)
		show_at_exit(s);
	if (!address || (asks && !show_succeeded(s)) || !show_read(s, address, &l, sizeof(l))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_signed(s, "lo_number", l.lo_number);
	if (full) {
		value_field(s, "lo_device");
		show_dev(s, l.lo_device);
		field_unsigned(s, "lo_inode", l.lo_inode);
		value_field(s, "lo_rdevice");
		show_dev(s, l.lo_rdevice);
	}
	field_hex(s, "lo_offset", (uint32_t)l.lo_offset);
	if (full || l.lo_encrypt_type) {
		field_enum(s, "lo_encrypt_type", "loop_crypt_type_options",
			   (uint32_t)l.lo_encrypt_type);
		field_unsigned(s, "lo_encrypt_key_size", (uint32_t)l.lo_encrypt_key_size);
	}
	field_flags(s, "lo_flags", "loop_flags_options", (uint32_t)l.lo_flags);
	show_name(s, "lo_name", (unsigned char *)l.lo_name, sizeof(l.lo_name));
	if (full || l.lo_encrypt_type) {
		key = (uint32_t)l.lo_encrypt_key_size;
		value_field(s, "lo_encrypt_key");
		show_bytes(s, l.lo_encrypt_key, key < LO_KEY_SIZE ? key : LO_KEY_SIZE, false);
	}
	if (full)
		show_fields_within(s, old_loop_end, &l, sizeof(l));
	else
		value_more(s);
	value_struct_end(s);
}

/* A length before the bytes, of which 16 are there. */
static void show_file_system_id(struct show *s, uint64_t address)
{
	const unsigned char *data = device_answer(s, address, 17);

	if (!data) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "len", *data);
	value_field(s, "uuid");
	value_hex_bytes(s, data + 1, *data < 16 ? *data : 16, *data < 16 ? *data : 16);
	value_struct_end(s);
}

static void show_file_system_path(struct show *s, uint64_t address)
{
	const unsigned char *data = device_answer(s, address, 129);
	size_t length;

	if (!data) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "len", *data);
	value_field(s, "name");
	length = strnlen((const char *)data + 1, *data < 127 ? *data : 127);
	show_bytes(s, data + 1, length, data[1 + length] != 0);
	value_struct_end(s);
}

static const struct show_field protection_fields[] = {
	FIELD_NAMED(INT, FLAGS, "lbmd_flags", "lbmd_flags"),
	FIELD(SHORT, UNSIGNED, "lbmd_interval"),
	FIELD(CHAR, UNSIGNED, "lbmd_size"),
	FIELD(CHAR, UNSIGNED, "lbmd_opaque_size"),
	FIELD(CHAR, UNSIGNED, "lbmd_opaque_offset"),
	FIELD(CHAR, UNSIGNED, "lbmd_pi_size"),
	FIELD(CHAR, UNSIGNED, "lbmd_pi_offset"),
	FIELD_NAMED(CHAR, ENUM, "lbmd_guard_tag_type", "lbmd_checksums"),
	FIELD(CHAR, UNSIGNED, "lbmd_app_tag_size"),
	FIELD(CHAR, UNSIGNED, "lbmd_ref_tag_size"),
	FIELD(CHAR, UNSIGNED, "lbmd_storage_tag_size"),
	FIELDS_END,
};

/* Labels are shown whole. */
static void show_label(struct show *s, uint64_t address)
{
	const void *data = (uint32_t)s->call->arg[1] == FS_IOC_SETFSLABEL
				   ? device_given(s, address, FSLABEL_MAX)
				   : device_answer(s, address, FSLABEL_MAX);
	size_t length;

	if (!data) {
		value_address(s, address);
		return;
	}
	length = strnlen(data, FSLABEL_MAX - 1);
	show_bytes(s, data, length, length == FSLABEL_MAX - 1);
}

/* Newer than the headers may be (linux/fs.h 6.10, 6.17). */
#define GET_ID	       _IOR(0x15, 0, unsigned char[17])
#define GET_PATH       _IOR(0x15, 1, unsigned char[129])
#define GET_PROTECTION _IOWR(0x15, 2, uint64_t[2])
#define SHUTDOWN       _IOR('X', 125, uint32_t)

static const struct device_command file_commands[] = {
	OTHER(LOOP_SET_STATUS, show_old_loop),
	OTHER(LOOP_GET_STATUS, show_old_loop),
	OTHER(GET_ID, show_file_system_id),
	OTHER(GET_PATH, show_file_system_path),
	FIELDS(GET_PROTECTION, OUT, protection_fields),
	NAMED(SHUTDOWN, IN, ENUM, "fs_shutdown_flags"),
	OTHER(FS_IOC_GETFSLABEL, show_label),
	OTHER(FS_IOC_SETFSLABEL, show_label),
};

const struct device_commands device_file = DEVICE_COMMANDS(ANY_TYPE, file_commands);

static const struct show_field loop_config_fields[] = {
	FIELD(INT, FD, "fd"),
	FIELD(INT, UNSIGNED, "block_size"),
	FIELD_INNER(64, "info", sizeof(struct loop_info64) / 8, show_loop),
	FIELD_RESERVED(64, "__reserved", 8),
	FIELDS_END,
};

static const struct show_field trim_fields[] = {
	FIELD(64, HEX, "start"),
	FIELD(64, UNSIGNED, "len"),
	FIELD(64, UNSIGNED, "minlen"),
	FIELDS_END,
};

static const struct show_field clone_fields[] = {
	FIELD(64, FD, "src_fd"),
	FIELD(64, UNSIGNED, "src_offset"),
	FIELD(64, UNSIGNED, "src_length"),
	FIELD(64, UNSIGNED, "dest_offset"),
	FIELDS_END,
};

static const struct show_field rtc_fields[] = {
	FIELD(INT, SIGNED, "tm_sec"),
	FIELD(INT, SIGNED, "tm_min"),
	FIELD(INT, SIGNED, "tm_hour"),
	FIELD(INT, SIGNED, "tm_mday"),
	FIELD(INT, SIGNED, "tm_mon"),
	FIELD(INT, SIGNED, "tm_year"),
	FIELDS_MORE,
	FIELD(INT, SIGNED, "tm_wday"),
	FIELD(INT, SIGNED, "tm_yday"),
	FIELD(INT, SIGNED, "tm_isdst"),
	FIELDS_END,
};

static void show_rtc_time(struct show *s, const void *data, size_t size)
{
	show_fields(s, rtc_fields, data, size);
}

static const struct show_field alarm_fields[] = {
	FIELD(CHAR, UNSIGNED, "enabled"),
	FIELD(CHAR, UNSIGNED, "pending"),
	FIELD_INNER(INT, "time", 9, show_rtc_time),
	FIELDS_END,
};

static const struct show_struct structs[] = {
	{ "inode_flags", show_inode_flags },
	{ "fsxattr", show_fsxattr },
	{ "loop_info64", show_loop },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "loop_config", loop_config_fields }, { "fstrim_range", trim_fields },
	{ "file_clone_range", clone_fields },  { "rtc_time", rtc_fields },
	{ "rtc_wkalrm", alarm_fields },	       { NULL, NULL },
};

const struct show_family show_family_fsctl = { .structs = structs, .layouts = layouts };
