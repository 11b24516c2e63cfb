/* SPDX-License-Identifier: GPL-2.0-or-later */
/* summary: the closing lines on standard error: what was recorded, what was lost. Used by the
 * session. */
#ifndef SYSTAPE_SUMMARY_H
#define SYSTAPE_SUMMARY_H

#include "format/tape/tape_writer.h"
#include "tracer/options/options.h"

/* When the capture has begun: a line if the rings are smaller than --buffer asked for. */
void summary_rings(const struct options *options, const struct backend_stats *stats);
/* What could not be written is lost as well. */
void summary_unwritten(struct backend_stats *stats, const struct tape_totals *totals);
/* What has been written. */
struct summary_tape {
	char *where; /* the names of the tapes, NULL for none */
	struct tape_totals totals, kept;
	bool part; /* no more than `kept` of it is there still */
};

void summary_print(const struct options *options, const struct summary_tape *tape,
		   const struct backend_stats *stats, const char *backend);

#endif
