/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * case: what the programs of tests/twin/cases share. Each makes calls whose lines strace and
 * systape must print alike: with success, failure, bad pointers, and memory that ends at an
 * unmapped page. They run in an empty directory with addresses that are the same in every run, and
 * print nothing.
 */
#ifndef CASE_H
#define CASE_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BAD ((void *)0xdeadbeef0000) /* nothing is there */

/* `size` bytes that end where an unmapped page begins. */
static inline void *before_hole(const void *from, size_t size)
{
	size_t room = (size + 4095) & ~(size_t)4095;
	char *p =
		mmap(NULL, room + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	munmap(p + room, 4096);
	p += room - size;
	if (from)
		memcpy(p, from, size);
	return p;
}

#endif
