// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The sets of -e trace= against strace 7.2, for filter.test: with --seccomp-bpf -d, strace prints
 *the kernel's filter that it makes of a set. This runs that program for every number and compares.
 *
 *	filter_sets SET            our message, if the set is wrong
 *	filter_sets SET DUMP NONE  "DIFFERS ABI NUMBER NAME" where the sets differ; DUMP is what
 *strace prints for the set, NONE for a set of nothing: it always wants some
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/filter/filter.h"

#define STEPS	2048
#define NUMBERS 600
#define X32	0x40000000U

struct step {
	char op[12], arg[20];
	unsigned int yes, no;
	uint32_t k;
};

static const struct abi {
	const char *name;
	uint32_t audit; /* AUDIT_ARCH_... of linux/audit.h */
	enum desc_arch arch;
	uint32_t bit;
} abis[] = {
	{ "64", 0xc000003e, DESC_X86_64, 0 },
	{ "32", 0x40000003, DESC_I386, 0 },
	{ "x32", 0xc000003e, DESC_X86_64, X32 },
};

/* "STMT(OP, ARG)", "STMT(OP)", "JUMP(OP, YES, NO, K)" or "JUMP(BPF_JA, YES)"; 0 for other lines. */
static int parse_step(const char *line, struct step *step)
{
	const char *statement = strstr(line, "STMT("), *jump = strstr(line, "JUMP(");

	memset(step, 0, sizeof(*step));
	if (statement)
		sscanf(statement, "STMT(%11[A-Z_], %19[^),]", step->op, step->arg);
	else if (jump)
		sscanf(jump, "JUMP(%11[A-Z_], %u, %u, %19[^)]", step->op, &step->yes, &step->no,
		       step->arg);
	step->k = strtoul(step->arg, NULL, 0);
	return statement || jump;
}

static size_t read_program(const char *path, struct step *steps)
{
	FILE *file = fopen(path, "r");
	char line[512];
	size_t n = 0;

	while (file && fgets(line, sizeof(line), file))
		if (n < STEPS)
			n += (size_t)parse_step(line, &steps[n]);
	if (file)
		fclose(file);
	if (!n)
		printf("no filter in %s\n", path);
	return n;
}

static int is(const struct step *step, const char *op)
{
	return !strcmp(step->op, op);
}

static int jumps(const struct step *step, uint32_t a)
{
	if (is(step, "BPF_JA"))
		return 1;
	if (is(step, "BPF_JEQ"))
		return a == step->k;
	if (is(step, "BPF_JGE"))
		return a >= step->k;
	if (is(step, "BPF_JSET"))
		return (a & step->k) != 0;
	printf("unknown step %s\n", step->op);
	exit(1);
}

/* Whether strace's program wants the call. The operations are those that strace 7.2 uses. */
static int run(const struct step *steps, size_t n, uint32_t audit, uint32_t nr)
{
	uint32_t a = 0, x = 0;

	for (size_t i = 0; i < n; i++) {
		const struct step *step = &steps[i];

		if (is(step, "BPF_LDWABS"))
			a = !strcmp(step->arg, "data->arch") ? audit : nr;
		else if (is(step, "BPF_LDWIMM"))
			a = step->k;
		else if (is(step, "BPF_AND"))
			a &= step->k;
		else if (is(step, "BPF_RSH"))
			a >>= step->k;
		else if (is(step, "BPF_LSH"))
			a <<= x & 31;
		else if (is(step, "BPF_TAX"))
			x = a;
		else if (is(step, "BPF_TXA"))
			a = x;
		else if (is(step, "BPF_RET"))
			return !strcmp(step->arg, "SECCOMP_RET_TRACE");
		else
			i += jumps(step, a) ? step->yes : step->no;
	}
	printf("strace's filter has no end\n");
	exit(1);
}

/* Calls that strace 7.2 does not know: uprobe. */
static int is_unknown(uint32_t nr)
{
	return nr == 336;
}

static void compare(const struct filter *filter, const struct abi *abi, const struct step *set,
		    size_t n, const struct step *none, size_t none_n)
{
	struct desc_table *table = desc_table_new(abi->arch);

	for (uint32_t nr = 0; nr < NUMBERS; nr++) {
		const struct desc_call *row = desc_table_call(table, nr);
		uint32_t number = nr | abi->bit;

		if (is_unknown(nr) || run(none, none_n, abi->audit, number))
			continue;
		if (run(set, n, abi->audit, number) != filter_wants(filter, abi->arch, number))
			printf("DIFFERS %s %u %s\n", abi->name, nr, row ? row->name : "-");
	}
	desc_table_free(table);
}

int main(int argc, char **argv)
{
	static struct step set[STEPS], none[STEPS];
	struct filter *filter = filter_new();
	char error[256];
	size_t n, none_n;

	if (argc < 2 || !filter)
		return 2;
	if (filter_trace(filter, argv[1], error, sizeof(error))) {
		printf("%s\n", error);
	} else if (argc == 4) {
		n = read_program(argv[2], set);
		none_n = read_program(argv[3], none);
		for (size_t i = 0; n && none_n && i < sizeof(abis) / sizeof(abis[0]); i++)
			compare(filter, &abis[i], set, n, none, none_n);
	}
	filter_free(filter);
	return 0;
}
