// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to btrfs of the whole file system and its devices (linux/btrfs.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/btrfs.h>
#include <stddef.h>

static void show_device_number(struct show *s, const void *data, size_t size)
{
	uint64_t device;

	memcpy(&device, data, size);
	show_dev(s, device);
}

/* Seconds since 1970. */
static void show_seconds(struct show *s, const void *data, size_t size)
{
	uint64_t seconds;

	memcpy(&seconds, data, size);
	value_unsigned(s, seconds);
	show_date(s, (int64_t)seconds, 0, 0);
}

#define DEVICE(name_) FIELD_INNER(64, name_, 1, show_device_number)
#define UUID(name_)   FIELD_INNER(CHAR, name_, 16, device_uuid)
#define UUID_UNLESS_0(name_)                                                                       \
	{                                                                                          \
		.type = FIELD_CHAR, .form = FORM_OTHER, .name = (name_), .count = 16,              \
		.unless_0 = true, .print = device_uuid                                             \
	}

static const struct show_field scrub_given[] = {
	DEVICE("devid"),
	FIELD(64, UNSIGNED, "start"),
	FIELD(64, MOST, "end"),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_scrub_flags"),
	FIELDS_END,
};
static const struct show_field scrub_device[] = { DEVICE("devid"), FIELDS_END };

static const struct show_field progress_fields[] = {
	FIELD(64, UNSIGNED, "data_extents_scrubbed"), FIELD(64, UNSIGNED, "tree_extents_scrubbed"),
	FIELD(64, UNSIGNED, "data_bytes_scrubbed"),   FIELD(64, UNSIGNED, "tree_bytes_scrubbed"),
	FIELD(64, UNSIGNED, "read_errors"),	      FIELD(64, UNSIGNED, "csum_errors"),
	FIELD(64, UNSIGNED, "verify_errors"),	      FIELD(64, UNSIGNED, "no_csum"),
	FIELD(64, UNSIGNED, "csum_discards"),	      FIELD(64, UNSIGNED, "super_errors"),
	FIELD(64, UNSIGNED, "malloc_errors"),	      FIELD(64, UNSIGNED, "uncorrectable_errors"),
	FIELD(64, UNSIGNED, "corrected_errors"),      FIELD(64, UNSIGNED, "last_physical"),
	FIELD(64, UNSIGNED, "unverified_errors"),     FIELDS_END,
};
static const struct show_field scrub_answer[] = {
	FIELDS_AT(32),
	FIELD_WITHIN(64, "progress", progress_fields),
	FIELDS_END,
};

/* None of these has a name yet. */
static void show_compatible(struct show *s, const void *data, size_t size)
{
	uint64_t flags;

	memcpy(&flags, data, size);
	value_constant(s, flags, BASE_HEX, NULL, flags ? "BTRFS_FEATURE_COMPAT_???" : NULL);
}

static const struct show_field features_fields[] = {
	FIELD_INNER(64, "compat_flags", 1, show_compatible),
	FIELD_NAMED(64, FLAGS, "compat_ro_flags", "btrfs_features_compat_ro"),
	FIELD_NAMED(64, FLAGS, "incompat_flags", "btrfs_features_incompat"),
	FIELDS_END,
};

static const struct show_field device_given_fields[] = {
	DEVICE("devid"),
	UUID_UNLESS_0("uuid"),
	FIELDS_END,
};
static const struct show_field device_answer_fields[] = {
	FIELDS_AT(8),
	UUID_UNLESS_0("uuid"),
	FIELD(64, UNSIGNED, "bytes_used"),
	FIELD(64, UNSIGNED, "total_bytes"),
	FIELDS_AT(3072),
	FIELD_MANY(CHAR, TEXT, "path", BTRFS_DEVICE_PATH_NAME_MAX),
	FIELDS_END,
};

static const struct show_field replace_start_fields[] = {
	DEVICE("srcdevid"),
	FIELD_NAMED(64, ENUM, "cont_reading_from_srcdev_mode",
		    "btrfs_cont_reading_from_srcdev_mode"),
	FIELD_MANY(CHAR, TEXT, "srcdev_name", BTRFS_DEVICE_PATH_NAME_MAX + 1),
	FIELD_MANY(CHAR, TEXT, "tgtdev_name", BTRFS_DEVICE_PATH_NAME_MAX + 1),
	FIELDS_END,
};

/* Thousandths. */
static void show_progress(struct show *s, const void *data, size_t size)
{
	uint64_t progress;

	memcpy(&progress, data, size);
	value_unsigned(s, progress);
	value_remarkf(s, "%llu.%llu%%", (unsigned long long)progress / 10,
		      (unsigned long long)progress % 10);
}

static const struct show_field replace_status_fields[] = {
	FIELD_NAMED(64, ENUM, "replace_state", "btrfs_dev_replace_state"),
	FIELD_INNER(64, "progress_1000", 1, show_progress),
	FIELD_INNER(64, "time_started", 1, show_seconds),
	FIELD_INNER(64, "time_stopped", 1, show_seconds),
	FIELD(64, UNSIGNED, "num_write_errors"),
	FIELD(64, UNSIGNED, "num_uncorrectable_read_errors"),
	FIELDS_END,
};

enum { REPLACE_PARAMETERS = 16 };

static void show_replace(struct show *s, uint64_t address)
{
	size_t size = sizeof(struct btrfs_ioctl_dev_replace_args);
	const unsigned char *data = device_given(s, address, size);
	uint64_t word[2];

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(word, data, sizeof(word));
	value_struct(s);
	field_enum(s, "cmd", "btrfs_dev_replace_cmds", word[0]);
	if (word[0] == BTRFS_IOCTL_DEV_REPLACE_CMD_START) {
		value_field(s, "start");
		show_fields(s, replace_start_fields, data + REPLACE_PARAMETERS,
			    size - REPLACE_PARAMETERS);
	}
	value_struct_end(s);
	data = device_answer(s, address, size);
	if (!data)
		return;
	memcpy(word, data, sizeof(word));
	value_becomes(s);
	value_struct(s);
	field_enum(s, "result", "btrfs_dev_replace_results", word[1]);
	if (word[0] == BTRFS_IOCTL_DEV_REPLACE_CMD_STATUS) {
		value_field(s, "status");
		show_fields(s, replace_status_fields, data + REPLACE_PARAMETERS,
			    size - REPLACE_PARAMETERS);
	}
	value_struct_end(s);
}

static const struct show_field stats_given[] = {
	DEVICE("devid"),
	FIELD(64, UNSIGNED, "nr_items"),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_dev_stats_flags"),
	FIELDS_END,
};
static const struct show_field stats_head[] = {
	FIELDS_AT(8),
	FIELD(64, UNSIGNED, "nr_items"),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_dev_stats_flags"),
	FIELDS_END,
};

static void show_stats(struct show *s, uint64_t address)
{
	struct btrfs_ioctl_get_dev_stats stats;
	const void *data = device_given(s, address, sizeof(stats));

	if (!data) {
		value_address(s, address);
		return;
	}
	show_fields(s, stats_given, data, sizeof(stats));
	data = device_answer(s, address, sizeof(stats));
	if (!data)
		return;
	memcpy(&stats, data, sizeof(stats));
	value_becomes(s);
	value_struct(s);
	show_fields_within(s, stats_head, data, sizeof(stats));
	value_unnamed(s, "values");
	value_array(s);
	for (uint64_t i = 0; i < stats.nr_items; i++) {
		if (i >= BTRFS_DEV_STAT_VALUES_MAX) {
			value_more(s);
			break;
		}
		value_element(s);
		value_begin(s, GROUP_INDEX);
		show_enum(s, "btrfs_dev_stats_values", i);
		value_end(s, GROUP_INDEX);
		value_unsigned(s, stats.values[i]);
	}
	value_array_end(s);
	value_struct_end(s);
}

static const struct show_field balance_fields[] = {
	FIELD_NAMED(64, FLAGS, "profiles", "btrfs_space_info_flags"),
	FIELD(64, MOST, "usage"),
	DEVICE("devid"),
	FIELD(64, MOST, "pstart"),
	FIELD(64, MOST, "pend"),
	FIELD(64, MOST, "vstart"),
	FIELD(64, MOST, "vend"),
	FIELD(64, MOST, "target"),
	FIELD_NAMED(64, FLAGS, "flags", "btrfs_balance_args"),
	FIELDS_END,
};

/* What is balanced: which parts it is the flags say. */
static void balance_data(struct show *s, const void *data, bool answer)
{
	static const struct {
		uint64_t flag;
		const char *name;
		size_t at;
	} parts[] = {
		{ BTRFS_BALANCE_DATA, "data", offsetof(struct btrfs_ioctl_balance_args, data) },
		{ BTRFS_BALANCE_METADATA, "meta", offsetof(struct btrfs_ioctl_balance_args, meta) },
		{ BTRFS_BALANCE_SYSTEM, "sys", offsetof(struct btrfs_ioctl_balance_args, sys) },
	};
	const unsigned char *bytes = data;
	uint64_t word[2];

	memcpy(word, data, sizeof(word));
	value_struct(s);
	field_flags(s, "flags", "btrfs_balance_flags", word[0]);
	if (answer)
		field_flags(s, "state", "btrfs_balance_state", word[1]);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!(word[0] & parts[i].flag))
			continue;
		value_field(s, parts[i].name);
		show_fields(s, balance_fields, bytes + parts[i].at,
			    sizeof(struct btrfs_balance_args));
	}
	value_struct_end(s);
}

static void balance_or_address(struct show *s, uint64_t address, const void *data, bool answer)
{
	if (data)
		balance_data(s, data, answer);
	else
		value_address(s, address);
}

static void show_balance(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct btrfs_ioctl_balance_args);
	const void *data;

	balance_or_address(s, address, device_given(s, address, size), false);
	data = device_answer(s, address, size);
	if (!show_succeeded(s))
		return;
	value_becomes(s);
	balance_or_address(s, address, data, true);
}

static void show_balance_progress(struct show *s, uint64_t address)
{
	const size_t size = sizeof(struct btrfs_ioctl_balance_args);

	balance_or_address(s, address, device_answer(s, address, size), true);
}

/* Sets of features: what each is for stands behind it where they are answers. */
static void show_features(struct show *s, uint64_t address)
{
	static const char *const remarks[] = { "supported", "safe to set", "safe to clear" };
	const uint32_t command = s->call->arg[1];
	const size_t size = _IOC_SIZE(command), each = sizeof(struct btrfs_ioctl_feature_flags);
	const bool answer = _IOC_DIR(command) == _IOC_READ;
	const unsigned char *data =
		answer ? device_answer(s, address, size) : device_given(s, address, size);

	if (!data) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (size_t i = 0; i < size / each; i++) {
		value_element(s);
		show_fields(s, features_fields, data + i * each, each);
		if (answer && i < sizeof(remarks) / sizeof(*remarks))
			value_remark(s, remarks[i]);
	}
	value_array_end(s);
}

static const struct show_field file_system_fields[] = {
	FIELD(64, UNSIGNED, "max_id"),
	FIELD(64, UNSIGNED, "num_devices"),
	UUID("fsid"),
	FIELD(INT, UNSIGNED, "nodesize"),
	FIELD(INT, UNSIGNED, "sectorsize"),
	FIELD(INT, UNSIGNED, "clone_alignment"),
	FIELDS_END,
};

/* What the flags do not announce is not there. */
static void show_file_system(struct show *s, uint64_t address)
{
	const unsigned char *data = device_answer(s, address, 1024);
	uint64_t word[2];
	uint16_t sum[2];

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(sum, data + 44, sizeof(sum));
	memcpy(word, data + 48, sizeof(word));
	value_struct(s);
	show_fields_within(s, file_system_fields, data, 1024);
	if (word[0] & BTRFS_FS_INFO_FLAG_CSUM_INFO) {
		field_enum(s, "csum_type", "btrfs_csum_types", sum[0]);
		field_unsigned(s, "csum_size", sum[1]);
	}
	field_flags(s, "flags", "btrfs_fs_info_flags", word[0]);
	if (word[0] & BTRFS_FS_INFO_FLAG_GENERATION)
		field_unsigned(s, "generation", word[1]);
	if (word[0] & BTRFS_FS_INFO_FLAG_METADATA_UUID) {
		value_field(s, "metadata_uuid");
		device_uuid(s, data + 64, 16);
	}
	value_struct_end(s);
}

static const struct device_command commands[] = {
	OTHER(BTRFS_IOC_BALANCE_V2, show_balance),
	NAMED_VALUE(BTRFS_IOC_BALANCE_CTL, 4, ENUM, "btrfs_balance_ctl_cmds"),
	OTHER(BTRFS_IOC_BALANCE_PROGRESS, show_balance_progress),
	ANSWERED(BTRFS_IOC_DEV_INFO, CHANGED, device_given_fields, device_answer_fields),
	OTHER(BTRFS_IOC_DEV_REPLACE, show_replace),
	OTHER(BTRFS_IOC_FS_INFO, show_file_system),
	OTHER(BTRFS_IOC_GET_DEV_STATS, show_stats),
	FIELDS(BTRFS_IOC_GET_FEATURES, OUT, features_fields),
	OTHER(BTRFS_IOC_SET_FEATURES, show_features),
	OTHER(BTRFS_IOC_GET_SUPPORTED_FEATURES, show_features),
	ANSWERED(BTRFS_IOC_SCRUB, CHANGED, scrub_given, scrub_answer),
	ANSWERED(BTRFS_IOC_SCRUB_PROGRESS, CHANGED, scrub_device, scrub_answer),
};

const struct device_commands device_btrfs = DEVICE_COMMANDS(BTRFS_IOCTL_MAGIC, commands);
