/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_attach: where the programs begin to run: at a tracepoint itself, or at perf's event of it.
 * Used by bpf_backend.
 */
#ifndef SYSTAPE_BPF_ATTACH_H
#define SYSTAPE_BPF_ATTACH_H

#include "format/tape/tape_reader.h"
#include "tracer/bpf/bpf_load.h"

/* A descriptor: while it is open, the program runs. Or a negative errno with a sentence. */
int bpf_attach(const struct bpf_loaded *program, struct tape_error *why);

/* How often the kernel has left the program out so far. */
uint64_t bpf_attach_misses(const struct bpf_loaded *program);

#endif
