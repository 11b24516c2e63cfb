// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the flags of mappings, which hold a type and the size of huge pages besides bits
 * (linux/mman.h). */
#include "decode/show.h"

#include "format/flags.h"

enum {
	TYPE_MASK = 0xf, /* MAP_TYPE */
	HUGE_SHIFT = 26, /* MAP_HUGE_SHIFT, MFD_HUGE_SHIFT */
	HUGE_MASK = 0x3f,
};

static void show_huge(struct show *s, uint64_t flags, const char *shift)
{
	uint32_t size = flags >> HUGE_SHIFT & HUGE_MASK;

	if (size)
		show_printf(s, "|%u<<%s", size, shift);
}

static void map_words(struct show *s, uint64_t flags)
{
	const char *type = flag_name(show_table(s, "mmap_types"), flags & TYPE_MASK);
	uint32_t rest = (uint32_t)flags & ~(TYPE_MASK | (uint32_t)HUGE_MASK << HUGE_SHIFT);

	if (type) {
		show_put(s, type);
	} else {
		text_hex(s->out, flags & TYPE_MASK);
		show_comment(s, "MAP_???");
	}
	if (rest) {
		text_char(s->out, '|');
		show_flag_words(s, "mmap_rest", rest);
	}
	show_huge(s, flags, "MAP_HUGE_SHIFT");
}

static void show_map_flags(struct show *s, uint64_t flags)
{
	if (s->options->raw_names)
		text_hex(s->out, flags);
	if (s->options->raw_names == 1)
		return;
	if (s->options->raw_names)
		show_put(s, " /* ");
	map_words(s, flags);
	if (s->options->raw_names)
		show_put(s, " */");
}

/* i386's old mmap has all its arguments in one structure. */
static void old_map_args(struct show *s)
{
	uint32_t arg[6];

	if (!show_read(s, s->call->arg[0], arg, sizeof(arg))) {
		show_address(s, s->call->arg[0]);
		return;
	}
	show_address(s, arg[0]);
	show_printf(s, ", %u, ", arg[1]);
	show_flags(s, "mmap_prot", arg[2]);
	show_comma(s);
	show_map_flags(s, arg[3]);
	show_comma(s);
	show_fd(s, arg[4]);
	show_comma(s);
	text_hex(s->out, arg[5]);
}

static void map_args(struct show *s)
{
	bool pages = !strcmp(s->call->name, "mmap2"); /* its offset counts pages of 4 KiB */
	int flags = s->call->name[0] == 'r' ? 4 : 3;

	if (s->call->desc && s->call->desc->arg[0].kind == DESC_ARRAY) {
		old_map_args(s);
		return;
	}
	for (int i = 0; i < s->call->args; i++) {
		if (i)
			show_comma(s);
		if (i == flags)
			show_map_flags(s, s->call->arg[i]);
		else if (pages && i == 5)
			text_hex(s->out, (s->call->arg[i] & UINT32_MAX) << 12);
		else
			show_arg(s, i);
	}
}

static void memfd_args(struct show *s)
{
	uint32_t flags = s->call->arg[1], huge = (uint32_t)HUGE_MASK << HUGE_SHIFT;

	show_arg(s, 0);
	show_comma(s);
	if (!(flags & huge) || s->options->raw_names) {
		show_arg(s, 1);
		return;
	}
	if (flags & ~huge)
		show_flags(s, "memfd_create_flags", flags & ~huge);
	show_printf(s, "%s%u<<MFD_HUGE_SHIFT", flags & ~huge ? "|" : "", flags >> HUGE_SHIFT);
}

static void process_madvise_args(struct show *s)
{
	show_arg(s, 0);
	show_comma(s);
	show_iovec(s, s->call->arg[1], s->call->arg[2], SHOW_NONE);
	for (int i = 2; i < s->call->args; i++) {
		show_comma(s);
		show_arg(s, i);
	}
}

static const struct show_call calls[] = {
	{ "mmap", map_args, NULL },
	{ "mmap2", map_args, NULL },
	{ "remap_file_pages", map_args, NULL },
	{ "memfd_create", memfd_args, NULL },
	{ "process_madvise", process_madvise_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_mapping = { .calls = calls };
