// SPDX-License-Identifier: GPL-2.0-or-later
/* show: classic BPF programs: socket filters and seccomp filters (linux/filter.h, linux/seccomp.h).
 */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/filter.h>
#include <linux/seccomp.h>

enum {
	BYTES = 8,	     /* of an instruction */
	PROGRAM_MOST = 4096, /* BPF_MAXINSNS */
};

static void name(struct show *s, const char *table, uint32_t value)
{
	value_part(s);
	show_enum(s, table, value);
}

/* Bits that mean nothing in this class. */
static void rest(struct show *s, uint32_t bits)
{
	if (!bits)
		return;
	value_part(s);
	value_constant(s, bits, BASE_HEX, NULL, "BPF_???");
}

static void code(struct show *s, uint16_t value)
{
	uint32_t class = BPF_CLASS(value), left = value & ~class;

	value_mix(s, value, BASE_NONE);
	name(s, "bpf_class", class);
	switch (class) {
	case BPF_LD:
	case BPF_LDX:
		name(s, "bpf_size", BPF_SIZE(value));
		name(s, "bpf_mode", BPF_MODE(value));
		break;
	case BPF_ST:
	case BPF_STX: rest(s, left); break;
	case BPF_ALU:
	case BPF_JMP:
		name(s, "bpf_src", BPF_SRC(value));
		name(s, class == BPF_ALU ? "bpf_op_alu" : "bpf_op_jmp", BPF_OP(value));
		break;
	case BPF_RET:
		name(s, "bpf_rval", BPF_RVAL(value));
		rest(s, left & ~BPF_RVAL(value));
		break;
	case BPF_MISC:
		name(s, "bpf_miscop", BPF_MISCOP(value));
		rest(s, left & ~BPF_MISCOP(value));
		break;
	}
	value_mix_end(s);
}

/* What a seccomp filter returns is an action and 16 bits of data. */
static bool seccomp_constant(struct show *s, uint16_t op, uint32_t k)
{
	if (BPF_CLASS(op) != BPF_RET)
		return false;
	value_mix(s, k, BASE_NONE);
	name(s, "seccomp_ret_action", k & SECCOMP_RET_ACTION_FULL);
	if (k & ~SECCOMP_RET_ACTION_FULL) {
		value_part(s);
		value_hex(s, k & ~SECCOMP_RET_ACTION_FULL);
	}
	value_mix_end(s);
	return true;
}

/* A socket filter reads packets at negative offsets to get at headers and at what the kernel knows
 * besides. */
static bool socket_constant(struct show *s, uint16_t op, uint32_t k)
{
	if (BPF_CLASS(op) != BPF_LD || BPF_MODE(op) != BPF_ABS || k < (uint32_t)SKF_LL_OFF)
		return false;
	value_mix(s, k, BASE_NONE);
	value_part(s);
	if (k >= (uint32_t)SKF_AD_OFF) {
		value_constant(s, (uint32_t)SKF_AD_OFF, BASE_HEX, "SKF_AD_OFF", NULL);
		value_say(s, "+");
		show_enum(s, "skf_ad", k - (uint32_t)SKF_AD_OFF);
	} else if (k >= (uint32_t)SKF_NET_OFF) {
		value_constant(s, (uint32_t)SKF_NET_OFF, BASE_HEX, "SKF_NET_OFF", NULL);
		value_say(s, "+");
		value_unsigned(s, k - (uint32_t)SKF_NET_OFF);
	} else {
		value_constant(s, (uint32_t)SKF_LL_OFF, BASE_HEX, "SKF_LL_OFF", NULL);
		value_say(s, "+");
		value_unsigned(s, k - (uint32_t)SKF_LL_OFF);
	}
	value_mix_end(s);
	return true;
}

static void instruction(struct show *s, const unsigned char *data,
			bool (*constant)(struct show *, uint16_t, uint32_t))
{
	uint16_t op = get16(data);
	uint32_t k = get32(data + 4);
	bool jump = data[2] || data[3];

	value_macro(s, jump ? "BPF_JUMP" : "BPF_STMT", get64(data), BASE_NONE);
	value_element(s);
	code(s, op);
	value_element(s);
	if (jump || !constant(s, op, k))
		value_hex(s, k);
	for (int i = 2; jump && i < 4; i++) {
		value_element(s);
		value_hex(s, data[i]);
	}
	value_macro_end(s);
}

static void socket_instruction(struct show *s, const void *data, size_t size)
{
	(void)size;
	instruction(s, data, socket_constant);
}

static void seccomp_instruction(struct show *s, const void *data, size_t size)
{
	(void)size;
	instruction(s, data, seccomp_constant);
}

/* strace shows programs with -v only. */
static void program(struct show *s, uint64_t address, uint64_t count, bool seccomp)
{
	if (value_full(s))
		show_array(s, address, count < PROGRAM_MOST ? count : PROGRAM_MOST, BYTES,
			   seccomp ? seccomp_instruction : socket_instruction);
	else
		value_address(s, address);
}

void show_sock_filter(struct show *s, uint64_t address, uint64_t count)
{
	program(s, address, count, false);
}

void show_seccomp_filter(struct show *s, uint64_t address, uint64_t count)
{
	program(s, address, count, true);
}

static void fprog(struct show *s, const unsigned char *data, bool seccomp)
{
	size_t word = show_word(s);
	uint64_t filter = word == 4 ? get32(data + 4) : get64(data + 8);

	value_struct(s);
	field_unsigned(s, "len", get16(data));
	value_field(s, "filter");
	program(s, filter, get16(data), seccomp);
	value_struct_end(s);
}

void show_sock_fprog(struct show *s, uint64_t address)
{
	unsigned char data[16];

	if (show_read(s, address, data, 2 * show_word(s)))
		fprog(s, data, false);
	else
		value_address(s, address);
}

/* In rows the structure belongs to seccomp and prctl. */
static void show_seccomp_fprog(struct show *s, const void *data, size_t size)
{
	(void)size;
	fprog(s, data, true);
}

static const struct show_struct structs[] = {
	{ "sock_fprog", show_seccomp_fprog },
	{ NULL, NULL },
};

const struct show_family show_family_filter = { .structs = structs };
