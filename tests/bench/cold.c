// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cold ROUNDS CPU: what a call costs that comes between pieces of real work. For each size and kind
 * of call it prints "KIB CALL NANOSECONDS", the median over ROUNDS calls. Between two of them it
 * touches so much memory of its own, a word in each page of 4 KiB and each line of the first 64
 * KiB, so that the first-level cache and the TLB hold its things and not the kernel's. The work is
 * not in the figure, reading the clock twice is.
 */
#include "timing.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096, LINE = 64, LINES_OF_FIRST = 65536, MOST = 16 << 20 };

static const size_t sizes[] = { 0, 64 << 10, 1 << 20, MOST };
static volatile unsigned char *memory;
static int zero; /* a descriptor */

static void do_getppid(void)
{
	syscall(SYS_getppid);
}

static void do_read(void)
{
	char byte;

	syscall(SYS_read, zero, &byte, 1);
}

static void do_open(void)
{
	syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, "/dev/zero", O_RDONLY | O_CLOEXEC, 0));
}

static void do_futex(void)
{
	static uint32_t word;

	syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static const struct kind {
	const char *name;
	void (*make)(void);
} kinds[] = {
	{ "getppid", do_getppid },
	{ "read", do_read },
	{ "openat+close", do_open },
	{ "futex", do_futex },
};

static void work(size_t size)
{
	for (size_t at = 0; at < size; at += PAGE)
		memory[at + at / PAGE % (PAGE / LINE) * LINE]++;
	for (size_t at = 0; at < size && at < LINES_OF_FIRST; at += LINE)
		memory[at]++;
}

static double median(const struct kind *kind, size_t size, double *took, int rounds)
{
	for (int i = -2; i < rounds; i++) {
		double start;

		work(size);
		start = now();
		kind->make();
		if (i >= 0)
			took[i] = now() - start;
	}
	qsort(took, rounds, sizeof(*took), by_value);
	return took[rounds / 2] * 1e9;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 300;
	double *took = calloc(rounds > 0 ? rounds : 1, sizeof(*took));

	stay_on(argc > 2 ? atoi(argv[2]) : 0);
	zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	memory = mmap(NULL, MOST, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (zero < 0 || memory == MAP_FAILED || !took || rounds < 1)
		return 1;
	madvise((void *)memory, MOST, MADV_NOHUGEPAGE);
	memset((void *)memory, 1, MOST);
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
			printf("%zu %s %.1f\n", sizes[s] >> 10, kinds[k].name,
			       median(&kinds[k], sizes[s], took, rounds));
	free(took);
	return 0;
}
