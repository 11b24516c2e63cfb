/* SPDX-License-Identifier: GPL-2.0-or-later */
/* probe_symbols: where in a program's file its functions and its USDT notes are. Used by
 * ftrace_probe.c. */
#ifndef SYSTAPE_PROBE_SYMBOLS_H
#define SYSTAPE_PROBE_SYMBOLS_H

#include "format/tape/tape_reader.h"
#include "tracer/probes/usdt_operand.h"

#include <stdint.h>

enum {
	PROBE_USDT_ARGS = 12,
};

/* A place to be probed: offsets are into the file. */
struct probe_place {
	char *name;
	uint64_t offset;
	uint64_t counter; /* of the USDT semaphore, 0 if it has none */
	struct usdt_operand arg[PROBE_USDT_ARGS];
	size_t args;
};

struct probe_places {
	struct probe_place *at;
	size_t count;
};

/* Every function that the pattern stands for; one of several names of the same place. 0, or a
 * negative errno with a sentence. */
int probe_places_functions(struct probe_places *places, const char *file, const char *pattern,
			   struct tape_error *why);
/* Every USDT note; one name may stand at several places. */
int probe_places_usdt(struct probe_places *places, const char *file, const char *provider,
		      const char *pattern, struct tape_error *why);
void probe_places_free(struct probe_places *places);

#endif
