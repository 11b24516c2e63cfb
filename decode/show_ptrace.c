// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ptrace (linux/ptrace.h). */
#include "decode/show_families.h"
#include "decode/show_fields.h"

#include <sys/ptrace.h>

static const struct show_field peek_fields[] = {
	FIELD(64, UNSIGNED, "off"),
	FIELD_NAMED(INT, FLAGS, "flags", "peeksiginfo_flags"),
	FIELD(INT, SIGNED, "nr"),
	FIELDS_END,
};

/* The set of registers in a buffer of which the vector tells place and length. */
static void show_regset(struct show *s, uint64_t address)
{
	uint64_t base, length;

	if (!address || !show_read_word(s, address, &base) ||
	    !show_read_word(s, address + show_word(s), &length)) {
		show_address(s, address);
		return;
	}
	show_put(s, "{iov_base=");
	show_address(s, base);
	show_printf(s, ", iov_len=%llu}", (unsigned long long)length);
}

static void ptrace_args(struct show *s)
{
	uint64_t request = s->call->arg[0];
	bool registers = request == PTRACE_GETREGSET || request == PTRACE_SETREGSET;

	for (int i = 0; i < s->call->args; i++) {
		if (s->call->desc->arg[i].kind == DESC_UNUSED)
			continue;
		if (i)
			show_comma(s);
		if (i == 3 && registers)
			show_regset(s, s->call->arg[i]);
		else
			show_arg(s, i);
	}
}

static const struct show_layout layouts[] = {
	{ "ptrace_peeksiginfo_args", peek_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "ptrace", ptrace_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_ptrace = { .layouts = layouts, .calls = calls };
