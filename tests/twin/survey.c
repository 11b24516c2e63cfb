// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * survey calls|i386|ioctl: makes every call in each of its forms (i386: as 32-bit programs do), or
 * ioctl with every number that has a name, while a filter lets none of them through: in one run
 * each fails, in another each succeeds, and nothing happens. Behind the pointers are patterns:
 * zeros, small numbers, bytes of all kinds, addresses of more of them. What strace and systape
 * print of that is compared by tests/twin/survey.test.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/calls/desc.h"
#include "format/flags/flags.h"

#define MEMORY	 0x10000000UL
#define SIZE	 0x20000
#define BAD	 0xdeadbeef0000UL
#define PATTERNS 5
#define UNKNOWN	 0x3a3a /* no command of any call */
#define FAILS	 22	/* EINVAL */

/* These do more than return, whatever the filter says, or strace follows them in its own manner. */
static const char *const left_out[] = {
	"clone",   "clone3", "execve",		"execveat",	"exit",	     "exit_group",
	"fork",	   "ioctl",  "restart_syscall", "rt_sigreturn", "sigreturn", "vm86",
	"vm86old", "uprobe", "uretprobe",	"vfork",
};

static int is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(*left_out); i++)
		if (!strcmp(left_out[i], name))
			return 1;
	return 0;
}

static void fill(int pattern)
{
	unsigned char *bytes = (void *)MEMORY;
	uint32_t *words = (void *)MEMORY;
	uint64_t *longs = (void *)MEMORY;

	for (size_t i = 0; i < SIZE / 8; i++) {
		uint64_t address = MEMORY + 0x1000 + i * 16;

		longs[i] = pattern == 3 ? (i % 2 ? i % 8 : address) : i % 2 ? address : i % 8;
	}
	for (size_t i = 0; pattern == 1 && i < SIZE / 4; i++)
		words[i] = i + 1;
	for (size_t i = 0; pattern == 2 && i < SIZE; i++)
		bytes[i] = i * 7 + 3;
	if (!pattern)
		memset(bytes, 0, SIZE);
}

/* From here on no call does anything but the end of the process. */
static void stop(int error)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 1,
			 0), /* of i386: fgetxattr, which fails */
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(1);
}

static uint64_t argument(const struct desc_arg *arg, int i, int pattern)
{
	static const int sizes[PATTERNS] = { 16, 64, 8, 200, 200 };

	if ((arg->kind >= DESC_PATH && arg->kind < DESC_VOID) || arg->kind == DESC_PTR)
		return MEMORY + (pattern == 2 && arg->kind != DESC_PTR ? 0 : i * 0x100);
	switch (arg->kind) {
	case DESC_FD:
	case DESC_DIRFD: return 3;
	case DESC_SIZE:
	case DESC_UINT:
	case DESC_ULONG:
	case DESC_INT:
	case DESC_LONG: return sizes[pattern];
	}
	return pattern < 2 ? pattern : 5;
}

/* The way of a 32-bit program; its sixth argument is in a register that the compiler may use. */
static void call_i386(uint32_t nr, const uint64_t *a)
{
	uint32_t sixth = a[5];
	long result = nr;

	asm volatile("push %%rbp; mov %1, %%ebp; int $0x80; pop %%rbp"
		     : "+a"(result)
		     : "r"(sixth), "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]), "D"(a[4])
		     : "memory", "r8", "r9", "r10", "r11");
}

static void make_row(uint32_t nr, const struct desc_call *row, int pattern, int compat)
{
	uint64_t a[DESC_ARGS];

	for (int i = 0; i < (row->selector < 0 ? 1 : row->values); i++) {
		for (int j = 0; j < DESC_ARGS; j++)
			a[j] = j < row->args ? argument(&row->arg[j], j, pattern) : 0xfff;
		if (row->selector >= 0)
			a[row->selector] = row->value[i];
		else if (row->next_variant)
			a[row->next_variant->selector] = UNKNOWN;
		if (compat)
			call_i386(nr, a);
		else
			syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
}

static void calls(struct desc_table *table, int pattern, int compat)
{
	for (uint32_t nr = 0; nr < desc_table_limit(table); nr++) {
		const struct desc_call *row = desc_table_call(table, nr);

		for (; row && !is_left_out(row->name); row = row->next_variant)
			make_row(nr, row, pattern, compat);
	}
}

static void commands(int pattern)
{
	const struct flag_table *names = flag_table_find("ioctl_cmds");
	uint64_t before = 0;

	for (size_t i = 0; names && i < names->count; i++) {
		if (names->values[i].value == before)
			continue;
		before = names->values[i].value;
		syscall(SYS_ioctl, 3, before, MEMORY);
		if (!pattern) {
			syscall(SYS_ioctl, 3, before, 0);
			syscall(SYS_ioctl, 3, before, BAD);
			syscall(SYS_ioctl, 3, before, -2);
		}
	}
}

int main(int argc, char **argv)
{
	int ioctls = argc > 1 && !strcmp(argv[1], "ioctl"),
	    compat = argc > 1 && !strcmp(argv[1], "i386");
	struct desc_table *table = desc_table_new(compat ? DESC_I386 : DESC_X86_64);

	if (mmap((void *)MEMORY, SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED ||
	    !table)
		return 1;
	for (uint32_t nr = 0; nr < desc_table_limit(table);
	     nr++) /* parsed while there is memory to be had */
		desc_table_call(table, nr);
	for (int i = 0; i < 2 * (ioctls ? 3 : PATTERNS); i++) {
		if (!fork()) {
			fill(i / 2);
			stop(i % 2 ? FAILS : 0);
			if (ioctls)
				commands(i / 2);
			else
				calls(table, i / 2, compat);
			_exit(0);
		}
		wait(NULL);
	}
	return 0;
}
