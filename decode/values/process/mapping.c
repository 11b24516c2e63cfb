// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the flags of mappings, which hold a type and the size of huge pages besides bits
 * (linux/mman.h). */
#include "decode/values/show.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

enum {
	TYPE_MASK = 0xf, /* MAP_TYPE */
	HUGE_SHIFT = 26, /* MAP_HUGE_SHIFT, MFD_HUGE_SHIFT */
	HUGE_MASK = 0x3f,
};

static void show_huge(struct show *s, uint64_t flags, const char *shift)
{
	uint32_t size = flags >> HUGE_SHIFT & HUGE_MASK;

	if (!size)
		return;
	value_part(s);
	value_unsigned(s, size);
	value_say(s, shift);
}

static void map_words(struct show *s, uint64_t flags)
{
	const char *type = flag_name(show_table(s, "mmap_types"), flags & TYPE_MASK);
	uint32_t rest = (uint32_t)flags & ~(TYPE_MASK | (uint32_t)HUGE_MASK << HUGE_SHIFT);

	value_part(s);
	if (type)
		value_words(s, flags & TYPE_MASK, type);
	else
		value_constant(s, flags & TYPE_MASK, BASE_HEX, NULL, "MAP_???");
	if (rest) {
		value_part(s);
		show_flag_words(s, "mmap_rest", rest);
	}
	show_huge(s, flags, "<<MAP_HUGE_SHIFT");
}

static void show_map_flags(struct show *s, uint64_t flags)
{
	if (!value_mix(s, flags, BASE_HEX))
		return;
	map_words(s, flags);
	value_mix_end(s);
}

/* i386's old mmap has all its arguments in one structure. */
static void old_map_args(struct show *s)
{
	uint32_t arg[6];

	if (!show_read(s, s->call->arg[0], arg, sizeof(arg))) {
		show_argument_name(s, 0);
		value_address(s, s->call->arg[0]);
		return;
	}
	value_argument(s, "addr");
	value_address(s, arg[0]);
	value_argument(s, "len");
	value_unsigned(s, arg[1]);
	value_argument(s, "prot");
	show_flags(s, "mmap_prot", arg[2]);
	value_argument(s, "flags");
	show_map_flags(s, arg[3]);
	value_argument(s, "fd");
	show_fd(s, arg[4]);
	value_argument(s, "off");
	value_hex(s, arg[5]);
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
		show_argument_name(s, i);
		if (i == flags)
			show_map_flags(s, s->call->arg[i]);
		else if (pages && i == 5)
			value_hex(s, (s->call->arg[i] & UINT32_MAX) << 12);
		else
			show_arg(s, i);
	}
}

enum { MEMFD_NAME = 250 }; /* NAME_MAX less "memfd:", and its NUL */

static void memfd_args(struct show *s)
{
	uint32_t flags = s->call->arg[1], huge = (uint32_t)HUGE_MASK << HUGE_SHIFT;

	show_argument_name(s, 0);
	show_string_within(s, s->call->arg[0], MEMFD_NAME);
	show_argument_name(s, 1);
	if (!(flags & huge)) {
		show_arg(s, 1);
	} else if (value_mix(s, flags, BASE_HEX)) {
		if (flags & ~huge) {
			value_part(s);
			show_flags(s, "memfd_create_flags", flags & ~huge);
		}
		show_huge(s, flags, "<<MFD_HUGE_SHIFT");
		value_mix_end(s);
	}
}

static void process_madvise_args(struct show *s)
{
	show_argument(s, 0);
	show_argument_name(s, 1);
	show_iovec(s, s->call->arg[1], s->call->arg[2], SHOW_NONE);
	for (int i = 2; i < s->call->args; i++)
		show_argument(s, i);
}

static void print_resident(struct show *s, const void *data, size_t size)
{
	(void)size;
	value_unsigned(s, *(const unsigned char *)data & 1); /* the rest has no meaning */
}

static void mincore_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	show_at_exit(s);
	if (show_succeeded(s) || !arg[1])
		show_array(s, arg[2], arg[1] / 4096 + (arg[1] % 4096 > 0), 1, print_resident);
	else
		value_address(s, arg[2]);
}

static const struct show_call calls[] = {
	{ "mincore", mincore_args, NULL },
	{ "mmap", map_args, NULL },
	{ "mmap2", map_args, NULL },
	{ "remap_file_pages", map_args, NULL },
	{ "memfd_create", memfd_args, NULL },
	{ "process_madvise", process_madvise_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_mapping = { .calls = calls };
