/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_load: has libbpf prepare the programs of an object, and loads them itself, several at a time:
 * what the kernel's verifier takes for each is most of an attach. Used by bpf_object.
 */
#ifndef SYSTAPE_BPF_LOAD_H
#define SYSTAPE_BPF_LOAD_H

#include <stdbool.h>
#include <stddef.h>

enum {
	BPF_PROGRAMS = 16, /* of an object, at most */
};

struct bpf_load;
struct bpf_program;
struct bpf_types;

/* From here to bpf_load_end, objects that libbpf opens have their programs collected:
 * bpf_object__load leaves an empty program in their place. One at a time; NULL: no memory. */
struct bpf_load *bpf_load_begin(void);

/* Loads what has been collected, after bpf_object__load and while the object is still open. 0 or a
 * negative errno; `debug`: the kernel's reasons go to standard error. */
int bpf_load_run(struct bpf_load *load, const struct bpf_types *types, bool debug);

/* A program that is loaded. */
struct bpf_loaded {
	const char *name; /* the object's */
	const char
		*event; /* SYSTEM/EVENT of perf where it listens; NULL: to the tracepoint itself */
	int fd;
};

/* The i-th program, whose descriptor is now the caller's; false: there are no more. */
bool bpf_load_take(struct bpf_load *load, size_t i, struct bpf_loaded *loaded);
/* The same of what libbpf has loaded itself, with a descriptor of its own. */
bool bpf_load_copy(const struct bpf_program *program, struct bpf_loaded *loaded);

/* Takes NULL. */
void bpf_load_end(struct bpf_load *load);

#endif
