// SPDX-License-Identifier: GPL-2.0-or-later
/* show: attributes of security modules (linux/lsm.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

enum { HEAD = 32, SINGLE = 1 /* LSM_FLAG_SINGLE */ };

struct context {
	uint64_t id, flags, length, text_length;
};

static void show_lsm(struct show *s, uint64_t id)
{
	const struct flag_table *t = show_table(s, "lsm_id");

	if (t && flag_name(t, id))
		show_enum(s, "lsm_id", id);
	else
		value_hex(s, id);
}

/* One of at most `size` bytes; its head is there. */
static void show_context(struct show *s, uint64_t address, uint64_t size)
{
	const void *data;
	struct context c;
	uint64_t have, wanted;

	show_read(s, address, &c, HEAD);
	value_struct(s);
	value_field(s, "id");
	show_lsm(s, c.id);
	field_hex(s, "flags", c.flags);
	field_unsigned(s, "len", c.length);
	field_unsigned(s, "ctx_len", c.text_length);
	size = c.length < size ? c.length : size;
	have = size > HEAD ? size - HEAD : 0;
	have = c.text_length < have ? c.text_length : have;
	wanted = value_wanted(s, have);
	if (have) {
		value_field(s, "ctx");
		if (show_find(s, address + HEAD, wanted, &data) < wanted)
			value_address(s, address + HEAD);
		else
			value_hex_bytes(s, data, wanted, have);
	}
	value_struct_end(s);
}

static bool read_size(struct show *s, int arg, bool exit, uint32_t *size)
{
	bool was = s->exit, read;

	s->exit = exit;
	read = show_read(s, s->call->arg[arg], size, sizeof(*size));
	s->exit = was;
	return read;
}

static void size_change(struct show *s, uint32_t before, uint32_t after)
{
	value_pointed(s);
	value_unsigned(s, before);
	if (before != after) {
		value_becomes(s);
		value_unsigned(s, after);
	}
	value_pointed_end(s);
}

/* [48 => 0] where the call has changed it. */
static void show_size_pointer(struct show *s, int arg)
{
	uint64_t address = s->call->arg[arg];
	uint32_t before = 0, after = 0;
	bool was = s->exit, had, has;

	s->exit = false;
	had = address && show_read(s, address, &before, sizeof(before));
	s->exit = true;
	has = had && show_read(s, address, &after, sizeof(after));
	s->exit = was;
	show_argument_name(s, arg);
	if (!had)
		value_address(s, address);
	else
		size_change(s, before, has && s->call->state == CALL_DONE ? after : before);
}

static bool has_head(struct show *s, uint64_t address, uint32_t size)
{
	unsigned char head[HEAD];

	return address && size >= HEAD && show_read(s, address, head, HEAD);
}

/* One context behind another, each as long as it says. */
static void show_contexts(struct show *s, uint64_t address, uint32_t size)
{
	uint64_t length;

	if (!has_head(s, address, size)) {
		value_address(s, address);
		return;
	}
	if (!value_limit(s)) {
		value_left_out(s);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; value_nth(s, i); i++) {
		show_context(s, address, size);
		show_read(s, address + offsetof(struct context, length), &length, sizeof(length));
		if (length < HEAD || length >= size)
			break;
		address += length;
		size -= (uint32_t)length;
		if (!has_head(s, address, size)) {
			value_more_at(s, address);
			break;
		}
	}
	value_array_end(s);
}

static void get_args(struct show *s)
{
	uint64_t address = s->call->arg[1], id;
	bool single = s->call->arg[3] & SINGLE;
	uint32_t size = 0;

	show_argument(s, 0);
	show_argument_name(s, 1);
	if (single && has_head(s, address, HEAD)) {
		show_read(s, address, &id, sizeof(id));
		value_struct(s);
		value_field(s, "id");
		show_lsm(s, id);
		value_struct_end(s);
		value_becomes(s);
		single = false;
	}
	show_at_exit(s);
	if (!single && show_succeeded(s) && read_size(s, 2, true, &size))
		show_contexts(s, address, size);
	else
		value_address(s, address);
	show_size_pointer(s, 2);
	show_argument(s, 3);
}

static void set_args(struct show *s)
{
	uint64_t address = s->call->arg[1];
	uint32_t size = s->call->arg[2];

	show_argument(s, 0);
	show_argument_name(s, 1);
	if (has_head(s, address, size))
		show_context(s, address, size);
	else
		value_address(s, address);
	for (int i = 2; i < s->call->args; i++)
		show_argument(s, i);
}

static void show_id(struct show *s, const void *data, size_t size)
{
	uint64_t id;

	(void)size;
	memcpy(&id, data, sizeof(id));
	show_lsm(s, id);
}

static void list_args(struct show *s)
{
	uint32_t size;

	show_argument_name(s, 0);
	show_at_exit(s);
	if (read_size(s, 1, false, &size))
		show_arg(s, 0);
	else
		value_address(s, s->call->arg[0]);
	show_size_pointer(s, 1);
	show_argument(s, 2);
}

static const struct show_struct structs[] = {
	{ "lsm_id", show_id },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "lsm_get_self_attr", get_args, NULL },
	{ "lsm_set_self_attr", set_args, NULL },
	{ "lsm_list_modules", list_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_lsm = { .structs = structs, .calls = calls };
