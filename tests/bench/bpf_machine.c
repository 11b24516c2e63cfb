// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf_machine.h"

#include <stdlib.h>
#include <string.h>

enum {
	STEPS = 1000000,
	DEPTH = 8,
	STACK = 512,
	STRING = 10 /* bytes of each string in user space */
};

/* Of instructions newer than some headers. */
enum { MODE_SIGNED = 0x80, PER_CPU = -1 };

struct frame {
	uint64_t saved[4];
	size_t back;
};

struct cpu {
	uint64_t r[11];
	size_t at;
	struct frame frames[DEPTH];
	int depth;
	bool ended;
};

int machine_region(struct machine *m, const char *name, const void *backing, size_t size)
{
	if (m->region_count == REGIONS)
		exit(1);
	m->regions[m->region_count] =
		(struct region){ .name = name, .backing = backing, .size = size };
	return m->region_count++;
}

static struct page *page_of(struct machine *m, uint64_t at)
{
	uint64_t number = (at >> 40) - 1, offset = at & ((1ull << 40) - PAGE);
	const struct region *region =
		number < (uint64_t)m->region_count ? &m->regions[number] : NULL;
	struct page *page;

	for (int i = 0; i < m->page_count; i++)
		if (m->pages[i]->at == (at & -(uint64_t)PAGE))
			return m->pages[i];
	page = m->page_count < PAGES ? calloc(1, sizeof(*page)) : NULL;
	if (!page)
		exit(1);
	page->at = at & -(uint64_t)PAGE;
	if (region && region->backing && offset + PAGE <= region->size)
		memcpy(page->data, region->backing + offset, PAGE);
	return m->pages[m->page_count++] = page;
}

static unsigned char *byte_of(struct machine *m, uint64_t at)
{
	struct page *page = page_of(m, at);

	page->lines |= 1ull << at % PAGE / LINE;
	return &page->data[at % PAGE];
}

uint64_t machine_read(struct machine *m, uint64_t at, int size)
{
	uint64_t value = 0;

	for (int i = 0; i < size; i++)
		value |= (uint64_t)*byte_of(m, at + i) << 8 * i;
	return value;
}

void machine_write(struct machine *m, uint64_t at, uint64_t value, int size)
{
	for (int i = 0; i < size; i++)
		*byte_of(m, at + i) = value >> 8 * i;
}

void machine_forget(struct machine *m)
{
	for (int i = 0; i < m->page_count; i++)
		m->pages[i]->lines = 0;
}

static uint64_t extended(uint64_t value, int bits)
{
	return bits == 8    ? (uint64_t)(int8_t)value
	       : bits == 16 ? (uint64_t)(int16_t)value
			    : (uint64_t)(int32_t)value;
}

static uint64_t byte_order(uint64_t value, bool swap, int bits)
{
	value = swap ? __builtin_bswap64(value) >> (64 - bits) : value;
	return bits == 64 ? value : value & ((1ull << bits) - 1);
}

static bool calculate(struct machine *m, struct cpu *c, const struct bpf_insn *i)
{
	bool wide = BPF_CLASS(i->code) == BPF_ALU64;
	uint64_t *to = &c->r[i->dst_reg],
		 by = BPF_SRC(i->code) == BPF_X ? c->r[i->src_reg] : (uint64_t)(int64_t)i->imm,
		 a = wide ? *to : (uint32_t)*to, b = wide ? by : (uint32_t)by;
	int bits = wide ? 63 : 31;

	switch (BPF_OP(i->code)) {
	case BPF_ADD: a += b; break;
	case BPF_SUB: a -= b; break;
	case BPF_MUL: a *= b; break;
	case BPF_DIV: a = b ? a / b : 0; break;
	case BPF_MOD: a = b ? a % b : a; break;
	case BPF_OR: a |= b; break;
	case BPF_AND: a &= b; break;
	case BPF_XOR: a ^= b; break;
	case BPF_LSH: a <<= b & bits; break;
	case BPF_RSH: a >>= b & bits; break;
	case BPF_ARSH: a = wide ? (int64_t)a >> (b & bits) : (int32_t)a >> (b & bits); break;
	case BPF_NEG: a = -a; break;
	case BPF_END: a = byte_order(*to, wide || BPF_SRC(i->code) == BPF_TO_BE, i->imm); break;
	case BPF_MOV: a = i->off == PER_CPU ? m->per_cpu : i->off ? extended(b, i->off) : b; break;
	default: m->error = "an unknown calculation"; return false;
	}
	*to = wide || BPF_OP(i->code) == BPF_END ? a : (uint32_t)a;
	return true;
}

static bool is_true(const struct cpu *c, const struct bpf_insn *i)
{
	bool wide = BPF_CLASS(i->code) == BPF_JMP;
	uint64_t a = c->r[i->dst_reg],
		 b = BPF_SRC(i->code) == BPF_X ? c->r[i->src_reg] : (uint64_t)(int64_t)i->imm;
	int64_t s = wide ? (int64_t)a : (int32_t)a, t = wide ? (int64_t)b : (int32_t)b;

	a = wide ? a : (uint32_t)a;
	b = wide ? b : (uint32_t)b;
	switch (BPF_OP(i->code)) {
	case BPF_JEQ: return a == b;
	case BPF_JNE: return a != b;
	case BPF_JGT: return a > b;
	case BPF_JGE: return a >= b;
	case BPF_JLT: return a < b;
	case BPF_JLE: return a <= b;
	case BPF_JSET: return a & b;
	case BPF_JSGT: return s > t;
	case BPF_JSGE: return s >= t;
	case BPF_JSLT: return s < t;
	case BPF_JSLE: return s <= t;
	default: return true; /* BPF_JA */
	}
}

/* What the program asks of the kernel, as far as it touches the program's memory. */
static void help(struct machine *m, struct cpu *c, const char *name)
{
	uint64_t size = c->r[2], result = 0;

	m->helpers++;
	if (strstr(name, "probe_read")) {
		if (strstr(name, "str") && size > STRING)
			result = size = STRING;
		for (uint64_t i = 0; i < size; i++)
			machine_write(m, c->r[1] + i, 'a', 1);
	} else if (strstr(name, "task_pt_regs")) {
		result = m->regs;
	} else if (strstr(name, "current_task")) {
		result = m->task;
	} else if (strstr(name, "ktime")) {
		result = 1000000 + m->instructions;
	}
	c->r[0] = result;
}

static bool call(struct machine *m, struct cpu *c, const struct bpf_insn *i)
{
	struct frame *f = &c->frames[c->depth];

	if (i->src_reg != BPF_PSEUDO_CALL) {
		help(m, c, m->helper_name(i->imm));
		return true;
	}
	if (++c->depth == DEPTH) {
		m->error = "too many calls within calls";
		return false;
	}
	memcpy(f->saved, &c->r[6], sizeof(f->saved));
	f->back = c->at;
	c->r[10] -= STACK;
	c->at += i->off; /* `imm` is the function's number */
	return true;
}

static void leave(struct cpu *c)
{
	struct frame *f;

	c->ended = !c->depth;
	if (c->ended)
		return;
	f = &c->frames[--c->depth];
	memcpy(&c->r[6], f->saved, sizeof(f->saved));
	c->at = f->back;
	c->r[10] += STACK;
}

static bool jump(struct machine *m, struct cpu *c, const struct bpf_insn *i)
{
	if (BPF_OP(i->code) == BPF_CALL)
		return call(m, c, i);
	if (BPF_OP(i->code) == BPF_EXIT)
		leave(c);
	else if (i->code == (BPF_JMP32 | BPF_JA))
		c->at += i->imm;
	else if (is_true(c, i))
		c->at += i->off;
	return true;
}

static int width(uint8_t code)
{
	static const int widths[] = {
		[BPF_W >> 3] = 4, [BPF_H >> 3] = 2, [BPF_B >> 3] = 1, [BPF_DW >> 3] = 8
	};

	return widths[BPF_SIZE(code) >> 3];
}

static void store(struct machine *m, struct cpu *c, const struct bpf_insn *i)
{
	uint64_t at = c->r[i->dst_reg] + i->off, value = BPF_CLASS(i->code) == BPF_ST
								 ? (uint64_t)(int64_t)i->imm
								 : c->r[i->src_reg];

	if (BPF_MODE(i->code) == BPF_ATOMIC) { /* the program adds, and nothing else */
		uint64_t before = machine_read(m, at, width(i->code));

		value += before;
		if (i->imm & BPF_FETCH)
			c->r[i->src_reg] = before;
	}
	machine_write(m, at, value, width(i->code));
}

/* The address of a map, or of a value in it; else a number. */
static bool load_wide(struct machine *m, struct cpu *c, const struct bpf_insn *i)
{
	c->at++;
	c->r[i->dst_reg] = (uint32_t)i[0].imm | (uint64_t)(uint32_t)i[1].imm << 32;
	if (i->src_reg != BPF_PSEUDO_MAP_FD && i->src_reg != BPF_PSEUDO_MAP_VALUE)
		return true;
	for (int r = 0; r < m->region_count; r++) {
		if (m->regions[r].map != (uint32_t)i->imm)
			continue;
		c->r[i->dst_reg] = i->src_reg == BPF_PSEUDO_MAP_FD
					   ? machine_address(r) - m->regions[r].value
					   : machine_address(r) + (uint32_t)i[1].imm;
		return true;
	}
	m->error = "a map that is not the program's";
	return false;
}

static bool step(struct machine *m, struct cpu *c)
{
	const struct bpf_insn *i = &m->code[c->at];

	m->executed[c->at++] = true;
	m->instructions++;
	switch (BPF_CLASS(i->code)) {
	case BPF_ALU:
	case BPF_ALU64: return calculate(m, c, i);
	case BPF_JMP:
	case BPF_JMP32: return jump(m, c, i);
	case BPF_ST:
	case BPF_STX: store(m, c, i); return true;
	case BPF_LDX:
		c->r[i->dst_reg] = machine_read(m, c->r[i->src_reg] + i->off, width(i->code));
		if (BPF_MODE(i->code) == MODE_SIGNED)
			c->r[i->dst_reg] = extended(c->r[i->dst_reg], 8 * width(i->code));
		return true;
	default: return load_wide(m, c, i);
	}
}

bool machine_run(struct machine *m, uint64_t context)
{
	struct cpu c = { .r = { [1] = context } };
	unsigned long most = m->instructions + STEPS;

	c.r[10] = machine_address(machine_region(m, "stack", NULL, 0)) + (1 << 20);
	while (!c.ended && c.at < m->count && m->instructions < most)
		if (!step(m, &c))
			return false;
	m->region_count--;
	if (!c.ended)
		m->error = "it does not end";
	return c.ended;
}
