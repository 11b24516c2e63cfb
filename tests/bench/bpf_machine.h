/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_machine: runs a BPF program as the kernel has it after its verifier, over a copy of its
 * memory, and notes each line of memory that is touched. Used by touched.c.
 */
#ifndef SYSTAPE_BENCH_BPF_MACHINE_H
#define SYSTAPE_BENCH_BPF_MACHINE_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAGE = 4096, LINE = 64, PAGES = 256, REGIONS = 64 };

/* Addresses of the machine: the region's number in the upper bits. What is not backed is 0 at
 * first. */
struct region {
	const char *name;
	const unsigned char *backing;
	size_t size;
	uint64_t value; /* of a map: from its address to its first value */
	uint32_t map;	/* its id */
};

struct page {
	uint64_t at;
	uint64_t lines; /* that were touched, by bit */
	unsigned char data[PAGE];
};

struct machine {
	struct region regions[REGIONS];
	int region_count;
	struct page *pages[PAGES];
	int page_count;
	const struct bpf_insn *code;
	size_t count;
	bool *executed;
	uint64_t task, regs, per_cpu; /* where they are; at the last one stands the first */
	unsigned long instructions, helpers;
	/* The name of a helper, by what its instruction says. */
	const char *(*helper_name)(int32_t imm);
	const char *error;
};

int machine_region(struct machine *m, const char *name, const void *backing, size_t size);
static inline uint64_t machine_address(int region)
{
	return (uint64_t)(region + 1) << 40;
}

uint64_t machine_read(struct machine *m, uint64_t at, int size);
void machine_write(struct machine *m, uint64_t at, uint64_t value, int size);

/* Runs the program whose context is at this address; false: m->error says why not. */
bool machine_run(struct machine *m, uint64_t context);

/* Forgets which lines were touched, keeps what was written. */
void machine_forget(struct machine *m);

#endif
