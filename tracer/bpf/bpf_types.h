/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_types: the few of the running kernel's types (BTF) that the program needs. libbpf indexes all
 * of them, over a hundred thousand, and searches them all for each structure that the program looks
 * into: 45 ms of an attach. This goes through them once, and hands libbpf the ones that matter.
 * Used by bpf_object.
 */
#ifndef SYSTAPE_BPF_TYPES_H
#define SYSTAPE_BPF_TYPES_H

#include <stdbool.h>
#include <stdint.h>

struct bpf_types;
struct btf;

/* Goes through the kernel's types for the structures that `program` knows by name. NULL if they
 * cannot be read, or are not what is expected: libbpf may do better. */
struct bpf_types *bpf_types_open(const struct btf *program);
void bpf_types_free(struct bpf_types *types);

/* Whether the kernel itself, without its modules, has a structure of this name that the program
 * knows too. */
bool bpf_types_has(const struct bpf_types *types, const char *name);

/* Where a field of it is, in bytes, if it is one of the structure itself and the program knows
 * that; -1: nowhere. */
int bpf_types_field(const struct bpf_types *types, const char *structure, const char *field);

/* The type that a program of BPF_TRACE_RAW_TP names to be attached to this tracepoint; 0: none. */
uint32_t bpf_types_tracepoint(const struct bpf_types *types, const char *tracepoint);

/* Writes BTF with those structures, and of their fields those whose names the program knows, into a
 * file: the one of bpf_object_open_opts.btf_custom_path. 0 or a negative errno. */
int bpf_types_extract(struct bpf_types *types, int fd);

#endif
