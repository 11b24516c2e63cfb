// SPDX-License-Identifier: GPL-2.0-or-later
/* show: attributes of security modules (linux/lsm.h). */
#include "decode/show_fields.h"

#include "format/flags.h"

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
		text_hex(s->out, id);
}

static void show_context(struct show *s, const unsigned char *data, size_t size)
{
	struct context c;
	size_t have, shown;

	memcpy(&c, data, sizeof(c));
	show_put(s, "{id=");
	show_lsm(s, c.id);
	show_put(s, ", flags=");
	text_hex(s->out, c.flags);
	show_printf(s, ", len=%llu, ctx_len=%llu", (unsigned long long)c.length,
		    (unsigned long long)c.text_length);
	have = c.text_length < size - HEAD ? c.text_length : size - HEAD;
	shown = have < s->options->string_size ? have : s->options->string_size;
	if (have) {
		show_put(s, ", ctx=");
		text_quoted(s->out, data + HEAD, shown, TEXT_QUOTE_HEX_ALL);
		if (shown < have)
			show_put(s, "...");
	}
	text_char(s->out, '}');
}

static bool read_size(struct show *s, bool exit, uint32_t *size)
{
	bool was = s->exit, read;

	s->exit = exit;
	read = show_read(s, s->call->arg[2], size, sizeof(*size));
	s->exit = was;
	return read;
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
	if (!had)
		show_address(s, address);
	else if (has && before != after && s->call->state == CALL_DONE)
		show_printf(s, "[%u => %u]", before, after);
	else
		show_printf(s, "[%u]", before);
}

/* One context behind another, each as long as it says. */
static void show_contexts(struct show *s, uint64_t address, uint32_t size)
{
	const void *data;
	struct context c;
	uint32_t at = 0;

	if (size < HEAD || show_find(s, address, size, &data) < HEAD) {
		show_address(s, address);
		return;
	}
	text_char(s->out, '[');
	while (size - at >= HEAD) {
		size_t have = show_find(s, address + at, size - at, &data);

		if (have < HEAD)
			break;
		memcpy(&c, data, sizeof(c));
		if (at)
			show_comma(s);
		show_context(s, data, c.length < have && c.length >= HEAD ? c.length : have);
		if (c.length < HEAD || c.length > size - at)
			break;
		at += c.length;
	}
	text_char(s->out, ']');
}

static void get_args(struct show *s)
{
	uint64_t address = s->call->arg[1], id;
	uint32_t size = 0;

	show_arg(s, 0);
	show_comma(s);
	if (s->call->arg[3] & SINGLE && address && show_read(s, address, &id, sizeof(id))) {
		show_put(s, "{id=");
		show_lsm(s, id);
		show_put(s, "} => ");
	}
	show_at_exit(s);
	if (show_succeeded(s) && read_size(s, true, &size))
		show_contexts(s, address, size);
	else
		show_address(s, address);
	show_comma(s);
	show_size_pointer(s, 2);
	show_comma(s);
	show_arg(s, 3);
}

static void set_args(struct show *s)
{
	uint32_t size = s->call->arg[2];
	const void *data;

	show_arg(s, 0);
	show_comma(s);
	if (size >= HEAD && s->call->arg[1] && show_find(s, s->call->arg[1], size, &data) == size)
		show_context(s, data, size);
	else
		show_address(s, s->call->arg[1]);
	for (int i = 2; i < s->call->args; i++) {
		show_comma(s);
		show_arg(s, i);
	}
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
	show_arg(s, 0);
	show_comma(s);
	show_size_pointer(s, 1);
	show_comma(s);
	show_arg(s, 2);
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
