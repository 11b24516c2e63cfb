// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to file systems, block and loop devices, clocks (linux/fs.h, fiemap.h,
 * loop.h, rtc.h). */
#include "decode/show_fsctl.h"

#include "decode/show_fields.h"

#include "format/flags.h"

#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/loop.h>

static void show_inode_flags(struct show *s, const void *data, size_t size)
{
	uint32_t flags;

	(void)size;
	memcpy(&flags, data, sizeof(flags));
	text_char(s->out, '[');
	show_flags(s, "inode_flags", flags);
	text_char(s->out, ']');
}

/* How many extents a file has is an answer only. */
static void show_fsxattr(struct show *s, const void *data, size_t size)
{
	struct fsxattr x;

	(void)size;
	memcpy(&x, data, sizeof(x));
	show_put(s, "{fsx_xflags=");
	show_flags(s, "fs_xflags", x.fsx_xflags);
	show_printf(s, ", fsx_extsize=%u", x.fsx_extsize);
	if (s->exit)
		show_printf(s, ", fsx_nextents=%u", x.fsx_nextents);
	show_printf(s, ", fsx_projid=%#x, fsx_cowextsize=%u}", x.fsx_projid, x.fsx_cowextsize);
}

static void show_extent(struct show *s, const void *data, size_t size)
{
	struct fiemap_extent e;

	(void)size;
	memcpy(&e, data, sizeof(e));
	show_printf(s,
		    "{fe_logical=%llu, fe_physical=%llu, fe_length=%llu, fe_flags=", e.fe_logical,
		    e.fe_physical, e.fe_length);
	show_flags(s, "fiemap_extent_flags", e.fe_flags);
	text_char(s->out, '}');
}

static void fiemap_answer(struct show *s, uint64_t address)
{
	struct fiemap map;

	show_put(s, " => ");
	if (!show_read(s, address, &map, sizeof(map))) {
		show_address(s, address);
		return;
	}
	show_put(s, "{fm_flags=");
	show_flags(s, "fiemap_flags", map.fm_flags);
	show_printf(s, ", fm_mapped_extents=%u", map.fm_mapped_extents);
	if (s->options->verbose) {
		show_put(s, ", fm_extents=");
		show_array(s, address + sizeof(map), map.fm_mapped_extents,
			   sizeof(struct fiemap_extent), show_extent);
	} else {
		show_put(s, ", ...");
	}
	text_char(s->out, '}');
}

void show_fiemap(struct show *s, uint64_t address)
{
	struct fiemap map;

	if (!show_read(s, address, &map, sizeof(map))) {
		show_address(s, address);
		return;
	}
	show_printf(s, "{fm_start=%llu, fm_length=%llu, fm_flags=", map.fm_start, map.fm_length);
	show_flags(s, "fiemap_flags", map.fm_flags);
	show_printf(s, ", fm_extent_count=%u}", map.fm_extent_count);
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
		show_printf(s, "{bytes_deduped=%llu, status=%d}", info.bytes_deduped, info.status);
		return;
	}
	show_put(s, "{dest_fd=");
	show_fd(s, info.dest_fd);
	show_printf(s, ", dest_offset=%llu}", info.dest_offset);
}

/* No more than two without -v. */
static void dedupe_targets(struct show *s, uint64_t address, uint16_t count)
{
	struct file_dedupe_range_info info;
	uint16_t most = s->options->verbose ? count : 2;

	show_put(s, "info=[");
	for (uint16_t i = 0; i < count; i++, address += sizeof(info)) {
		if (i)
			show_comma(s);
		if (i >= most || !show_read(s, address, &info, sizeof(info))) {
			show_put(s, "...");
			break;
		}
		dedupe_target(s, &info, sizeof(info));
	}
	show_put(s, "]}");
}

void show_dedupe(struct show *s, uint64_t address)
{
	struct file_dedupe_range range;

	if (!show_read(s, address, &range, sizeof(range))) {
		show_address(s, address);
		return;
	}
	show_printf(s, "{src_offset=%llu, src_length=%llu, dest_count=%u, ", range.src_offset,
		    range.src_length, range.dest_count);
	dedupe_targets(s, address + sizeof(range), range.dest_count);
	show_at_exit(s);
	if (!show_succeeded(s))
		return;
	show_put(s, " => {");
	dedupe_targets(s, address + sizeof(range), range.dest_count);
}

static void loop_in_full(struct show *s, const struct loop_info64 *l)
{
	show_put(s, "lo_device=");
	show_dev(s, l->lo_device);
	show_printf(s, ", lo_inode=%llu, lo_rdevice=", l->lo_inode);
	show_dev(s, l->lo_rdevice);
	show_comma(s);
}

static void show_name(struct show *s, const char *field, const unsigned char *name, size_t size)
{
	size_t length = strnlen((const char *)name, size);

	show_put(s, field);
	show_bytes(s, name, length == size ? size - 1 : length, length == size);
}

static void show_loop(struct show *s, const void *data, size_t size)
{
	bool full = s->options->verbose;
	struct loop_info64 l;
	uint32_t key;

	(void)size;
	memcpy(&l, data, sizeof(l));
	text_char(s->out, '{');
	if (full)
		loop_in_full(s, &l);
	show_printf(s, "lo_offset=%#llx, ", l.lo_offset);
	if (full)
		show_printf(s, "lo_sizelimit=%llu, ", l.lo_sizelimit);
	show_printf(s, "lo_number=%u", l.lo_number);
	if (full || l.lo_encrypt_type) {
		show_put(s, ", lo_encrypt_type=");
		show_enum(s, "loop_crypt_type_options", l.lo_encrypt_type);
		show_printf(s, ", lo_encrypt_key_size=%u", l.lo_encrypt_key_size);
	}
	show_put(s, ", lo_flags=");
	show_flags(s, "loop_flags_options", l.lo_flags);
	show_name(s, ", lo_file_name=", l.lo_file_name, sizeof(l.lo_file_name));
	if (full || l.lo_encrypt_type) {
		key = l.lo_encrypt_key_size < LO_KEY_SIZE ? l.lo_encrypt_key_size : LO_KEY_SIZE;
		show_name(s, ", lo_crypt_name=", l.lo_crypt_name, sizeof(l.lo_crypt_name));
		show_put(s, ", lo_encrypt_key=");
		show_bytes(s, l.lo_encrypt_key, key, false);
	}
	if (full)
		show_printf(s, ", lo_init=[%#llx, %#llx]}", l.lo_init[0], l.lo_init[1]);
	else
		show_put(s, ", ...}");
}

static const struct show_field loop_config_fields[] = {
	FIELD(INT, FD, "fd"),
	FIELD(INT, UNSIGNED, "block_size"),
	FIELD_INNER(64, "info", sizeof(struct loop_info64) / 8, show_loop),
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
