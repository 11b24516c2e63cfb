// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ptrace (linux/ptrace.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <sys/ptrace.h>

enum { REQUEST_SET_SYSCALL_INFO = 0x4212 /* Linux 6.16 */ };

static const struct show_field peek_fields[] = {
	FIELD(64, UNSIGNED, "off"),
	FIELD_NAMED(INT, FLAGS, "flags", "peeksiginfo_flags"),
	FIELD(INT, UNSIGNED, "nr"),
	FIELDS_END,
};

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

/* linux/elf.h: what a set of registers is. */
enum { NT_PRSTATUS = 1, NT_FPREGSET = 2 };

#define WORDS(name, count) FIELD_MANY(INT, ARRAY, name, count)
static const struct show_field float_fields[] = {
	FIELD(SHORT, HEX, "cwd"), FIELD(SHORT, HEX, "swd"),	FIELD(SHORT, HEX, "ftw"),
	FIELD(SHORT, HEX, "fop"), FIELD(64, HEX, "rip"),	FIELD(64, HEX, "rdp"),
	FIELD(INT, HEX, "mxcsr"), FIELD(INT, HEX, "mxcr_mask"), WORDS("st_space", 32),
	WORDS("xmm_space", 64),	  WORDS("padding", 24),		FIELDS_END,
};

static const struct show_field i386_float_fields[] = {
	REGISTER("cwd"), REGISTER("swd"), REGISTER("twd"),	 REGISTER("fip"), REGISTER("fcs"),
	REGISTER("foo"), REGISTER("fos"), WORDS("st_space", 20), FIELDS_END,
};

/* Of an array that ends early as many as there are. */
static void show_float_registers(struct show *s, const void *data, size_t size)
{
	struct show_field fields[sizeof(float_fields) / sizeof(*float_fields)];
	const struct show_field *all = s->compat ? i386_float_fields : float_fields;
	size_t at = s->compat ? 28 : 32; /* where the arrays begin */

	for (struct show_field *f = fields;; f++) {
		*f = *all++;
		if (f->form == FORM_ARRAY && at + 4ul * f->count > size) {
			f->count = size > at ? (size - at) / 4 : 0;
			f += f->count > 0;
			f->type = FIELD_END;
		}
		if (f->type == FIELD_END)
			break;
		if (f->form == FORM_ARRAY)
			at += 4ul * f->count;
	}
	show_fields(s, fields, data, size);
}

/* So many bytes of a set: whole registers alone. */
static void show_set(struct show *s, uint64_t address, uint64_t length)
{
	uint32_t type = s->call->arg[2];
	bool whole = type == NT_PRSTATUS;
	size_t size = show_size(s, whole ? "user_regs_struct" : "user_fpregs_struct");
	const void *data;

	if (length < size)
		size = length;
	if ((!whole && type != NT_FPREGSET) || !size || show_find(s, address, size, &data) < size)
		value_address(s, address);
	else if (whole)
		show_registers(s, data, size);
	else
		show_float_registers(s, data, size);
}

/* The set of registers in a buffer of which the vector tells place and length; the kernel says how
 * long it is. */
static void show_regset(struct show *s, uint64_t address, bool written)
{
	uint64_t base, length, after;

	if (!address || !show_read_word(s, address, &base) ||
	    !show_read_word(s, address + show_word(s), &length)) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	value_field(s, "iov_base");
	if (written)
		show_at_exit(s);
	after = length;
	if (written && show_succeeded(s) && !show_read_word(s, address + show_word(s), &after))
		after = length;
	if (written && !show_succeeded(s))
		value_address(s, base);
	else
		show_set(s, base, after);
	field_unsigned(s, "iov_len", length);
	if (after != length) {
		value_becomes(s);
		value_unsigned(s, after);
	}
	value_struct_end(s);
}

/* As much as the kernel has written: the offset that was asked for, and the filter's flags. */
static void show_metadata(struct show *s, uint64_t address, uint64_t size)
{
	uint64_t offset, flags, got;

	if (!address || size < sizeof(offset) || !show_read(s, address, &offset, sizeof(offset))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "filter_off", offset);
	show_at_exit(s);
	got = show_succeeded(s) ? (uint64_t)s->call->result : 0;
	if (got >= sizeof(offset) + sizeof(flags) &&
	    show_read(s, address + sizeof(offset), &flags, sizeof(flags)))
		field_flags(s, "flags", "seccomp_filter_flags", flags);
	else if (got > sizeof(offset))
		value_unreadable(s);
	value_struct_end(s);
}

static const struct show_field info_head[] = {
	FIELD_NAMED(CHAR, ENUM, "op", "ptrace_syscall_info_op"),
	FIELD_UNLESS_0(CHAR, HEX, "reserved"),
	FIELD_UNLESS_0(SHORT, HEX, "flags"),
	FIELD_NAMED(INT, ENUM, "arch", "audit_arch"),
	FIELD(64, POINTER, "instruction_pointer"),
	FIELD(64, POINTER, "stack_pointer"),
	FIELDS_END,
};

#define NUMBERS FIELD(64, UNSIGNED, "nr"), FIELD_MANY(64, ARRAY, "args", 6)
static const struct show_field info_entry[] = { NUMBERS, FIELDS_END };
static const struct show_field info_seccomp[] = { NUMBERS, FIELD(INT, UNSIGNED, "ret_data"),
						  FIELDS_END };

enum { INFO_ENTRY = 1, INFO_EXIT = 2, INFO_SECCOMP = 3, INFO_HEAD = 24, INFO_EXIT_SIZE = 9 };

static void show_exit_info(struct show *s, const unsigned char *data, size_t size)
{
	int64_t value;

	if (size < INFO_EXIT_SIZE)
		return;
	memcpy(&value, data, sizeof(value));
	value_field(s, "exit");
	value_struct(s);
	field_signed(s, "rval", value);
	field_unsigned(s, "is_error", data[sizeof(value)]);
	value_struct_end(s);
}

/* As much of it as there is: the caller or the kernel says. */
static void show_info(struct show *s, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	const struct show_field *rest = *bytes == INFO_ENTRY ? info_entry : info_seccomp;

	value_struct(s);
	show_fields_within(s, info_head, data, size);
	if (size > INFO_HEAD && *bytes == INFO_EXIT) {
		show_exit_info(s, bytes + INFO_HEAD, size - INFO_HEAD);
	} else if (size > INFO_HEAD && (*bytes == INFO_ENTRY || *bytes == INFO_SECCOMP)) {
		value_field(s, *bytes == INFO_ENTRY ? "entry" : "seccomp");
		show_fields(s, rest, bytes + INFO_HEAD, size - INFO_HEAD);
	}
	value_struct_end(s);
}

static void show_syscall_info(struct show *s, uint64_t address, uint64_t size, bool written)
{
	size_t most = show_size(s, "ptrace_syscall_info");
	const void *data;

	if (written)
		show_at_exit(s);
	if (written && (!show_succeeded(s) || (uint64_t)s->call->result < size))
		size = show_succeeded(s) ? (uint64_t)s->call->result : 0;
	if (size > most)
		size = most;
	if (!address || !size || show_find(s, address, size, &data) < size)
		value_address(s, address);
	else
		show_info(s, data, size);
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

/* Where what `data` points to depends on another argument. */
static bool show_data(struct show *s)
{
	uint64_t address = s->call->arg[3];

	switch (s->call->arg[0]) {
	case PTRACE_GETREGSET:
	case PTRACE_SETREGSET:
		show_regset(s, address, s->call->arg[0] == PTRACE_GETREGSET);
		return true;
	case PTRACE_PEEKSIGINFO:
		if (show_structures(s))
			return false;
		show_at_exit(s);
		value_address(s, address);
		return true;
	case PTRACE_SECCOMP_GET_FILTER:
		show_at_exit(s);
		if (show_succeeded(s))
			show_seccomp_filter(s, address, s->call->result);
		else
			value_address(s, address);
		return true;
	case PTRACE_SECCOMP_GET_METADATA: show_metadata(s, address, s->call->arg[2]); return true;
	case PTRACE_GET_SYSCALL_INFO:
	case REQUEST_SET_SYSCALL_INFO:
		show_syscall_info(s, address, s->call->arg[2],
				  s->call->arg[0] == PTRACE_GET_SYSCALL_INFO);
		return true;
	}
	return false;
}

static void ptrace_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		if (s->call->desc->arg[i].kind == DESC_UNUSED)
			continue;
		show_argument_name(s, i);
		if (i == 2 && !strcmp(s->call->desc->arg[i].ref, "x86_64_user_offsets"))
			show_offset(s, s->call->arg[i]);
		else if (i != 3 || !show_data(s))
			show_arg(s, i);
	}
}

static const struct show_struct structs[] = {
	{ "user_regs_struct", show_registers },
	{ "user_fpregs_struct", show_float_registers },
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
