// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_types.h"

#include <bpf/btf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NAMES = 2048, /* places for names that the program knows, a power of two */
	DEPTH = 32,   /* of structures within structures */
};

static const char where[] = "/sys/kernel/btf/vmlinux", tracepoint_prefix[] = "btf_trace_";

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
	char *file;
	size_t size;
	bool mapped;
	const char *types, *strings;
	uint32_t types_size, strings_size;
	uint32_t *place;  /* of each type, in `types` */
	uint32_t *copied; /* of each type its number in the extract; 0: not in it */
	uint32_t count;
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

static bool is_structure(const struct btf_type *t)
{
	return btf_kind(t) == BTF_KIND_STRUCT || btf_kind(t) == BTF_KIND_UNION;
}

/* Structures and fields of the program. */
static bool take_names(struct bpf_types *k, const struct btf *program)
{
	for (uint32_t id = 1; id < btf__type_cnt(program); id++) {
		const struct btf_type *t = btf__type_by_id(program, id);
		const struct btf_member *m = btf_members(t);

		if (!is_structure(t))
			continue;
		if (!name_add(&k->structures, btf__name_by_offset(program, t->name_off)))
			return false;
		for (int i = 0; i < btf_vlen(t); i++)
			if (!name_add(&k->fields, btf__name_by_offset(program, m[i].name_off)))
				return false;
	}
	return true;
}

/* The file can be mapped from Linux 6.16 on; before that it comes a page at a time. */
static bool read_file(struct bpf_types *k)
{
	int fd = open(where, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t at = 0;
	ssize_t n = 1;

	if (fd < 0)
		return false;
	if (!fstat(fd, &st) && st.st_size > 0) {
		k->size = st.st_size;
		k->file = mmap(NULL, k->size, PROT_READ, MAP_PRIVATE, fd, 0);
		k->mapped = k->file != MAP_FAILED;
		if (!k->mapped)
			k->file = malloc(k->size);
		while (k->file && !k->mapped && at < k->size &&
		       (n = read(fd, k->file + at, k->size - at)) > 0)
			at += n;
	}
	close(fd);
	return k->file && (k->mapped || at == k->size);
}

static bool find_sections(struct bpf_types *k)
{
	const struct btf_header *h = (const void *)k->file;
	uint64_t types, strings;

	if (k->size < sizeof(*h) || h->magic != BTF_MAGIC)
		return false;
	types = (uint64_t)h->hdr_len + h->type_off;
	strings = (uint64_t)h->hdr_len + h->str_off;
	if (types + h->type_len > k->size || strings + h->str_len > k->size || !h->str_len ||
	    types % 4 || k->file[strings + h->str_len - 1])
		return false;
	k->types = k->file + types;
	k->strings = k->file + strings;
	k->types_size = h->type_len;
	k->strings_size = h->str_len;
	return true;
}

static const char *name_at(const struct bpf_types *k, uint32_t offset)
{
	return offset < k->strings_size ? k->strings + offset : "";
}

/* NULL: none, or void. */
static const struct btf_type *type_of(const struct bpf_types *k, uint32_t id)
{
	return id && id < k->count ? (const void *)(k->types + k->place[id]) : NULL;
}

/* Bytes that follow a type's first ones; see Documentation/bpf/btf.rst. -1: nobody knows. */
static int more_bytes(const struct btf_type *t)
{
	switch (btf_kind(t)) {
	case BTF_KIND_INT: return sizeof(uint32_t);
	case BTF_KIND_ARRAY: return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION: return btf_vlen(t) * sizeof(struct btf_member);
	case BTF_KIND_ENUM: return btf_vlen(t) * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64: return btf_vlen(t) * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO: return btf_vlen(t) * sizeof(struct btf_param);
	case BTF_KIND_VAR: return sizeof(struct btf_var);
	case BTF_KIND_DATASEC: return btf_vlen(t) * sizeof(struct btf_var_secinfo);
	case BTF_KIND_DECL_TAG: return sizeof(struct btf_decl_tag);
	case BTF_KIND_PTR:
	case BTF_KIND_FWD:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_FLOAT:
	case BTF_KIND_TYPE_TAG: return 0;
	default: return -1;
	}
}

static bool take_type(struct bpf_types *k, const struct btf_type *t, uint32_t id)
{
	const char *name;

	if (is_structure(t))
		return !knows(&k->structures, name_at(k, t->name_off)) || id_add(&k->found, id);
	if (btf_kind(t) != BTF_KIND_TYPEDEF)
		return true;
	name = name_at(k, t->name_off);
	return strncmp(name, tracepoint_prefix, sizeof(tracepoint_prefix) - 1) ||
	       id_add(&k->tracepoints, id);
}

static bool go_through(struct bpf_types *k)
{
	uint32_t most = k->types_size / sizeof(struct btf_type) + 1, at = 0;

	k->place = calloc(most, sizeof(*k->place));
	k->copied = calloc(most, sizeof(*k->copied));
	if (!k->place || !k->copied)
		return false;
	for (k->count = 1; at + sizeof(struct btf_type) <= k->types_size; k->count++) {
		const struct btf_type *t = (const void *)(k->types + at);
		int more = more_bytes(t);

		if (more < 0 || more + sizeof(*t) > k->types_size - at ||
		    !take_type(k, t, k->count))
			return false;
		k->place[k->count] = at;
		at += sizeof(*t) + more;
	}
	return at == k->types_size;
}

struct bpf_types *bpf_types_open(const struct btf *program)
{
	struct bpf_types *k = calloc(1, sizeof(*k));

	if (k && take_names(k, program) && read_file(k) && find_sections(k) && go_through(k))
		return k;
	bpf_types_free(k);
	return NULL;
}

void bpf_types_free(struct bpf_types *k)
{
	if (!k)
		return;
	if (k->mapped)
		munmap(k->file, k->size);
	else
		free(k->file);
	free(k->place);
	free(k->copied);
	free(k->found.at);
	free(k->tracepoints.at);
	free(k);
}

bool bpf_types_has(const struct bpf_types *k, const char *name)
{
	for (size_t i = 0; i < k->found.count; i++)
		if (!strcmp(name_at(k, type_of(k, k->found.at[i])->name_off), name))
			return true;
	return false;
}

int bpf_types_field(const struct bpf_types *k, const char *structure, const char *field)
{
	for (size_t i = 0; i < k->found.count; i++) {
		const struct btf_type *t = type_of(k, k->found.at[i]);
		const struct btf_member *m = btf_members(t);

		if (strcmp(name_at(k, t->name_off), structure))
			continue;
		for (int j = 0; j < btf_vlen(t); j++)
			if (!strcmp(name_at(k, m[j].name_off), field))
				return (int)(btf_member_bit_offset(t, j) / 8);
	}
	return -1;
}

uint32_t bpf_types_tracepoint(const struct bpf_types *k, const char *tracepoint)
{
	for (size_t i = 0; i < k->tracepoints.count; i++) {
		const char *name = name_at(k, type_of(k, k->tracepoints.at[i])->name_off);

		if (!strcmp(name + sizeof(tracepoint_prefix) - 1, tracepoint))
			return k->tracepoints.at[i];
	}
	return 0;
}

static int copy_type(struct bpf_types *k, struct btf *to, uint32_t id, int depth);

/* Fields without a name are structures whose fields belong to this one. */
static bool wants_field(const struct bpf_types *k, const struct btf_member *m)
{
	const char *name = name_at(k, m->name_off);

	return !*name || knows(&k->fields, name);
}

static int copy_structure(struct bpf_types *k, struct btf *to, const struct btf_type *t, int depth)
{
	const struct btf_member *m = btf_members(t);
	const char *name = name_at(k, t->name_off);
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
		error = btf__add_field(to, name_at(k, m[i].name_off), type,
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
	const struct btf_type *t = type_of(k, id);
	int made = 0;

	if (!t)
		return id ? -EINVAL : 0;
	if (k->copied[id])
		return k->copied[id];
	if (depth > DEPTH)
		return -EINVAL;
	switch (btf_kind(t)) {
	case BTF_KIND_INT:
		made = btf__add_int(to, name_at(k, t->name_off), t->size, btf_int_encoding(t));
		break;
	case BTF_KIND_FLOAT: made = btf__add_float(to, name_at(k, t->name_off), t->size); break;
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64: made = btf__add_enum(to, name_at(k, t->name_off), t->size); break;
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

	memset(k->copied, 0, k->count * sizeof(*k->copied));
	for (size_t i = 0; i < k->found.count && result >= 0; i++)
		result = copy_type(k, to, k->found.at[i], 0);
	if (result >= 0) {
		data = btf__raw_data(to, &size);
		result = data && write(fd, data, size) == (ssize_t)size ? 0 : -EIO;
	}
	btf__free(to);
	return result;
}
