// SPDX-License-Identifier: GPL-2.0-or-later
/* show: mounts: mount and the calls that took its place, swap (linux/mount.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

enum {
	MAGIC_MASK = 0xffff0000u, /* MS_MGC_MSK: until 2.4 the flags began with a magic number */
	MAGIC = 0xc0ed0000u,
	REMOUNT = 32, /* MS_REMOUNT */
	NO_TYPE = 4096 | 8192 | 1 << 17 | 1 << 18 | 1 << 19 |
		  1 << 20, /* bind, move, changes of propagation */
	PRIORITY = 0x7fff, /* SWAP_FLAG_PRIO_MASK */
	SET_FLAG = 0,	   /* FSCONFIG_SET_FLAG */
	SET_STRING = 1,
	SET_BINARY = 2,
	SET_FD = 5,
	KEY_MOST = 256, /* with its NUL; a string of a value, too */
};

/* What the kernel ignores is shown as an address. */
static void mount_args(struct show *s)
{
	uint64_t flags = s->call->arg[3];
	bool magic = (flags & MAGIC_MASK) == MAGIC, data;

	if (magic)
		flags &= ~(uint64_t)MAGIC_MASK;
	data = flags & REMOUNT || !(flags & NO_TYPE);
	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	if (flags & (REMOUNT | NO_TYPE))
		value_address(s, s->call->arg[2]);
	else
		show_arg(s, 2);
	show_argument_name(s, 3);
	value_mix(s, s->call->arg[3], BASE_NONE);
	if (magic) {
		value_part(s);
		value_constant(s, MAGIC, BASE_HEX, "MS_MGC_VAL", NULL);
	}
	if (!magic || flags) {
		value_part(s);
		show_flags(s, "mount_flags", flags);
	}
	value_mix_end(s);
	show_argument_name(s, 4);
	if (data)
		show_arg(s, 4);
	else
		value_address(s, s->call->arg[4]);
}

static void swapon_args(struct show *s)
{
	uint32_t flags = s->call->arg[1], priority = flags & PRIORITY;

	show_argument(s, 0);
	show_argument_name(s, 1);
	value_mix(s, flags, BASE_NONE);
	flags &= ~(uint32_t)PRIORITY;
	if (flags) {
		value_part(s);
		show_flags(s, "swap_flags", flags);
	}
	value_part(s);
	value_unsigned(s, priority);
	value_mix_end(s);
}

/* A value that is not text is shown in hex. */
static void fsconfig_args(struct show *s)
{
	uint32_t size = s->call->arg[4], command = s->call->arg[1];
	const void *data;

	for (int i = 0; i < 5; i++) {
		show_argument_name(s, i);
		if ((i == 2 && command <= SET_FD) || (i == 3 && command == SET_STRING)) {
			show_string_within(s, s->call->arg[i], KEY_MOST);
		} else if (i == 3 && command == SET_BINARY && s->call->arg[3]) {
			uint64_t shown = value_wanted(s, size);

			if (size > INT32_MAX || (size && !shown && show_ends(s, s->call->arg[3])) ||
			    show_find_bytes(s, s->call->arg[3], shown, &data) < shown) {
				value_address(s, s->call->arg[3]);
				continue;
			}
			value_hex_bytes(s, data, shown, size);
		} else {
			show_arg(s, i);
		}
	}
}

static const struct show_field attr_fields[] = {
	FIELD_NAMED(64, FLAGS, "attr_set", "mount_attr_attr"),
	FIELD_NAMED(64, FLAGS, "attr_clr", "mount_attr_attr"),
	FIELD_NAMED(64, ENUM, "propagation", "mount_propagation_flags"),
	FIELD(64, UNSIGNED, "userns_fd"),
	FIELDS_END,
};

static void show_mount_attr(struct show *s, const void *data, size_t size)
{
	size_t known = show_size(s, "mount_attr");

	show_fields(s, attr_fields, data, size < known ? size : known);
}

static void mount_setattr_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 3)
			show_grown(s, s->call->arg[3], s->call->arg[4], 32, show_mount_attr);
		else
			show_arg(s, i);
	}
}

static const struct show_struct structs[] = {
	{ "mount_attr", show_mount_attr },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "mount", mount_args, NULL },
	{ "swapon", swapon_args, NULL },
	{ "fsconfig", fsconfig_args, NULL },
	{ "mount_setattr", mount_setattr_args, NULL },
	{ "open_tree_attr", mount_setattr_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_mount = { .structs = structs, .calls = calls };
