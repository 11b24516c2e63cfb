// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Stands between the fuzz targets and the tables of calls (ld's --wrap): parsing a thousand rows
 * for every input would be most of the time, and so would looking all calls up that the descriptors
 * follow. The built-in tables are made once; one that a tape has added rows to is made anew for the
 * next input.
 */
#include "format/calls/desc.h"

#include <stdint.h>

struct desc_table *__real_desc_table_new(enum desc_arch arch);
void __real_desc_table_free(struct desc_table *table);
int __real_desc_table_add(struct desc_table *table, uint32_t nr, const char *row,
			  const char **error);
struct desc_table *__wrap_desc_table_new(enum desc_arch arch);
void __wrap_desc_table_free(struct desc_table *table);
int __real_desc_table_number(const struct desc_table *table, const char *name);
int __wrap_desc_table_number(const struct desc_table *table, const char *name);
int __real_desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row,
				size_t size);
int __wrap_desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row,
				size_t size);
int __wrap_desc_table_add(struct desc_table *table, uint32_t nr, const char *row,
			  const char **error);

enum {
	AT_ONCE = 2, /* of one architecture: two tapes are read side by side */
	FOUND = 4096,
};

static struct kept {
	struct desc_table *table;
	bool used, changed;
	/* Names are rules': constant, so that where they stand says which they are. */
	struct {
		const char *name;
		int nr;
	} found[FOUND];
} kept[DESC_ARCHES][AT_ONCE];

static struct kept *kept_of(const struct desc_table *table)
{
	for (int i = 0; table && i < DESC_ARCHES * AT_ONCE; i++)
		if (kept[i / AT_ONCE][i % AT_ONCE].table == table)
			return &kept[i / AT_ONCE][i % AT_ONCE];
	return NULL;
}

struct desc_table *__wrap_desc_table_new(enum desc_arch arch)
{
	for (struct kept *k = kept[arch]; k < kept[arch] + AT_ONCE; k++) {
		if (k->used)
			continue;
		if (!k->table)
			*k = (struct kept){ .table = __real_desc_table_new(arch) };
		k->used = true;
		return k->table;
	}
	return __real_desc_table_new(arch);
}

void __wrap_desc_table_free(struct desc_table *table)
{
	struct kept *k = kept_of(table);

	if (k)
		k->used = false;
	if (k && !k->changed)
		return;
	if (k)
		k->table = NULL;
	__real_desc_table_free(table);
}

static void changes(struct desc_table *table)
{
	struct kept *k = kept_of(table);

	if (k)
		k->changed = true;
}

int __wrap_desc_table_add(struct desc_table *table, uint32_t nr, const char *row,
			  const char **error)
{
	changes(table);
	return __real_desc_table_add(table, nr, row, error);
}

int __wrap_desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row, size_t size)
{
	changes(table);
	return __real_desc_table_add_later(table, nr, row, size);
}

int __wrap_desc_table_number(const struct desc_table *table, const char *name)
{
	size_t at = (uintptr_t)name * 0x9e3779b97f4a7c15 >> 52;
	struct kept *k = kept_of(table);

	if (!k || k->changed)
		return __real_desc_table_number(table, name);
	if (k->found[at].name != name) {
		k->found[at].name = name;
		k->found[at].nr = __real_desc_table_number(table, name);
	}
	return k->found[at].nr;
}
