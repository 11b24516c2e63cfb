// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/redact.h"

#include "call_numbers.h"

#include "format/tape/tape_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	RULES = 32,
};

struct redact {
	struct filter *memory[RULES], *args[RULES];
	size_t memories, argses;
	bool cmdline;
	char *copy;
	size_t room;
};

struct redact *redact_new(void)
{
	return calloc(1, sizeof(struct redact));
}

void redact_free(struct redact *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->memories; i++)
		filter_free(r->memory[i]);
	for (size_t i = 0; i < r->argses; i++)
		filter_free(r->args[i]);
	free(r->copy);
	free(r);
}

static int add_set(struct filter **sets, size_t *count, const char *set, char *error, size_t size)
{
	struct filter *filter;
	int result;

	if (*count == RULES) {
		snprintf(error, size, "there are at most %d rules", RULES);
		return -EINVAL;
	}
	filter = filter_new();
	if (!filter)
		return -ENOMEM;
	result = filter_trace(filter, set, error, size);
	if (result)
		filter_free(filter);
	else
		sets[(*count)++] = filter;
	return result;
}

int redact_add(struct redact *r, const char *rule, char *error, size_t size)
{
	if (!strcmp(rule, "cmdline")) {
		r->cmdline = true;
		return add_set(r->memory, &r->memories, "?execve,?execveat", error, size);
	}
	if (!strncmp(rule, "args=", 5))
		return add_set(r->args, &r->argses, rule + 5, error, size);
	return add_set(r->memory, &r->memories, rule, error, size);
}

bool redact_cmdline(const struct redact *r)
{
	return r->cmdline;
}

static bool among(struct filter *const *sets, size_t count, const struct trace_call *call)
{
	/* A number that x32 does not have is captured as the 64-bit call of that number. */
	for (size_t i = 0; i < count; i++)
		if (filter_wants_traced(sets[i], call->arch, call->nr) ||
		    (call->arch == TRACE_X32 &&
		     filter_wants_traced(sets[i], TRACE_X86_64, call->nr)))
			return true;
	return false;
}

/* The end of a call and its further pieces may not say which call it is: then it counts as one of
 * the sets. */
static bool concerned(struct filter *const *sets, size_t count, const struct trace_call *call)
{
	return count && (call->nr == ~0u || among(sets, count, call));
}

static const struct trace_call execs[] = {
	{ .nr = NR_X86_64_execve, .arch = TRACE_X86_64 },
	{ .nr = NR_X86_64_execveat, .arch = TRACE_X86_64 },
	{ .nr = NR_I386_execve, .arch = TRACE_I386 },
	{ .nr = NR_I386_execveat, .arch = TRACE_I386 },
	{ .nr = NR_X32_execve, .arch = TRACE_X32 },
	{ .nr = NR_X32_execveat, .arch = TRACE_X32 },
};

static bool is_exec(const struct trace_call *call)
{
	for (size_t i = 0; i < sizeof(execs) / sizeof(*execs); i++)
		if (execs[i].nr == call->nr && execs[i].arch == call->arch)
			return true;
	return false;
}

/* The record without its pieces; without its arguments as well if they are not to be known. */
static void strip_call(const struct redact *r, struct trace_call *call)
{
	bool args = concerned(r->args, r->argses, call);
	size_t values = call->args * sizeof(uint64_t);

	if (!args && !concerned(r->memory, r->memories, call))
		return;
	/* Of a new program another record tells: that is not to take the place of what is missing
	 * here.
	 */
	if (call->pieces || is_exec(call))
		call->record.flags |= TRACE_F_CUT;
	call->pieces = 0;
	if (args) {
		call->record.flags |= TRACE_F_NO_ARGS;
		call->args = 0;
		values = 0;
	}
	if (sizeof(*call) + values <= call->record.length)
		call->record.length = sizeof(*call) + values;
}

/* Whether the new program's strings are memory of a call that the rules name. */
static bool strips_exec(const struct redact *r)
{
	for (size_t i = 0; i < sizeof(execs) / sizeof(*execs); i++)
		if (among(r->memory, r->memories, &execs[i]) ||
		    among(r->args, r->argses, &execs[i]))
			return true;
	return false;
}

/* Overwrites command lines where they stand: their length is no secret. */
static void strip_process(struct trace_process *process)
{
	size_t at = sizeof(*process);
	struct tape_piece piece;

	for (int i = 0; i < process->pieces && tape_piece_next(&process->record, &at, &piece); i++)
		if (piece.piece.arg == TRACE_P_CMDLINE || piece.piece.arg == TRACE_P_ENVIRONMENT)
			memset((void *)piece.data, '*', piece.piece.length);
}

static bool is_call(const struct trace_record *record)
{
	return record->type >= TRACE_CALL && record->type <= TRACE_PAYLOAD &&
	       record->length >= sizeof(struct trace_call);
}

const void *redact_records(void *redact, const void *records, size_t size, size_t *left)
{
	struct redact *r = redact;
	const struct trace_record *record;
	size_t at = 0, to = 0;

	if (size > r->room) {
		free(r->copy);
		r->copy = malloc(size);
		r->room = r->copy ? size : 0;
	}
	if (!r->copy)
		return NULL;
	while ((record = tape_record_next(records, size, &at))) {
		struct trace_record *copy = (void *)(r->copy + to);

		memcpy(copy, record, record->length);
		if (is_call(copy))
			strip_call(r, (void *)copy);
		else if (copy->length >= sizeof(struct trace_process) &&
			 (copy->type == TRACE_EXISTING
				  ? r->cmdline
				  : copy->type == TRACE_EXEC && strips_exec(r)))
			strip_process((void *)copy);
		to += copy->length;
	}
	*left = to;
	return r->copy;
}
