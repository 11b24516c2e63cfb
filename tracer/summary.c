// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/summary.h"

#include "tracer/announce.h"
#include "tracer/system/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void print_size(FILE *to, uint64_t bytes)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB" };
	double value = bytes;
	int unit = 0;

	while (value >= 1024 && unit < 4) {
		value /= 1024;
		unit++;
	}
	fprintf(to, unit ? "%.1f %s" : "%.0f %s", value, units[unit]);
}

/* A backend divides its room into rings of several sorts, of whole powers of two: nearly all of it
 * is all. */
void summary_rings(const struct options *options, const struct backend_stats *stats)
{
	if (options->buffer && stats->ring && stats->ring < options->buffer / 4 * 3)
		tracer_say("rings of %" PRIu64
			   " KiB per CPU are not to be had here: they have %" PRIu64,
			   options->buffer >> 10, stats->ring >> 10);
}

/* The closing line. */
static void print_closing(const struct options *options, const struct summary_tape *tape,
			  const struct backend_stats *stats, const char *backend)
{
	const struct tape_totals *t = &tape->totals, *kept = tape->part ? &tape->kept : NULL;
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	if (!to)
		return;
	fprintf(to, "%" PRIu64 " calls recorded, %" PRIu64 " lost", t->calls, stats->lost_calls);
	if (options->probe_count)
		fprintf(to, ", %" PRIu64 " hits of probes", stats->hits);
	if (stats->lost_enters)
		fprintf(to, ", %" PRIu64 " without their beginning", stats->lost_enters);
	if (stats->lost_events)
		fprintf(to, ", %" PRIu64 " other events lost", stats->lost_events);
	if (options->binary) {
		fputs("; ", to);
		if (kept)
			fprintf(to, "the newest %" PRIu64 " calls are kept, ", kept->calls);
		print_size(to, kept ? kept->bytes : t->bytes);
		if (tape->where)
			fprintf(to, " in %s", tape->where);
	}
	fprintf(to, " (%s)", backend);
	if (!fclose(to))
		tracer_say("%s", text);
	free(text);
}

void summary_unwritten(struct backend_stats *s, const struct tape_totals *t)
{
	s->lost_calls += t->unwritten_calls;
	s->lost_enters += t->unwritten_enters;
	s->lost_events += t->unwritten_events;
}

void summary_print(const struct options *options, const struct summary_tape *tape,
		   const struct backend_stats *stats, const char *backend)
{
	const struct tape_totals *t = &tape->totals;
	uint64_t lost = stats->lost_calls + stats->lost_enters + stats->lost_events;

	announce_detached(options);
	if (options->quiet && !lost)
		return;
	print_closing(options, tape, stats, backend);
	if (t->unwritten_calls && lost)
		tracer_say("%" PRIu64
			   " of the lost calls were not written because the output failed",
			   t->unwritten_calls);
	if (stats->missed)
		tracer_say("the kernel missed %" PRIu64
			   " returns: more calls of a function were under way at once than it has "
			   "room for",
			   stats->missed);
	if (stats->strayed)
		tracer_say("of the lost events, the kernel gave %" PRIu64
			   " to nobody, though there was room",
			   stats->strayed);
	if (lost > t->unwritten_calls + t->unwritten_enters + t->unwritten_events + stats->missed +
			   stats->strayed)
		tracer_say("the rings of %" PRIu64
			   " KiB per CPU were full; --buffer makes them larger",
			   stats->ring >> 10);
}
