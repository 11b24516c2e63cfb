/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show: turns the values of one call into the words strace uses. The strace and list renderers call
 * show_call_args and show_result; the families know structures and calls that are more
 * than their row says. Memory is what the tape captured: it is read through show_read, by address,
 * and where it is not there the address is shown.
 */
#ifndef SYSTAPE_SHOW_H
#define SYSTAPE_SHOW_H

#include "decode/stream/renderer.h"

struct value_writer;

/* Where the arguments of a call stand in its text: each up to the comma before the next. */
struct show_marks {
	size_t count, at[8];
};

struct show {
	struct text *out;		   /* strace's text */
	const struct value_writer *writer; /* of something else; NULL for strace's text */
	void *writing;			   /* the writer's own */
	const struct render_options *options;
	const struct tape_facts *facts;
	const struct call *call;
	const struct show_call *special; /* its family's entry, NULL if none */
	struct show_lookup *lookup;
	bool own_lookup;
	struct text
		aux; /* what stands in parentheses behind the result; kept, emptied for each call */
	bool marked; /* some argument is known only at the end of the call: */
	size_t mark; /* of `out`: where it begins */
	size_t first;		  /* of `out`: where the arguments begin */
	size_t before, named;	  /* of `out`: where the last name of -N begins and ends */
	bool told;		  /* more of an argument is wanted than its value: */
	struct show_marks *marks; /* takes where each of them is; NULL if nobody wants to know */
	size_t mix;		  /* of `out`: where the parts of a number begin */
	uint8_t plain;	     /* in a comment: everything is words. How many groups are open in it */
	struct text *line;   /* `out`, while `aux` is written */
	bool settled_known;  /* some text may become another at the end of the call: */
	size_t settled;	     /* of `out`: what stands before it will not */
	const char *element; /* what the array at hand consists of, as its row says */
	struct netlink_scope *netlink; /* the netlink messages at hand (net/netlink.h) */
	bool after;		       /* the call has made its descriptors */
	bool exit;		       /* memory as it was at the end of the call is wanted first */
	bool compat;		       /* a 32-bit call: words are 4 bytes wide */
};

/* A structure: prints its fields with braces. `size` bytes are there, at least the size that its
 * row has. */
struct show_struct {
	const char *name; /* as rows and families refer to it */
	void (*print)(struct show *show, const void *data, size_t size);
};

/* A call whose arguments are more than its row says. */
struct show_call {
	const char *name;
	void (*args)(struct show *show);   /* all arguments, with commas; NULL: by the row */
	bool (*result)(struct show *show); /* true if it has printed the result; NULL: by the row */
};

/* A structure that a list of fields describes (show_fields.h). */
struct show_field;
struct show_layout {
	const char *name;
	const struct show_field *fields;
};

/* A family's tables; each array ends with a NULL name, any may be NULL. */
struct show_family {
	const struct show_struct *structs;
	const struct show_layout *layouts;
	const struct show_call *calls;
};

/* Prepares for calls; show_done frees. `shared`: names that the caller keeps, NULL for its own. 0
 * or -ENOMEM. */
int show_init(struct show *show, struct text *out, const struct render_options *options,
	      const struct tape_facts *facts, const struct show_family *const *families,
	      struct show_lookup *shared);
void show_done(struct show *show);

/* The text between the parentheses of the call. Sets `mark`, and fills `aux`. */
void show_call_args(struct show *show, const struct call *call);
/* What stands behind "= " for a call that is done, `aux` included. Call after show_call_args. */
void show_result(struct show *show, const struct call *call);

/*
 * From here on the text depends on the end of the call: `call(1, <unfinished ...>` ends here.
 * Families say it before the first argument that the kernel writes; later calls do nothing. Sets
 * `exit`.
 */
void show_at_exit(struct show *show);
/*
 * What is shown next may be known better at the end of the call: memory of its beginning that the
 * tape has not had by then. A line that is begun before the call's end ends here. Reading memory
 * says it by itself.
 */
void show_unsettled(struct show *show);
/* Whether out arguments have been written: the call is done and did not fail. */
bool show_succeeded(const struct show *show);

/* Copies `size` bytes at `address` of the traced memory; false if they were not captured, all of
 * them. */
bool show_read(struct show *show, uint64_t address, void *to, size_t size);
/* The captured bytes from `address` on, at most `size`: how many there are, and where (valid as
 * long as the call). */
size_t show_find(struct show *show, uint64_t address, size_t size, const void **data);
/* The same for the bytes of a buffer, which are shown even where structures are not (-e
 * verbose=none). */
size_t show_find_bytes(struct show *show, uint64_t address, size_t size, const void **data);
/* Whether structures are shown, not only their addresses (-e verbose=). */
bool show_structures(const struct show *show);
/* Whether something that was to be captured ends at `address` because it could not be read there.
 */
bool show_ends(struct show *show, uint64_t address);
/* A pointer or long of the traced program's width at `address`. */
bool show_read_word(struct show *show, uint64_t address, uint64_t *value);
static inline size_t show_word(const struct show *show)
{
	return show->compat ? 4 : 8;
}

/* Scalars. */
void show_address(struct show *show, uint64_t address); /* NULL or 0x... */
void show_int(struct show *show, uint64_t value);	/* 32 bits, signed */
void show_uint(struct show *show, uint64_t value);	/* 32 bits, unsigned */
void show_pid(struct show *show, uint64_t pid);		/* with its comm under -Y */
void show_fd(struct show *show, uint64_t fd);		/* with its path under -y */
void show_dirfd(struct show *show, uint64_t fd);	/* AT_FDCWD */
void show_uid(struct show *show, uint64_t id);		/* -1 for 2^32-1 */
void show_mode(struct show *show, uint64_t mode);	/* permission bits, octal: 0644 */
void show_file_mode(struct show *show, uint64_t mode);	/* S_IFREG|0644 */
void show_dev32(struct show *show, uint64_t dev);	/* an argument's 32 bits */
void show_dev(struct show *show, uint64_t dev);		/* makedev(0x8, 0x1) */
void show_signal(struct show *show, uint64_t signal);	/* SIGCHLD, SIGRT_3 or the number */
/* The same, as words with -X raw, too. */
void show_signal_words(struct show *show, uint64_t signal);
/* The words for it, which may be in the buffer; NULL: there are none. */
const char *show_signal_name(uint32_t signal, char *buffer, size_t size);
void show_call_number(struct show *show, uint64_t nr,
		      uint32_t audit); /* __NR_read; the architecture as AUDIT_ARCH_...; of another
					  the number, and the name as a remark */
/* How a process ended, as wait tells it: [{WIFEXITED(s) && ...}] */
void show_wait_status(struct show *show, const void *data, size_t size);
/* `count` instructions of a filter of system calls. */
void show_seccomp_filter(struct show *show, uint64_t address, uint64_t count);
/* struct perf_event_attr, as long as it says it is. */
void show_perf_attr(struct show *show, uint64_t address);
void show_errno(struct show *show, uint64_t error); /* ENOENT or the number */
void show_clockid(struct show *show, uint64_t clock);
void show_sigset(struct show *show, const void *bits, size_t size); /* [INT TERM], ~[...] */
void show_sigset_at(struct show *show, uint64_t address, uint64_t size);
/* [0 2]: the CPUs of a set. */
void show_cpus_at(struct show *show, uint64_t address, uint64_t size);

/* Behind a time: when it was, in the local zone; `fraction` of a second with so many digits.
 * Nothing for 0 or nonsense. */
void show_date(struct show *show, int64_t seconds, uint64_t fraction, int digits);
void show_date_result(struct show *show,
		      int64_t seconds); /* the same in parentheses, behind a result */

/* Flags in a table's order, joined by '|', leftovers in hex; "0" for none; 0x.. and a comment if
 * nothing is known. */
void show_flags(struct show *show, const char *table, uint64_t value);
/* The same, always as words. */
void show_flag_words(struct show *show, const char *table, uint64_t value);
/* One value of a table, or a number with the table's comment. */
void show_enum(struct show *show, const char *table, uint64_t value);

/* The kind of a file system; others than those that are known in hex alone. */
void show_magic(struct show *show, uint64_t magic);

/* Strings and buffers. */
void show_path(struct show *show, uint64_t address);
void show_string(struct show *show, uint64_t address);
void show_string_piece(struct show *show, const struct tape_piece *piece); /* in hand */
void show_buffer(struct show *show, uint64_t address,
		 uint64_t size); /* at most -s bytes, then ... */
void show_value_bytes(struct show *show, uint64_t address,
		      uint64_t size); /* the same without a NUL at the end of what is shown */
/* A string of at most `size` bytes, cut where it has no NUL. */
void show_name_within(struct show *show, uint64_t address, uint64_t size);
/* The same of a string of any length: what is longer is cut there, though its end cannot be read.
 */
void show_string_within(struct show *show, uint64_t address, uint64_t size);
void show_bytes(struct show *show, const void *data, size_t size,
		bool cut); /* bytes in hand, quoted */

/* Structures and arrays at an address; the address itself where they were not captured. */
void show_struct(struct show *show, const char *name, uint64_t address);
void show_struct_sized(struct show *show, const char *name, uint64_t address, size_t size);
/*
 * A structure that new kernels lengthen: `known` bytes by `print`, then what is not zero of the
 * rest of `size`, as bytes, or ??? where it was not captured.
 */
void show_grown(struct show *show, uint64_t address, uint64_t size, size_t known,
		void (*print)(struct show *show, const void *data, size_t size));
/* What is not zero of the bytes of a structure from `from` on, as far as -s goes: `, bytes ...`, or
 * ??? where it was not captured. */
void show_more(struct show *show, uint64_t address, size_t from, size_t size);
/* A structure in hand. */
void show_struct_data(struct show *show, const char *name, const void *data, size_t size);
/* [a, b, ...]: elements of `each` bytes, as many as were captured and, without -v, -s allows. */
void show_array(struct show *show, uint64_t address, uint64_t count, size_t each,
		void (*print)(struct show *show, const void *element, size_t size));
/*
 * The vectors, and of what they point to the first `moved` bytes: all of it with UINT64_MAX; with
 * SHOW_NONE the call failed, and only addresses are shown.
 */
#define SHOW_NONE (UINT64_MAX - 1)
void show_iovec(struct show *show, uint64_t address, uint64_t count, uint64_t moved);
void show_sockaddr(struct show *show, uint64_t address, uint64_t size);
void show_strings(struct show *show, uint64_t address); /* argv */

/* Argument number `i` as its row says, with its name before it; what families call for arguments
 * that are nothing special. */
void show_argument(struct show *show, int i);
/* All arguments as the row says. */
void show_row(struct show *show);
/* Begins argument number `i`; its value is the caller's. */
void show_argument_name(struct show *show, int i);
/* The value of argument number `i` alone. */
void show_arg(struct show *show, int i);
/* Whether a family knows the structure. */
bool show_knows(const struct show *show, const char *name);
/* The bytes of a structure or element of a row, in the ABI of the call; 0 if that varies. */
size_t show_size(const struct show *show, const char *name);
/* The family's entry for a structure, or NULL. */
const struct show_struct *show_find_struct(const struct show *show, const char *name);
/* A flag table by name, or NULL. */
const struct flag_table *show_table(const struct show *show, const char *name);

#endif
