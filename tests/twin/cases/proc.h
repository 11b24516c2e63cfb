/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc: what the programs proc_*.c share. Each makes calls whose text a tracer must print alike;
 * they state no expectation of their own: strace, tracing the same run, does.
 */
#ifndef TESTS_TWIN_CASES_PROC_H
#define TESTS_TWIN_CASES_PROC_H

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BAD ((void *)0x5ca1ab1e) /* no memory is there */

/* `size` bytes that end where the readable memory ends, filled with `data` if that is not NULL. */
static inline void *at_end(const void *data, size_t size)
{
	char *pages =
		mmap(NULL, 8192 * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	munmap(pages + 8192, 8192);
	memset(pages, 0, 8192);
	if (data)
		memcpy(pages + 8192 - size, data, size);
	return pages + 8192 - size;
}

#define AT_END(value) at_end(&(value), sizeof(value))

#endif
