// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/show_lookup.h"

#include "decode/show_families.h"
#include "format/flags.h"

#include <stdlib.h>

enum kind { KIND_STRUCT, KIND_LAYOUT, KIND_CALL, KIND_TABLE };

struct name {
	const char *name;	/* NULL: free */
	const void *what;
	enum kind kind;
};

/* Open addressing, at most half full. */
struct show_lookup {
	size_t mask;
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

static size_t count_names(void)
{
	size_t count;

	flag_table_all(&count);
	for (const struct show_family *const *f = show_families; *f; f++) {
		for (const struct show_struct *st = (*f)->structs; st && st->name; st++)
			count++;
		for (const struct show_layout *layout = (*f)->layouts; layout && layout->name; layout++)
			count++;
		for (const struct show_call *c = (*f)->calls; c && c->name; c++)
			count++;
	}
	return count;
}

struct show_lookup *show_lookup_new(void)
{
	size_t count = count_names(), room = 64, tables;
	const struct flag_table *table = flag_table_all(&tables);
	struct show_lookup *l;

	while (room < 2 * count)
		room *= 2;
	l = calloc(1, sizeof(*l) + room * sizeof(*l->names));
	if (!l)
		return NULL;
	l->mask = room - 1;
	for (const struct show_family *const *f = show_families; *f; f++) {
		for (const struct show_struct *st = (*f)->structs; st && st->name; st++)
			add(l, st->name, KIND_STRUCT, st);
		for (const struct show_layout *layout = (*f)->layouts; layout && layout->name; layout++)
			add(l, layout->name, KIND_LAYOUT, layout);
		for (const struct show_call *c = (*f)->calls; c && c->name; c++)
			add(l, c->name, KIND_CALL, c);
	}
	for (size_t i = 0; i < tables; i++)
		add(l, table[i].name, KIND_TABLE, &table[i]);
	return l;
}

void show_lookup_free(struct show_lookup *l)
{
	free(l);
}

const struct show_struct *show_lookup_struct(const struct show_lookup *l, const char *name)
{
	return find((struct show_lookup *)l, name, KIND_STRUCT)->what;
}

const struct show_layout *show_lookup_layout(const struct show_lookup *l, const char *name)
{
	return find((struct show_lookup *)l, name, KIND_LAYOUT)->what;
}

const struct show_call *show_lookup_call(const struct show_lookup *l, const char *name)
{
	return find((struct show_lookup *)l, name, KIND_CALL)->what;
}

const struct flag_table *show_lookup_table(const struct show_lookup *l, const char *name)
{
	return find((struct show_lookup *)l, name, KIND_TABLE)->what;
}
