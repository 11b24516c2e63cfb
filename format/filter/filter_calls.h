/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter_calls: reads the words of `-e trace=SET` into sets of call numbers, one per ABI. Only
 * filter.c uses it.
 */
#ifndef SYSTAPE_FILTER_CALLS_H
#define SYSTAPE_FILTER_CALLS_H

#include "format/calls/desc.h"
#include "format/filter/filter_set.h"

/* The first ones are enum desc_arch. x32 has x86-64's rows under numbers of its own. */
enum filter_abi {
	FILTER_X86_64 = DESC_X86_64,
	FILTER_I386 = DESC_I386,
	FILTER_AARCH64 = DESC_AARCH64,
	FILTER_X32 = DESC_ARCHES,
	FILTER_ABIS,
};

/* Set in the numbers of x32's calls (__X32_SYSCALL_BIT in asm/unistd.h). */
#define FILTER_X32_BIT 0x40000000U

/* Reads a SET with the rows of `tables`; result and `error` as filter_set_parse. */
int filter_calls_parse(const struct desc_table *const tables[DESC_ARCHES], const char *text,
		       struct filter_set calls[FILTER_ABIS], char *error, size_t size);

#endif
