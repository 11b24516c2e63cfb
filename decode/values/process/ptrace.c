// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ptrace (linux/ptrace.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

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
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_address(s, "iov_base", base);
	field_unsigned(s, "iov_len", length);
	value_struct_end(s);
}

#define REGISTER(name) FIELD(LONG, HEX, name)
static const struct show_field register_fields[] = {
	REGISTER("r15"), REGISTER("r14"),     REGISTER("r13"),	   REGISTER("r12"),
	REGISTER("rbp"), REGISTER("rbx"),     REGISTER("r11"),	   REGISTER("r10"),
	REGISTER("r9"),	 REGISTER("r8"),      REGISTER("rax"),	   REGISTER("rcx"),
	REGISTER("rdx"), REGISTER("rsi"),     REGISTER("rdi"),	   REGISTER("orig_rax"),
	REGISTER("rip"), REGISTER("cs"),      REGISTER("eflags"),  REGISTER("rsp"),
	REGISTER("ss"),	 REGISTER("fs_base"), REGISTER("gs_base"), REGISTER("ds"),
	REGISTER("es"),	 REGISTER("fs"),      REGISTER("gs"),	   FIELDS_END,
};

/* Of a 32-bit tracer. */
static const struct show_field i386_fields[] = {
	REGISTER("ebx"), REGISTER("ecx"),      REGISTER("edx"), REGISTER("esi"), REGISTER("edi"),
	REGISTER("ebp"), REGISTER("eax"),      REGISTER("xds"), REGISTER("xes"), REGISTER("xfs"),
	REGISTER("xgs"), REGISTER("orig_eax"), REGISTER("eip"), REGISTER("xcs"), REGISTER("eflags"),
	REGISTER("esp"), REGISTER("xss"),      FIELDS_END,
};

static void show_registers(struct show *s, const void *data, size_t size)
{
	show_fields(s, s->compat ? i386_fields : register_fields, data, size);
}

/* 8*RBX, 8*RBX+3: a register by where it stands in struct user. */
static void show_offset(struct show *s, uint64_t offset)
{
	const struct flag_table *t = show_table(s, "x86_64_user_offsets");

	if (!(offset & 7) || !t || !flag_name(t, offset & ~(uint64_t)7)) {
		show_enum(s, "x86_64_user_offsets", offset);
		return;
	}
	value_mix(s, offset, BASE_NONE);
	value_part(s);
	show_enum(s, "x86_64_user_offsets", offset & ~(uint64_t)7);
	value_say(s, "+");
	value_unsigned(s, offset & 7);
	value_mix_end(s);
}

static void ptrace_args(struct show *s)
{
	uint64_t request = s->call->arg[0];
	bool registers = request == PTRACE_GETREGSET || request == PTRACE_SETREGSET;

	for (int i = 0; i < s->call->args; i++) {
		if (s->call->desc->arg[i].kind == DESC_UNUSED)
			continue;
		show_argument_name(s, i);
		if (i == 2 && !strcmp(s->call->desc->arg[i].ref, "x86_64_user_offsets"))
			show_offset(s, s->call->arg[i]);
		else if (i == 3 && registers)
			show_regset(s, s->call->arg[i]);
		else
			show_arg(s, i);
	}
}

static const struct show_struct structs[] = {
	{ "user_regs_struct", show_registers },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "ptrace_peeksiginfo_args", peek_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "ptrace", ptrace_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_ptrace = { .structs = structs,
						.layouts = layouts,
						.calls = calls };
