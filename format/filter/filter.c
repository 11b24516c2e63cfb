// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/filter/filter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "format/calls/carried.h"
#include "format/filter/filter_calls.h"
#include "format/filter/filter_set.h"
#include "format/flags/flags.h"
#include "format/tape/record.h"

/* strace takes any number that fits its table of signals; the kernel's own end at 64. */
#define SIGNAL_LIMIT 255
#define RT_FIRST     32
#define RT_LAST	     64

struct filter {
	const struct desc_table *tables[DESC_ARCHES]; /* the caller's; NULL: built-in rows */
	struct filter_set calls[FILTER_ABIS];
	struct filter_set statuses;
	struct filter_set signals;
	struct filter_set descriptors[FILTER_DESCRIPTORS];
	bool is_all;
};

static const char *const status_names[FILTER_STATUSES] = {
	[FILTER_SUCCESSFUL] = "successful", [FILTER_FAILED] = "failed",
	[FILTER_UNFINISHED] = "unfinished", [FILTER_UNAVAILABLE] = "unavailable",
	[FILTER_DETACHED] = "detached",
};

struct filter *filter_new(void)
{
	struct filter *filter = calloc(1, sizeof(*filter));

	if (!filter)
		return NULL;
	for (int i = 0; i < FILTER_ABIS; i++)
		filter_set_fill(&filter->calls[i]);
	filter_set_fill(&filter->statuses);
	filter_set_fill(&filter->signals);
	filter->is_all = true;
	return filter;
}

void filter_free(struct filter *filter)
{
	free(filter);
}

void filter_use_table(struct filter *filter, enum desc_arch arch, const struct desc_table *table)
{
	filter->tables[arch] = table;
}

/* The built-in rows take about 2 MB: they live only while a set is read. */
static int parse_calls(const struct filter *filter, const char *text, struct filter_set *calls,
		       char *error, size_t size)
{
	const struct desc_table *tables[DESC_ARCHES];
	struct desc_table *own[DESC_ARCHES] = { NULL };
	int result = 0;

	for (int i = 0; i < DESC_ARCHES; i++) {
		if (!filter->tables[i])
			own[i] = desc_table_new(i);
		tables[i] = own[i] ? own[i] : filter->tables[i];
		if (!tables[i])
			result = -ENOMEM;
	}
	if (result)
		snprintf(error, size, "cannot read '%s': out of memory", text);
	else
		result = filter_calls_parse(tables, text, calls, error, size);
	for (int i = 0; i < DESC_ARCHES; i++)
		desc_table_free(own[i]);
	return result;
}

int filter_trace(struct filter *filter, const char *set, char *error, size_t size)
{
	struct filter_set calls[FILTER_ABIS];
	int result = parse_calls(filter, set, calls, error, size);

	if (result)
		return result;
	memcpy(filter->calls, calls, sizeof(calls));
	filter->is_all = true;
	for (int i = 0; i < FILTER_ABIS; i++)
		filter->is_all &= filter_set_is_full(&calls[i]);
	return 0;
}

bool filter_wants(const struct filter *filter, enum desc_arch arch, uint32_t nr)
{
	if (filter->is_all)
		return true;
	if (arch == DESC_X86_64 && nr & FILTER_X32_BIT)
		return filter_set_has(&filter->calls[FILTER_X32], nr & ~FILTER_X32_BIT);
	return arch < DESC_ARCHES && filter_set_has(&filter->calls[arch], nr);
}

bool filter_may_want(const struct filter *filter, enum desc_arch arch, uint32_t nr)
{
	const struct carried_call *c;

	if (filter_wants(filter, arch, nr))
		return true;
	for (size_t i = 0; arch == DESC_I386 && (c = carried_nth(nr, i)); i++)
		if (filter_wants(filter, c->arch, c->nr))
			return true;
	return false;
}

bool filter_wants_carried(const struct filter *filter)
{
	for (uint32_t nr = 0; nr < FILTER_SET_NUMBERS; nr++)
		if (!filter_wants(filter, DESC_I386, nr) && filter_may_want(filter, DESC_I386, nr))
			return true;
	return false;
}

bool filter_wants_traced(const struct filter *filter, uint8_t arch, uint32_t nr)
{
	if (arch == TRACE_X32)
		return filter_wants(filter, DESC_X86_64, nr | FILTER_X32_BIT);
	return arch < DESC_ARCHES && filter_wants(filter, (enum desc_arch)arch, nr);
}

bool filter_is_all(const struct filter *filter)
{
	return filter->is_all;
}

/* Reads a set of words that are not calls: strace's rules for `!`, `all`, `none` are the same. */
static int parse_words(const struct filter_grammar *grammar, const char *text,
		       struct filter_set *set, char *error, size_t size)
{
	struct filter_set parsed;
	int result = filter_set_parse(grammar, text, &parsed, 1, error, size);

	if (!result)
		*set = parsed;
	return result;
}

static int add_status(const void *context, struct filter_set *set, char *word, char *error,
		      size_t size)
{
	(void)context;
	(void)error;
	(void)size;
	for (uint32_t i = 0; i < FILTER_STATUSES; i++)
		if (!strcasecmp(word, status_names[i])) {
			filter_set_add(set, i);
			return 0;
		}
	return -ENOENT;
}

int filter_status(struct filter *filter, const char *set, char *error, size_t size)
{
	const struct filter_grammar grammar = { "status", add_status, NULL };

	return parse_words(&grammar, set, &filter->statuses, error, size);
}

bool filter_wants_status(const struct filter *filter, enum filter_status status)
{
	return filter_set_has(&filter->statuses, status);
}

/* Whether `word`, without its SIG, names the signal. strace has its own real-time names. */
static bool names_signal(const char *word, unsigned int signal)
{
	const char *name = flag_signal_name(signal);
	char rt[16];

	if (!name && signal >= RT_FIRST && signal <= RT_LAST) {
		snprintf(rt, sizeof(rt), "SIGRT_%u", signal - RT_FIRST);
		name = signal == RT_FIRST ? "SIGRTMIN" : rt;
	}
	return name && !strcasecmp(word, name + strlen("SIG"));
}

static int add_signal(const void *context, struct filter_set *set, char *word, char *error,
		      size_t size)
{
	const char *name = strncasecmp(word, "SIG", 3) ? word : word + 3;
	uint32_t number;

	(void)context;
	(void)error;
	(void)size;
	if (filter_number(word, SIGNAL_LIMIT, &number)) {
		filter_set_add(set, number);
		return 0;
	}
	for (number = 1; number <= RT_LAST; number++)
		if (names_signal(name, number)) {
			filter_set_add(set, number);
			return 0;
		}
	return -ENOENT;
}

int filter_signal(struct filter *filter, const char *set, char *error, size_t size)
{
	const struct filter_grammar grammar = { "signal", add_signal, NULL };

	return parse_words(&grammar, set, &filter->signals, error, size);
}

bool filter_wants_signal(const struct filter *filter, unsigned int signal)
{
	return filter_set_has(&filter->signals, signal);
}

static int add_descriptor(const void *context, struct filter_set *set, char *word, char *error,
			  size_t size)
{
	uint32_t number;

	(void)context;
	if (!filter_number(word, INT32_MAX, &number))
		return -ENOENT;
	if (filter_set_add(set, number))
		return 0;
	snprintf(error, size, "cannot choose descriptor %u: %d from %d on are in the set already",
		 number, FILTER_SET_FAR, FILTER_SET_NUMBERS);
	return -EINVAL;
}

int filter_descriptors(struct filter *filter, enum filter_descriptors which, const char *set,
		       char *error, size_t size)
{
	const struct filter_grammar grammar = { "descriptor", add_descriptor, NULL };

	return parse_words(&grammar, set, &filter->descriptors[which], error, size);
}

bool filter_wants_descriptor(const struct filter *filter, enum filter_descriptors which, int fd)
{
	return fd >= 0 && filter_set_has(&filter->descriptors[which], fd);
}
