/* SPDX-License-Identifier: GPL-2.0-or-later */
/* columns_form: what both directions of columns share: the sections, and what a block is known to
 * have said so far. */
#ifndef SYSTAPE_COLUMNS_FORM_H
#define SYSTAPE_COLUMNS_FORM_H

#include "format/tape/columns.h"

#include <stdbool.h>

enum {
	ENTRIES = 255, /* shapes and threads that are known at a time; the id behind them defines a
			  new one */
	HASH = 1024,
	SLACK = 2048, /* bytes behind each section: the values of some records are read before they
			 are checked */
	UNCHECKED = 16, /* so many: each takes less than 112 bytes of a section, or checks itself */
	PIECES = 4,	/* pieces of a shape that are predicted from the record before */
	FORM_RAW = 0,	/* only the head is known, the rest is bytes */
	FORM_CALL = 1,	/* struct trace_call, enter is 0 */
	FORM_TIMED = 2, /* struct trace_call with enter */
};

struct section {
	uint8_t *base, *at, *end;
	size_t room;
};

/* What a shape's id stands for, as it is written into the section of definitions. */
struct shape_key {
	uint16_t type, flags;
	uint32_t form;
	uint32_t nr;
	uint8_t arch, args;
	uint16_t pieces;
};

struct shape {
	struct shape_key key;
	/* Of the record of this shape before. */
	uint64_t result, address;
	uint64_t arg[8];
	uint32_t piece[PIECES];
};

struct columns {
	struct section section[TRACE_SECTIONS];
	struct shape shapes[ENTRIES + 1];
	struct {
		uint32_t tid, tgid;
	} threads[ENTRIES + 1];
	unsigned int next_shape, next_thread;
	uint8_t shape_hash[HASH], thread_hash[HASH];
	uint64_t time; /* of the record before */
};

_Static_assert(sizeof(struct shape_key) == 16, "layout");

/* Makes the section `size` bytes long, and empty; false without memory. */
bool columns_make_room(struct section *section, size_t size);
/* Both directions begin each block knowing nothing. */
void columns_forget(struct columns *columns);

#endif
