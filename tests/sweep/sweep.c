// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sweep FAMILY [PART [SKIPPED]]: makes every call, command and option that our tables know, with
 * good and bad values, while a filter lets none of them through: in one run each fails, in another
 * each succeeds, and nothing happens. What the pointers point to lies at fixed addresses, so that
 * strace and systape can be run one after another; tests/sweep/run compares what they print. Each
 * PART (all of them, or one; `parts` says how many there are) has a process of its own, which
 * leaves out the first SKIPPED calls.
 *
 *	calls, i386	every row of calls.tbl, in each of its forms
 *	flags		each constant of each argument alone, all of them, and unknown ones
 *	ioctl		every command that has a name
 *	fcntl, sockopt	every command; every option of every level
 *	address		every family of socket addresses, each length
 *	bpf		every command, each length
 *	netlink		every protocol, each type of message, attributes of all types
 *	pairs		single calls that were once seen to differ
 */
#include "tests/sweep/sweep.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FAILS = 22 /* EINVAL */ };

static long skipped; /* calls that are still to be left out */

int sweep_skips(void)
{
	return skipped > 0 && skipped--;
}

void sweep_fill(enum sweep_pattern pattern)
{
	unsigned char *bytes = (void *)SWEEP_MEMORY;
	uint32_t *words = (void *)SWEEP_MEMORY;
	uint64_t *longs = (void *)SWEEP_MEMORY;

	memset(bytes, 0, SWEEP_SIZE);
	for (size_t i = 0; i < SWEEP_SIZE / 8; i++) {
		uint64_t address = SWEEP_MEMORY + 0x1000 + i * 16;

		if (pattern == FILL_POINTERS)
			longs[i] = i % 2 ? i % 8 : address;
		else if (pattern == FILL_LISTS)
			longs[i] = i % 2 ? address : i % 8;
	}
	for (size_t i = 0; pattern == FILL_WORDS && i < SWEEP_SIZE / 4; i++)
		words[i] = i + 1;
	for (size_t i = 0; pattern == FILL_BYTES && i < SWEEP_SIZE; i++)
		bytes[i] = i * 7 + 3;
	if (pattern == FILL_ONES)
		memset(bytes, 0xff, SWEEP_SIZE);
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

static const struct family {
	const char *name;
	void (*prepare)(void); /* what must be done before the filter is there */
	void (*make)(int part);
	int parts;
} families[] = {
	{ "calls", sweep_calls_prepare, sweep_calls, SWEEP_WAYS },
	{ "i386", sweep_i386_prepare, sweep_calls, SWEEP_WAYS },
	{ "flags", sweep_calls_prepare, sweep_flags, 1 },
	{ "ioctl", NULL, sweep_ioctl, FILL_PATTERNS },
	{ "fcntl", NULL, sweep_fcntl, FILL_PATTERNS },
	{ "sockopt", NULL, sweep_sockopt, FILL_PATTERNS },
	{ "address", NULL, sweep_address, FILL_PATTERNS },
	{ "bpf", NULL, sweep_bpf, FILL_PATTERNS },
	{ "netlink", sweep_netlink_prepare, sweep_netlink, 1 },
	{ "pairs", NULL, sweep_pairs, 1 },
};

int main(int argc, char **argv)
{
	const struct family *f = families;

	int first, last;

	if (argc < 2 || argc > 4 ||
	    mmap((void *)SWEEP_MEMORY, SWEEP_SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
		return 2;
	while (strcmp(f->name, argv[1]))
		if (++f == families + sizeof(families) / sizeof(*families))
			return 2;
	if (argc > 2 && !strcmp(argv[2], "parts"))
		return printf("%d\n", 2 * f->parts) < 0;
	first = argc > 2 ? atoi(argv[2]) : 0;
	last = argc > 2 ? first + 1 : 2 * f->parts;
	skipped = argc > 3 ? atol(argv[3]) : 0;
	if (f->prepare)
		f->prepare();
	for (int i = first; i < last; i++) {
		if (!fork()) {
			stop(i % 2 ? FAILS : 0);
			syscall(SYS_close, -4711); /* here it begins */
			f->make(i / 2);
			_exit(0);
		}
		wait(NULL);
	}
	return 0;
}
