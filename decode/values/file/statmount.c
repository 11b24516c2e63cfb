// SPDX-License-Identifier: GPL-2.0-or-later
/* show: statmount and listmount (linux/mount.h): a request and an answer that both say how long
 * they are. */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <stddef.h>

enum {
	REQUEST_SIZE = 24, /* MNT_ID_REQ_SIZE_VER0 */
	REQUEST_NS = 32,   /* MNT_ID_REQ_SIZE_VER1: with mnt_ns_id */
	REQUEST_MOST = 4096,
	TEXTS = 512, /* where the strings begin in struct statmount */
	SB_BASIC = 1,
	MNT_BASIC = 2,
	PROPAGATE_FROM = 4,
	MNT_ROOT = 8,
	MNT_POINT = 16,
	FS_TYPE = 32,
	MNT_NS_ID = 64,
	MNT_OPTS = 128,
};

struct request {
	uint32_t size, spare;
	uint64_t mnt_id, param, mnt_ns_id;
};

static void request_fields(struct show *s, const struct request *r)
{
	bool list = s->call->name[0] == 'l';

	value_struct(s);
	field_unsigned(s, "size", r->size);
	if (r->spare)
		field_hex(s, "spare", r->spare);
	value_field(s, "mnt_id");
	if (list)
		show_enum(s, "listmount_mnt_ids", r->mnt_id);
	else
		value_hex(s, r->mnt_id);
	value_field(s, "param");
	if (list)
		value_hex(s, r->param);
	else
		show_flags(s, "statmount_mask", r->param);
	if (r->size < REQUEST_NS)
		return;
	field_hex(s, "mnt_ns_id", r->mnt_ns_id);
}

static void show_request(struct show *s, uint64_t address)
{
	struct request r = { .size = 0 };
	uint32_t size;

	if (!address || !show_read(s, address, &r.size, sizeof(r.size))) {
		value_address(s, address);
		return;
	}
	if (r.size < REQUEST_SIZE) {
		value_struct(s);
		field_unsigned(s, "size", r.size);
		value_struct_end(s);
		return;
	}
	size = r.size < REQUEST_NS ? REQUEST_SIZE : REQUEST_NS;
	if (!show_read(s, address, &r, size)) {
		value_struct(s);
		field_unsigned(s, "size", r.size);
		value_unreadable(s);
		value_struct_end(s);
		return;
	}
	request_fields(s, &r);
	size = r.size < REQUEST_MOST ? r.size : REQUEST_MOST;
	if (size > REQUEST_NS)
		show_more(s, address, REQUEST_NS, size);
	value_struct_end(s);
}

/* Fields of the answer in the order of the text, each there if its bit of the mask is. */
static const struct {
	const char *name;
	uint16_t bit, at;
	uint8_t size;
	enum { UNSIGNED, HEX, MAGIC, SB_FLAGS, ATTR, PROPAGATION, TEXT } form;
} fields[] = {
	{ "mnt_opts", MNT_OPTS, 4, 4, TEXT }, /* before the mask */
	{ "sb_dev_major", SB_BASIC, 16, 4, UNSIGNED },
	{ "sb_dev_minor", SB_BASIC, 20, 4, UNSIGNED },
	{ "sb_magic", SB_BASIC, 24, 8, MAGIC },
	{ "sb_flags", SB_BASIC, 32, 4, SB_FLAGS },
	{ "fs_type", FS_TYPE, 36, 4, TEXT },
	{ "mnt_id", MNT_BASIC, 40, 8, HEX },
	{ "mnt_parent_id", MNT_BASIC, 48, 8, HEX },
	{ "mnt_id_old", MNT_BASIC, 56, 4, HEX },
	{ "mnt_parent_id_old", MNT_BASIC, 60, 4, HEX },
	{ "mnt_attr", MNT_BASIC, 64, 8, ATTR },
	{ "mnt_propagation", MNT_BASIC, 72, 8, PROPAGATION },
	{ "mnt_peer_group", MNT_BASIC, 80, 8, HEX },
	{ "mnt_master", MNT_BASIC, 88, 8, HEX },
	{ "propagate_from", PROPAGATE_FROM, 96, 8, HEX },
	{ "mnt_root", MNT_ROOT, 104, 4, TEXT },
	{ "mnt_point", MNT_POINT, 108, 4, TEXT },
	{ "mnt_ns_id", MNT_NS_ID, 112, 8, HEX },
};

/* A string of the answer, `offset` bytes behind its fields. */
static void show_text(struct show *s, const char *data, size_t size, uint64_t offset)
{
	const char *text = data + TEXTS + offset, *nul;

	if (offset >= size || size - offset <= TEXTS) {
		value_unsigned(s, offset);
		return;
	}
	nul = memchr(text, 0, size - TEXTS - offset);
	show_bytes(s, text, nul ? (size_t)(nul - text) : size - TEXTS - offset, !nul);
}

static void show_value(struct show *s, size_t i, uint64_t value, const char *data, size_t size)
{
	switch (fields[i].form) {
	case UNSIGNED: value_unsigned(s, value); break;
	case HEX: value_hex(s, value); break;
	case MAGIC: show_magic(s, value); break;
	case SB_FLAGS: show_flags(s, "statmount_sb_flags", value); break;
	case ATTR: show_flags(s, "mount_attr_attr", value); break;
	case PROPAGATION: show_flags(s, "statmount_propagation_flags", value); break;
	case TEXT: show_text(s, data, size, value); break;
	}
}

static void show_one(struct show *s, size_t i, uint64_t mask, const char *data, size_t size)
{
	uint64_t value = 0;

	if (!(mask & fields[i].bit) || fields[i].at + fields[i].size > size)
		return;
	memcpy(&value, data + fields[i].at, fields[i].size);
	value_field(s, fields[i].name);
	show_value(s, i, value, data, size);
}

static void show_statmount(struct show *s, const void *data, size_t size)
{
	const char *bytes = data;
	uint32_t length;
	uint64_t mask;

	if (size < 16) {
		value_address(s, s->call->arg[1]);
		return;
	}
	memcpy(&length, bytes, sizeof(length));
	memcpy(&mask, bytes + 8, sizeof(mask));
	value_struct(s);
	field_unsigned(s, "size", length);
	show_one(s, 0, mask, bytes, size);
	field_flags(s, "mask", "statmount_mask", mask);
	for (size_t i = 1; i < sizeof(fields) / sizeof(*fields); i++)
		show_one(s, i, mask, bytes, size);
	value_struct_end(s);
}

/* The buffer is often longer than the answer, and the rest of it not there. */
static void show_answer(struct show *s, uint64_t address, uint64_t size)
{
	const void *data;
	uint32_t length;
	size_t have;

	show_at_exit(s);
	have = show_succeeded(s) && address ? show_find(s, address, size, &data) : 0;
	if (have >= sizeof(length))
		memcpy(&length, data, sizeof(length));
	if (have >= sizeof(length) && (have == size || have >= length))
		show_statmount(s, data, have);
	else
		value_address(s, address);
}

static void request_args(struct show *s)
{
	show_argument_name(s, 0);
	show_request(s, s->call->arg[0]);
	for (int i = 1; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 1 && s->call->name[0] == 's')
			show_answer(s, s->call->arg[1], s->call->arg[2]);
		else
			show_arg(s, i);
	}
}

static const struct show_call calls[] = {
	{ "statmount", request_args, NULL },
	{ "listmount", request_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_statmount = { .calls = calls };
