/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_object: loads the program into the kernel, and says in one sentence why it does not go. Used
 * by bpf_backend. */
#ifndef SYSTAPE_BPF_OBJECT_H
#define SYSTAPE_BPF_OBJECT_H

#include "tracer/backend/backend.h"
#include "tracer/bpf/bpf_load.h"

struct bpf_object;
struct bpf_map;
struct bpf_rings;

struct bpf_programs {
	struct bpf_loaded at[BPF_PROGRAMS];
	int count;
};

/* See struct backend: whether BPF can run here. */
bool bpf_object_available(struct tape_error *why);

struct bpf_object_wishes {
	const struct backend_settings *settings;
	size_t data;		 /* bytes of each CPU's ring, without what is around them */
	struct bpf_rings *rings; /* begun */
};

/*
 * Opens the built-in object (or settings->bpf_object), gives it the rings and the settings, and
 * loads it. 0 with *object, which the caller closes, and with its programs, for bpf_programs_close;
 * -ENOMEM if the rings do not fit; another negative errno with a sentence.
 */
int bpf_object_load(const struct bpf_object_wishes *wishes, struct bpf_object **object,
		    struct bpf_programs *programs, struct tape_error *why);

void bpf_programs_close(struct bpf_programs *programs);

/* The program's variables in a map, at most a page, mapped into this process. NULL on error, or of
 * NULL. */
void *bpf_object_variables(struct bpf_map *map);

#endif
