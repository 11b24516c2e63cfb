/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usdt_operand: an argument of a static probe as its note has it ("-4@counter+8(%rip)": signed, 4
 * bytes, and the assembler's operand, x86-64) as an expression that the kernel can fetch. Used by
 * probe_symbols.c.
 */
#ifndef SYSTAPE_USDT_OPERAND_H
#define SYSTAPE_USDT_OPERAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What has to be known of the program around the probe. */
struct usdt_program {
	/* The probe's address less its offset in the file: the kernel adds an offset to where that
	 * is, see @+OFFSET in its uprobetracer.rst. */
	uint64_t base;
	bool fixed; /* its addresses are those it runs at: it is no shared object */
	/* The address of a symbol: false where there is none, or several. */
	bool (*symbol)(void *context, const char *name, uint64_t *address);
	void *context;
};

struct usdt_operand {
	char expression[48]; /* "" where the kernel has no words for it */
	char type[12];
	const char *why; /* ... and why not: constant, a clause */
};

/* Reads one argument of `length` bytes. */
void usdt_operand_read(struct usdt_operand *to, const char *text, size_t length,
		       const struct usdt_program *program);

#endif
