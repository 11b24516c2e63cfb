// SPDX-License-Identifier: GPL-2.0-or-later
/* show: memory policies (linux/mempolicy.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <stdio.h>

enum {
	MODE_FLAGS = 0xe000, /* MPOL_F_STATIC_NODES, MPOL_F_RELATIVE_NODES, MPOL_F_NUMA_BALANCING */
};

static void show_mode_word(struct show *s, uint64_t word)
{
	const struct flag_table *t = show_table(s, "mpol_modes");
	const char *name = t ? flag_name(t, word & ~(uint64_t)MODE_FLAGS) : NULL;

	if (!(word & MODE_FLAGS)) {
		show_enum(s, "mpol_modes", word);
		return;
	}
	if (!value_mix(s, word, BASE_HEX))
		return;
	if (name) {
		value_part(s);
		value_words(s, word & ~(uint64_t)MODE_FLAGS, name);
		word &= MODE_FLAGS;
	}
	value_part(s);
	show_flags(s, "mpol_modes_flags", word);
	value_mix_end(s);
}

/* [0x0000000000000001]: words of one bit for each node, with all their digits. */
static void show_nodes(struct show *s, uint64_t address, uint64_t most)
{
	uint64_t bits = 8 * show_word(s), count = (most + bits - 2) / bits, word = 0;

	if (count < most / bits || (most && !count)) {
		value_address(s, address);
		return;
	}
	if (!address || (count && !show_read_word(s, address, &word))) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = address + i * show_word(s);

		if (i >= value_wanted(s, count) && !show_ends(s, at)) {
			value_more(s);
			break;
		}
		if (!show_read_word(s, at, &word)) {
			value_more_at(s, at);
			break;
		}
		value_element(s);
		value_hex_wide(s, word, (int)(2 * show_word(s))); /* the prefix counts as digits */
	}
	value_array_end(s);
}

static void mbind_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	show_mode_word(s, arg[2]);
	show_argument_name(s, 3);
	show_nodes(s, arg[3], arg[4]);
	show_argument(s, 4);
	show_argument(s, 5);
}

static void set_mempolicy_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_argument_name(s, 0);
	show_mode_word(s, (uint32_t)arg[0]);
	show_argument_name(s, 1);
	show_nodes(s, arg[1], arg[2]);
	show_argument(s, 2);
}

static void get_mempolicy_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_at_exit(s);
	show_argument(s, 0);
	show_argument_name(s, 1);
	if (show_succeeded(s) || !arg[2])
		show_nodes(s, arg[1], arg[2]);
	else
		value_address(s, arg[1]);
	for (int i = 2; i < 5; i++)
		show_argument(s, i);
}

static void migrate_pages_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	show_nodes(s, arg[2], arg[1]);
	show_argument_name(s, 3);
	show_nodes(s, arg[3], arg[1]);
}

static void move_pages_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 4 && s->call->arg[i] && !s->call->arg[1]) {
			value_array(s); /* of none, though the call fails */
			value_array_end(s);
		} else {
			show_arg(s, i);
		}
	}
}

static void show_policy(struct show *s, const void *data, size_t size)
{
	uint32_t mode;

	(void)size;
	memcpy(&mode, data, sizeof(mode));
	value_pointed(s);
	show_enum(s, "mpol_modes", mode);
	value_pointed_end(s);
}

/* A node, or why the page is on none. */
static void show_page_status(struct show *s, const void *data, size_t size)
{
	int32_t status;
	char name[32];

	(void)size;
	memcpy(&status, data, sizeof(status));
	if (status < 0 && flag_errno_name(-status)) {
		snprintf(name, sizeof(name), "-%s", flag_errno_name(-status));
		value_constant(s, (uint64_t)(int64_t)status, BASE_SIGNED, name, NULL);
	} else {
		value_signed(s, status);
	}
}

static const struct show_struct structs[] = {
	{ "mempolicy_mode", show_policy },
	{ "move_pages_status", show_page_status },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "mbind", mbind_args, NULL },
	{ "set_mempolicy", set_mempolicy_args, NULL },
	{ "get_mempolicy", get_mempolicy_args, NULL },
	{ "migrate_pages", migrate_pages_args, NULL },
	{ "move_pages", move_pages_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_numa = { .structs = structs, .calls = calls };
