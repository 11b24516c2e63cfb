/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan: what is captured of each call, computed from the description rows and the person's wishes.
 * The bpf backend loads it into the kernel; the others ask it which calls are wanted. Layout and
 * meaning: bpf_plan.h.
 */
#ifndef SYSTAPE_PLAN_H
#define SYSTAPE_PLAN_H

#include "format/calls/desc.h"
#include "tracer/plan/bpf_plan.h"

#include <stdbool.h>
#include <stddef.h>

enum plan_level {
	PLAN_FULL,    /* all that strace text needs */
	PLAN_NAMES,   /* file names, argv, socket addresses */
	PLAN_NUMBERS, /* nothing from behind the pointers */
};

struct plan_wishes {
	enum plan_level level;
	uint32_t string_size; /* -s: bytes kept of strings and buffers, elements of arrays */
	uint32_t path_size;   /* -n: bytes kept of file names */
	uint32_t room;	  /* the most bytes of one record, at least 64 KiB; 0: PLAN_RECORD_MAX */
	bool environment; /* the strings of envp, not only their number */
	bool arrays;	  /* all elements of arrays, not only the first `string_size` */
	bool descriptors; /* what descriptors are open on, as the kernel knows it */
	/* Whether a call is wanted at all; NULL: all are. */
	bool (*wanted)(const void *context, enum desc_arch arch, uint32_t nr);
	const void *context;
};

struct plan_variant {
	struct plan_variant_key key;
	struct plan_call call;
};

struct plan {
	struct plan_call calls[2 * PLAN_CALLS + 1];
	struct plan_variant *variants;
	size_t variant_count;
	uint32_t room;			   /* the most that any record takes */
	uint8_t marks[2 * PLAN_CALLS + 1]; /* PLAN_MARK_...: the arguments that are descriptors */
	bool files;			   /* descriptors are told of */
	bool paths;			   /* and of their names */
	bool hides; /* a call is not wanted that can change what a descriptor is open on */
	struct plan_program program;
};

/* Computes the plan of both architectures. NULL without memory; free with plan_free (NULL
 * accepted). */
struct plan *plan_new(const struct desc_table *native, const struct desc_table *compat,
		      const struct plan_wishes *wishes);
void plan_free(struct plan *plan);

/* The plan of one row, as the tests look at it. */
void plan_call_fill(struct plan_call *plan, const struct desc_call *call,
		    const struct plan_wishes *wishes, enum desc_arch arch);

#endif
