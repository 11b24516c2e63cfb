// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of virtual machines (linux/kvm.h): memory, registers, what the processor says it is.
 */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/kvm.h>

enum { MACHINE = 0xae };

static const struct show_field memory_fields[] = {
	FIELD(INT, UNSIGNED, "slot"),	   FIELD_NAMED(INT, FLAGS, "flags", "kvm_mem_flags"),
	FIELD(64, HEX, "guest_phys_addr"), FIELD(64, UNSIGNED, "memory_size"),
	FIELD(64, HEX, "userspace_addr"),  FIELDS_END,
};

/* Without -v only those that say where the program is. */
static void show_registers(struct show *s, uint64_t address)
{
	static const char *const names[] = { "rax", "rbx", "rcx", "rdx", "rsi", "rdi",
					     "rsp", "rbp", "r8",  "r9",	 "r10", "r11",
					     "r12", "r13", "r14", "r15", "rip", "rflags" };
	const unsigned int always = 1u << 0 | 1u << 6 | 1u << 7 | 1u << 16 | 1u << 17;
	uint64_t word[18];
	bool left = false;

	if (s->call->arg[1] == KVM_GET_REGS)
		show_at_exit(s);
	if (!address || (s->exit && !show_succeeded(s)) ||
	    !show_read(s, address, word, sizeof(word))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	for (int i = 0; i < 18; i++) {
		if (!value_full(s) && !(always >> i & 1)) {
			if (!left)
				value_more(s);
			left = true;
			continue;
		}
		left = false;
		value_field(s, names[i]);
		value_hex(s, word[i]);
	}
	value_struct_end(s);
}

static const struct show_field segment_fields[] = {
	FIELD(64, HEX, "base"),
	FIELD(INT, UNSIGNED, "limit"),
	FIELD(SHORT, UNSIGNED, "selector"),
	FIELD(CHAR, UNSIGNED, "type"),
	FIELD(CHAR, UNSIGNED, "present"),
	FIELD(CHAR, UNSIGNED, "dpl"),
	FIELD(CHAR, UNSIGNED, "db"),
	FIELD(CHAR, UNSIGNED, "s"),
	FIELD(CHAR, UNSIGNED, "l"),
	FIELD(CHAR, UNSIGNED, "g"),
	FIELD(CHAR, UNSIGNED, "avl"),
	FIELDS_END,
};

static const struct show_field table_fields[] = {
	FIELD(64, HEX, "base"),
	FIELD(SHORT, UNSIGNED, "limit"),
	FIELDS_END,
};

static void show_segment(struct show *s, const void *data, size_t size)
{
	show_fields(s, segment_fields, data, size);
}

static void show_table_register(struct show *s, const void *data, size_t size)
{
	show_fields(s, table_fields, data, size);
}

#define SEGMENT(name) FIELD_INNER(64, name, 3, show_segment)

static const struct show_field special_fields[] = {
	SEGMENT("cs"),
	FIELDS_MORE,
	SEGMENT("ds"),
	SEGMENT("es"),
	SEGMENT("fs"),
	SEGMENT("gs"),
	SEGMENT("ss"),
	SEGMENT("tr"),
	SEGMENT("ldt"),
	FIELD_INNER(64, "gdt", 2, show_table_register),
	FIELD_INNER(64, "idt", 2, show_table_register),
	FIELD(64, UNSIGNED, "cr0"),
	FIELD(64, UNSIGNED, "cr2"),
	FIELD(64, UNSIGNED, "cr3"),
	FIELD(64, UNSIGNED, "cr4"),
	FIELD(64, UNSIGNED, "cr8"),
	FIELD(64, UNSIGNED, "efer"),
	FIELD(64, HEX, "apic_base"),
	FIELD_LIST(64, HEX, "interrupt_bitmap", 4, NULL),
	FIELDS_END,
};

static const struct show_field entry_fields[] = {
	FIELD(INT, HEX, "function"),
	FIELD(INT, HEX, "index"),
	FIELD_NAMED(INT, FLAGS, "flags", "kvm_cpuid_flags"),
	FIELD(INT, HEX, "eax"),
	FIELD(INT, HEX, "ebx"),
	FIELD(INT, HEX, "ecx"),
	FIELD(INT, HEX, "edx"),
	FIELDS_END,
};

static void show_entry(struct show *s, const void *data, size_t size)
{
	show_fields(s, entry_fields, data, size);
}

static void show_processor(struct show *s, uint64_t address)
{
	const size_t head = offsetof(struct kvm_cpuid2, entries);
	struct kvm_cpuid2 id;

	if ((uint32_t)s->call->arg[1] != KVM_SET_CPUID2)
		show_at_exit(s);
	if (!address || (s->exit && !show_succeeded(s)) || !show_read(s, address, &id, head)) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_unsigned(s, "nent", id.nent);
	value_field(s, "entries");
	if (value_full(s)) {
		show_array(s, address + head, id.nent, sizeof(struct kvm_cpuid_entry2), show_entry);
	} else {
		value_array(s);
		if (id.nent) {
			value_element(s);
			value_left_out(s);
		}
		value_array_end(s);
	}
	value_struct_end(s);
}

static const struct device_command commands[] = {
	FIELDS(KVM_SET_USER_MEMORY_REGION, IN, memory_fields),
	OTHER(KVM_GET_REGS, show_registers),
	OTHER(KVM_SET_REGS, show_registers),
	FIELDS(KVM_GET_SREGS, OUT, special_fields),
	FIELDS(KVM_SET_SREGS, IN, special_fields),
	OTHER(KVM_GET_SUPPORTED_CPUID, show_processor),
	OTHER(KVM_GET_EMULATED_CPUID, show_processor),
	OTHER(KVM_SET_CPUID2, show_processor),
};

const struct device_commands device_machine = DEVICE_COMMANDS(MACHINE, commands);
