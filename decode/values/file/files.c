// SPDX-License-Identifier: GPL-2.0-or-later
/* show: files by name: open_how, directory entries, names read, times set, nodes made, offsets
 * moved. */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <stdlib.h>

/* linux/openat2.h; the mode is shown where the flags or the mode itself ask for it. */
static void show_open_how(struct show *s, const void *data, size_t size)
{
	uint64_t how[3];

	(void)size;
	memcpy(how, data, sizeof(how));
	value_struct(s);
	field_flags(s, "flags", "open_flags", how[0]);
	if (how[1] || how[0] & 0x400040) { /* O_CREAT, __O_TMPFILE */
		value_field(s, "mode");
		show_mode(s, how[1]);
	}
	field_flags(s, "resolve", "open_resolve_flags", how[2]);
	value_struct_end(s);
}

static void openat2_args(struct show *s)
{
	for (int i = 0; i < 4; i++) {
		show_argument_name(s, i);
		if (i == 2)
			show_grown(s, s->call->arg[2], s->call->arg[3], 24, show_open_how);
		else
			show_arg(s, i);
	}
}

enum {
	PIECE_LEAST = 32752, /* bytes that a piece holds at least; of 32 KiB so many are missing at
				most: */
	MISSING_MOST = 16,
	SMALLEST = 24, /* bytes of an entry with a short name */
};

struct entry {
	uint64_t ino;
	int64_t offset;
	const char *name;
	uint16_t length;
	uint8_t type;
	size_t room; /* bytes that the name is in */
};

static void show_entry(struct show *s, const struct entry *e, bool type_first)
{
	value_struct(s);
	field_unsigned(s, "d_ino", e->ino);
	field_signed(s, "d_off", e->offset);
	field_unsigned(s, "d_reclen", e->length);
	if (type_first)
		field_enum(s, "d_type", "dirent_types", e->type);
	value_field(s, "d_name");
	show_bytes(s, e->name, strnlen(e->name, e->room), strnlen(e->name, e->room) == e->room);
	if (!type_first)
		field_enum(s, "d_type", "dirent_types", e->type);
	value_struct_end(s);
}

/*
 * One entry of getdents64, or of getdents, whose type stands in the last byte; its length, 0 if it
 * is none. A piece holds a few bytes less than the 32 KiB that programs ask for: of the last entry
 * the end may be missing.
 */
static size_t entry_at(const struct show *s, const unsigned char *at, size_t left, bool wide,
		       struct entry *e)
{
	size_t word = wide ? 8 : show_word(s), head = 2 * word + 2 + wide;

	if (left < head + 1)
		return 0;
	memset(e, 0, sizeof(*e));
	memcpy(&e->ino, at, word);
	memcpy(&e->offset, at + word, word);
	memcpy(&e->length, at + 2 * word, 2);
	if (e->length <= head || (e->length <= left && !memchr(at + head, 0, e->length - head)))
		return 0;
	e->type = wide ? at[head - 1] : e->length <= left ? at[e->length - 1] : 0;
	e->room = (e->length < left ? e->length : left) - head;
	e->name = (const char *)at + head;
	return e->length;
}

/* `left` bytes of the `size` that there were. */
static void show_entries(struct show *s, const void *data, size_t left, size_t size, bool wide)
{
	const unsigned char *at = data;
	size_t length, count = 0;
	struct entry e;

	if (value_full(s))
		value_array(s);
	while ((length = entry_at(s, at, left, wide, &e))) {
		if (value_full(s)) {
			value_element(s);
			show_entry(s, &e, wide);
		}
		count++;
		size -= length < size ? length : size;
		at += length;
		left -= length < left ? length : left;
	}
	if (size && size <= SMALLEST + MISSING_MOST)
		count++; /* it is there, but not even its length was kept */
	if (value_full(s)) {
		value_array_end(s);
		return;
	}
	value_address(s, s->call->arg[1]);
	value_remarkf(s, "%zu entries", count);
}

static void getdents_args(struct show *s)
{
	bool wide = s->call->name[8] == '6';
	uint64_t size = s->call->result, found = 0;
	const void *data = "";

	show_argument(s, 0);
	show_argument_name(s, 1);
	show_at_exit(s);
	if (show_succeeded(s) && !s->options->addresses)
		found = show_find(s, s->call->arg[1], size, &data);
	if (!show_succeeded(s) || s->options->addresses ||
	    found + (size < PIECE_LEAST ? 0 : MISSING_MOST) < size)
		value_address(s, s->call->arg[1]);
	else
		show_entries(s, data, found, size, wide);
	show_argument(s, 2);
}

/* A device's number stands only where the mode says that it is one. */
static void mknod_args(struct show *s)
{
	int at = s->call->args - 1;
	uint16_t mode;

	if (s->call->desc && s->call->desc->selector >= 0)
		at--;
	for (int i = 0; i < at; i++)
		show_argument(s, i);
	mode = s->call->arg[at];
	show_argument_name(s, at);
	show_file_mode(s, mode);
	if ((mode & 0170000) == 0020000 || (mode & 0170000) == 0060000) {
		show_argument_name(s, at + 1);
		show_dev32(s, s->call->arg[at + 1]);
	}
}

/* An offset as it was when the call began: what was read at the end is as much more as was moved.
 */
static bool offset_before(struct show *s, uint64_t address, size_t width, int64_t *offset)
{
	const void *data;

	*offset = 0;
	if (!address || show_find(s, address, width, &data) < width)
		return false;
	memcpy(offset, data, width);
	if (show_succeeded(s) && call_read_late(s->call, data))
		*offset -= s->call->result;
	return true;
}

static void show_offset(struct show *s, int64_t offset)
{
	value_pointed(s);
	value_signed(s, offset);
	value_pointed_end(s);
}

/* At the entry, and changed at the exit: [3 => 6]. */
static void sendfile_args(struct show *s)
{
	uint64_t address = s->call->arg[2], size = s->call->arg[3];
	size_t width = !strcmp(s->call->name, "sendfile64") ? 8 : show_word(s);
	int64_t offset = 0;
	bool known;

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	known = offset_before(s, address, width, &offset);
	if (known) {
		value_pointed(s);
		value_unsigned(s, (uint64_t)offset);
	} else {
		value_address(s, address);
	}
	if (known && size) {
		show_at_exit(s);
		if (show_succeeded(s) && s->call->result && show_read(s, address, &offset, width)) {
			value_becomes(s);
			value_signed(s, offset);
		}
	}
	if (known)
		value_pointed_end(s);
	show_argument(s, 3);
}

/* Offsets are shown as the call got them. */
static void moves_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		int64_t offset;

		show_argument_name(s, i);
		if (i != 1 && i != 3)
			show_arg(s, i);
		else if (offset_before(s, s->call->arg[i], sizeof(offset), &offset))
			show_offset(s, offset);
		else
			value_address(s, s->call->arg[i]);
	}
}

static void _llseek_args(struct show *s)
{
	show_argument(s, 0);
	show_argument_name(s, 1);
	value_signed(s, (int64_t)(s->call->arg[1] << 32 | (uint32_t)s->call->arg[2]));
	show_argument(s, 3);
	show_argument(s, 4);
}

static const struct show_call calls[] = {
	{ "openat2", openat2_args, NULL },
	{ "getdents", getdents_args, NULL },
	{ "getdents64", getdents_args, NULL },
	{ "mknod", mknod_args, NULL },
	{ "mknodat", mknod_args, NULL },
	{ "sendfile", sendfile_args, NULL },
	{ "sendfile64", sendfile_args, NULL },
	{ "copy_file_range", moves_args, NULL },
	{ "splice", moves_args, NULL },
	{ "_llseek", _llseek_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_files = { .calls = calls };
