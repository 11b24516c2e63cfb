/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * desc_names: the words of the row grammar: kinds, what each one may carry, and classes. The parser
 * and the listings use it; the public part stands in desc.h.
 */
#ifndef SYSTAPE_DESC_NAMES_H
#define SYSTAPE_DESC_NAMES_H

#include "format/calls/desc.h"

/* What a kind may or must carry. */
enum desc_trait {
	DESC_T_MEMORY = 1,	/* a pointer; else a scalar */
	DESC_T_TABLE = 2,	/* :REFERENCE is a flag table, and needed */
	DESC_T_STRUCT = 4,	/* :REFERENCE is a structure, and needed */
	DESC_T_RECORDS = 8,	/* :REFERENCE is a structure, and optional */
	DESC_T_LENGTH = 16,	/* [LENGTH] is needed */
	DESC_T_MAY_LENGTH = 32, /* [LENGTH] is optional */
	DESC_T_32 = 64,		/* a scalar of 32 bits */
};

unsigned int desc_kind_traits(enum desc_kind kind);
/* The kind whose name is the `length` bytes at `name`; 0, or -ENOENT. */
int desc_kind_by_name(const char *name, size_t length, enum desc_kind *kind);

#endif
