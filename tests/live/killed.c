// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * killed TIMES: reads an uncompressed tape of tests/live/sequence.c from standard input, with
 * nothing but trace.h: every gap in the numbers has to be what stands there as lost. Prints the
 * calls on the tape, those counted as lost, the gaps that are wrong, and when the first call behind
 * the tape's end was made, by the file that sequence wrote: in ns since the epoch, 0 if the tape
 * has no call, 1 if none is known to be missing.
 */
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>

enum { CLOSE = 3, CPU = 0 };

static struct {
	uint64_t calls, lost, wrong;
	uint64_t pending; /* lost, or without their number, since the last call */
	uint32_t last;
} seen;

static void take_call(const struct trace_call *c)
{
	uint32_t i;

	if (c->nr != CLOSE || c->record.type == TRACE_ENTER)
		return;
	seen.calls++;
	if (!c->args) {
		seen.pending++;
		return;
	}
	i = -(uint32_t)c->arg[0];
	if (i > 1u << 31)
		return;
	if (seen.last && i - seen.last - 1 != seen.pending) {
		seen.wrong++;
		fprintf(stderr, "# from %u to %u: %llu are noted\n", seen.last, i,
			(unsigned long long)seen.pending);
	}
	seen.last = i;
	seen.pending = 0;
}

static void take_block(const char *data, size_t size)
{
	const struct trace_record *r;

	for (size_t at = 0; at + sizeof(*r) <= size; at += r->length) {
		r = (const void *)(data + at);
		if (r->length < sizeof(*r) || r->length > size - at) {
			seen.wrong++;
			return;
		}
		if (r->type == TRACE_CALL || r->type == TRACE_ENTER || r->type == TRACE_EXIT)
			take_call((const void *)r);
		if (r->type == TRACE_LOST) {
			seen.lost += ((const struct trace_lost *)r)->calls;
			seen.pending += ((const struct trace_lost *)r)->calls;
		}
	}
}

/* When the call after the last one, or one of the 1024 behind it, was made. */
static uint64_t first_missing(const char *times)
{
	FILE *f = fopen(times, "r");
	int64_t when = 0;

	if (!f || fseek(f, ((seen.last + seen.pending) / 1024 + 1) * sizeof(when), SEEK_SET) ||
	    fread(&when, sizeof(when), 1, f) != 1)
		when = 0;
	if (f)
		fclose(f);
	return when ? when : 1;
}

int main(int argc, char **argv)
{
	struct trace_header h;
	struct trace_block b;

	if (argc != 2 || fread(&h, sizeof(h), 1, stdin) != 1)
		return 1;
	while (fread(&b, sizeof(b), 1, stdin) == 1) {
		char *data = malloc(b.stored + 1);

		if (!data || fread(data, 1, b.stored, stdin) != b.stored || b.codec != TRACE_NONE)
			return 1;
		if (b.kind == TRACE_RECORDS && b.cpu == CPU)
			take_block(data, b.stored);
		free(data);
	}
	printf("%llu %llu %llu %llu\n", (unsigned long long)seen.calls,
	       (unsigned long long)seen.lost, (unsigned long long)seen.wrong,
	       (unsigned long long)(seen.calls ? first_missing(argv[1]) : 0));
	return 0;
}
