// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * every_call MODE: makes each call of the tables once per row and value of its selector, in a child
 * of its own, with arguments by which strace's text tells what strace takes them for:
 *
 *	small	3 for numbers, 0 for flags, bad descriptors and pids, 1 for every pointer
 *	wide	the same with garbage in the upper half of every number
 *	ones	the same with all bits of every number set
 *	memory	as small, and zeroed memory behind every pointer
 *
 * Before each call it writes the row to a descriptor that is not open, so that a trace holds, in
 *the child's lines, what was meant. tests/twin/rows.test compares. Left out is what would disturb
 *the machine or the run.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/calls/desc.h"
#include "format/calls/desc_names.h"

#define NOT_OPEN    1001 /* nobody has so many open files */
#define MEMORY	    0x10000000UL
#define MEMORY_SIZE 65536
#define UNKNOWN	    0x3a3a38 /* no command of any call */

static const char *const left_out[] = {
	"acct",
	"adjtimex",
	"clock_adjtime",
	"clock_settime",
	"clone",
	"clone3",
	"delete_module",
	"exit",
	"exit_group",
	"fork",
	"ioperm",
	"iopl",
	"kexec_load",
	"kill",
	"mount",
	"msgctl",
	"msgget",
	"munlockall",
	"pause",
	"pidfd_send_signal",
	"pivot_root",
	"poll",
	"ppoll",
	"pselect6",
	"reboot",
	"restart_syscall",
	"rt_sigreturn",
	"rt_sigsuspend",
	"sched_setscheduler",
	"select",
	"semctl",
	"semget",
	"setdomainname",
	"sethostname",
	"setpgid",
	"setpriority",
	"setsid",
	"settimeofday",
	"shmctl",
	"shmdt",
	"shmget",
	"swapoff",
	"swapon",
	"sync",
	"syslog",
	"umount2",
	"uprobe",
	"uretprobe",
	"vfork",
	"vhangup",
};

enum mode { SMALL, WIDE, ONES, MEM, MODES };
static const char *const mode_names[MODES] = { "small", "wide", "ones", "memory" };

static bool is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (!strcmp(left_out[i], name))
			return true;
	return false;
}

static uint64_t number_of(const struct desc_arg *arg)
{
	switch (arg->kind) {
	case DESC_PID: return INT32_MAX;
	case DESC_SIGNAL: return 0;
	default: return desc_kind_traits(arg->kind) & DESC_T_TABLE ? 0 : 3;
	}
}

static uint64_t value_of(const struct desc_arg *arg, enum mode mode)
{
	if (desc_kind_traits(arg->kind) & DESC_T_MEMORY || arg->kind == DESC_PTR)
		return mode == MEM ? MEMORY : 1;
	if (arg->kind == DESC_FD || arg->kind == DESC_DIRFD)
		return 0xdeadfffffff9;
	if (mode == ONES)
		return UINT64_MAX;
	return number_of(arg) | (mode == WIDE ? 0xdead00000000 : 0);
}

static void make_call(long nr, const char *text, const uint64_t args[DESC_ARGS])
{
	char line[400];
	int length = snprintf(line, sizeof(line), "ROW %s", text);

	if (length >= (int)sizeof(line))
		length = sizeof(line) - 1;
	if (!fork()) {
		alarm(30); /* none of them waits; a stalled machine may */
		if (write(NOT_OPEN, line, (size_t)length) >= 0)
			_exit(1);
		syscall(nr, args[0], args[1], args[2], args[3], args[4], args[5]);
		_exit(0);
	}
	wait(NULL);
}

/* False where other arguments would be needed for this row to apply. */
static bool applies(const struct desc_table *table, uint32_t nr, const struct desc_call *row,
		    const uint64_t args[DESC_ARGS])
{
	return desc_table_variant(table, nr, args) == row;
}

static void try_row(const struct desc_table *table, uint32_t nr, const struct desc_call *row,
		    const char *text, enum mode mode)
{
	uint64_t args[DESC_ARGS];

	for (int i = 0; i < DESC_ARGS; i++)
		args[i] = i < row->args ? value_of(&row->arg[i], mode) : 0xfff;
	if (row->selector < 0) {
		if (!applies(table, nr, row, args) && row->next_variant)
			args[row->next_variant->selector] = UNKNOWN;
		if (applies(table, nr, row, args))
			make_call(nr, text, args);
		return;
	}
	for (int i = 0; i < row->values; i++) {
		/* PR_SET_SECCOMP 1 would end the child before its line. */
		if (nr == SYS_prctl && row->value[i] == 22)
			continue;
		args[row->selector] = row->value[i];
		if (applies(table, nr, row, args))
			make_call(nr, text, args);
	}
}

int main(int argc, char **argv)
{
	struct desc_table *table = desc_table_new(DESC_X86_64);
	enum mode mode = SMALL;

	while (mode < MODES && (argc != 2 || strcmp(argv[1], mode_names[mode])))
		mode++;
	if (mode == MODES) {
		fprintf(stderr, "usage: every_call small|wide|ones|memory\n");
		return 2;
	}
	if (mmap((void *)MEMORY, MEMORY_SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED) {
		perror("every_call: cannot map memory");
		return 1;
	}
	for (uint32_t nr = 0; table && nr < desc_table_limit(table); nr++) {
		const struct desc_call *row = desc_table_call(table, nr);
		unsigned int index = 0;

		if (!row || is_left_out(row->name))
			continue;
		for (; row; row = row->next_variant)
			try_row(table, nr, row, desc_row_text(DESC_X86_64, row->name, index++),
				mode);
	}
	desc_table_free(table);
	return 0;
}
