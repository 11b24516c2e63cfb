// SPDX-License-Identifier: GPL-2.0-or-later
/* show: file handles, fanotify, extended attributes in a structure, what is cached of a file. */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <errno.h>
#include <linux/limits.h>

enum {
	HANDLE_MOST = 128, /* MAX_HANDLE_SZ */
	CLASS_MASK = 0xc,  /* FAN_ALL_CLASS_BITS */
};

struct handle {
	uint32_t bytes;
	int32_t type;
};

static void show_handle_bytes(struct show *s, uint64_t address, uint32_t bytes)
{
	uint32_t shown = bytes < HANDLE_MOST ? bytes : HANDLE_MOST;
	const void *data = "";

	value_field(s, "f_handle");
	if (shown && show_find(s, address + sizeof(struct handle), shown, &data) < shown) {
		value_cut(s);
		return;
	}
	value_hex_bytes(s, data, shown, bytes);
}

/* {handle_bytes=128 => 8, handle_type=1, f_handle="..."}: also a handle that had too little room
 * tells how much it needs. */
static void handle_answer(struct show *s, uint64_t address, uint32_t before)
{
	bool failed = !show_succeeded(s);
	struct handle h;

	if (s->call->state == CALL_DONE && (!failed || -s->call->result == EOVERFLOW) &&
	    show_read(s, address, &h, sizeof(h))) {
		if (h.bytes != before) {
			value_becomes(s);
			value_unsigned(s, h.bytes);
		}
		if (!failed) {
			field_signed(s, "handle_type", h.type);
			show_handle_bytes(s, address, h.bytes);
		}
	}
	value_struct_end(s);
}

static void name_to_handle_args(struct show *s)
{
	uint64_t address = s->call->arg[2];
	struct handle h;

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	if (!show_read(s, address, &h, sizeof(h))) {
		value_address(s, address);
		show_argument_name(s, 3);
		value_address(s, s->call->arg[3]);
	} else {
		value_struct(s);
		field_unsigned(s, "handle_bytes", h.bytes);
		show_at_exit(s);
		handle_answer(s, address, h.bytes);
		show_argument(s, 3);
	}
	show_argument(s, 4);
}

static void open_by_handle_args(struct show *s)
{
	uint64_t address = s->call->arg[1];
	struct handle h;

	show_argument(s, 0);
	show_argument_name(s, 1);
	if (!show_read(s, address, &h, sizeof(h))) {
		value_address(s, address);
	} else {
		value_struct(s);
		field_unsigned(s, "handle_bytes", h.bytes);
		field_signed(s, "handle_type", h.type);
		show_handle_bytes(s, address, h.bytes);
		value_struct_end(s);
	}
	show_argument(s, 2);
}

/* The class, which is a field of the word, then the flags. */
static void fanotify_init_args(struct show *s)
{
	uint32_t flags = s->call->arg[0];

	show_argument_name(s, 0);
	value_mix(s, flags, BASE_NONE);
	value_part(s);
	show_enum(s, "fan_classes", flags & CLASS_MASK);
	flags &= ~(uint32_t)CLASS_MASK;
	if (flags) {
		value_part(s);
		show_flags(s, "fan_init_flags", flags);
	}
	value_mix_end(s);
	show_argument(s, 1);
}

static void fanotify_mark_args(struct show *s)
{
	int dirfd = s->call->args - 2;

	for (int i = 0; i < s->call->args; i++) {
		if (s->call->desc && s->call->desc->arg[i].kind == DESC_HIGH)
			continue;
		show_argument_name(s, i);
		if (i == dirfd && (int32_t)s->call->arg[i] == -1)
			value_constant(s, (uint64_t)-1, BASE_SIGNED, "FAN_NOFD", NULL);
		else
			show_arg(s, i);
	}
}

/* The kernel takes none that is longer, and strace does not look at it. */
static void show_attribute(struct show *s, uint64_t address, uint64_t size)
{
	if (size > XATTR_SIZE_MAX)
		value_address(s, address);
	else
		show_value_bytes(s, address, size);
}

static void setxattr_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 2)
			show_attribute(s, s->call->arg[2], s->call->arg[3]);
		else
			show_arg(s, i);
	}
}

/* linux/xattr.h; the value is there at the end of a get, as long as the result, else as long as it
 * says. */
static void show_xattr_args(struct show *s, const void *data, size_t size)
{
	bool get = s->call->name[0] == 'g';
	uint32_t length, flags;
	uint64_t value;

	if (size < 16) {
		value_address(s, s->call->arg[4]);
		return;
	}
	memcpy(&value, data, sizeof(value));
	memcpy(&length, (const char *)data + 8, sizeof(length));
	memcpy(&flags, (const char *)data + 12, sizeof(flags));
	if (get)
		show_at_exit(s);
	value_struct(s);
	value_field(s, "value");
	if (get && (!show_succeeded(s) || !length))
		value_address(s, value);
	else
		show_attribute(s, value, get ? (uint64_t)s->call->result : length);
	field_unsigned(s, "size", length);
	field_flags(s, "flags", "xattrflags", flags);
	value_struct_end(s);
}

static void xattrat_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 4)
			show_grown(s, s->call->arg[4], s->call->arg[5], 16, show_xattr_args);
		else
			show_arg(s, i);
	}
}

/* linux/fs.h, struct file_attr; who sets them counts nothing. */
static const struct show_field attr_fields[] = {
	FIELD_NAMED(64, FLAGS, "fa_xflags", "fs_xflags"),
	FIELD(INT, UNSIGNED, "fa_extsize"),
	FIELD(INT, UNSIGNED, "fa_nextents"),
	FIELD(INT, HEX, "fa_projid"),
	FIELD(INT, UNSIGNED, "fa_cowextsize"),
	FIELDS_END,
};

static const struct show_field set_attr_fields[] = {
	FIELD_NAMED(64, FLAGS, "fa_xflags", "fs_xflags"),
	FIELD(INT, UNSIGNED, "fa_extsize"),
	FIELD(INT, NONE, "fa_nextents"),
	FIELD(INT, HEX, "fa_projid"),
	FIELD(INT, UNSIGNED, "fa_cowextsize"),
	FIELDS_END,
};

enum { ATTR_SIZE = 24, ATTR_MOST = 4096 /* PAGE_SIZE: the kernel refuses more */ };

static void show_got_attr(struct show *s, const void *data, size_t size)
{
	show_fields(s, attr_fields, data, size);
}

static void show_set_attr(struct show *s, const void *data, size_t size)
{
	show_fields(s, set_attr_fields, data, size);
}

static void file_attr_args(struct show *s)
{
	bool get = s->call->name[5] == 'g';

	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 2 && get)
			show_at_exit(s);
		if (i == 2 && ((get && !show_succeeded(s)) || s->call->arg[3] > ATTR_MOST))
			value_address(s, s->call->arg[2]);
		else if (i == 2)
			show_grown(s, s->call->arg[2], s->call->arg[3], ATTR_SIZE,
				   get ? show_got_attr : show_set_attr);
		else
			show_arg(s, i);
	}
}

static const struct show_field cachestat_fields[] = {
	FIELD(64, UNSIGNED, "nr_cache"),
	FIELD(64, UNSIGNED, "nr_dirty"),
	FIELD(64, UNSIGNED, "nr_writeback"),
	FIELD(64, UNSIGNED, "nr_evicted"),
	FIELD(64, UNSIGNED, "nr_recently_evicted"),
	FIELDS_END,
};

static const struct show_field range_fields[] = {
	FIELD(64, HEX, "off"),
	FIELD(64, UNSIGNED, "len"),
	FIELDS_END,
};

static const struct show_struct structs[] = {
	{ "xattr_args", show_xattr_args },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "cachestat", cachestat_fields },
	{ "cachestat_range", range_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "setxattr", setxattr_args, NULL },
	{ "lsetxattr", setxattr_args, NULL },
	{ "fsetxattr", setxattr_args, NULL },
	{ "setxattrat", xattrat_args, NULL },
	{ "getxattrat", xattrat_args, NULL },
	{ "file_getattr", file_attr_args, NULL },
	{ "file_setattr", file_attr_args, NULL },
	{ "name_to_handle_at", name_to_handle_args, NULL },
	{ "open_by_handle_at", open_by_handle_args, NULL },
	{ "fanotify_init", fanotify_init_args, NULL },
	{ "fanotify_mark", fanotify_mark_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_handles = { .structs = structs,
						 .layouts = layouts,
						 .calls = calls };
