// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/calls/desc_rows.h"

#include <stdlib.h>
#include <string.h>

#include "desc_rows_data.h"

static int compare_call(const void *name, const void *call)
{
	return strcmp(name, ((const struct desc_rows_call *)call)->name);
}

const struct desc_rows_call *desc_rows_find(const char *name)
{
	return bsearch(name, desc_rows_calls, desc_rows_calls_count, sizeof(desc_rows_calls[0]),
		       compare_call);
}

const char *desc_row_text(enum desc_arch arch, const char *name, unsigned int index)
{
	const struct desc_rows_call *call = desc_rows_find(name);

	if (!call || index >= (unsigned int)call->count[arch])
		return NULL;
	return desc_rows_text[call->first[arch] + (int)index];
}

static int compare_struct(const void *name, const void *entry)
{
	return strcmp(name, ((const struct desc_rows_struct *)entry)->name);
}

static const struct desc_rows_struct *find_struct(const char *name)
{
	return bsearch(name, desc_rows_structs, desc_rows_structs_count,
		       sizeof(desc_rows_structs[0]), compare_struct);
}

uint32_t desc_struct_size(const char *name, enum desc_arch arch)
{
	const struct desc_rows_struct *entry = find_struct(name);

	return entry ? entry->size[arch] : 0;
}

bool desc_struct_known(const char *name)
{
	return find_struct(name) != NULL;
}
