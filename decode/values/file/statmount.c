// SPDX-License-Identifier: GPL-2.0-or-later
/* show: statmount, listmount and listns (linux/mount.h, linux/nsfs.h): a request and an answer that
 * both say how long they are. */
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
	FS_SUBTYPE = 0x100,
	SB_SOURCE = 0x200,
	OPT_ARRAY = 0x400,
	OPT_SEC_ARRAY = 0x800,
	SUPPORTED_MASK = 0x1000,
	MNT_UIDMAP = 0x2000,
	MNT_GIDMAP = 0x4000,
};

struct request {
	uint32_t size;
	int32_t mnt_ns_fd;
	uint64_t mnt_id, param, mnt_ns_id;
};

static void request_fields(struct show *s, const struct request *r)
{
	bool list = s->call->name[0] == 'l';

	value_struct(s);
	field_unsigned(s, "size", r->size);
	value_field(s, "mnt_ns_fd");
	show_fd(s, r->mnt_ns_fd);
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

/* The request of listns has the same two sizes. */
struct ns_request {
	uint32_t size, spare;
	uint64_t ns_id;
	uint32_t ns_type, spare2;
	uint64_t user_ns_id;
};

static void ns_request_fields(struct show *s, const struct ns_request *r)
{
	value_struct(s);
	field_unsigned(s, "size", r->size);
	if (r->spare)
		field_hex(s, "spare", r->spare);
	field_hex(s, "ns_id", r->ns_id);
	field_flags(s, "ns_type", "ns_types", r->ns_type);
	if (r->spare2)
		field_hex(s, "spare2", r->spare2);
	field_enum(s, "user_ns_id", "listns_user_ns_ids", r->user_ns_id);
}

static bool is_listns(const struct show *s)
{
	return s->call->name[4] == 'n';
}

/* The size says how much is captured: of one that is less than its own field, so much is there. */
static bool request_size(struct show *s, uint64_t address, uint32_t *size)
{
	struct tape_piece piece;

	if (show_read(s, address, size, sizeof(*size)))
		return true;
	if (s->options->addresses || !call_piece(s->call, 0, false, &piece) ||
	    piece.piece.flags & TRACE_P_UNREADABLE || piece.piece.total >= sizeof(*size))
		return false;
	*size = piece.piece.total;
	return true;
}

static void show_request(struct show *s, uint64_t address)
{
	union {
		struct request mount;
		struct ns_request ns;
	} r = { .mount = { .size = 0 } };
	uint32_t first = is_listns(s) ? REQUEST_NS : REQUEST_SIZE, size;

	if (!address || !request_size(s, address, &r.mount.size)) {
		value_address(s, address);
		return;
	}
	if (r.mount.size < first) {
		value_struct(s);
		field_unsigned(s, "size", r.mount.size);
		value_struct_end(s);
		return;
	}
	size = r.mount.size < REQUEST_NS ? REQUEST_SIZE : REQUEST_NS;
	if (!show_read(s, address, &r, size)) {
		value_struct(s);
		field_unsigned(s, "size", r.mount.size);
		value_unreadable(s);
		value_struct_end(s);
		return;
	}
	if (is_listns(s))
		ns_request_fields(s, &r.ns);
	else
		request_fields(s, &r.mount);
	size = r.mount.size < REQUEST_MOST ? r.mount.size : REQUEST_MOST;
	if (size > REQUEST_NS)
		show_more(s, address, REQUEST_NS, size);
	value_struct_end(s);
}

/* Fields of the answer in the order of the text, each there if its bit of the mask is. */
static const struct {
	const char *name;
	uint16_t bit, at;
	uint8_t size;
	enum { UNSIGNED, HEX, MAGIC, SB_FLAGS, ATTR, PROPAGATION, TEXT, MASK, TEXTS_OF } form;
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
	{ "fs_subtype", FS_SUBTYPE, 120, 4, TEXT },
	{ "sb_source", SB_SOURCE, 124, 4, TEXT },
	{ "opt_num", OPT_ARRAY, 128, 4, UNSIGNED }, /* TEXTS_OF: so many */
	{ "opt_array", OPT_ARRAY, 132, 4, TEXTS_OF },
	{ "opt_sec_num", OPT_SEC_ARRAY, 136, 4, UNSIGNED },
	{ "opt_sec_array", OPT_SEC_ARRAY, 140, 4, TEXTS_OF },
	{ "supported_mask", SUPPORTED_MASK, 144, 8, MASK },
	{ "mnt_uidmap_num", MNT_UIDMAP, 152, 4, UNSIGNED },
	{ "mnt_uidmap", MNT_UIDMAP, 156, 4, TEXTS_OF },
	{ "mnt_gidmap_num", MNT_GIDMAP, 160, 4, UNSIGNED },
	{ "mnt_gidmap", MNT_GIDMAP, 164, 4, TEXTS_OF },
};

/* A string of the answer, `offset` bytes behind its fields. */
static void show_text(struct show *s, const char *data, size_t size, uint64_t offset)
{
	const char *text = data + TEXTS + offset, *nul;

	if (offset >= size || size - offset <= TEXTS) {
		value_hex(s, offset);
		return;
	}
	nul = memchr(text, 0, size - TEXTS - offset);
	show_bytes(s, text, nul ? (size_t)(nul - text) : size - TEXTS - offset, !nul);
}

/* One behind another, `count` of them. */
static void show_texts(struct show *s, const char *data, size_t size, uint64_t offset,
		       uint32_t count)
{
	if (size <= TEXTS) { /* there are none */
		value_hex(s, offset);
		return;
	}
	value_array(s);
	for (uint32_t i = 0; i < count; i++) {
		const char *text = data + TEXTS + offset, *nul;

		if (offset >= size || size - offset <= TEXTS) {
			value_unreadable(s);
			break;
		}
		value_element(s);
		show_text(s, data, size, offset);
		nul = memchr(text, 0, size - TEXTS - offset);
		if (!nul)
			break;
		offset += (uint64_t)(nul - text) + 1;
	}
	value_array_end(s);
}

static void show_value(struct show *s, size_t i, uint64_t value, const char *data, size_t size)
{
	uint32_t count;

	switch (fields[i].form) {
	case UNSIGNED: value_unsigned(s, value); break;
	case HEX: value_hex(s, value); break;
	case MAGIC: show_magic(s, value); break;
	case SB_FLAGS: show_flags(s, "statmount_sb_flags", value); break;
	case ATTR: show_flags(s, "mount_attr_attr", value); break;
	case PROPAGATION: show_flags(s, "statmount_propagation_flags", value); break;
	case TEXT: show_text(s, data, size, value); break;
	case MASK: show_flags(s, "statmount_mask", value); break;
	case TEXTS_OF:
		memcpy(&count, data + fields[i].at - sizeof(count), sizeof(count));
		show_texts(s, data, size, value, count);
		break;
	}
}

static void show_one(struct show *s, size_t i, uint64_t mask, const char *data, size_t size)
{
	uint64_t value = 0;

	if (!(mask & fields[i].bit))
		return;
	memcpy(&value, data + fields[i].at, fields[i].size);
	value_field(s, fields[i].name);
	show_value(s, i, value, data, size);
}

/* What the buffer has no room for is 0. */
static void show_statmount(struct show *s, const void *data, size_t size)
{
	const char *bytes = data;
	char padded[TEXTS] = { 0 };
	uint32_t length;
	uint64_t mask;

	if (size < sizeof(padded)) {
		memcpy(padded, data, size);
		bytes = padded;
		size = sizeof(padded);
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
	if (have >= sizeof(length) && (have == size || have >= length || have >= TEXTS))
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
		if (i == 1 && s->call->name[0] == 's') {
			show_answer(s, s->call->arg[1], s->call->arg[2]);
		} else if (i == 1 && s->call->arg[1] && !s->call->arg[2]) {
			value_array(s); /* of none, though the call fails */
			value_array_end(s);
		} else {
			show_arg(s, i);
		}
	}
}

static const struct show_call calls[] = {
	{ "statmount", request_args, NULL },
	{ "listmount", request_args, NULL },
	{ "listns", request_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_statmount = { .calls = calls };
