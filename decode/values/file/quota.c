// SPDX-License-Identifier: GPL-2.0-or-later
/* show: quotas: command and kind in one number, limits of two families of file systems
 * (linux/quota.h, dqblk_xfs.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

enum {
	GET_FORMAT = 0x800004, /* Q_GETFMT */
	XFS_ON = 0x5801,
	XFS_OFF = 0x5802,
	XFS_REMOVE = 0x5806,
};

static void show_part(struct show *s, const char *table, uint32_t value)
{
	value_element(s);
	show_enum(s, table, value);
}

static void show_qcmd(struct show *s, uint32_t command)
{
	if (!value_macro(s, "QCMD", command, BASE_UNSIGNED))
		return;
	show_part(s, "quotacmds", command >> 8);
	show_part(s, "quotatypes", command & 0xff);
	value_macro_end(s);
}

/* Some commands are given or give one word. */
static bool show_word_at(struct show *s, uint32_t command, uint64_t address)
{
	bool format = command == GET_FORMAT;
	uint32_t value;

	if (!format && command != XFS_ON && command != XFS_OFF && command != XFS_REMOVE)
		return false;
	if (format)
		show_at_exit(s);
	if ((format && !show_succeeded(s)) || !show_read(s, address, &value, sizeof(value))) {
		value_address(s, address);
		return true;
	}
	value_pointed(s);
	if (format)
		show_enum(s, "quota_formats", value);
	else
		show_flags(s, command == XFS_REMOVE ? "xfs_dqblk_flags" : "xfs_quota_flags", value);
	value_pointed_end(s);
	return true;
}

static void quotactl_args(struct show *s)
{
	int at = s->call->name[8] == '_'; /* quotactl_fd has the descriptor before it */
	uint32_t command = s->call->arg[at];

	if (at)
		show_argument(s, 0);
	show_argument_name(s, at);
	show_qcmd(s, command);
	for (int i = at + 1; i < s->call->args; i++) {
		if (s->call->desc && s->call->desc->arg[i].kind == DESC_UNUSED)
			continue;
		show_argument_name(s, i);
		if (i < 3 || !show_word_at(s, command >> 8, s->call->arg[i]))
			show_arg(s, i);
	}
}

#define LIMITS                                                                                     \
	FIELD(64, UNSIGNED, "dqb_bhardlimit"), FIELD(64, UNSIGNED, "dqb_bsoftlimit"),              \
		FIELD(64, UNSIGNED, "dqb_curspace"), FIELD(64, UNSIGNED, "dqb_ihardlimit"),        \
		FIELD(64, UNSIGNED, "dqb_isoftlimit"), FIELD(64, UNSIGNED, "dqb_curinodes")

#define LIMIT_TIMES                                                                                \
	FIELD(64, UNSIGNED, "dqb_btime"), FIELD(64, UNSIGNED, "dqb_itime"),                        \
		FIELD_NAMED(INT, FLAGS, "dqb_valid", "if_dqblk_valid")

static const struct show_field limit_fields[] = { LIMITS, FIELDS_MORE, LIMIT_TIMES, FIELDS_END };
static const struct show_field least_fields[] = { LIMITS, FIELDS_END };
static const struct show_field next_fields[] = { LIMITS, LIMIT_TIMES,
						 FIELD(INT, UNSIGNED, "dqb_id"), FIELDS_END };

/* Whose limits they are stands before what -v adds. */
static void show_next(struct show *s, const void *data, size_t size)
{
	uint32_t id;

	if (value_full(s) || size < show_size(s, "if_nextdqblk")) {
		show_fields(s, next_fields, data, size);
		return;
	}
	memcpy(&id, (const char *)data + 68, sizeof(id));
	show_fields(s, least_fields, data, size);
	value_reopen(s);
	field_unsigned(s, "dqb_id", id);
	value_more(s);
	value_struct_end(s);
}

static const struct show_field info_fields[] = {
	FIELD(64, UNSIGNED, "dqi_bgrace"),
	FIELD(64, UNSIGNED, "dqi_igrace"),
	FIELD_NAMED(INT, FLAGS, "dqi_flags", "if_dqinfo_flags"),
	FIELD_NAMED(INT, FLAGS, "dqi_valid", "quota_xflags"),
	FIELDS_END,
};

static const struct show_field xfs_fields[] = {
	FIELD(CHAR, SIGNED, "d_version"),
	FIELD_NAMED(CHAR, FLAGS, "d_flags", "xfs_dqblk_flags"),
	FIELD(SHORT, HEX, "d_fieldmask"),
	FIELD(INT, UNSIGNED, "d_id"),
	FIELD(64, UNSIGNED, "d_blk_hardlimit"),
	FIELD(64, UNSIGNED, "d_blk_softlimit"),
	FIELD(64, UNSIGNED, "d_ino_hardlimit"),
	FIELD(64, UNSIGNED, "d_ino_softlimit"),
	FIELD(64, UNSIGNED, "d_bcount"),
	FIELD(64, UNSIGNED, "d_icount"),
	FIELDS_MORE,
	FIELD(INT, SIGNED, "d_itimer"),
	FIELD(INT, SIGNED, "d_btimer"),
	FIELD(SHORT, UNSIGNED, "d_iwarns"),
	FIELD(SHORT, UNSIGNED, "d_bwarns"),
	FIELD(INT, NONE, "d_padding2"),
	FIELD(64, UNSIGNED, "d_rtb_hardlimit"),
	FIELD(64, UNSIGNED, "d_rtb_softlimit"),
	FIELD(64, UNSIGNED, "d_rtbcount"),
	FIELD(INT, SIGNED, "d_rtbtimer"),
	FIELD(SHORT, UNSIGNED, "d_rtbwarns"),
	FIELDS_END,
};

static const struct show_field file_fields[] = {
	FIELD(64, UNSIGNED, "qfs_ino"),
	FIELD(64, UNSIGNED, "qfs_nblks"),
	FIELD(INT, UNSIGNED, "qfs_nextents"),
	FIELDS_END,
};

static void show_quota_file(struct show *s, const void *data, size_t size)
{
	show_fields(s, file_fields, data, size);
}

static const struct show_field state_fields[] = {
	FIELD(CHAR, SIGNED, "qs_version"),
	FIELDS_MORE,
	FIELD_NAMED(SHORT, FLAGS, "qs_flags", "xfs_quota_flags"),
	FIELD(CHAR, NONE, "qs_pad"),
	FIELD_INNER(64, "qs_uquota", 3, show_quota_file),
	FIELD_INNER(64, "qs_gquota", 3, show_quota_file),
	FIELD(INT, UNSIGNED, "qs_incoredqs"),
	FIELD(INT, SIGNED, "qs_btimelimit"),
	FIELD(INT, SIGNED, "qs_itimelimit"),
	FIELD(INT, SIGNED, "qs_rtbtimelimit"),
	FIELD(SHORT, UNSIGNED, "qs_bwarnlimit"),
	FIELD(SHORT, UNSIGNED, "qs_iwarnlimit"),
	FIELDS_END,
};

static const struct show_field statev_fields[] = {
	FIELD(CHAR, SIGNED, "qs_version"),
	FIELDS_MORE,
	FIELD(CHAR, NONE, "qs_pad1"),
	FIELD_NAMED(SHORT, FLAGS, "qs_flags", "xfs_quota_flags"),
	FIELD(INT, UNSIGNED, "qs_incoredqs"),
	FIELD_INNER(64, "qs_uquota", 3, show_quota_file),
	FIELD_INNER(64, "qs_gquota", 3, show_quota_file),
	FIELD_INNER(64, "qs_pquota", 3, show_quota_file),
	FIELD(INT, SIGNED, "qs_btimelimit"),
	FIELD(INT, SIGNED, "qs_itimelimit"),
	FIELD(INT, SIGNED, "qs_rtbtimelimit"),
	FIELD(SHORT, UNSIGNED, "qs_bwarnlimit"),
	FIELD(SHORT, UNSIGNED, "qs_iwarnlimit"),
	FIELDS_END,
};

static const struct show_struct structs[] = {
	{ "if_nextdqblk", show_next },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "if_dqblk", limit_fields },	     { "if_dqinfo", info_fields },
	{ "fs_disk_quota", xfs_fields },     { "fs_quota_stat", state_fields },
	{ "fs_quota_statv", statev_fields }, { NULL, NULL },
};

static const struct show_call calls[] = {
	{ "quotactl", quotactl_args, NULL },
	{ "quotactl_fd", quotactl_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_quota = { .structs = structs,
					       .layouts = layouts,
					       .calls = calls };
