// SPDX-License-Identifier: GPL-2.0-or-later
/* show: capabilities and groups (linux/capability.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/capability.h>

static const struct show_field header_fields[] = {
	FIELD_NAMED(INT, ENUM, "version", "cap_version"),
	FIELD(INT, SIGNED, "pid"),
	FIELDS_END,
};

/* Two words of bits: the second has capabilities from 32 on. */
static void show_caps(struct show *s, const char *name, uint32_t low, uint32_t high)
{
	value_field(s, name);
	value_mix(s, (uint64_t)high << 32 | low, BASE_NONE);
	if (low || !high) {
		value_part(s);
		show_flags(s, "cap_mask0", low);
	}
	if (high) {
		value_part(s);
		show_flags(s, "cap_mask1", high);
	}
	value_mix_end(s);
}

/* How many words there are the header's version says. */
static void show_cap_data(struct show *s, uint64_t address, uint32_t version)
{
	bool wide =
		version == _LINUX_CAPABILITY_VERSION_2 || version == _LINUX_CAPABILITY_VERSION_3;
	struct __user_cap_data_struct d[2] = { { 0 } };

	if (!address || !show_read(s, address, d, wide ? sizeof(d) : sizeof(*d))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	show_caps(s, "effective", d[0].effective, d[1].effective);
	show_caps(s, "permitted", d[0].permitted, d[1].permitted);
	show_caps(s, "inheritable", d[0].inheritable, d[1].inheritable);
	value_struct_end(s);
}

static void cap_args(struct show *s)
{
	bool get = !strcmp(s->call->name, "capget");
	uint32_t version;

	show_argument_name(s, 0);
	show_struct(s, "cap_user_header", s->call->arg[0]);
	show_argument_name(s, 1);
	if (get)
		show_at_exit(s);
	if ((get && !show_succeeded(s)) ||
	    !show_read(s, s->call->arg[0], &version, sizeof(version)))
		value_address(s, s->call->arg[1]);
	else
		show_cap_data(s, s->call->arg[1], version);
}

static void setgroups_args(struct show *s)
{
	show_argument(s, 0);
	show_argument_name(s, 1);
	if ((int32_t)s->call->arg[0] < 0)
		value_address(s, s->call->arg[1]);
	else
		show_arg(s, 1);
}

static const struct show_layout layouts[] = {
	{ "cap_user_header", header_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "capget", cap_args, NULL },
	{ "capset", cap_args, NULL },
	{ "setgroups", setgroups_args, NULL },
	{ "setgroups32", setgroups_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_creds = { .layouts = layouts, .calls = calls };
