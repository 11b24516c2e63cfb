// SPDX-License-Identifier: GPL-2.0-or-later
#include "flags.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The entries of flags.def: a constant, a table over an array of constants, an empty table. */
#define V(text, value, mask)                                                                       \
	{                                                                                          \
		text, value, mask                                                                  \
	}
#define T(table, values_of, unknown, sorted)                                                       \
	{                                                                                          \
#table, unknown, values_##values_of, COUNT(values_##values_of), sorted             \
	}
#define EMPTY(table, unknown)                                                                      \
	{                                                                                          \
#table, unknown, NULL, 0, true                                                     \
	}

#include "flags.def"

const struct flag_table *flag_table_find(const char *name)
{
	size_t low = 0, high = COUNT(tables);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, tables[middle].name);

		if (!order)
			return &tables[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct flag_table *flag_table_all(size_t *count)
{
	*count = COUNT(tables);
	return tables;
}

/* The index of the first entry of a sorted table that is not below `value`. */
static size_t lower_bound(const struct flag_table *table, uint64_t value)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->values[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const char *flag_name(const struct flag_table *table, uint64_t value)
{
	size_t i = table->sorted ? lower_bound(table, value) : 0;

	for (; i < table->count; i++) {
		if (table->values[i].value == value)
			return table->values[i].name;
		if (table->sorted)
			break;
	}
	return NULL;
}

const struct flag_value *flag_names(const struct flag_table *table, uint64_t value, size_t *count)
{
	size_t first = table->sorted ? lower_bound(table, value) : table->count;
	size_t end = first;

	while (end < table->count && table->values[end].value == value)
		end++;
	*count = end - first;
	return *count ? &table->values[first] : NULL;
}

/* A table's constants by a hash of their names: indices into its values + 1, 0 where there is none.
 */
struct by_name {
	uint32_t mask;
	uint16_t slot[];
};

static _Atomic(struct by_name *) by_names[COUNT(tables)];

static uint32_t hash_of(const char *name)
{
	uint32_t hash = 2166136261;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619;
	return hash;
}

/* The place of `name`, or of the first gap behind where it would be. */
static size_t place_of(const struct by_name *by, const struct flag_table *table, const char *name)
{
	uint32_t at = hash_of(name) & by->mask;

	while (by->slot[at] && strcmp(table->values[by->slot[at] - 1].name, name) != 0)
		at = (at + 1) & by->mask;
	return at;
}

static struct by_name *hash_names(const struct flag_table *table)
{
	struct by_name *by;
	size_t size = 1;

	while (size < 2 * table->count)
		size *= 2;
	by = calloc(1, sizeof(*by) + size * sizeof(by->slot[0]));
	if (!by)
		return NULL;
	by->mask = (uint32_t)size - 1;
	for (size_t i = 0; i < table->count; i++) {
		uint16_t *slot = &by->slot[place_of(by, table, table->values[i].name)];

		if (!*slot) /* of two with one name the first counts */
			*slot = (uint16_t)(i + 1);
	}
	return by;
}

/* Made when it is first asked for, and kept; NULL: the table is to be read from its beginning. */
static const struct by_name *by_name_of(const struct flag_table *table)
{
	enum { FEW = 32 };
	size_t at = ((uintptr_t)table - (uintptr_t)tables) / sizeof(*table);
	struct by_name *made, *known;

	if (at >= COUNT(tables) || table->count < FEW || table->count >= UINT16_MAX)
		return NULL;
	known = atomic_load(&by_names[at]);
	if (known)
		return known;
	made = hash_names(table);
	if (made && !atomic_compare_exchange_strong(&by_names[at], &known, made)) {
		free(made); /* another thread was first */
		return known;
	}
	return made;
}

int flag_value_by_name(const struct flag_table *table, const char *name, uint64_t *value)
{
	const struct by_name *by = by_name_of(table);
	size_t i = 0;

	if (by) {
		i = by->slot[place_of(by, table, name)];
		i = i ? i - 1 : table->count;
	}
	for (; i < table->count; i++) {
		if (!strcmp(table->values[i].name, name)) {
			*value = table->values[i].value;
			return 0;
		}
	}
	return -ENOENT;
}

/*
 * Tables that every line of text can need are not searched for by name. Their values are in order
 * from 1 or 0 on with few gaps: a value stands at its own index or a little before.
 */
static const char *name_in(const struct flag_value *values, size_t count, uint64_t value)
{
	for (size_t i = value < count ? value + 1 : count; i && values[i - 1].value >= value; i--)
		if (values[i - 1].value == value)
			return values[i - 1].name;
	return NULL;
}

const char *flag_errno_name(unsigned int error)
{
	return name_in(values_errnocodes, COUNT(values_errnocodes), error);
}

const char *flag_errno_text(unsigned int error)
{
	return name_in(values_errno_texts, COUNT(values_errno_texts), error);
}

const char *flag_signal_name(unsigned int signal)
{
	return name_in(values_signals, COUNT(values_signals), signal);
}
