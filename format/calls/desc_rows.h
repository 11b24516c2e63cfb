/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * desc_rows: the tables calls.tbl, numbers.tbl and structs.tbl as constant data, embedded at build
 * time by mkdesc.awk. Only the desc_*.c files use it; everybody else asks desc.h.
 */
#ifndef SYSTAPE_DESC_ROWS_H
#define SYSTAPE_DESC_ROWS_H

#include "format/calls/desc.h"

struct desc_rows_call {
	const char *name;
	int16_t nr[DESC_ARCHES];    /* -1: this architecture has no such call */
	int16_t first[DESC_ARCHES]; /* index of the base row in desc_rows_text; variants follow it
				     */
	int16_t count[DESC_ARCHES]; /* 1 + variants */
};

struct desc_rows_struct {
	const char *name;
	uint32_t size[DESC_ARCHES];
};

/* Both in strcmp order of their names. */
extern const struct desc_rows_call desc_rows_calls[];
extern const size_t desc_rows_calls_count;
extern const struct desc_rows_struct desc_rows_structs[];
extern const size_t desc_rows_structs_count;
/* All rows, those of one call and architecture side by side, the base row first. */
extern const char *const desc_rows_text[];

/* The call of that name, or NULL. */
const struct desc_rows_call *desc_rows_find(const char *name);

#endif
