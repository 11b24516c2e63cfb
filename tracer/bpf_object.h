/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_object: loads the program into the kernel, and says in one sentence why it does not go. Used
 * by bpf_backend. */
#ifndef SYSTAPE_BPF_OBJECT_H
#define SYSTAPE_BPF_OBJECT_H

#include "tracer/backend.h"

struct bpf_object;
struct bpf_map;

/* See struct backend: whether BPF can run here. */
bool bpf_object_probe(struct tape_error *why);

/*
 * Opens the built-in object (or settings->bpf_object), gives it rings of `data` bytes in `stride`
 * bytes for `cpus` CPUs and the settings, and loads it. 0 with *object, which the caller closes;
 * -ENOMEM if the rings do not fit; another negative errno with a sentence.
 */
int bpf_object_load(const struct backend_settings *settings, size_t data, size_t stride, int cpus,
		    struct bpf_object **object, struct tape_error *why);

/* The program's `generation`, mapped into this process; *size is the mapping's. NULL on error. */
uint64_t *bpf_object_generation(struct bpf_map *bss, size_t *size);

#endif
