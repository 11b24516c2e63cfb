/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage: how long and where a capture is kept: rotation, flight recorder, limits, what happens
 * when the output fails, who may read it. The options fill it in, the recording and the session act
 * on it.
 */
#ifndef SYSTAPE_STORAGE_H
#define SYSTAPE_STORAGE_H

#include "format/output/output_file.h"

#include <stdbool.h>
#include <stdint.h>

struct storage {
	uint64_t rotate_size, rotate_ms; /* a new file after so much; 0: never */
	uint64_t keep;			 /* files kept, 0: all */
	uint64_t flight;		 /* bytes of the newest in memory; 0: no flight recorder */
	const char *dump_on;		 /* calls whose failure writes it out, NULL: none */
	uint64_t max_size, max_ms, max_events; /* the capture ends then; 0: no limit */
	uint64_t delay_ms;		       /* before it begins */
	bool no_header;			       /* no trace.h beside the tape */
	bool drops;			       /* an output that fails does not end the capture */
	struct output_rules rules;
	const char *mode_text, *group_text; /* as they were given, or NULL */
};

/* Takes an option's value: 0; -EINVAL with a sentence (without program name) in `error`; -ENOENT if
 * the option is not one of these. */
int storage_set(struct storage *storage, int option, const char *value, char *error, size_t size);
/* NULL if the options go together, else a sentence. `binary`: tapes are written; `output` as in -o,
 * or NULL. */
const char *storage_check(const struct storage *storage, bool binary, const char *output);

#endif
