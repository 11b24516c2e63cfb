// SPDX-License-Identifier: GPL-2.0-or-later
/* show: calls of the whole system: personality, landlock, descriptors of segments (asm/ldt.h,
 * linux/landlock.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

enum {
	CONSOLE_LEVEL = 8,	  /* SYSLOG_ACTION_CONSOLE_LEVEL, linux/syslog.h of the kernel */
	HOST_NAME_MOST = 64,	  /* __NEW_UTS_LEN */
	SEGMENTS_MOST = 16,	  /* KEXEC_SEGMENT_MAX */
	RULESET_SIZE = 48,	  /* of struct landlock_ruleset_attr, Linux 7.2 */
	XCOMP_SUPPORTED = 0x1021, /* ARCH_GET_XCOMP_SUPP and its kin, asm/prctl.h */
	XCOMP_PERMITTED = 0x1022,
	XCOMP_REQUEST = 0x1023,
	XCOMP_PERMITTED_GUEST = 0x1024,
	XCOMP_REQUEST_GUEST = 0x1025,
};

static const struct show_field ruleset_fields[] = {
	FIELD_NAMED(64, FLAGS, "handled_access_fs", "landlock_ruleset_access_fs"),
	FIELD_NAMED(64, FLAGS, "handled_access_net", "landlock_ruleset_access_net"),
	FIELD_NAMED(64, FLAGS, "scoped", "landlock_ruleset_scope"),
	FIELD_NAMED(64, FLAGS, "quiet_access_fs", "landlock_ruleset_access_fs"),
	FIELD_NAMED(64, FLAGS, "quiet_access_net", "landlock_ruleset_access_net"),
	FIELD_NAMED(64, FLAGS, "quiet_scoped", "landlock_ruleset_scope"),
	FIELDS_END,
};

static const struct show_field port_fields[] = {
	FIELD_NAMED(64, FLAGS, "allowed_access", "landlock_ruleset_access_net"),
	FIELD(64, UNSIGNED, "port"),
	FIELDS_END,
};

/* Packed: 8 and 4 bytes. */
static const struct show_field path_fields[] = {
	FIELD_NAMED(64, FLAGS, "allowed_access", "landlock_ruleset_access_fs"),
	FIELD(INT, FD, "parent_fd"),
	FIELDS_END,
};

static uint32_t bits(uint32_t word, int from, int count)
{
	return word >> from & ((1u << count) - 1);
}

static void show_user_desc(struct show *s, const void *data, size_t size)
{
	static const struct {
		const char *name;
		int from, count;
	} flags[] = {
		{ "seg_32bit", 0, 1 },
		{ "contents", 1, 2 },
		{ "read_exec_only", 3, 1 },
		{ "limit_in_pages", 4, 1 },
		{ "seg_not_present", 5, 1 },
		{ "useable", 6, 1 },
		{ "lm", 7, 1 },
	};
	uint32_t word[4];

	if (size < sizeof(word))
		return;
	memcpy(word, data, sizeof(word));
	value_struct(s);
	value_field(s, "entry_number");
	show_uid(s, word[0]);
	if (s->call->failed && !strcmp(s->call->name, "get_thread_area")) { /* what was asked for */
		value_more(s);
		value_struct_end(s);
		return;
	}
	value_field(s, "base_addr");
	value_hex_wide(s, word[1], 8);
	value_field(s, "limit");
	value_hex_wide(s, word[2], 8);
	/* The last is of 64-bit programs. */
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags) - s->compat; i++)
		field_unsigned(s, flags[i].name, bits(word[3], flags[i].from, flags[i].count));
	value_struct_end(s);
}

/* The kernel returns an int where a long is expected: an error looks like a number below 2^32. */
static bool modify_ldt_result(struct show *s)
{
	uint32_t result = s->call->result;
	const char *name = (int32_t)result < 0 ? flag_errno_name(-result) : NULL;

	value_unsigned(s, result);
	if (name)
		value_error(s, name, flag_errno_text(-result));
	return true;
}

/* The number, and its name in any case. */
static void show_both(struct show *s, const char *table, uint64_t value, bool hex)
{
	const struct flag_table *t = show_table(s, table);
	const char *name = t ? flag_name(t, value) : NULL;

	if (hex)
		value_constant_both(s, value, BASE_HEX, name, t ? t->unknown : "");
	else
		value_constant_always(s, value, BASE_SIGNED, name, t ? t->unknown : "");
}

/* A type in the lowest byte, flags above. */
static void show_persona(struct show *s, uint32_t persona)
{
	value_mix(s, persona, BASE_NONE);
	value_part(s);
	show_enum(s, "personality_types", persona & 0xff);
	if (persona & ~0xffu) {
		value_part(s);
		show_flags(s, "personality_flags", persona & ~0xffu);
	}
	value_mix_end(s);
}

static void personality_args(struct show *s)
{
	uint32_t persona = s->call->arg[0];

	show_argument_name(s, 0);
	if (persona == UINT32_MAX)
		value_hex(s, persona);
	else
		show_persona(s, persona);
}

static bool personality_result(struct show *s)
{
	value_hex(s, (uint32_t)s->call->result);
	value_meaning(s);
	show_persona(s, s->call->result);
	value_meaning_end(s);
	return true;
}

static void syslog_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 0)
			show_both(s, "syslog_action_type", (int32_t)s->call->arg[0], false);
		else if (i == 2 && (int32_t)s->call->arg[0] == CONSOLE_LEVEL)
			show_both(s, "syslog_console_levels", (int32_t)s->call->arg[2], false);
		else
			show_arg(s, i);
	}
}

/* Longer names than the kernel takes are not looked at. */
static void name_args(struct show *s)
{
	show_argument_name(s, 0);
	if ((uint32_t)s->call->arg[1] > HOST_NAME_MOST)
		value_address(s, s->call->arg[0]);
	else
		show_arg(s, 0);
	show_argument(s, 1);
}

static void kexec_load_args(struct show *s)
{
	uint64_t flags = s->call->arg[3];

	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	if (s->call->arg[1] > SEGMENTS_MOST)
		value_address(s, s->call->arg[2]);
	else
		show_arg(s, 2);
	show_argument_name(s, 3);
	value_mix(s, flags, BASE_NONE);
	value_part(s);
	show_enum(s, "kexec_arch_values", flags & 0xffff0000u);
	if (flags & ~(uint64_t)0xffff0000u) {
		value_part(s);
		show_flags(s, "kexec_load_flags", flags & ~(uint64_t)0xffff0000u);
	}
	value_mix_end(s);
}

static const struct show_field segment_fields[] = {
	FIELD(LONG, POINTER, "buf"),
	FIELD(LONG, UNSIGNED, "bufsz"),
	FIELD(LONG, POINTER, "mem"),
	FIELD(LONG, UNSIGNED, "memsz"),
	FIELDS_END,
};

static void arch_prctl_args(struct show *s)
{
	uint32_t option = s->call->arg[0];
	uint64_t mask;

	show_argument(s, 0);
	if (s->call->args < 2)
		return;
	show_argument_name(s, 1);
	if (option == XCOMP_REQUEST || option == XCOMP_REQUEST_GUEST) {
		show_both(s, "xfeatures", s->call->arg[1], true);
		return;
	}
	if (option == XCOMP_SUPPORTED || option == XCOMP_PERMITTED ||
	    option == XCOMP_PERMITTED_GUEST) {
		show_at_exit(s);
		if (show_succeeded(s) && show_read(s, s->call->arg[1], &mask, sizeof(mask))) {
			value_pointed(s);
			value_flags_both(s, show_table(s, "xfeature_masks"), mask);
			value_pointed_end(s);
			return;
		}
	}
	show_arg(s, 1);
}

/* The kernel may know a longer structure than we do, or the program than the kernel. */
static void landlock_create_args(struct show *s)
{
	uint64_t address = s->call->arg[0], size = s->call->arg[1],
		 known = size < RULESET_SIZE ? size : RULESET_SIZE;
	unsigned char attr[RULESET_SIZE] = { 0 };

	show_argument_name(s, 0);
	if (s->call->desc->arg[0].kind != DESC_STRUCT || size < 8 ||
	    !show_read(s, address, attr, known)) {
		value_address(s, address);
	} else {
		/* Of a field that is cut short, the rest is zero. */
		show_struct_data(s, "landlock_ruleset_attr", attr, (known + 7) & ~UINT64_C(7));
		if (size > known) {
			value_reopen(s);
			value_more(s);
			value_struct_end(s);
		}
	}
	show_argument(s, 1);
	show_argument(s, 2);
}

/* Which slot the kernel has taken stands behind the result. */
static bool thread_area_result(struct show *s)
{
	uint32_t entry;

	s->exit = true;
	if (show_read(s, s->call->arg[0], &entry, sizeof(entry))) {
		value_details(s);
		field_unsigned(s, "entry_number", entry);
		value_details_end(s);
	}
	return false;
}

/* What it was given, also where it failed. */
static void thread_area_args(struct show *s)
{
	show_argument_name(s, 0);
	show_struct(s, "user_desc", s->call->arg[0]);
}

static const struct show_struct structs[] = {
	{ "user_desc", show_user_desc },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "modify_ldt", NULL, modify_ldt_result },
	{ "set_thread_area", thread_area_args, thread_area_result },
	{ "personality", personality_args, personality_result },
	{ "syslog", syslog_args, NULL },
	{ "sethostname", name_args, NULL },
	{ "setdomainname", name_args, NULL },
	{ "kexec_load", kexec_load_args, NULL },
	{ "arch_prctl", arch_prctl_args, NULL },
	{ "landlock_create_ruleset", landlock_create_args, NULL },
	{ NULL, NULL, NULL },
};

/* linux/sysctl.h, until the call was taken away. */
static const struct show_field sysctl_fields[] = {
	FIELD(LONG, POINTER, "name"),
	FIELD(INT, SIGNED, "nlen"),
	FIELD(LONG, POINTER, "oldval"),
	FIELD(LONG, POINTER, "oldlenp"),
	FIELD(LONG, POINTER, "newval"),
	FIELD(LONG, UNSIGNED, "newlen"),
	FIELDS_END,
};

static const struct show_layout layouts[] = {
	{ "landlock_ruleset_attr", ruleset_fields },
	{ "landlock_net_port_attr", port_fields },
	{ "landlock_path_beneath_attr", path_fields },
	{ "kexec_segment", segment_fields },
	{ "sysctl_args", sysctl_fields },
	{ NULL, NULL },
};

const struct show_family show_family_system = {
	.structs = structs,
	.layouts = layouts,
	.calls = calls,
};
