// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_types.h"

#include "tracer/system/kernel_types.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	NAMES = 2048, /* places for names that the program knows, a power of two */
	DEPTH = 32,   /* of structures within structures */
};

static const char tracepoint_prefix[] = "btf_trace_";

/* Open addressing; the names are the program's. */
struct names {
	const char *at[NAMES];
	size_t count;
};

struct ids {
	uint32_t *at;
	size_t count, room;
};

struct bpf_types {
	struct kernel_types kernel;
	uint32_t *copied; /* of each type its number in the extract; 0: not in it */
	struct names structures, fields;
	struct ids found, tracepoints;
};

static uint32_t hash(const char *name)
{
	uint32_t h = 2166136261u;

	while (*name)
		h = (h ^ (unsigned char)*name++) * 16777619u;
	return h;
}

static const char **name_place(const struct names *names, const char *name)
{
	uint32_t i = hash(name) % NAMES;

	while (names->at[i] && strcmp(names->at[i], name))
		i = (i + 1) % NAMES;
	return (const char **)&names->at[i];
}

static bool knows(const struct names *names, const char *name)
{
	return *name_place(names, name);
}

static bool name_add(struct names *names, const char *name)
{
	const char **place = name_place(names, name);

	if (*place || !*name)
		return true;
	*place = name;
	return ++names->count < NAMES / 2;
}

static bool id_add(struct ids *ids, uint32_t id)
{
	if (ids->count == ids->room) {
		size_t room = ids->room ? 2 * ids->room : 512;
		uint32_t *more = reallocarray(ids->at, room, sizeof(*more));

		if (!more)
			return false;
		ids->at = more;
		ids->room = room;
	}
	ids->at[ids->count++] = id;
	return true;
}

/* Structures and fields of the program. */
static bool take_names(struct bpf_types *k, const struct btf *program)
{
	for (uint32_t id = 1; id < btf__type_cnt(program); id++) {
		const struct btf_type *t = btf__type_by_id(program, id);
		const struct btf_member *m = btf_members(t);

		if (!kernel_types_structure(t))
			continue;
		if (!name_add(&k->structures, btf__name_by_offset(program, t->name_off)))
			return false;
		for (int i = 0; i < btf_vlen(t); i++)
			if (!name_add(&k->fields, btf__name_by_offset(program, m[i].name_off)))
				return false;
	}
	return true;
}

static bool take_type(void *types, const struct btf_type *t, uint32_t id)
{
	struct bpf_types *k = types;
	const char *name;

	if (kernel_types_structure(t))
		return !knows(&k->structures, kernel_types_name(&k->kernel, t->name_off)) ||
		       id_add(&k->found, id);
	if (btf_kind(t) != BTF_KIND_TYPEDEF)
		return true;
	name = kernel_types_name(&k->kernel, t->name_off);
	return strncmp(name, tracepoint_prefix, sizeof(tracepoint_prefix) - 1) ||
	       id_add(&k->tracepoints, id);
}

struct bpf_types *bpf_types_open(const struct btf *program)
{
	struct bpf_types *k = calloc(1, sizeof(*k));

	if (k && take_names(k, program) && kernel_types_open(&k->kernel, take_type, k) &&
	    (k->copied = calloc(k->kernel.count, sizeof(*k->copied))))
		return k;
	bpf_types_free(k);
	return NULL;
}

void bpf_types_free(struct bpf_types *k)
{
	if (!k)
		return;
	kernel_types_close(&k->kernel);
	free(k->copied);
	free(k->found.at);
	free(k->tracepoints.at);
	free(k);
}

bool bpf_types_has(const struct bpf_types *k, const char *name)
{
	for (size_t i = 0; i < k->found.count; i++)
		if (!strcmp(kernel_types_name(
				    &k->kernel,
				    kernel_types_at(&k->kernel, k->found.at[i])->name_off),
			    name))
			return true;
	return false;
}

int bpf_types_field(const struct bpf_types *k, const char *structure, const char *field)
{
	for (size_t i = 0; i < k->found.count; i++) {
		const struct btf_type *t = kernel_types_at(&k->kernel, k->found.at[i]);
		const struct btf_member *m = btf_members(t);

		if (strcmp(kernel_types_name(&k->kernel, t->name_off), structure))
			continue;
		for (int j = 0; j < btf_vlen(t); j++)
			if (!strcmp(kernel_types_name(&k->kernel, m[j].name_off), field))
				return (int)(btf_member_bit_offset(t, j) / 8);
	}
	return -1;
}

uint32_t bpf_types_tracepoint(const struct bpf_types *k, const char *tracepoint)
{
	for (size_t i = 0; i < k->tracepoints.count; i++) {
		const char *name = kernel_types_name(
			&k->kernel, kernel_types_at(&k->kernel, k->tracepoints.at[i])->name_off);

		if (!strcmp(name + sizeof(tracepoint_prefix) - 1, tracepoint))
			return k->tracepoints.at[i];
	}
	return 0;
}

static int copy_type(struct bpf_types *k, struct btf *to, uint32_t id, int depth);

/* Fields without a name are structures whose fields belong to this one. */
static bool wants_field(const struct bpf_types *k, const struct btf_member *m)
{
	const char *name = kernel_types_name(&k->kernel, m->name_off);

	return !*name || knows(&k->fields, name);
}

static int copy_structure(struct bpf_types *k, struct btf *to, const struct btf_type *t, int depth)
{
	const struct btf_member *m = btf_members(t);
	const char *name = kernel_types_name(&k->kernel, t->name_off);
	int id = 0, type, error;

	/* First all that the fields are made of: nothing may come between a structure and them. */
	for (int i = 0; i < btf_vlen(t); i++)
		if (wants_field(k, &m[i]) && (type = copy_type(k, to, m[i].type, depth + 1)) < 0)
			return type;
	id = btf_kind(t) == BTF_KIND_UNION ? btf__add_union(to, name, t->size)
					   : btf__add_struct(to, name, t->size);
	for (int i = 0; id > 0 && i < btf_vlen(t); i++) {
		if (!wants_field(k, &m[i]))
			continue;
		type = copy_type(k, to, m[i].type, depth + 1);
		error = btf__add_field(to, kernel_types_name(&k->kernel, m[i].name_off), type,
				       btf_member_bit_offset(t, i), btf_member_bitfield_size(t, i));
		if (error)
			return error;
	}
	return id;
}

static int copy_array(struct bpf_types *k, struct btf *to, const struct btf_type *t, int depth)
{
	const struct btf_array *array = btf_array(t);
	int element = copy_type(k, to, array->type, depth + 1),
	    index = copy_type(k, to, array->index_type, depth + 1);

	if (element < 0 || index < 0)
		return element < 0 ? element : index;
	return btf__add_array(to, index, element, array->nelems);
}

/* What CO-RE looks at: kinds, sizes, fields. Where a pointer leads is a matter of its own, and
 * typedefs and qualifiers do not count. */
static int copy_type(struct bpf_types *k, struct btf *to, uint32_t id, int depth)
{
	const struct btf_type *t = kernel_types_at(&k->kernel, id);
	int made = 0;

	if (!t)
		return id ? -EINVAL : 0;
	if (k->copied[id])
		return k->copied[id];
	if (depth > DEPTH)
		return -EINVAL;
	switch (btf_kind(t)) {
	case BTF_KIND_INT:
		made = btf__add_int(to, kernel_types_name(&k->kernel, t->name_off), t->size,
				    btf_int_encoding(t));
		break;
	case BTF_KIND_FLOAT:
		made = btf__add_float(to, kernel_types_name(&k->kernel, t->name_off), t->size);
		break;
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		made = btf__add_enum(to, kernel_types_name(&k->kernel, t->name_off), t->size);
		break;
	case BTF_KIND_PTR: made = btf__add_ptr(to, 0); break;
	case BTF_KIND_ARRAY: made = copy_array(k, to, t, depth); break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION: made = copy_structure(k, to, t, depth); break;
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG: return copy_type(k, to, t->type, depth + 1);
	}
	if (made > 0)
		k->copied[id] = made;
	return made;
}

int bpf_types_extract(struct bpf_types *k, int fd)
{
	struct btf *to = btf__new_empty();
	const void *data = NULL;
	uint32_t size = 0;
	int result = to ? 0 : -ENOMEM;

	memset(k->copied, 0, k->kernel.count * sizeof(*k->copied));
	for (size_t i = 0; i < k->found.count && result >= 0; i++)
		result = copy_type(k, to, k->found.at[i], 0);
	if (result >= 0) {
		data = btf__raw_data(to, &size);
		result = data && write(fd, data, size) == (ssize_t)size ? 0 : -EIO;
	}
	btf__free(to);
	return result;
}
