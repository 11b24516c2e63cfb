// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show_lookup.h"

#include "format/calls/desc_rows.h"
#include "format/flags/flags.h"

#include <stdlib.h>
#include <string.h>

enum kind { KIND_STRUCT, KIND_LAYOUT, KIND_CALL, KIND_TABLE, KIND_SIZE };

struct name {
	const char *name; /* NULL: free */
	const void *what;
	enum kind kind;
};

enum {
	RECENT = 256,
	FLAGS = 128,
	SHORT = 40,
};

/* An answer, by where the name stood in memory; what stands there now is compared. */
struct recent {
	char name[SHORT];
	const void *what;
	enum kind kind;
};

/* Open addressing, at most half full. */
struct show_lookup {
	size_t mask;
	struct recent recent[RECENT];
	struct flag_text flags[FLAGS];
	struct name names[];
};

static size_t hash(const char *name, enum kind kind)
{
	uint32_t h = 2166136261u + kind;

	for (const char *at = name; *at; at++)
		h = (h ^ (unsigned char)*at) * 16777619u;
	return h ^ h >> 15;
}

static struct name *find(struct show_lookup *l, const char *name, enum kind kind)
{
	size_t i = hash(name, kind) & l->mask;

	while (l->names[i].name && (l->names[i].kind != kind || strcmp(l->names[i].name, name)))
		i = (i + 1) & l->mask;
	return &l->names[i];
}

/* The first of a name wins: families come in order. */
static void add(struct show_lookup *l, const char *name, enum kind kind, const void *what)
{
	struct name *n = find(l, name, kind);

	if (!n->name)
		*n = (struct name){ .name = name, .what = what, .kind = kind };
}

static size_t count_names(const struct show_family *const *families)
{
	size_t count;

	flag_table_all(&count);
	count += desc_rows_structs_count;
	for (const struct show_family *const *f = families; *f; f++) {
		for (const struct show_struct *st = (*f)->structs; st && st->name; st++)
			count++;
		for (const struct show_layout *layout = (*f)->layouts; layout && layout->name;
		     layout++)
			count++;
		for (const struct show_call *c = (*f)->calls; c && c->name; c++)
			count++;
	}
	return count;
}

struct show_lookup *show_lookup_new(const struct show_family *const *families)
{
	size_t count = count_names(families), room = 64, tables;
	const struct flag_table *table = flag_table_all(&tables);
	struct show_lookup *l;

	while (room < 2 * count)
		room *= 2;
	l = calloc(1, sizeof(*l) + room * sizeof(*l->names));
	if (!l)
		return NULL;
	l->mask = room - 1;
	for (const struct show_family *const *f = families; *f; f++) {
		for (const struct show_struct *st = (*f)->structs; st && st->name; st++)
			add(l, st->name, KIND_STRUCT, st);
		for (const struct show_layout *layout = (*f)->layouts; layout && layout->name;
		     layout++)
			add(l, layout->name, KIND_LAYOUT, layout);
		for (const struct show_call *c = (*f)->calls; c && c->name; c++)
			add(l, c->name, KIND_CALL, c);
	}
	for (size_t i = 0; i < tables; i++)
		add(l, table[i].name, KIND_TABLE, &table[i]);
	for (size_t i = 0; i < desc_rows_structs_count; i++)
		add(l, desc_rows_structs[i].name, KIND_SIZE, &desc_rows_structs[i]);
	return l;
}

void show_lookup_free(struct show_lookup *l)
{
	free(l);
}

/* The same few names are asked for again and again, by the same pointers of the rows. */
static const void *answer(struct show_lookup *l, const char *name, enum kind kind)
{
	struct recent *r =
		&l->recent[((uintptr_t)name * 0x9e3779b97f4a7c15 >> 56 ^ kind << 2) % RECENT];
	size_t length;

	if (r->kind == kind && *r->name && !strcmp(r->name, name))
		return r->what;
	length = strlen(name);
	if (length >= SHORT)
		return find(l, name, kind)->what;
	memcpy(r->name, name, length + 1);
	r->kind = kind;
	return r->what = find(l, name, kind)->what;
}

const struct show_struct *show_lookup_struct(const struct show_lookup *l, const char *name)
{
	return answer((struct show_lookup *)l, name, KIND_STRUCT);
}

const struct show_layout *show_lookup_layout(const struct show_lookup *l, const char *name)
{
	return answer((struct show_lookup *)l, name, KIND_LAYOUT);
}

const struct show_call *show_lookup_call(const struct show_lookup *l, const char *name)
{
	return answer((struct show_lookup *)l, name, KIND_CALL);
}

const struct flag_table *show_lookup_table(const struct show_lookup *l, const char *name)
{
	return answer((struct show_lookup *)l, name, KIND_TABLE);
}

uint32_t show_lookup_size(const struct show_lookup *l, const char *name, enum desc_arch arch)
{
	const struct desc_rows_struct *row = answer((struct show_lookup *)l, name, KIND_SIZE);

	return row ? row->size[arch] : 0;
}

struct flag_text *show_lookup_flags(const struct show_lookup *l, const struct flag_table *table,
				    uint64_t value)
{
	uint64_t key = ((uintptr_t)table ^ value) * 0x9e3779b97f4a7c15;

	return &((struct show_lookup *)l)->flags[key >> 57];
}
