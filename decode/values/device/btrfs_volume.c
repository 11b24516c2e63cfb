// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to btrfs of subvolumes, quotas, and what is in them (linux/btrfs.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/btrfs.h>

#define UUID(name_) FIELD_INNER(CHAR, name_, 16, device_uuid)

/* Those without a name are decimal. */
static void show_named(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);

	value_constant(s, value, BASE_UNSIGNED, t ? flag_name(t, value) : NULL, NULL);
}

static void show_object(struct show *s, const void *data, size_t size)
{
	uint64_t object;

	memcpy(&object, data, size);
	show_named(s, "btrfs_tree_objectids", object);
}

static void show_key_type(struct show *s, const void *data, size_t size)
{
	uint32_t type;

	memcpy(&type, data, size);
	show_named(s, "btrfs_key_types", type);
}

#define OBJECT(name_)	FIELD_INNER(64, name_, 1, show_object)
#define KEY_TYPE(name_) FIELD_INNER(INT, name_, 1, show_key_type)

/* A subvolume or device by name: as far as there is a NUL. */
static const struct show_field volume_fields[] = {
	FIELD(64, FD, "fd"),
	FIELD_MANY(CHAR, TEXT, "name", BTRFS_PATH_NAME_MAX + 1),
	FIELDS_END,
};

static const struct show_field quota_create_fields[] = {
	FIELD(64, UNSIGNED, "create"),
	FIELD(64, UNSIGNED, "qgroupid"),
	FIELDS_END,
};

static const struct show_field quota_assign_fields[] = {
	FIELD(64, UNSIGNED, "assign"),
	FIELD(64, UNSIGNED, "src"),
	FIELD(64, UNSIGNED, "dst"),
	FIELDS_END,
};

static const struct show_field quota_limits_fields[] = {
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_qgroup_limit_flags"),
	FIELD(64, UNSIGNED, "max_rfer"),
	FIELD(64, UNSIGNED, "max_excl"),
	FIELD(64, UNSIGNED, "rsv_rfer"),
	FIELD(64, UNSIGNED, "rsv_excl"),
	FIELDS_END,
};

static const struct show_field quota_limit_fields[] = {
	FIELD(64, UNSIGNED, "qgroupid"),
	FIELD_WITHIN(64, "lim", quota_limits_fields),
	FIELDS_END,
};

static const struct show_field quota_control_fields[] = {
	FIELD_NAMED(64, ENUM, "cmd", "btrfs_qgroup_ctl_cmds"),
	FIELDS_END,
};

static const struct show_field rescan_fields[] = { FIELD(64, UNSIGNED, "flags"), FIELDS_END };
static const struct show_field rescan_status_fields[] = {
	FIELD(64, UNSIGNED, "flags"),
	OBJECT("progress"),
	FIELDS_END,
};

static const struct show_field defrag_fields[] = {
	FIELD(64, UNSIGNED, "start"),
	FIELD(64, MOST, "len"),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_defrag_flags"),
	FIELD(INT, UNSIGNED, "extent_thresh"),
	FIELD_NAMED(INT, ENUM, "compress_type", "btrfs_compress_types"),
	FIELD_MANY(INT, NONE, "unused", 4),
	FIELDS_END,
};

static const struct show_field send_fields[] = {
	FIELD(64, FD, "send_fd"),
	FIELD(64, UNSIGNED, "clone_sources_count"),
	FIELD(64, POINTER, "clone_sources"),
	OBJECT("parent_root"),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_send_flags"),
	FIELDS_END,
};

static const struct show_field inode_given[] = {
	FIELD(64, UNSIGNED, "inum"),
	FIELD(64, UNSIGNED, "size"),
	FIELD_MANY(64, NONE, "reserved", 4),
	FIELD(64, POINTER, "fspath"),
	FIELDS_END,
};
static const struct show_field inode_answer[] = {
	FIELDS_AT(48),
	FIELD(64, POINTER, "fspath"),
	FIELDS_END,
};

static const struct show_field logical_given[] = {
	FIELD(64, UNSIGNED, "logical"),
	FIELD(64, UNSIGNED, "size"),
	FIELD_RESERVED(64, "reserved", 3),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_logical_ino_args_flags"),
	FIELD(64, POINTER, "inodes"),
	FIELDS_END,
};
static const struct show_field logical_answer[] = {
	FIELDS_AT(48),
	FIELD(64, POINTER, "inodes"),
	FIELDS_END,
};

/* The spaces themselves are behind what is captured; nobody wants them who gives no room. */
static void show_spaces(struct show *s, uint64_t address)
{
	const void *data = device_given(s, address, sizeof(uint64_t[2]));
	uint64_t word[2];

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(word, data, sizeof(word));
	value_struct(s);
	field_unsigned(s, "space_slots", word[0]);
	value_struct_end(s);
	data = device_answer(s, address, sizeof(word));
	if (!data)
		return;
	memcpy(word, data, sizeof(word));
	value_becomes(s);
	value_struct(s);
	field_unsigned(s, "total_spaces", word[1]);
	if (word[0] || !word[1])
		value_more(s);
	value_struct_end(s);
}

static const struct show_field time_fields[] = {
	FIELD(64, UNSIGNED, "sec"),
	FIELD(INT, UNSIGNED, "nsec"),
	FIELDS_END,
};

static void show_time(struct show *s, const void *data, size_t size)
{
	device_time(s, time_fields, data, size);
}

static const struct show_field received_given[] = {
	UUID("uuid"),
	FIELD(64, UNSIGNED, "stransid"),
	FIELDS_AT(32),
	FIELD_INNER(64, "stime", 2, show_time),
	FIELDS_AT(64),
	FIELD(64, UNSIGNED, "flags"),
	FIELD_MANY(64, NONE, "reserved", 16),
	FIELDS_END,
};
static const struct show_field received_answer[] = {
	FIELDS_AT(24), FIELD(64, UNSIGNED, "rtransid"),
	FIELDS_AT(48), FIELD_INNER(64, "rtime", 2, show_time),
	FIELDS_END,
};

static const struct show_field inherit_fields[] = {
	FIELD(64, UNSIGNED, "size"),
	FIELD(64, POINTER, "qgroup_inherit"),
	FIELDS_END,
};
static const struct show_field created_fields[] = {
	FIELDS_AT(8),
	FIELD(64, UNSIGNED, "transid"),
	FIELDS_END,
};
static const struct show_field name_fields[] = {
	FIELDS_AT(56),
	FIELD_MANY(CHAR, TEXT, "name", BTRFS_SUBVOL_NAME_MAX + 1),
	FIELDS_END,
};

static void show_create(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct btrfs_ioctl_vol_args_v2);
	const unsigned char *data = device_given(s, address, size);
	uint64_t word[3];

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(word, data, sizeof(word));
	value_struct(s);
	value_field(s, "fd");
	show_fd(s, word[0]);
	field_flags(s, "flags", "btrfs_snap_flags_v2", word[2]);
	if (word[2] & BTRFS_SUBVOL_QGROUP_INHERIT)
		show_fields_within(s, inherit_fields, data + 24, 16);
	show_fields_within(s, name_fields, data, size);
	value_struct_end(s);
	data = device_answer(s, address, size);
	if (!data)
		return;
	value_becomes(s);
	show_fields(s, created_fields, data, size);
}

static const struct show_field key_fields[] = {
	OBJECT("tree_id"),
	OBJECT("min_objectid"),
	OBJECT("max_objectid"),
	FIELD(64, MOST, "min_offset"),
	FIELD(64, MOST, "max_offset"),
	FIELD(64, MOST, "min_transid"),
	FIELD(64, MOST, "max_transid"),
	KEY_TYPE("min_type"),
	KEY_TYPE("max_type"),
	FIELD(INT, UNSIGNED, "nr_items"),
	FIELDS_END,
};
static const struct show_field found_fields[] = {
	FIELDS_AT(64),
	FIELD(INT, UNSIGNED, "nr_items"),
	FIELDS_END,
};
static const struct show_field item_fields[] = {
	FIELD(64, UNSIGNED, "transid"), OBJECT("objectid"),
	FIELD(64, UNSIGNED, "offset"),	KEY_TYPE("type"),
	FIELD(INT, UNSIGNED, "len"),	FIELDS_END,
};

enum { KEY_SIZE = 104, ITEM_SIZE = 32 };

/* Headers, each before as many bytes as it says. */
static void show_items(struct show *s, const unsigned char *data, size_t size)
{
	uint32_t count, length;
	size_t at = KEY_SIZE;

	memcpy(&count, data + 64, sizeof(count));
	value_field(s, "buf");
	value_array(s);
	for (uint32_t i = 0; i < count; i++) {
		if (at + ITEM_SIZE > size) {
			value_more(s);
			break;
		}
		value_element(s);
		show_fields(s, item_fields, data + at, ITEM_SIZE);
		memcpy(&length, data + at + 28, sizeof(length));
		at += ITEM_SIZE;
		at = length < size ? at + length : size;
	}
	value_array_end(s);
}

static void show_key(struct show *s, const struct show_field *fields, const unsigned char *data,
		     bool second)
{
	uint64_t room;

	value_struct(s);
	value_field(s, "key");
	show_fields(s, fields, data, KEY_SIZE);
	if (second) {
		memcpy(&room, data + KEY_SIZE, sizeof(room));
		field_unsigned(s, "buf_size", room);
	}
}

/* The second form has its items behind what is captured. */
static void show_search(struct show *s, uint64_t address)
{
	const bool second = (uint32_t)s->call->arg[1] == BTRFS_IOC_TREE_SEARCH_V2;
	const size_t head = second ? KEY_SIZE + 8 : KEY_SIZE;
	const unsigned char *data = device_part(s, address, head);
	const void *found;

	if (!data) {
		value_address(s, address);
		return;
	}
	show_key(s, key_fields, data, second);
	value_struct_end(s);
	show_at_exit(s);
	if (!show_succeeded(s) || !(data = device_part(s, address, head)))
		return;
	value_becomes(s);
	show_key(s, found_fields, data, second);
	if (value_full(s) && !second)
		show_items(s, data,
			   show_find(s, address, sizeof(struct btrfs_ioctl_search_args), &found));
	else
		value_more(s);
	value_struct_end(s);
}

static const struct show_field lookup_given[] = {
	OBJECT("treeid"),
	OBJECT("objectid"),
	FIELDS_END,
};
static const struct show_field lookup_tree[] = { OBJECT("treeid"), FIELDS_END };
static const struct show_field lookup_name[] = {
	FIELDS_AT(16),
	FIELD_MANY(CHAR, TEXT, "name", BTRFS_INO_LOOKUP_PATH_MAX),
	FIELDS_END,
};

/* Which tree it was is an answer where none was given. */
static void show_lookup(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct btrfs_ioctl_ino_lookup_args);
	const unsigned char *data = device_given(s, address, size);
	uint64_t tree;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&tree, data, sizeof(tree));
	show_fields(s, lookup_given, data, size);
	data = device_answer(s, address, size);
	if (!data)
		return;
	value_becomes(s);
	value_struct(s);
	if (!tree)
		show_fields_within(s, lookup_tree, data, size);
	show_fields_within(s, lookup_name, data, size);
	value_struct_end(s);
}

static const struct device_command commands[] = {
	FIELDS(BTRFS_IOC_SNAP_CREATE, IN, volume_fields),
	FIELDS(BTRFS_IOC_RESIZE, IN, volume_fields),
	FIELDS(BTRFS_IOC_SCAN_DEV, IN, volume_fields),
	FIELDS(BTRFS_IOC_FORGET_DEV, IN, volume_fields),
	FIELDS(BTRFS_IOC_ADD_DEV, IN, volume_fields),
	FIELDS(BTRFS_IOC_RM_DEV, IN, volume_fields),
	FIELDS(BTRFS_IOC_SUBVOL_CREATE, IN, volume_fields),
	FIELDS(BTRFS_IOC_SNAP_DESTROY, IN, volume_fields),
	FIELDS(BTRFS_IOC_DEVICES_READY, IN, volume_fields),
	OTHER(BTRFS_IOC_SNAP_CREATE_V2, show_create),
	OTHER(BTRFS_IOC_SUBVOL_CREATE_V2, show_create),
	NUMBER(BTRFS_IOC_DEFAULT_SUBVOL, IN, 8, UNSIGNED),
	NUMBER(BTRFS_IOC_WAIT_SYNC, IN, 8, UNSIGNED),
	NUMBER(BTRFS_IOC_START_SYNC, OUT, 8, UNSIGNED),
	BARE(BTRFS_IOC_SUBVOL_GETFLAGS, OUT, 8, FLAGS, "btrfs_snap_flags_v2"),
	BARE(BTRFS_IOC_SUBVOL_SETFLAGS, IN, 8, FLAGS, "btrfs_snap_flags_v2"),
	FIELDS(BTRFS_IOC_DEFRAG_RANGE, IN, defrag_fields),
	OTHER(BTRFS_IOC_INO_LOOKUP, show_lookup),
	ANSWERED(BTRFS_IOC_INO_PATHS, CHANGED, inode_given, inode_answer),
	ANSWERED(BTRFS_IOC_LOGICAL_INO, CHANGED, logical_given, logical_answer),
	FIELDS(BTRFS_IOC_QGROUP_ASSIGN, IN, quota_assign_fields),
	FIELDS(BTRFS_IOC_QGROUP_CREATE, IN, quota_create_fields),
	FIELDS(BTRFS_IOC_QGROUP_LIMIT, OUT, quota_limit_fields),
	FIELDS(BTRFS_IOC_QUOTA_CTL, IN, quota_control_fields),
	FIELDS(BTRFS_IOC_QUOTA_RESCAN, IN, rescan_fields),
	FIELDS(BTRFS_IOC_QUOTA_RESCAN_STATUS, OUT, rescan_status_fields),
	FIELDS(BTRFS_IOC_SEND, IN, send_fields),
	ANSWERED(BTRFS_IOC_SET_RECEIVED_SUBVOL, CHANGED, received_given, received_answer),
	OTHER(BTRFS_IOC_SPACE_INFO, show_spaces),
	OTHER(BTRFS_IOC_TREE_SEARCH, show_search),
	OTHER(BTRFS_IOC_TREE_SEARCH_V2, show_search),
};

const struct device_commands device_btrfs_volume = DEVICE_COMMANDS(BTRFS_IOCTL_MAGIC, commands);
