/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tape_facts: what a tape says of itself, and the call tables made of its rows. Part of the stream.
 */
#ifndef SYSTAPE_TAPE_FACTS_H
#define SYSTAPE_TAPE_FACTS_H

#include "decode/events/event.h"

enum {
	FACTS_ROWS = 512, /* numbers whose row is kept at hand */
};

struct facts {
	struct tape_facts public; /* its strings are owned here */
	char *header_text;	  /* trace.h of the recorder, NULL if the tape has none */
	struct desc_table *tables[DESC_ARCHES];
	const struct desc_call *rows[DESC_ARCHES][FACTS_ROWS]; /* that have been asked for */
	bool rows_known;
	struct desc_call carried[2]; /* send and recv, which have no number; parsed when used */
	enum call_fds known_fds;     /* of every call, unless its own record says otherwise */
	size_t interface_count;
	struct trace_clock *clocks;
	struct probe_format **probes; /* by number; NULL where the tape has none */
	size_t probe_count;
	struct call_text text; /* TRACE_O_TEXT: of the call at hand */
};

/* Built-in tables and empty strings: false without memory. */
bool tape_facts_init(struct facts *facts, const struct trace_header *header);
void tape_facts_free(struct facts *facts);
/* Takes in one record of metadata. */
void tape_facts_add(struct facts *facts, const struct trace_meta *meta);
/* Whether what it says may be another thing in a later part of the capture. */
bool tape_facts_changes(const struct trace_meta *meta);
/* The header of a later part. */
void tape_facts_part(struct facts *facts, const struct trace_header *header);
/* The format of a probe, NULL if the tape does not have it. */
const struct probe_format *tape_facts_probe(const struct facts *facts, uint32_t probe);
/* The table for the calls of an architecture; x32 calls have x86-64's rows. NULL for one nobody
 * knows. */
const struct desc_table *tape_facts_table(struct facts *facts, uint8_t arch);
/* The base row of a call, NULL where there is none. */
const struct desc_call *tape_facts_row_slow(struct facts *facts, uint8_t arch, uint32_t nr);
static inline const struct desc_call *tape_facts_row(struct facts *facts, uint8_t arch, uint32_t nr)
{
	if (arch < DESC_ARCHES && nr < FACTS_ROWS && facts->rows[arch][nr])
		return facts->rows[arch][nr];
	return tape_facts_row_slow(facts, arch, nr);
}

#endif
