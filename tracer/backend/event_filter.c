// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/backend/event_filter.h"

#include "call_numbers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LONGEST = 3500, /* the kernel takes less than a page */
};

static bool traced(const struct plan *plan, uint32_t row)
{
	return plan->calls[row].flags & PLAN_TRACED;
}

/* An i386 call has another number: an event does not say which of both it means, so either is let
 * through. */
static bool wanted(const struct backend_settings *settings, uint32_t nr, bool ends)
{
	const struct plan *plan = settings->plan;
	const struct plan_call *native = &plan->calls[nr], *compat = &plan->calls[nr + PLAN_CALLS];

	if (traced(plan, nr) || traced(plan, nr + PLAN_CALLS))
		return true;
	/* setuid, setreuid, setresuid of both tables: -u follows them. */
	if (settings->by_user &&
	    (nr == NR_X86_64_setuid || nr == NR_X86_64_setreuid || nr == NR_X86_64_setresuid ||
	     nr == NR_I386_setuid32 || nr == NR_I386_setreuid32 || nr == NR_I386_setresuid32))
		return true;
	/* Beginnings that say where a command's trace begins, and how a thread ends. i386's exit is
	 * everybody's write. */
	return !ends && (native->flags & (PLAN_EXEC | PLAN_NO_RETURN) || compat->flags & PLAN_EXEC);
}

static void put_range(FILE *out, uint32_t from, uint32_t to, bool *first)
{
	fputs(*first ? "" : " || ", out);
	*first = false;
	if (from == to)
		fprintf(out, "id == %u", from);
	else
		fprintf(out, "(id >= %u && id <= %u)", from, to);
}

/* The numbers as ranges; false if every number is wanted. */
static bool put_numbers(FILE *out, const struct backend_settings *settings, bool ends)
{
	bool unknown = traced(settings->plan, 2 * PLAN_CALLS), first = true, all = unknown;

	for (uint32_t nr = 0; nr < PLAN_CALLS; nr++) {
		uint32_t from = nr;

		all &= wanted(settings, nr, ends);
		if (!wanted(settings, nr, ends))
			continue;
		while (nr + 1 < PLAN_CALLS && wanted(settings, nr + 1, ends))
			nr++;
		put_range(out, from, nr, &first);
	}
	if (unknown) /* numbers that nobody knows, and x32's */
		fprintf(out, "%sid >= %d || id < 0", first ? "" : " || ", PLAN_CALLS);
	else if (ends) /* a sigreturn's end has no number */
		fprintf(out, "%sid == -1", first ? "" : " || ");
	else if (first)
		fputs("id == -2", out);
	return !all;
}

char *event_filter(const struct backend_settings *settings, bool ends, const char *more)
{
	char *numbers = NULL, *whole = NULL;
	size_t size;
	FILE *out = open_memstream(&numbers, &size);
	bool some;

	if (!out)
		return NULL;
	some = put_numbers(out, settings, ends);
	fclose(out);
	out = open_memstream(&whole, &size);
	if (!out) {
		free(numbers);
		return NULL;
	}
	if (some)
		fprintf(out, "(%s)", numbers);
	if (ends && settings->failed_only)
		fprintf(out, "%sret < 0 && ret >= -4095", some ? " && " : "");
	else if (ends && settings->successful_only)
		fprintf(out, "%s(ret >= 0 || ret < -4095)", some ? " && " : "");
	if (more)
		fprintf(out, "%s%s", ftell(out) ? " && " : "", more);
	fclose(out);
	free(numbers);
	if (*whole && size < LONGEST)
		return whole;
	if (*whole)
		backend_debug(settings, "the filter of calls is too long for the kernel: it is "
					"left to the recorder");
	free(whole);
	return NULL;
}

bool event_filter_passes(const struct backend_settings *settings, uint32_t nr)
{
	return wanted(settings, nr, true) && !settings->failed_only;
}
