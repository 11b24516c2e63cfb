// SPDX-License-Identifier: GPL-2.0-or-later
/* sweep: every row of calls.tbl. */
#include "tests/sweep/sweep.h"

#include "format/calls/desc.h"
#include "format/flags/flags.h"

#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { UNKNOWN = 0x3a3a /* no command of any call */ };

/* These do more than return, whatever the filter says, or strace follows them in its own manner; or
 * they are families. */
static const char *const left_out[] = {
	"clone",   "clone3", "execve",		"execveat",	"exit",	     "exit_group",
	"fork",	   "ioctl",  "restart_syscall", "rt_sigreturn", "sigreturn", "vm86",
	"vm86old", "uprobe", "uretprobe",	"vfork",
};

static struct desc_table *table;
static enum desc_arch arch;

static void prepare(enum desc_arch which)
{
	arch = which;
	table = desc_table_new(which);
	if (!table)
		exit(1);
	/* Parsed while there is memory to be had. */
	for (uint32_t nr = 0; nr < desc_table_limit(table); nr++)
		desc_table_call(table, nr);
}

void sweep_calls_prepare(void)
{
	prepare(DESC_X86_64);
}

void sweep_i386_prepare(void)
{
	prepare(DESC_I386);
}

static int is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(*left_out); i++)
		if (!strcmp(left_out[i], name))
			return 1;
	return 0;
}

static uint64_t pointer(const struct desc_arg *arg, int i, int way)
{
	uint64_t size = desc_struct_size(arg->ref, arch);

	switch (way) {
	case WAY_NULL: return 0;
	case WAY_BAD: return SWEEP_BAD + (uint64_t)i * 0x100;
	case WAY_EXACT: return SWEEP_END - (size ? size : 8);
	case WAY_SHORT: return SWEEP_END - (size ? size : 8) + 1;
	case WAY_ELEMENT: return SWEEP_END - (size ? size : 16);
	case WAY_HUGE:
	case WAY_NEGATIVE: return SWEEP_END - 0x100;
	}
	return SWEEP_MEMORY + (way == FILL_BYTES && arg->kind != DESC_PTR ? 0 : i * 0x100);
}

static uint64_t number(const struct desc_arg *arg, int way)
{
	static const uint8_t sizes[FILL_PATTERNS] = { 16, 64, 8, 200, 200, 24 };
	uint64_t size = desc_struct_size(arg->ref, arch);
	int counts = arg->kind == DESC_SIZE || arg->kind == DESC_UINT || arg->kind == DESC_ULONG ||
		     arg->kind == DESC_INT || arg->kind == DESC_LONG;

	switch (way) {
	case WAY_ONES: return UINT64_MAX;
	case WAY_ZERO: return 0;
	case WAY_GARBAGE: return 0xdeadbeef00000003;
	case WAY_HUGE: return counts ? INT64_MAX : 0;
	case WAY_NEGATIVE: return counts ? UINT64_C(0x8000000080000000) : 0;
	case WAY_ELEMENT: return counts ? 2 : 0;
	case WAY_EXACT:
	case WAY_SHORT: return counts ? (size ? size : 8) : 0;
	}
	if (arg->kind == DESC_FD || arg->kind == DESC_DIRFD)
		return 3;
	if (counts)
		return sizes[way % FILL_PATTERNS];
	return way < 2 ? way : 5;
}

static uint64_t argument(const struct desc_arg *arg, int i, int way)
{
	int points = (arg->kind >= DESC_PATH && arg->kind < DESC_VOID) || arg->kind == DESC_PTR;

	return points ? pointer(arg, i, way) : number(arg, way);
}

/* The way of a 32-bit program, whose registers have no upper halves; its sixth argument is in one
 * that the compiler may use. */
static void call_i386(uint32_t nr, const uint64_t *a)
{
	uint32_t sixth = a[5];
	long result = nr;

	asm volatile("push %%rbp; mov %1, %%ebp; int $0x80; pop %%rbp"
		     : "+a"(result)
		     : "r"(sixth), "b"((uint64_t)(uint32_t)a[0]), "c"((uint64_t)(uint32_t)a[1]),
		       "d"((uint64_t)(uint32_t)a[2]), "S"((uint64_t)(uint32_t)a[3]),
		       "D"((uint64_t)(uint32_t)a[4])
		     : "memory", "r8", "r9", "r10", "r11");
}

static void make(uint32_t nr, const uint64_t *a)
{
	if (sweep_skips())
		return;
	if (arch == DESC_I386)
		call_i386(nr, a);
	else
		syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void choose(const struct desc_call *row, uint64_t *a, int way)
{
	for (int j = 0; j < DESC_ARGS; j++)
		a[j] = j < row->args ? argument(&row->arg[j], j, way) : 0xfff;
}

static void make_row(uint32_t nr, const struct desc_call *row, int way)
{
	uint64_t a[DESC_ARGS];

	for (int i = 0; i < (row->selector < 0 ? 1 : row->values); i++) {
		choose(row, a, way);
		if (row->selector >= 0)
			a[row->selector] = row->value[i];
		else if (row->next_variant && way < WAY_PATTERNS)
			a[row->next_variant->selector] = UNKNOWN;
		make(nr, a);
	}
}

void sweep_calls(int way)
{
	sweep_fill(way < FILL_PATTERNS ? (enum sweep_pattern)way : FILL_BYTES);
	for (uint32_t nr = 0; nr < desc_table_limit(table); nr++) {
		const struct desc_call *row = desc_table_call(table, nr);

		for (; row && !is_left_out(row->name); row = row->next_variant)
			make_row(nr, row, way);
	}
}

static void make_flags(uint32_t nr, const struct desc_call *row, int nth)
{
	const struct flag_table *flags = flag_table_find(row->arg[nth].ref);
	uint64_t a[DESC_ARGS], all = 0;

	choose(row, a, WAY_NULL);
	if (row->selector >= 0)
		a[row->selector] = row->value[0];
	for (size_t i = 0; flags && i < flags->count; i++) {
		a[nth] = flags->values[i].value;
		all |= a[nth];
		make(nr, a);
	}
	a[nth] = all;
	make(nr, a);
	a[nth] = UINT64_MAX;
	make(nr, a);
	a[nth] = ~all;
	make(nr, a);
	a[nth] = (all + 1) & ~all; /* the lowest of them */
	make(nr, a);
}

void sweep_flags(int part)
{
	(void)part;
	sweep_fill(FILL_ZEROS);
	for (uint32_t nr = 0; nr < desc_table_limit(table); nr++) {
		const struct desc_call *row = desc_table_call(table, nr);

		for (; row && !is_left_out(row->name); row = row->next_variant)
			for (int i = 0; i < row->args; i++)
				if (*row->arg[i].ref && row->arg[i].kind >= DESC_FLAGS &&
				    row->arg[i].kind <= DESC_ENUM64)
					make_flags(nr, row, i);
	}
}
