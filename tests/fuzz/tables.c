// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Stands between the fuzz targets and the tables of calls (ld's --wrap): parsing a thousand rows
 * for every input would be most of the time. The built-in tables are made once; one that a tape has
 * added rows to is made anew for the next input.
 */
#include "format/calls/desc.h"

struct desc_table *__real_desc_table_new(enum desc_arch arch);
void __real_desc_table_free(struct desc_table *table);
int __real_desc_table_add(struct desc_table *table, uint32_t nr, const char *row,
			  const char **error);
struct desc_table *__wrap_desc_table_new(enum desc_arch arch);
void __wrap_desc_table_free(struct desc_table *table);
int __real_desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row,
				size_t size);
int __wrap_desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row,
				size_t size);
int __wrap_desc_table_add(struct desc_table *table, uint32_t nr, const char *row,
			  const char **error);

static struct kept {
	struct desc_table *table;
	bool used, changed;
} kept[DESC_ARCHES];

struct desc_table *__wrap_desc_table_new(enum desc_arch arch)
{
	struct kept *k = &kept[arch];

	if (k->used)
		return __real_desc_table_new(arch);
	if (!k->table)
		k->table = __real_desc_table_new(arch);
	k->used = true;
	return k->table;
}

void __wrap_desc_table_free(struct desc_table *table)
{
	for (int i = 0; table && i < DESC_ARCHES; i++) {
		struct kept *k = &kept[i];

		if (k->table != table)
			continue;
		k->used = false;
		if (!k->changed)
			return;
		k->changed = false;
		k->table = NULL;
	}
	__real_desc_table_free(table);
}

int __wrap_desc_table_add(struct desc_table *table, uint32_t nr, const char *row,
			  const char **error)
{
	for (int i = 0; i < DESC_ARCHES; i++)
		kept[i].changed |= kept[i].table == table;
	return __real_desc_table_add(table, nr, row, error);
}

int __wrap_desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row, size_t size)
{
	for (int i = 0; i < DESC_ARCHES; i++)
		kept[i].changed |= kept[i].table == table;
	return __real_desc_table_add_later(table, nr, row, size);
}
