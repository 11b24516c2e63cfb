// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * --redact: a rule on each line up to a NUL, then records. What is left must be records, no more of
 * them and no longer than before; what a rule names must be bare.
 */
#include "format/tape/tape_reader.h"
#include "tests/fuzz/tape_mutator.h"
#include "tracer/options/redact.h"

#include <stdlib.h>
#include <string.h>

static void add_rules(struct redact *redact, const char *text)
{
	char *rules = strdup(text), *save = NULL, error[80] = "";

	for (char *rule = strtok_r(rules, "\n", &save); rule; rule = strtok_r(NULL, "\n", &save))
		if (redact_add(redact, rule, error, sizeof(error)) &&
		    !memchr(error, 0, sizeof(error)))
			abort();
	free(rules);
}

/* The tracer's own records are whole; the writer refuses what is none before it is edited. */
static size_t whole(const void *records, size_t size)
{
	size_t at = 0;

	while (tape_record_next(records, size, &at))
		;
	return at;
}

static void compare(const void *before, size_t size, const void *after, size_t left)
{
	const struct trace_record *old, *new;
	size_t at = 0, to = 0;

	while ((old = tape_record_next(before, size, &at))) {
		new = tape_record_next(after, left, &to);
		if (!new || new->type != old->type || new->time != old->time ||
		    new->length > old->length)
			abort();
	}
	if (to != left)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const uint8_t *end = memchr(bytes, 0, size);
	struct redact *redact;
	uint64_t *records;
	const void *after;
	size_t left = 0, length;

	if (!end || size > 4000)
		return 0;
	redact = redact_new();
	add_rules(redact, (const char *)bytes);
	length = size - (end + 1 - bytes);
	records = malloc(length + 8);
	memcpy(records, end + 1, length);
	length = whole(records, length);
	after = redact_records(redact, records, length, &left);
	if (after)
		compare(records, length, after, left);
	redact_cmdline(redact);
	redact_free(redact);
	free(records);
	return 0;
}
