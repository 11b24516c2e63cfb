// SPDX-License-Identifier: GPL-2.0-or-later
/* show: memory policies (linux/mempolicy.h). */
#include "decode/show_families.h"
#include "decode/show_fields.h"

#include "format/flags.h"

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
	if (name) {
		show_put(s, name);
		text_char(s->out, '|');
		word &= MODE_FLAGS;
	}
	show_flags(s, "mpol_modes_flags", word);
}

/* [0x0000000000000001]: words of one bit for each node, with all their digits. */
static void show_nodes(struct show *s, uint64_t address, uint64_t most)
{
	uint64_t bits = 8 * show_word(s), count = (most + bits - 2) / bits, word = 0;

	if (count < most / bits || (most && !count)) {
		show_address(s, address);
		return;
	}
	if (!address || (count && !show_read_word(s, address, &word))) {
		show_address(s, address);
		return;
	}
	text_char(s->out, '[');
	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = address + i * show_word(s);

		if (i)
			show_comma(s);
		if (i >= s->options->string_size) {
			show_put(s, "...");
			break;
		}
		if (!show_read_word(s, at, &word)) {
			show_printf(s, "... /* %#llx */", (unsigned long long)at);
			break;
		}
		/* As printf's %#016lx: the prefix counts as digits. */
		show_printf(s, "%#0*llx", (int)(2 * show_word(s)), (unsigned long long)word);
	}
	text_char(s->out, ']');
}

static void mbind_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	show_mode_word(s, arg[2]);
	show_comma(s);
	show_nodes(s, arg[3], arg[4]);
	show_comma(s);
	show_arg(s, 4);
	show_comma(s);
	show_arg(s, 5);
}

static void set_mempolicy_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_mode_word(s, (uint32_t)arg[0]);
	show_comma(s);
	show_nodes(s, arg[1], arg[2]);
	show_comma(s);
	show_arg(s, 2);
}

static void get_mempolicy_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_at_exit(s);
	show_arg(s, 0);
	show_comma(s);
	if (show_succeeded(s))
		show_nodes(s, arg[1], arg[2]);
	else
		show_address(s, arg[1]);
	for (int i = 2; i < 5; i++) {
		show_comma(s);
		show_arg(s, i);
	}
}

static void migrate_pages_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	show_nodes(s, arg[2], arg[1]);
	show_comma(s);
	show_nodes(s, arg[3], arg[1]);
}

static void show_policy(struct show *s, const void *data, size_t size)
{
	uint32_t mode;

	(void)size;
	memcpy(&mode, data, sizeof(mode));
	text_char(s->out, '[');
	show_enum(s, "mpol_modes", mode);
	text_char(s->out, ']');
}

/* A node, or why the page is on none. */
static void show_page_status(struct show *s, const void *data, size_t size)
{
	int32_t status;

	(void)size;
	memcpy(&status, data, sizeof(status));
	if (status < 0 && flag_errno_name(-status))
		show_printf(s, "-%s", flag_errno_name(-status));
	else
		text_signed(s->out, status);
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
	{ NULL, NULL, NULL },
};

const struct show_family show_family_numa = { .structs = structs, .calls = calls };
