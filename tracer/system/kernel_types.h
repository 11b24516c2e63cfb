/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel_types: the types of the running kernel (BTF), gone through once, without an index of their
 * names: there are over a hundred thousand. Used by the bpf backend, which hands libbpf the few
 * that its program needs, and for probes that look into the kernel's structures.
 */
#ifndef SYSTAPE_KERNEL_TYPES_H
#define SYSTAPE_KERNEL_TYPES_H

#include <linux/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kernel_types {
	char *file;
	size_t size;
	bool mapped;
	const char *types, *strings;
	uint32_t types_size, strings_size;
	uint32_t *place; /* of each type, in `types` */
	uint32_t count;	 /* the types' numbers are less */
};

/*
 * Reads the types and calls `each`, if that is not NULL, for every one of them. False if there are
 * none, or they are not what is expected, or `each` says so; to be closed in any case.
 */
bool kernel_types_open(struct kernel_types *types,
		       bool (*each)(void *owner, const struct btf_type *type, uint32_t id),
		       void *owner);
void kernel_types_close(struct kernel_types *types);

/* "" where there is none. */
const char *kernel_types_name(const struct kernel_types *types, uint32_t offset);
/* NULL: none, or void. */
const struct btf_type *kernel_types_at(const struct kernel_types *types, uint32_t id);
static inline bool kernel_types_structure(const struct btf_type *type)
{
	uint32_t kind = BTF_INFO_KIND(type->info);

	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION;
}
/* Where in the structure a field is that begins at a byte, also one of a nameless structure within
 * it; -1: nowhere. */
int kernel_types_field(const struct kernel_types *types, const char *structure, const char *field);

#endif
