// SPDX-License-Identifier: GPL-2.0-or-later
/* show: calls of the whole system: personality, landlock, descriptors of segments (asm/ldt.h,
 * linux/landlock.h). */
#include "decode/show_families.h"
#include "decode/show_fields.h"

#include "format/flags.h"

enum {
	CONSOLE_LEVEL = 8,	  /* SYSLOG_ACTION_CONSOLE_LEVEL, linux/syslog.h of the kernel */
	HOST_NAME_MOST = 64,	  /* __NEW_UTS_LEN */
	SEGMENTS_MOST = 16,	  /* KEXEC_SEGMENT_MAX */
	RULESET_SIZE = 24,	  /* of struct landlock_ruleset_attr, Linux 6.12 */
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
	show_printf(s, "{entry_number=%d, base_addr=%#08x, limit=%#08x", (int)word[0], word[1],
		    word[2]);
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		show_printf(s, ", %s=%u", flags[i].name,
			    bits(word[3], flags[i].from, flags[i].count));
	text_char(s->out, '}');
}

/* The kernel returns an int where a long is expected: an error looks like a number below 2^32. */
static bool modify_ldt_result(struct show *s)
{
	uint32_t result = s->call->result;
	const char *name = (int32_t)result < 0 ? flag_errno_name(-result) : NULL;

	text_unsigned(s->out, result);
	if (name)
		show_printf(s, " %s (%s)", name, flag_errno_text(-result));
	return true;
}

/* The number, and its name in any case. */
static void show_both(struct show *s, const char *table, uint64_t value, bool hex)
{
	const struct flag_table *t = show_table(s, table);
	const char *name = t ? flag_name(t, value) : NULL;

	if (hex)
		text_hex(s->out, value);
	else
		text_signed(s->out, value);
	show_comment(s, name ? name : t ? t->unknown : "");
}

/* A type in the lowest byte, flags above. */
static void show_persona(struct show *s, uint32_t persona)
{
	show_enum(s, "personality_types", persona & 0xff);
	if (persona & ~0xffu) {
		text_char(s->out, '|');
		show_flags(s, "personality_flags", persona & ~0xffu);
	}
}

static void personality_args(struct show *s)
{
	uint32_t persona = s->call->arg[0];

	if (persona == UINT32_MAX)
		text_hex(s->out, persona);
	else
		show_persona(s, persona);
}

static bool personality_result(struct show *s)
{
	text_hex(s->out, (uint32_t)s->call->result);
	show_put(s, " (");
	show_persona(s, s->call->result);
	text_char(s->out, ')');
	return true;
}

static void syslog_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		if (i)
			show_comma(s);
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
	if ((uint32_t)s->call->arg[1] > HOST_NAME_MOST)
		show_address(s, s->call->arg[0]);
	else
		show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
}

static void kexec_load_args(struct show *s)
{
	uint64_t flags = s->call->arg[3];

	show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	if (s->call->arg[1] > SEGMENTS_MOST)
		show_address(s, s->call->arg[2]);
	else
		show_arg(s, 2);
	show_comma(s);
	show_enum(s, "kexec_arch_values", flags & 0xffff0000u);
	if (flags & ~(uint64_t)0xffff0000u) {
		text_char(s->out, '|');
		show_flags(s, "kexec_load_flags", flags & ~(uint64_t)0xffff0000u);
	}
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

	if (s->call->args < 2) {
		show_arg(s, 0);
		return;
	}
	show_arg(s, 0);
	show_comma(s);
	if (option == XCOMP_REQUEST || option == XCOMP_REQUEST_GUEST) {
		show_both(s, "xfeatures", s->call->arg[1], true);
		return;
	}
	if (option == XCOMP_SUPPORTED || option == XCOMP_PERMITTED ||
	    option == XCOMP_PERMITTED_GUEST) {
		show_at_exit(s);
		if (show_succeeded(s) && show_read(s, s->call->arg[1], &mask, sizeof(mask))) {
			text_char(s->out, '[');
			text_hex(s->out, mask);
			if (mask) {
				show_put(s, " /* ");
				show_flags(s, "xfeature_masks", mask);
				show_put(s, " */");
			}
			text_char(s->out, ']');
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
	const void *data;

	if (s->call->desc->arg[0].kind != DESC_STRUCT || size < 8 ||
	    show_find(s, address, known, &data) < known) {
		show_address(s, address);
	} else {
		show_struct_data(s, "landlock_ruleset_attr", data, known);
		if (size > known) {
			s->out->used--;
			show_put(s, ", ...}");
		}
	}
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	show_arg(s, 2);
}

/* Which slot the kernel has taken stands behind the result. */
static bool thread_area_result(struct show *s)
{
	struct text *out = s->out;
	uint32_t entry;

	s->exit = true;
	if (show_read(s, s->call->arg[0], &entry, sizeof(entry))) {
		s->out = &s->aux;
		show_printf(s, "entry_number=%d", (int)entry);
		s->out = out;
	}
	return false;
}

/* What it was given, also where it failed. */
static void thread_area_args(struct show *s)
{
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

static const struct show_layout layouts[] = {
	{ "landlock_ruleset_attr", ruleset_fields },
	{ "landlock_net_port_attr", port_fields },
	{ "landlock_path_beneath_attr", path_fields },
	{ "kexec_segment", segment_fields },
	{ NULL, NULL },
};

const struct show_family show_family_system = {
	.structs = structs,
	.layouts = layouts,
	.calls = calls,
};
