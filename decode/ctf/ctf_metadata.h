/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctf_metadata: the classes of events of a CTF trace, and their text in TSDL, the Trace Stream
 * Description Language of CTF 1.8. A class is made when a call is first seen. Called by ctf.
 */
#ifndef SYSTAPE_CTF_METADATA_H
#define SYSTAPE_CTF_METADATA_H

#include "decode/events/event.h"
#include "decode/text/text.h"

enum { CTF_ARCHES = TRACE_X32 + 1, CTF_NUMBERS = 1024 };

/* Those that are no calls; calls come behind them. */
enum ctf_event { CTF_FORK, CTF_EXEC, CTF_EXIT, CTF_SIGNAL, CTF_PROBE, CTF_CALLS };

enum ctf_type { CTF_SKIPPED, CTF_STRING, CTF_INT, CTF_UINT, CTF_HEX, CTF_OCT };

struct ctf_field {
	uint8_t type;  /* enum ctf_type */
	uint8_t bytes; /* of a number */
};

/* A call of one ABI. */
struct ctf_class {
	uint32_t entry, exit; /* numbers of its events */
	bool unknown;	      /* a call without a row: its number is the first field */
	uint8_t fields;
	struct ctf_field field[DESC_ARGS];
};

struct ctf_metadata {
	/* Behind the last of each: unknown. [1]: of calls whose arguments are not known. */
	struct ctf_class *classes[2][CTF_ARCHES + 1][CTF_NUMBERS + 1];
	uint32_t count; /* of events */
	struct text events;
};

/* 0 or -ENOMEM; ctf_metadata_done in any case. */
int ctf_metadata_init(struct ctf_metadata *metadata);
void ctf_metadata_done(struct ctf_metadata *metadata);
/* NULL without memory. */
const struct ctf_class *ctf_metadata_call(struct ctf_metadata *metadata, const struct call *call);
/* The whole text. */
void ctf_metadata_write(const struct ctf_metadata *metadata, const struct tape_facts *facts,
			struct text *out);

#endif
