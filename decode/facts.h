/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts: what a tape says of itself, and the call tables made of its rows. Part of the stream. */
#ifndef SYSTAPE_FACTS_H
#define SYSTAPE_FACTS_H

#include "decode/event.h"

struct facts_row {
	uint32_t nr;
	char *text;
};

struct facts {
	struct tape_facts public; /* its strings are owned here */
	char *header_text;	  /* trace.h of the recorder, NULL if the tape has none */
	struct desc_table *tables[DESC_ARCHES];
	struct facts_row *rows[DESC_ARCHES]; /* of the tape, waiting for the first call of their
						architecture */
	size_t row_count[DESC_ARCHES], row_room[DESC_ARCHES];
	size_t interface_count;
	uint64_t bad_rows;	      /* rows that did not parse */
	struct probe_format **probes; /* by number; NULL where the tape has none */
	size_t probe_count;
};

/* Built-in tables and empty strings: false without memory. */
bool facts_init(struct facts *facts, const struct trace_header *header);
void facts_free(struct facts *facts);
/* Takes in one record of metadata. */
void facts_add(struct facts *facts, const struct trace_meta *meta);
/* The format of a probe, NULL if the tape does not have it. */
const struct probe_format *facts_probe(const struct facts *facts, uint32_t probe);
/* The table for the calls of an architecture; x32 calls have x86-64's rows. NULL for one nobody
 * knows. */
const struct desc_table *facts_table(struct facts *facts, uint8_t arch);

#endif
