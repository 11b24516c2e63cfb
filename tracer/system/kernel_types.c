// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/kernel_types.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DEPTH = 8, /* of nameless structures within structures */
};

static const char where[] = "/sys/kernel/btf/vmlinux";

/* The file can be mapped from Linux 6.16 on; before that it comes a page at a time. */
static bool read_file(struct kernel_types *k)
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

static bool find_sections(struct kernel_types *k)
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

const char *kernel_types_name(const struct kernel_types *k, uint32_t offset)
{
	return offset < k->strings_size ? k->strings + offset : "";
}

const struct btf_type *kernel_types_at(const struct kernel_types *k, uint32_t id)
{
	return id && id < k->count ? (const void *)(k->types + k->place[id]) : NULL;
}

/* Bytes that follow a type's first ones; see Documentation/bpf/btf.rst. -1: nobody knows. */
static int more_bytes(const struct btf_type *t)
{
	int length = BTF_INFO_VLEN(t->info);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_INT: return sizeof(uint32_t);
	case BTF_KIND_ARRAY: return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION: return length * sizeof(struct btf_member);
	case BTF_KIND_ENUM: return length * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64: return length * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO: return length * sizeof(struct btf_param);
	case BTF_KIND_VAR: return sizeof(struct btf_var);
	case BTF_KIND_DATASEC: return length * sizeof(struct btf_var_secinfo);
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

static bool go_through(struct kernel_types *k,
		       bool (*each)(void *owner, const struct btf_type *type, uint32_t id),
		       void *owner)
{
	uint32_t most = k->types_size / sizeof(struct btf_type) + 1, at = 0;

	k->place = calloc(most, sizeof(*k->place));
	if (!k->place)
		return false;
	for (k->count = 1; at + sizeof(struct btf_type) <= k->types_size; k->count++) {
		const struct btf_type *t = (const void *)(k->types + at);
		int more = more_bytes(t);

		if (more < 0 || more + sizeof(*t) > k->types_size - at ||
		    (each && !each(owner, t, k->count)))
			return false;
		k->place[k->count] = at;
		at += sizeof(*t) + more;
	}
	return at == k->types_size;
}

bool kernel_types_open(struct kernel_types *k,
		       bool (*each)(void *owner, const struct btf_type *type, uint32_t id),
		       void *owner)
{
	memset(k, 0, sizeof(*k));
	return read_file(k) && find_sections(k) && go_through(k, each, owner);
}

void kernel_types_close(struct kernel_types *k)
{
	if (k->mapped)
		munmap(k->file, k->size);
	else
		free(k->file);
	free(k->place);
	memset(k, 0, sizeof(*k));
}

static uint32_t bit_offset(const struct btf_type *t, const struct btf_member *m)
{
	return BTF_INFO_KFLAG(t->info) ? BTF_MEMBER_BIT_OFFSET(m->offset) : m->offset;
}

static int field_of(const struct kernel_types *k, const struct btf_type *t, const char *field,
		    int depth)
{
	const struct btf_member *m = (const void *)(t + 1);

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
		const char *name = kernel_types_name(k, m[i].name_off);
		const struct btf_type *inner = *name ? NULL : kernel_types_at(k, m[i].type);
		int at = bit_offset(t, &m[i]) % 8 ? -1 : (int)(bit_offset(t, &m[i]) / 8), within;

		if (at >= 0 && !strcmp(name, field))
			return at;
		if (!inner || at < 0 || !depth || !kernel_types_structure(inner))
			continue;
		within = field_of(k, inner, field, depth - 1);
		if (within >= 0)
			return at + within;
	}
	return -1;
}

int kernel_types_field(const struct kernel_types *k, const char *structure, const char *field)
{
	for (uint32_t id = 1; id < k->count; id++) {
		const struct btf_type *t = kernel_types_at(k, id);

		if (kernel_types_structure(t) &&
		    !strcmp(kernel_types_name(k, t->name_off), structure))
			return field_of(k, t, field, DEPTH);
	}
	return -1;
}
