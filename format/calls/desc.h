/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * desc: what systape knows about each system call. One text row per call (calls.tbl) names its
 * arguments, their kinds, directions and length rules, its result and its classes; the numbers
 * per architecture stand in numbers.tbl, the sizes of structures in structs.tbl. The tracer
 * computes its capture plan from these rows, the decoders their text, and every tape carries the
 * rows of its kernel's calls, so that it stays readable when the tables have moved on: a row
 * read from a tape goes through the same parser.
 *
 * The grammar of a row (one line):
 *
 *   NAME(ARGUMENT, ...) = RESULT ; CLASS ...
 *   NAME@ARG=CONST[|CONST...](ARGUMENT, ...) = RESULT
 *       A variant: applies where the scalar argument ARG has one of these values. NAME@ARG&MASK=...
 *       compares only the bits of MASK (a number). Classes default to those of the base row.
 *   ARGUMENT   [in|out|out!|inout|inout!] KIND[:REFERENCE][LENGTH] NAME    (default direction: in)
 *   LENGTH     [ARG] the value of another argument, [*ARG] the 32-bit value that the pointer
 *              argument ARG points to, [*ARG.N] the one that stands N bytes behind that,
 *              [ret] the result, [NUMBER]. All but the last may be
 *              followed by /N (rounding up), *N, +N or +long (the size of a long of that ABI),
 *              which apply in this order.
 *   REFERENCE  a flag table (flags.h), or a structure (structs.tbl)
 *   CONST      a name in the flag table of ARG, or a number
 *   CLASS      a class without its per cent sign
 *
 * In calls.tbl NAME/i386 or NAME/aarch64 is a row of that architecture where it differs from the
 * common one (other argument order, 64-bit values in two halves, other structures); the text of
 * a row, as it is parsed and carried by a tape, has no such suffix.
 *
 * Scalar kinds: int uint long ulong hex hex32 ptr size off fd dirfd pid uid gid mode dev signal
 * time clockid flags:T flags64:T enum:T enum64:T, and two that are no argument of their own in
 * the text: high (the upper 32 bits of the argument before it; always 0 in a 64-bit ABI) and
 * unused (the call ignores it). int, uint, fd, dirfd, pid, uid, gid, mode, dev, signal, clockid,
 * hex32, flags and enum are 32 bits wide in C (of a mode the kernel takes 16).
 *
 * Memory kinds: path (NUL-terminated, never cut before PATH_MAX), str (NUL-terminated, -s),
 * buf[LEN] (buf:S[LEN] where the bytes are a sequence of records S of varying length), struct:S
 * (of S's size, or struct:S[LEN] of LEN bytes, which the kernel takes from an argument),
 * array:S[LEN] (S a structure or an element such as int or u64; LEN in elements), strv and envp
 * (NULL-terminated pointer arrays), iovec[LEN], msghdr, mmsghdr[LEN], sockaddr[LEN], fdset[LEN]
 * (LEN in bits), sigset[LEN].
 *
 * An `out` argument is read at the exit and only when the call succeeded; `out!` and `inout!` also
 * when it failed. Its length is taken at the exit, too; for [*ARG] it is the smaller of what ARG
 * pointed to at the entry and at the exit, because the kernel tells there how much it had, not how
 * much it wrote. Of an `out` iovec the vector itself is known at the entry, and the bytes that it
 * points to are the output.
 */
#ifndef SYSTAPE_DESC_H
#define SYSTAPE_DESC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DESC_ARGS   6
#define DESC_NAME   40
#define DESC_VALUES 16 /* of one variant */

enum desc_arch {
	DESC_X86_64,
	DESC_I386,
	DESC_AARCH64,
	DESC_ARCHES,
};

// clang-format off
enum desc_kind {
	DESC_INT, DESC_UINT, DESC_LONG, DESC_ULONG, DESC_HEX, DESC_PTR, DESC_SIZE, DESC_OFF,
	DESC_FD, DESC_DIRFD, DESC_PID, DESC_UID, DESC_GID, DESC_MODE, DESC_DEV, DESC_SIGNAL,
	DESC_TIME, DESC_CLOCKID, DESC_FLAGS, DESC_FLAGS64, DESC_ENUM, DESC_ENUM64,
	DESC_PATH, DESC_STR, DESC_BUF, DESC_STRUCT, DESC_ARRAY, DESC_STRV, DESC_ENVP,
	DESC_IOVEC, DESC_MSGHDR, DESC_MMSGHDR, DESC_SOCKADDR, DESC_FDSET, DESC_SIGSET,
	DESC_VOID,	/* as a result: the call does not return */
	DESC_HIGH,	/* the upper 32 bits of the argument before it */
	DESC_UNUSED,	/* the call ignores it */
	DESC_HEX32,	/* like DESC_HEX, 32 bits */
	DESC_KINDS,
};
// clang-format on

enum desc_dir { DESC_IN = 1, DESC_OUT = 2, DESC_INOUT = 3, DESC_ALWAYS = 4 /* out! */ };

enum desc_length { DESC_LEN_NONE, DESC_LEN_ARG, DESC_LEN_POINTED, DESC_LEN_RESULT, DESC_LEN_CONST };

/* The classes of strace's -e trace=%class, one bit each; names by desc_class_name(). */
enum desc_class {
	DESC_C_FILE,
	DESC_C_DESC,
	DESC_C_PROCESS,
	DESC_C_NETWORK,
	DESC_C_SIGNAL,
	DESC_C_IPC,
	DESC_C_MEMORY,
	DESC_C_CREDS,
	DESC_C_CLOCK,
	DESC_C_STAT,
	DESC_C_LSTAT,
	DESC_C_FSTAT,
	DESC_C_STAT_LIKE,
	DESC_C_STATFS,
	DESC_C_FSTATFS,
	DESC_C_STATFS_LIKE,
	DESC_C_PURE,
	DESC_CLASSES,
};

struct desc_arg {
	char name[DESC_NAME];
	char ref[DESC_NAME];	   /* flag table or structure, "" if none */
	uint8_t kind;		   /* enum desc_kind */
	uint8_t dir;		   /* enum desc_dir bits */
	uint8_t length_rule;	   /* enum desc_length */
	uint8_t length_arg;	   /* index of the argument that LENGTH names */
	uint8_t length_at;	   /* [*ARG.N] */
	uint32_t length;	   /* DESC_LEN_CONST: the number */
	uint16_t multiply, divide; /* [ARG*N], [ARG/N]; 1 otherwise */
	uint16_t add;		   /* [ARG+N] */
	bool add_long;		   /* [ARG+long] */
};

struct desc_call {
	char name[DESC_NAME];
	uint8_t args;
	uint8_t result; /* enum desc_kind */
	char result_ref[DESC_NAME];
	uint32_t classes; /* 1 << enum desc_class */
	struct desc_arg arg[DESC_ARGS];
	uint8_t strings;   /* which of them are paths and strings, a bit for each */
	uint8_t name_size; /* bytes of the name */
	/* Variants: the argument index that selects and its values; selector < 0 for a base row. */
	int8_t selector;
	uint8_t values;
	uint64_t mask; /* (args[selector] & mask) is compared; covers the C type's width */
	uint64_t value[DESC_VALUES];
	const struct desc_call *next_variant; /* of the same call, NULL at the end */
};

struct desc_table; /* all rows of one architecture, by number */

/*
 * Makes the built-in table of `arch`, owned by the caller (free with desc_table_free, NULL
 * accepted); not for two threads at once: rows are parsed when they are first asked for. NULL when
 * memory is short. A built-in row that does not parse, which a test excludes, is an unknown call.
 */
struct desc_table *desc_table_new(enum desc_arch arch);
void desc_table_free(struct desc_table *table);

/*
 * Adds or replaces the row of call `nr` by the text of a row (as a tape carries it): a base row
 * replaces the base row and drops its variants, a variant is put behind the variants that are
 * there (-ENOENT when there is no base row). A row that does not parse leaves the table as it
 * was: -EINVAL, and `*error` (if not NULL) points to a constant sentence.
 */
int desc_table_add(struct desc_table *table, uint32_t nr, const char *row, const char **error);
/*
 * The same for `size` bytes of a row, which are copied and parsed when somebody asks for call
 * `nr`: a tape names every call of its kernel and uses few. A row that does not parse is left out
 * then. -EINVAL where no call has such a number, -ENOMEM without memory.
 */
int desc_table_add_later(struct desc_table *table, uint32_t nr, const char *row, size_t size);

/* The base row of call `nr`, or NULL where it is unknown. Owned by the table. */
const struct desc_call *desc_table_call(const struct desc_table *table, uint32_t nr);
/* The row that applies to these arguments: a variant, or the base row. */
const struct desc_call *desc_table_variant(const struct desc_table *table, uint32_t nr,
					   const uint64_t args[DESC_ARGS]);
/* The same of a base row. */
const struct desc_call *desc_variant(const struct desc_call *base, const uint64_t args[DESC_ARGS]);
/* The call's number in this table, or -ENOENT. */
int desc_table_number(const struct desc_table *table, const char *name);
/* One more than the highest call number with a row. */
uint32_t desc_table_limit(const struct desc_table *table);

/*
 * The text of the built-in row and of its variants (index 0 is the base row) for one
 * architecture, NULL past the last.
 */
const char *desc_row_text(enum desc_arch arch, const char *name, unsigned int index);

/* Parses one row; 0, or -EINVAL with a sentence in *error. */
int desc_parse(const char *row, struct desc_call *call, const char **error);

/*
 * Size in bytes of a structure or element named in a row, for the ABI of `arch`; 0 if unknown,
 * or if its size varies (records such as linux_dirent64).
 */
uint32_t desc_struct_size(const char *name, enum desc_arch arch);
bool desc_struct_known(const char *name);

const char *desc_kind_name(enum desc_kind kind);
const char *desc_class_name(enum desc_class class);
/* The class's bit by its name without '%', or 0. */
uint32_t desc_class_by_name(const char *name);

#endif
