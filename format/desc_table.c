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

/* A parsed row; the table owns it. */
struct added {
	struct added *next;
	struct desc_call call;
};

/* What a number has: a built-in row that nobody has asked for yet, or the parsed one. */
struct slot {
	const struct desc_rows_call *unparsed;
	struct desc_call *call;
};

struct desc_table {
	enum desc_arch arch;
	struct added *added;
	size_t added_count;
	struct slot *slots; /* by number */
	uint32_t limit;
};

static int reserve(struct desc_table *table, uint32_t limit)
{
	struct slot *slots;

	if (limit <= table->limit)
		return 0;
	slots = reallocarray(table->slots, limit, sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	memset(slots + table->limit, 0, (limit - table->limit) * sizeof(*slots));
	table->slots = slots;
	table->limit = limit;
	return 0;
}

static void put(struct desc_table *table, uint32_t nr, struct desc_call *row)
{
	struct desc_call *last = table->slots[nr].call;

	if (row->selector < 0) {
		table->slots[nr] = (struct slot){ .call = row };
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

static int add_row(struct desc_table *table, uint32_t nr, const char *text, const char **error)
{
	struct added *added = table->added_count < ADDED_LIMIT ? malloc(sizeof(*added)) : NULL;
	int result;

	if (!added) {
		if (error)
			*error = "there is no room for more rows";
		return -ENOMEM;
	}
	result = desc_parse(text, &added->call, error);
	if (!result && added->call.selector >= 0 && !table->slots[nr].call) {
		result = -ENOENT;
		if (error)
			*error = "a variant has no base row";
	}
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

/* Parses a built-in row and its variants; rows that nobody asks for cost nothing. */
static void parse_slot(struct desc_table *table, uint32_t nr)
{
	const struct desc_rows_call *from = table->slots[nr].unparsed;

	table->slots[nr].unparsed = NULL;
	for (int i = 0; from && i < from->count[table->arch]; i++)
		if (add_row(table, nr, desc_rows_text[from->first[table->arch] + i], NULL))
			return;
}

struct desc_table *desc_table_new(enum desc_arch arch)
{
	struct desc_table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->arch = arch;
	for (size_t i = 0; i < desc_rows_calls_count; i++) {
		const struct desc_rows_call *from = &desc_rows_calls[i];

		if (from->nr[arch] < 0 || !from->count[arch])
			continue;
		if (reserve(table, (uint32_t)from->nr[arch] + 1)) {
			desc_table_free(table);
			return NULL;
		}
		table->slots[from->nr[arch]].unparsed = from;
	}
	return table;
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
	free(table->slots);
	free(table);
}

int desc_table_add(struct desc_table *table, uint32_t nr, const char *row, const char **error)
{
	if (nr >= NUMBER_LIMIT) {
		if (error)
			*error = "no call has such a number";
		return -EINVAL;
	}
	if (reserve(table, nr + 1))
		return -ENOMEM;
	if (table->slots[nr].unparsed)
		parse_slot(table, nr);
	return add_row(table, nr, row, error);
}

const struct desc_call *desc_table_call(const struct desc_table *table, uint32_t nr)
{
	if (nr >= table->limit)
		return NULL;
	if (table->slots[nr].unparsed) /* the first question parses: not visible to the caller */
		parse_slot((struct desc_table *)table, nr);
	return table->slots[nr].call;
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
	for (uint32_t nr = 0; nr < table->limit; nr++) {
		const struct slot *slot = &table->slots[nr];

		if (slot->unparsed ? !strcmp(slot->unparsed->name, name)
				   : slot->call && !strcmp(slot->call->name, name))
			return (int)nr;
	}
	return -ENOENT;
}

uint32_t desc_table_limit(const struct desc_table *table)
{
	return table->limit;
}
