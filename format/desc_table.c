// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "format/desc.h"
#include "format/desc_rows.h"

/* No architecture numbers its calls beyond this; a damaged tape may claim so. */
#define NUMBER_LIMIT 4096
/* Nor has a tape more rows than this: an x86-64 kernel needs about 1000. */
#define ADDED_LIMIT 16384

/* A row that was added later; the built-in ones lie in one block. */
struct added {
	struct added *next;
	struct desc_call call;
};

struct desc_table {
	struct desc_call *rows;
	struct added *added;
	size_t added_count;
	struct desc_call **call; /* by number */
	uint32_t limit;
};

static size_t count_rows(enum desc_arch arch)
{
	size_t rows = 0;

	for (size_t i = 0; i < desc_rows_calls_count; i++)
		if (desc_rows_calls[i].nr[arch] >= 0)
			rows += (size_t)desc_rows_calls[i].count[arch];
	return rows;
}

static int reserve(struct desc_table *table, uint32_t limit)
{
	struct desc_call **call;

	if (limit <= table->limit)
		return 0;
	call = realloc(table->call, limit * sizeof(*call));
	if (!call)
		return -ENOMEM;
	memset(call + table->limit, 0, (limit - table->limit) * sizeof(*call));
	table->call = call;
	table->limit = limit;
	return 0;
}

static void put(struct desc_table *table, uint32_t nr, struct desc_call *row)
{
	struct desc_call *last = table->call[nr];

	if (row->selector < 0) {
		table->call[nr] = row;
		return;
	}
	if (!row->classes) {
		row->classes = last->classes;
		row->never_fails = last->never_fails;
	}
	while (last->next_variant)
		last = (struct desc_call *)last->next_variant;
	last->next_variant = row;
}

static int add_builtin(struct desc_table *table, const struct desc_rows_call *from,
		       enum desc_arch arch, struct desc_call **free_row)
{
	uint32_t nr = (uint32_t)from->nr[arch];

	if (from->nr[arch] < 0 || !from->count[arch])
		return 0;
	if (reserve(table, nr + 1))
		return -ENOMEM;
	for (int i = 0; i < from->count[arch]; i++) {
		struct desc_call *row = *free_row;

		if (desc_parse(desc_rows_text[from->first[arch] + i], row, NULL))
			return -EINVAL;
		(*free_row)++;
		put(table, nr, row);
	}
	return 0;
}

struct desc_table *desc_table_new(enum desc_arch arch)
{
	struct desc_table *table = calloc(1, sizeof(*table));
	struct desc_call *row;

	if (!table)
		return NULL;
	table->rows = malloc(count_rows(arch) * sizeof(*table->rows) + 1);
	row = table->rows;
	if (!row)
		goto fail;
	for (size_t i = 0; i < desc_rows_calls_count; i++)
		if (add_builtin(table, &desc_rows_calls[i], arch, &row))
			goto fail;
	return table;
fail:
	desc_table_free(table);
	return NULL;
}

void desc_table_free(struct desc_table *table)
{
	struct added *added, *next;

	if (!table)
		return;
	for (added = table->added; added; added = next) {
		next = added->next;
		free(added);
	}
	free(table->rows);
	free(table->call);
	free(table);
}

int desc_table_add(struct desc_table *table, uint32_t nr, const char *row, const char **error)
{
	struct added *added = table->added_count < ADDED_LIMIT ? malloc(sizeof(*added)) : NULL;
	int result;

	if (!added) {
		if (error)
			*error = "there is no room for more rows";
		return -ENOMEM;
	}
	result = desc_parse(row, &added->call, error);
	if (!result && nr >= NUMBER_LIMIT) {
		result = -EINVAL;
		if (error)
			*error = "no call has such a number";
	}
	if (!result && added->call.selector >= 0 && !desc_table_call(table, nr)) {
		result = -ENOENT;
		if (error)
			*error = "a variant has no base row";
	}
	if (!result)
		result = reserve(table, nr + 1);
	if (result) {
		free(added);
		return result;
	}
	added->next = table->added;
	table->added = added;
	table->added_count++;
	put(table, nr, &added->call);
	return 0;
}

const struct desc_call *desc_table_call(const struct desc_table *table, uint32_t nr)
{
	return nr < table->limit ? table->call[nr] : NULL;
}

static bool applies(const struct desc_call *row, const uint64_t args[DESC_ARGS])
{
	uint64_t value = args[row->selector] & row->mask;

	for (int i = 0; i < row->values; i++)
		if (row->value[i] == value)
			return true;
	return false;
}

const struct desc_call *desc_table_variant(const struct desc_table *table, uint32_t nr,
					   const uint64_t args[DESC_ARGS])
{
	const struct desc_call *base = desc_table_call(table, nr);

	if (!base)
		return NULL;
	for (const struct desc_call *row = base->next_variant; row; row = row->next_variant)
		if (applies(row, args))
			return row;
	return base;
}

int desc_table_number(const struct desc_table *table, const char *name)
{
	for (uint32_t nr = 0; nr < table->limit; nr++)
		if (table->call[nr] && !strcmp(table->call[nr]->name, name))
			return (int)nr;
	return -ENOENT;
}

uint32_t desc_table_limit(const struct desc_table *table)
{
	return table->limit;
}
