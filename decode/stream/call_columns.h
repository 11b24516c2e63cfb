/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * call_columns: what many lines have alike of a call, its name, number, ABI and state: written once
 * and kept. For renderers of long outputs.
 */
#ifndef SYSTAPE_CALL_COLUMNS_H
#define SYSTAPE_CALL_COLUMNS_H

#include "decode/stream/renderer.h"

enum { CALL_COLUMNS = 64 /* a power of two */, CALL_COLUMNS_TEXT = DESC_NAME + 88 };

/* Zero it before the first use. */
struct call_columns {
	struct {
		const struct desc_call *desc; /* NULL: none yet */
		uint32_t nr;
		uint16_t arch;
		uint8_t state, size;
		char text[CALL_COLUMNS_TEXT];
	} at[CALL_COLUMNS]; /* by number */
};

/*
 * To `out` what `write` writes of the call, which must depend on those four alone and have at most
 * CALL_COLUMNS_TEXT bytes for a name of DESC_NAME.
 */
void call_columns_put(struct call_columns *columns, struct text *out, const struct call *call,
		      void (*write)(struct text *out, const struct call *call));

#endif
