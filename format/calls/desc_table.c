// SPDX-License-Identifier: GPL-2.0-or-later
/* desc: the table of an architecture's calls, of built-in rows and those of a tape, and which
 * variant of a row applies. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "format/calls/desc.h"
#include "format/calls/desc_rows.h"

/* No architecture numbers its calls beyond this; a damaged tape may claim so. */
#define NUMBER_LIMIT 4096
/* Nor has a tape more rows than this: an x86-64 kernel needs about 1000. */
#define ADDED_LIMIT 16384

/* A parsed row; the table owns it. */
struct added {
	struct added *next;
	struct desc_call call;
};

/* A row of a tape that nobody has asked for yet. */
struct later {
	struct later *next; /* the one that came behind it */
	char row[];
};

/* What a number has: rows that nobody has asked for yet, built-in ones and then a tape's, or the
 * parsed one. */
struct slot {
	const struct desc_rows_call *unparsed;
	struct later *later, *last;
	struct desc_call *call;
};

struct desc_table {
	enum desc_arch arch;
	struct added *added;
	size_t added_count, later_count;
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
		table->slots[nr].call = row;
		return;
	}
	if (!row->classes) {
		row->classes = last->classes;
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

static bool waits(const struct slot *slot)
{
	return slot->unparsed || slot->later;
}

static void parse_builtin(struct desc_table *table, uint32_t nr)
{
	const struct desc_rows_call *from = table->slots[nr].unparsed;

	table->slots[nr].unparsed = NULL;
	for (int i = 0; from && i < from->count[table->arch]; i++)
		if (add_row(table, nr, desc_rows_text[from->first[table->arch] + i], NULL))
			return;
}

/* Parses the rows that wait; those that nobody asks for cost nothing. */
static void parse_slot(struct desc_table *table, uint32_t nr)
{
	struct later *row = table->slots[nr].later, *next;

	parse_builtin(table, nr);
	table->slots[nr].later = table->slots[nr].last = NULL;
	for (; row; row = next) {
		next = row->next;
		add_row(table, nr, row->row, NULL);
		free(row);
	}
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
	for (uint32_t nr = 0; nr < table->limit; nr++) {
		while (table->slots[nr].later) {
			struct later *row = table->slots[nr].later;

			table->slots[nr].later = row->next;
			free(row);
		}
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
	if (waits(&table->slots[nr]))
		parse_slot(table, nr);
	return add_row(table, nr, row, error);
}

int desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row, size_t size)
{
	struct later *later;
	struct slot *slot;

	if (nr >= NUMBER_LIMIT)
		return -EINVAL;
	if (table->later_count >= ADDED_LIMIT || reserve(table, nr + 1))
		return -ENOMEM;
	later = malloc(sizeof(*later) + size + 1);
	if (!later)
		return -ENOMEM;
	later->next = NULL;
	memcpy(later->row, row, size);
	later->row[size] = '\0';
	slot = &table->slots[nr];
	if (slot->last)
		slot->last->next = later;
	else
		slot->later = later;
	slot->last = later;
	table->later_count++;
	return 0;
}

const struct desc_call *desc_table_call(const struct desc_table *table, uint32_t nr)
{
	if (nr >= table->limit)
		return NULL;
	if (waits(&table->slots[nr])) /* the first question parses: not visible to the caller */
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

const struct desc_call *desc_variant(const struct desc_call *base, const uint64_t args[DESC_ARGS])
{
	for (const struct desc_call *row = base->next_variant; row; row = row->next_variant)
		if (applies(row, args))
			return row;
	return base;
}

const struct desc_call *desc_table_variant(const struct desc_table *table, uint32_t nr,
					   const uint64_t args[DESC_ARGS])
{
	const struct desc_call *base = desc_table_call(table, nr);

	return base ? desc_variant(base, args) : NULL;
}

/* What a slot is called whose rows wait, as far as can be seen without parsing them. */
enum waiting { OTHER, THIS, UNSURE };

static enum waiting waiting_name(const struct slot *slot, const char *name, size_t length)
{
	bool built_in = slot->unparsed && !slot->call;
	bool is = slot->call || (built_in && !strcmp(slot->unparsed->name, name));
	bool sure = built_in && is;

	for (const struct later *row = slot->later; row; row = row->next) {
		bool begins = !strncmp(row->row, name, length);

		is |= begins || *row->row == ' ' || *row->row == '\t';
		sure &= begins && (row->row[length] == '(' || row->row[length] == '@');
	}
	return sure ? THIS : is ? UNSURE : OTHER;
}

int desc_table_number(const struct desc_table *table, const char *name)
{
	size_t length = strlen(name);

	for (uint32_t nr = 0; nr < table->limit; nr++) {
		const struct slot *slot = &table->slots[nr];
		const struct desc_call *call = slot->call;
		enum waiting waiting = waits(slot) ? waiting_name(slot, name, length) : OTHER;

		if (waiting == THIS)
			return (int)nr;
		if (waiting == UNSURE)
			call = desc_table_call(table, nr);
		else if (waits(slot))
			continue;
		if (call && !strcmp(call->name, name))
			return (int)nr;
	}
	return -ENOENT;
}

uint32_t desc_table_limit(const struct desc_table *table)
{
	return table->limit;
}
