// SPDX-License-Identifier: GPL-2.0-or-later
#include "flags.h"

#include <errno.h>
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

int flag_value_by_name(const struct flag_table *table, const char *name, uint64_t *value)
{
	for (size_t i = 0; i < table->count; i++) {
		const char *other = table->values[i].name;

		/* Some tables have hundreds: most differ early. */
		if (*other == *name && (!*name || !strcmp(other + 1, name + 1))) {
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
