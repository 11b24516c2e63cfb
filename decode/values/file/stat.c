// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what stat, statx and statfs say (asm/stat.h, linux/stat.h, asm/statfs.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/stat.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* A struct stat of either width. */
struct facts_of_file {
	uint64_t dev, ino, nlink, uid, gid, rdev, size, blksize, blocks;
	uint32_t mode;
	int64_t time[3]; /* access, change of data, change of status */
	uint64_t nsec[3];
};

static void field_date(struct show *s, const char *name, const char *name_nsec, int64_t seconds,
		       uint64_t nsec)
{
	field_signed(s, name, seconds);
	show_date(s, seconds, nsec, 9);
	field_unsigned(s, name_nsec, nsec);
}

static void field_mode(struct show *s, const char *name, uint32_t mode)
{
	value_field(s, name);
	show_file_mode(s, mode);
}

static void stat_in_full(struct show *s, const struct facts_of_file *f)
{
	value_field(s, "st_dev");
	show_dev(s, f->dev);
	field_unsigned(s, "st_ino", f->ino);
	field_mode(s, "st_mode", f->mode);
	field_unsigned(s, "st_nlink", f->nlink);
	field_unsigned(s, "st_uid", (uint32_t)f->uid);
	field_unsigned(s, "st_gid", (uint32_t)f->gid);
	field_unsigned(s, "st_blksize", f->blksize);
	field_unsigned(s, "st_blocks", f->blocks);
}

/* Type and mode, and size or device; the rest with -v. */
static void show_facts(struct show *s, const struct facts_of_file *f)
{
	value_struct(s);
	if (value_full(s))
		stat_in_full(s, f);
	else
		field_mode(s, "st_mode", f->mode);
	if (S_ISCHR(f->mode) || S_ISBLK(f->mode)) {
		value_field(s, "st_rdev");
		show_dev(s, f->rdev);
	} else {
		field_unsigned(s, "st_size", f->size);
	}
	if (value_full(s)) {
		field_date(s, "st_atime", "st_atime_nsec", f->time[0], f->nsec[0]);
		field_date(s, "st_mtime", "st_mtime_nsec", f->time[1], f->nsec[1]);
		field_date(s, "st_ctime", "st_ctime_nsec", f->time[2], f->nsec[2]);
	} else {
		value_more(s);
	}
	value_struct_end(s);
}

/* The i386 structure: asm/stat.h for a 32-bit kernel. */
struct stat_i386 {
	uint32_t dev, ino;
	uint16_t mode, nlink, uid, gid;
	uint32_t rdev, size, blksize, blocks;
	uint32_t times[6];
};

/* Both structures of i386 have the same fields, of other widths. */
#define FACTS_I386(st)                                                                             \
	((struct facts_of_file){ .dev = (st).dev,                                                  \
				 .ino = (st).ino,                                                  \
				 .nlink = (st).nlink,                                              \
				 .uid = (st).uid,                                                  \
				 .gid = (st).gid,                                                  \
				 .rdev = (st).rdev,                                                \
				 .size = (st).size,                                                \
				 .blksize = (st).blksize,                                          \
				 .blocks = (st).blocks,                                            \
				 .mode = (st).mode,                                                \
				 .time = { (int32_t)(st).times[0], (int32_t)(st).times[2],         \
					   (int32_t)(st).times[4] },                               \
				 .nsec = { (st).times[1], (st).times[3], (st).times[5] } })

static void show_stat(struct show *s, const void *data, size_t size)
{
	struct facts_of_file f;

	if (s->compat && size >= sizeof(struct stat_i386)) {
		struct stat_i386 st;

		memcpy(&st, data, sizeof(st));
		f = FACTS_I386(st);
	} else {
		struct stat st;

		if (size < sizeof(st))
			return;
		memcpy(&st, data, sizeof(st));
		f = (struct facts_of_file){
			.dev = st.st_dev,
			.ino = st.st_ino,
			.nlink = st.st_nlink,
			.uid = st.st_uid,
			.gid = st.st_gid,
			.rdev = st.st_rdev,
			.size = st.st_size,
			.blksize = st.st_blksize,
			.blocks = st.st_blocks,
			.mode = st.st_mode,
			.time = { st.st_atim.tv_sec, st.st_mtim.tv_sec, st.st_ctim.tv_sec },
			.nsec = { st.st_atim.tv_nsec, st.st_mtim.tv_nsec, st.st_ctim.tv_nsec }
		};
	}
	show_facts(s, &f);
}

/* asm/stat.h: what oldstat gives. */
static void show_old_stat(struct show *s, const void *data, size_t size)
{
	struct {
		uint16_t dev, ino, mode, nlink, uid, gid, rdev;
		uint32_t size, times[3];
	} st;
	struct facts_of_file f;

	if (size < sizeof(st))
		return;
	memcpy(&st, data, sizeof(st));
	f = (struct facts_of_file){
		.dev = st.dev,
		.ino = st.ino,
		.mode = st.mode,
		.nlink = st.nlink,
		.uid = st.uid,
		.gid = st.gid,
		.rdev = st.rdev,
		.size = st.size,
		.time = { (int32_t)st.times[0], (int32_t)st.times[1], (int32_t)st.times[2] },
	};
	show_facts(s, &f);
}

/* Of i386 only: device numbers and sizes of 64 bits between fields of 32, packed. */
static void show_stat64(struct show *s, const void *data, size_t size)
{
	struct __attribute__((packed)) {
		uint64_t dev;
		uint32_t pad, old_ino, mode, nlink, uid, gid;
		uint64_t rdev;
		uint32_t pad2;
		uint64_t size;
		uint32_t blksize;
		uint64_t blocks;
		uint32_t times[6];
		uint64_t ino;
	} st;
	struct facts_of_file f;

	if (size < sizeof(st))
		return;
	memcpy(&st, data, sizeof(st));
	f = FACTS_I386(st);
	show_facts(s, &f);
}

static void field_stamp(struct show *s, const char *name, const struct statx_timestamp *t)
{
	value_field(s, name);
	value_struct(s);
	field_signed(s, "tv_sec", t->tv_sec);
	field_unsigned(s, "tv_nsec", t->tv_nsec);
	value_struct_end(s);
	show_date(s, t->tv_sec, t->tv_nsec, 9);
}

/* One number; what the mask does not promise is not shown. */
struct statx_field {
	const char *name;
	uint32_t mask; /* 0: always there */
	uint8_t offset, size;
	bool hex;
};

static void statx_fields(struct show *s, const struct statx *x, const struct statx_field *f,
			 int count)
{
	for (int i = 0; i < count; i++, f++) {
		uint64_t value = 0;

		if (f->mask && !(x->stx_mask & f->mask))
			continue;
		memcpy(&value, (const char *)x + f->offset, f->size);
		value_field(s, f->name);
		if (f->hex)
			value_hex(s, value);
		else
			value_unsigned(s, value);
	}
}

static void statx_owner(struct show *s, const struct statx *x)
{
	if (x->stx_mask & STATX_NLINK)
		field_unsigned(s, "stx_nlink", x->stx_nlink);
	if (x->stx_mask & STATX_UID) {
		value_field(s, "stx_uid");
		show_uid(s, x->stx_uid);
	}
	if (x->stx_mask & STATX_GID) {
		value_field(s, "stx_gid");
		show_uid(s, x->stx_gid);
	}
}

static void statx_in_full(struct show *s, const struct statx *x)
{
	/* Those behind the devices came with Linux 5.8, 6.1 and 6.10. */
	static const struct statx_field devices[] = {
		{ "stx_rdev_major", 0, 0x80, 4, false },
		{ "stx_rdev_minor", 0, 0x84, 4, false },
		{ "stx_dev_major", 0, 0x88, 4, false },
		{ "stx_dev_minor", 0, 0x8c, 4, false },
		{ "stx_mnt_id", 0x1000, 0x90, 8, true },
		{ "stx_dio_mem_align", 0x2000, 0x98, 4, false },
		{ "stx_dio_offset_align", 0x2000, 0x9c, 4, false },
		{ "stx_subvol", 0x8000, 0xa0, 8, true },
	};
	static const struct statx_field atomic[] = {
		/* 6.11 */
		{ "stx_atomic_write_unit_min", 0, 0xa8, 4, false },
		{ "stx_atomic_write_unit_max", 0, 0xac, 4, false },
		{ "stx_atomic_write_segments_max", 0, 0xb0, 4, false },
	};
	static const struct statx_field read_align = { "stx_dio_read_offset_align", 0x20000, 0xb4,
						       4, false }; /* 6.14 */
	static const struct statx_field optimum = { "stx_atomic_write_unit_max_opt", 0, 0xb8, 4,
						    false }; /* 6.16 */
	bool atomically = x->stx_attributes & 0x400000;	     /* STATX_ATTR_WRITE_ATOMIC */

	if (x->stx_mask & STATX_BLOCKS)
		field_unsigned(s, "stx_blocks", x->stx_blocks);
	field_flags(s, "stx_attributes_mask", "statx_attrs", x->stx_attributes_mask);
	if (x->stx_mask & STATX_ATIME)
		field_stamp(s, "stx_atime", &x->stx_atime);
	if (x->stx_mask & STATX_BTIME)
		field_stamp(s, "stx_btime", &x->stx_btime);
	if (x->stx_mask & STATX_CTIME)
		field_stamp(s, "stx_ctime", &x->stx_ctime);
	if (x->stx_mask & STATX_MTIME)
		field_stamp(s, "stx_mtime", &x->stx_mtime);
	statx_fields(s, x, devices, sizeof(devices) / sizeof(*devices));
	if (atomically)
		statx_fields(s, x, atomic, 3);
	statx_fields(s, x, &read_align, 1);
	if (atomically)
		statx_fields(s, x, &optimum, 1);
}

static void show_statx(struct show *s, const void *data, size_t size)
{
	bool full = value_full(s);
	struct statx x;

	if (size < sizeof(x))
		return;
	memcpy(&x, data, sizeof(x));
	value_struct(s);
	field_flags(s, "stx_mask", "statx_masks", x.stx_mask);
	if (full)
		field_unsigned(s, "stx_blksize", x.stx_blksize);
	field_flags(s, "stx_attributes", "statx_attrs", x.stx_attributes);
	if (full)
		statx_owner(s, &x);
	if (x.stx_mask & (STATX_TYPE | STATX_MODE))
		field_mode(s, "stx_mode", x.stx_mode);
	if (full && x.stx_mask & STATX_INO)
		field_unsigned(s, "stx_ino", x.stx_ino);
	if (x.stx_mask & STATX_SIZE)
		field_unsigned(s, "stx_size", x.stx_size);
	if (full)
		statx_in_full(s, &x);
	else
		value_more(s);
	value_struct_end(s);
}

void show_magic(struct show *s, uint64_t magic)
{
	const struct flag_table *t = show_table(s, "fsmagic");

	if (t && flag_name(t, magic))
		show_enum(s, "fsmagic", magic);
	else
		value_hex(s, magic);
}

/* `each` bytes wide words: type, sizes and counts, the identity in two halves, name length,
 * fragment size, flags. */
static void statfs_words(struct show *s, const uint64_t *word, const uint32_t *id)
{
	static const char *const names[] = { "f_bsize",	 "f_blocks", "f_bfree",
					     "f_bavail", "f_files",  "f_ffree" };

	value_struct(s);
	value_field(s, "f_type");
	show_magic(s, word[0]);
	for (int i = 0; i < 6; i++)
		field_unsigned(s, names[i], word[i + 1]);
	value_field(s, "f_fsid");
	value_struct(s);
	value_field(s, "val");
	value_array(s);
	for (int i = 0; i < 2 && value_nth(s, i); i++)
		value_hex(s, id[i]);
	value_array_end(s);
	value_struct_end(s);
	field_unsigned(s, "f_namelen", word[7]);
	field_unsigned(s, "f_frsize", word[8]);
	if (word[9] & 0x20) /* ST_VALID: the kernel filled the flags in (2.6.36) */
		field_flags(s, "f_flags", "statfs_flags", word[9]);
	value_struct_end(s);
}

static void show_statfs(struct show *s, const void *data, size_t size)
{
	size_t width = show_word(s);
	const unsigned char *at = data;
	uint64_t word[10] = { 0 };
	uint32_t id[2];

	if (size < 10 * width + 8)
		return;
	for (int i = 0; i < 10; i++) {
		if (i == 7) {
			memcpy(id, at, sizeof(id));
			at += sizeof(id);
		}
		memcpy(&word[i], at, width);
		at += width;
	}
	statfs_words(s, word, id);
}

enum { STATFS64_SIZE = 84 /* of i386 */ };

/* i386: type and block size have 4 bytes, the five counts 8. */
static void show_statfs64(struct show *s, const void *data, size_t size)
{
	static const uint8_t widths[] = { 4, 4, 8, 8, 8, 8, 8, 4, 4, 4 };
	const unsigned char *at = data;
	uint64_t word[10] = { 0 };
	uint32_t id[2];

	if (!s->compat || size < STATFS64_SIZE) {
		show_statfs(s, data, size);
		return;
	}
	for (int i = 0; i < 10; i++) {
		if (i == 7) {
			memcpy(id, at, sizeof(id));
			at += sizeof(id);
		}
		memcpy(&word[i], at, widths[i]);
		at += widths[i];
	}
	statfs_words(s, word, id);
}

enum { STATX_WHEN = 0x6000 /* AT_STATX_SYNC_TYPE */ };

/* When the attributes are to be fetched, and what all calls of the kind know. */
static void statx_args(struct show *s)
{
	uint32_t flags = s->call->arg[2], when = flags & STATX_WHEN, rest = flags & ~when;

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	value_mix(s, flags, BASE_NONE);
	if (when || !value_numbers(s)) {
		value_part(s);
		show_flags(s, "at_statx_sync_types", when);
	} else if (rest) {
		value_say(s, "|"); /* strace writes it behind no 0 */
	}
	if (rest) {
		if (when || !value_numbers(s))
			value_part(s);
		show_flags(s, "statx_at_flags", rest);
	}
	value_mix_end(s);
	for (int i = 3; i < s->call->args; i++)
		show_argument(s, i);
}

/* The kernel takes one size alone; strace believes no other. */
static void statfs64_args(struct show *s)
{
	for (int i = 0; i < 3; i++) {
		show_argument_name(s, i);
		if (i == 2)
			show_at_exit(s);
		if (i == 2 && s->call->arg[1] != STATFS64_SIZE)
			value_address(s, s->call->arg[2]);
		else
			show_arg(s, i);
	}
}

static const struct show_struct structs[] = {
	{ "stat", show_stat },
	{ "stat64", show_stat64 },
	{ "statx", show_statx },
	{ "old_kernel_stat", show_old_stat },
	{ "statfs", show_statfs },
	{ "statfs64", show_statfs64 },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "statx", statx_args, NULL },
	{ "statfs64", statfs64_args, NULL },
	{ "fstatfs64", statfs64_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_stat = { .structs = structs, .calls = calls };
