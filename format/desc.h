/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * desc: what systape knows about each system call. One text row per call (calls.tbl) names its
 * arguments, their kinds, directions and length rules, its result and its classes; the numbers per
 * architecture stand in numbers.tbl. The tracer computes its capture plan from these rows, the
 * decoders their text, and every tape carries the rows of its kernel's calls, so that it stays readable
 * when the tables have moved on: a row read from a tape goes through the same parser.
 *
 * The grammar of a row (one line):
 *
 *	NAME(ARGUMENT, ...) = RESULT ; CLASS ...
 *	NAME@ARG=CONST[|CONST...](ARGUMENT, ...) = RESULT	a variant: applies where the scalar
 *								argument ARG has one of these values
 *	ARGUMENT	[in|out|inout] KIND[:REFERENCE][LENGTH] NAME	(default direction: in)
 *	LENGTH		[ARG] the value of another argument, [*ARG] the 32-bit value that the pointer
 *			argument ARG points to, [ret] the result, [NUMBER], [ARG/N] and [ARG*N]
 *	REFERENCE	a flag table (flags.h), or a structure (structs.tbl)
 *
 * Scalar kinds: int uint long ulong hex ptr size off fd dirfd pid uid gid mode dev signal time
 * clockid flags:T flags64:T enum:T enum64:T.
 * Memory kinds: path (NUL-terminated, never cut before PATH_MAX), str (NUL-terminated, -s), buf[LEN],
 * struct:S, array:S[LEN] (S a structure or int uint long ulong u64 ...; LEN in elements), strv and envp
 * (NULL-terminated pointer arrays), iovec[LEN], msghdr, mmsghdr[LEN], sockaddr[LEN], fdset[LEN]
 * (LEN in bits), sigset[LEN].
 * An `out` argument is read at the exit and only when the call succeeded; `out!` also when it failed.
 */
#ifndef SYSTAPE_DESC_H
#define SYSTAPE_DESC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DESC_ARGS 6
#define DESC_NAME 40

enum desc_arch {
	DESC_X86_64,
	DESC_I386,
	DESC_AARCH64,
	DESC_ARCHES,
};

enum desc_kind {
	DESC_INT, DESC_UINT, DESC_LONG, DESC_ULONG, DESC_HEX, DESC_PTR, DESC_SIZE, DESC_OFF,
	DESC_FD, DESC_DIRFD, DESC_PID, DESC_UID, DESC_GID, DESC_MODE, DESC_DEV, DESC_SIGNAL,
	DESC_TIME, DESC_CLOCKID, DESC_FLAGS, DESC_FLAGS64, DESC_ENUM, DESC_ENUM64,
	DESC_PATH, DESC_STR, DESC_BUF, DESC_STRUCT, DESC_ARRAY, DESC_STRV, DESC_ENVP,
	DESC_IOVEC, DESC_MSGHDR, DESC_MMSGHDR, DESC_SOCKADDR, DESC_FDSET, DESC_SIGSET,
	DESC_VOID,	/* as a result: the call does not return */
	DESC_KINDS,
};

enum desc_dir { DESC_IN = 1, DESC_OUT = 2, DESC_INOUT = 3, DESC_ALWAYS = 4 /* out! */ };

enum desc_length { DESC_LEN_NONE, DESC_LEN_ARG, DESC_LEN_POINTED, DESC_LEN_RESULT, DESC_LEN_CONST };

/* The classes of strace's -e trace=%class, one bit each; names by desc_class_name(). */
enum desc_class {
	DESC_C_FILE, DESC_C_DESC, DESC_C_PROCESS, DESC_C_NETWORK, DESC_C_SIGNAL, DESC_C_IPC,
	DESC_C_MEMORY, DESC_C_CREDS, DESC_C_CLOCK, DESC_C_STAT, DESC_C_LSTAT, DESC_C_FSTAT,
	DESC_C_STAT_LIKE, DESC_C_STATFS, DESC_C_FSTATFS, DESC_C_STATFS_LIKE, DESC_C_PURE,
	DESC_CLASSES,
};

struct desc_arg {
	char name[DESC_NAME];
	char ref[DESC_NAME];	/* flag table or structure, "" if none */
	uint8_t kind;		/* enum desc_kind */
	uint8_t dir;		/* enum desc_dir bits */
	uint8_t length_rule;	/* enum desc_length */
	uint8_t length_arg;	/* index of the argument that LENGTH names */
	uint32_t length;	/* DESC_LEN_CONST: the number */
	uint16_t multiply, divide;	/* [ARG*N], [ARG/N]; 1 otherwise */
};

struct desc_call {
	char name[DESC_NAME];
	uint8_t args;
	uint8_t result;		/* enum desc_kind */
	char result_ref[DESC_NAME];
	uint32_t classes;	/* 1 << enum desc_class */
	struct desc_arg arg[DESC_ARGS];
	/* Variants: the argument index that selects and its values; selector < 0 for a base row. */
	int8_t selector;
	uint8_t values;
	uint64_t value[16];
	const struct desc_call *next_variant;	/* of the same call, NULL at the end */
};

struct desc_table;	/* all rows of one architecture, by number */

/*
 * Makes the built-in table of `arch`, owned by the caller (free with desc_table_free, NULL accepted).
 * NULL when memory is short or, which a test excludes, a built-in row does not parse.
 */
struct desc_table *desc_table_new(enum desc_arch arch);
void desc_table_free(struct desc_table *table);

/*
 * Adds or replaces the row of call `nr` by the text of a row (as a tape carries it). A row that does
 * not parse leaves the table as it was: -EINVAL, and `*error` (if not NULL) points to a constant sentence.
 */
int desc_table_add(struct desc_table *table, uint32_t nr, const char *row, const char **error);

/* The base row of call `nr`, or NULL where it is unknown. Owned by the table. */
const struct desc_call *desc_table_call(const struct desc_table *table, uint32_t nr);
/* The row that applies to these arguments: a variant, or the base row. */
const struct desc_call *desc_table_variant(const struct desc_table *table, uint32_t nr,
					   const uint64_t args[DESC_ARGS]);
/* The call's number in this table, or -ENOENT. */
int desc_table_number(const struct desc_table *table, const char *name);
/* One more than the highest call number with a row. */
uint32_t desc_table_limit(const struct desc_table *table);

/* The text of the built-in row and of its variants (index 0 is the base row), NULL past the last. */
const char *desc_row_text(const char *name, unsigned int index);

/* Parses one row; 0, or -EINVAL with a sentence in *error. */
int desc_parse(const char *row, struct desc_call *call, const char **error);

/* Size in bytes of a structure or element named in a row, for the 64-bit or the 32-bit ABI; 0 if unknown. */
uint32_t desc_struct_size(const char *name, bool compat);

const char *desc_kind_name(enum desc_kind kind);
const char *desc_class_name(enum desc_class class);
/* The class's bit by its name without '%', or 0. Also strace's old names without a per cent sign. */
uint32_t desc_class_by_name(const char *name);

#endif
