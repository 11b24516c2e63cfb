/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record: every structure of a tape, version 1, in one place. The BPF program fills these, the
 * recorder copies them, the decoders read them, and trace.h, which is written beside a tape, is
 * this file made self-contained (format/tape/mktrace.awk). systape-tape(5) is the normative text.
 *
 * A tape is one struct trace_header, then blocks until the end. A block is one struct trace_block
 * and `stored` bytes: records, back to back, as they are or compressed. Every number is
 * little-endian, as on the machines that record; every structure is a multiple of 8 bytes long and
 * aligned to 8. A version 1 reader skips what it does not know: records by their length, blocks by
 * theirs; growth happens behind known fields.
 */
#ifndef SYSTAPE_RECORD_H
#define SYSTAPE_RECORD_H

/* trace.h: begin */
#ifndef __bpf__
#include <stdint.h>
#endif

#define TRACE_VERSION	  1
#define TRACE_MAGIC	  "\x93systape" /* 8 bytes, without the final NUL */
#define TRACE_BLOCK_MAGIC 0x4b4c4254u	/* "TBLK" */
#define TRACE_ENDIAN	  0x01020304u
#define TRACE_BLOCK_MAX	  (4u << 20) /* no block unpacks to more bytes */
#define TRACE_RECORD_MAX  (1u << 20) /* no record is longer */

/* Bits of trace_header.required: a reader that does not know one of them must refuse. Version 1 has
 * none. */
/* Bits of trace_header.optional: what the recorder did. */
#define TRACE_O_FAILED_ONLY	1u  /* successful calls were dropped in the kernel */
#define TRACE_O_NO_ENTER_TIME	2u  /* one time per call: trace_call.enter is 0 */
#define TRACE_O_FILTERED	4u  /* only some calls or threads were asked for */
#define TRACE_O_FOLLOW		8u  /* children of the traced threads are traced as well */
#define TRACE_O_SUCCESSFUL_ONLY 16u /* failed calls were dropped in the kernel */
#define TRACE_O_SEVERAL		32u /* calls of several threads can be on the tape */
#define TRACE_O_CHOSEN		64u /* only some calls or results were asked for, not none at all */
#define TRACE_O_HIDDEN                                                                             \
	128u /* calls that change what descriptors are open on may have happened that are not here \
	      */
#define TRACE_O_TOLD                                                                               \
	256u /* what a call's descriptors are open on is told before it, once per change, by       \
		TRACE_PAYLOAD */
#define TRACE_O_TOLD_SOCKETS 512u /* the same of calls that send or receive messages alone */
#define TRACE_O_TEXT	     1024u /* made of lines of strace's text, by systape-import: TRACE_F_TEXT */

struct trace_header {
	char magic[8];
	uint16_t version;
	uint16_t length; /* of this header; the first block follows */
	uint32_t endian; /* TRACE_ENDIAN */
	uint64_t required, optional;
	uint16_t arch;	     /* enum trace_arch of the kernel */
	uint16_t clock;	     /* of every time: 1 = CLOCK_MONOTONIC; nanoseconds */
	uint32_t cpus;	     /* possible CPUs */
	uint64_t start;	     /* when the recorder started */
	int64_t realtime;    /* CLOCK_REALTIME minus the clock, at the start */
	uint8_t capture[16]; /* random; the same in every file of a rotated capture */
	uint32_t part;	     /* which file of the capture, from 0 */
	uint32_t recorder;   /* the recorder's process id */
	uint32_t page_size;
	uint32_t crc; /* CRC-32 (zlib's) of this structure with crc = 0 */
};

enum trace_arch { TRACE_X86_64 = 0, TRACE_I386 = 1, TRACE_AARCH64 = 2, TRACE_X32 = 3 };
enum trace_codec { TRACE_NONE = 0, TRACE_ZLIB = 1, TRACE_ZSTD = 2 };
enum trace_layout { TRACE_PLAIN = 0, TRACE_COLUMNS = 1 };
enum trace_kind { TRACE_RECORDS = 0, TRACE_METADATA = 1, TRACE_INDEX = 2 };

#define TRACE_NO_CPU 0xffffffffu /* trace_block.cpu of metadata, snapshots and the index */

struct trace_block {
	uint32_t magic;	 /* TRACE_BLOCK_MAGIC */
	uint16_t length; /* of this header */
	uint8_t codec;	 /* enum trace_codec */
	uint8_t kind;	 /* enum trace_kind */
	uint32_t cpu;
	uint32_t sequence; /* of this CPU's blocks, from 0: a gap is a lost block */
	uint64_t first,
		last; /* times of the first and the last record; they never go back within a CPU */
	uint64_t sealed; /* no block behind this one holds a record before this time, of any CPU */
	uint64_t lost_before;	 /* calls lost on this CPU before the block, since the start */
	uint64_t records_before; /* records of this CPU in earlier blocks */
	uint32_t records;
	uint32_t stored;     /* bytes behind this header */
	uint32_t raw;	     /* bytes after unpacking */
	uint32_t stored_crc; /* CRC-32 of the stored bytes */
	uint8_t layout;	     /* enum trace_layout of the stored bytes */
	uint8_t spare[3];
	uint32_t crc; /* CRC-32 of this structure with crc = 0 */
};

/*
 * TRACE_COLUMNS: the stored bytes are this structure and the sections one behind another, each
 * packed by the block's codec unless stored = raw. Values of one sort stand together as
 * differences; systape-tape(5) tells how records are made of them. `systape-decode -l bin` writes
 * plain records.
 */
enum trace_section {
	TRACE_SHAPES,
	TRACE_THREADS,
	TRACE_LENGTHS,
	TRACE_TIMES,
	TRACE_RESULTS,
	TRACE_VALUES,
	TRACE_DEFINITIONS,
	TRACE_BYTES,
	TRACE_SECTIONS
};

struct trace_columns {
	uint32_t raw[TRACE_SECTIONS], stored[TRACE_SECTIONS];
};

enum trace_type {
	TRACE_CALL = 1,	    /* struct trace_call: a whole call, written at its end */
	TRACE_ENTER = 2,    /* struct trace_call: a call that has begun; result is meaningless */
	TRACE_EXIT = 3,	    /* struct trace_call: the end of a call whose TRACE_ENTER came before */
	TRACE_PAYLOAD = 4,  /* struct trace_call: further pieces of the thread's current call; of
			       TRACE_P_FILE before the call */
	TRACE_FORK = 5,	    /* struct trace_process: tid made other_tid */
	TRACE_EXEC = 6,	    /* struct trace_process: the new comm; other_tid is the tid before */
	TRACE_COMM = 7,	    /* struct trace_process: comm changed */
	TRACE_END = 8,	    /* struct trace_process: the thread is gone; code is its wait status */
	TRACE_EXISTING = 9, /* struct trace_process: what a thread was like when capture began */
	TRACE_SIGNAL = 10,  /* struct trace_signal: delivered to the thread */
	TRACE_PROBE = 11,   /* struct trace_probe */
	TRACE_STACK = 12,   /* struct trace_call: arguments are return addresses */
	TRACE_LOST = 13,    /* struct trace_lost */
	TRACE_META = 14,    /* struct trace_meta */
	TRACE_TEXT = 15,    /* TRACE_O_TEXT: a line that is no event: the record's head and struct
			       trace_text */
};

/* The beginning of every record. */
struct trace_record {
	uint32_t length;    /* of the whole record; a multiple of 8 */
	uint16_t type;	    /* enum trace_type */
	uint16_t flags;	    /* TRACE_F_... */
	uint64_t time;	    /* when it was written */
	uint32_t tid, tgid; /* thread and process, in the recorder's pid namespace */
};

#define TRACE_F_ENTER_LOST 1u /* the enter side of this call was lost for want of room */
#define TRACE_F_IN_FLIGHT  2u /* TRACE_ENTER: the call began before the capture did (from /proc) */
#define TRACE_F_SWITCHED                                                                           \
	4u /* TRACE_ENTER: written when the thread was switched out within the call */
#define TRACE_F_NO_ARGS	  8u  /* the arguments are not known; TRACE_END: nor is the status */
#define TRACE_F_LEADER	  16u /* TRACE_END: the last thread of the process */
#define TRACE_F_CUT	  32u /* pieces were left out: the record was full */
#define TRACE_F_NO_RETURN 64u /* TRACE_ENTER: this call does not return */
#define TRACE_F_COMMAND                                                                            \
	128u /* TRACE_EXISTING: the process that will execute the command, with what it hands down \
	      */

#define TRACE_F_STOPPED 256u /* TRACE_EXISTING: stopped, by the signal `code` if that is not 0 */

#define TRACE_F_TEXT 512u /* behind the type's structure stands a struct trace_text */

#define TRACE_NO_NUMBER 0xfffffffeu /* trace_call.nr: the call's name is all that is known */

/* A part of the text behind struct trace_text. */
struct trace_span {
	uint32_t at, size;
};

/*
 * What a record was made of: `line` bytes, a line without its newline, or several with newlines
 * between them; and behind these `more` bytes, for parts that do not stand in it as they are. A
 * call has no other arguments than those here.
 */
struct trace_text {
	uint32_t line, more;
	struct trace_span body; /* without what stands before it: process, time */
	struct trace_span name; /* of the call */
	struct trace_span args; /* what is between the parentheses; of a call whose line was cut in
				   two what this part of it has */
	struct trace_span result; /* what stands behind "= ", without how long it took */
	uint64_t latency;	  /* ns; TRACE_NO_LATENCY */
	uint32_t flags;		  /* TRACE_T_... */
	uint32_t spare;
};

#define TRACE_NO_LATENCY 0xffffffffffffffffull
#define TRACE_T_PART	 1u /* no newline is behind it: it goes on in the next, or is the last */
#define TRACE_T_ERROR	 2u /* the result is -1 for an error: trace_call.result is that */
#define TRACE_T_TIMED	 4u /* the line says when it was */
#define TRACE_T_FOLLOWS	 8u /* TRACE_TEXT: belongs to the record before it */

struct trace_call {
	struct trace_record record;
	uint32_t nr;	 /* the call's number in its architecture's table */
	uint8_t arch;	 /* enum trace_arch of the call: a 64-bit process may make 32-bit calls */
	uint8_t args;	 /* how many values follow */
	uint16_t pieces; /* how many pieces follow those */
	uint64_t enter;	 /* when it began; 0 if not known */
	int64_t result;	 /* as the kernel returned it: -4095...-1 is an error */
	uint64_t arg[];
};

/* Memory behind an argument. The data follows, padded to 8 bytes; struct trace_nested stands before
 * it if so marked. */
struct trace_piece {
	uint32_t length; /* bytes of data */
	uint32_t total;	 /* bytes that there were to read, if known, else 0 */
	uint32_t offset; /* of the data from the address */
	uint8_t arg;	 /* whose memory; for processes enum trace_process_piece */
	uint8_t spare;
	uint16_t flags; /* TRACE_P_... */
};

struct trace_nested {
	uint64_t address; /* where the data was; without this structure, at arg[piece.arg] */
};

#define TRACE_P_TRUNCATED  1u  /* more was there than the limit allows */
#define TRACE_P_UNREADABLE 2u  /* the rest, or all, could not be read */
#define TRACE_P_STRING	   4u  /* ends before its NUL, which is not stored */
#define TRACE_P_EXIT	   8u  /* as it was at the end of the call; else as at its beginning */
#define TRACE_P_NESTED	   16u /* struct trace_nested comes first */
#define TRACE_P_FILE                                                                               \
	32u /* no memory: what a descriptor is open on that the call has made; struct trace_file   \
	     */

#define TRACE_P_STATE                                                                              \
	64u /* no memory: where the thread was, and what time it has had; struct trace_state */

/* The nested address of TRACE_P_FILE is this | the descriptor, as 32 bits; -100: the current
 * directory. */
#define TRACE_FILE_ADDRESS 0x8000000000000000ull

/* Behind it stand `names` names, each with its NUL, from the file up to the root; of a UNIX socket
 * its address. */
struct trace_file {
	uint64_t inode;
	uint64_t peer;	    /* inode of the other end of a UNIX socket, port id of a netlink socket,
			       number of a /dev/ptmx's terminal + 1, count of an eventfd, set of a
			       signalfd */
	uint32_t dev, rdev; /* major << 20 | minor */
	uint32_t magic;	    /* of the file system (linux/magic.h) */
	uint16_t mode;
	uint16_t flags; /* TRACE_FILE_... */
	uint16_t names;
	uint16_t family, type, protocol; /* of a socket; type: flags of an eventfd */
	uint16_t local_port, remote_port;
	uint8_t local[16], remote[16]; /* 4 bytes of AF_INET, 16 of AF_INET6; local: the number of
					  an eventfd in 4 bytes */
	uint32_t spare;
};

#define TRACE_STATE_ADDRESS 0x8000000100000000ull /* the nested address of TRACE_P_STATE */

/* In a record of a call's beginning as of that moment, else as of its end; 0: not known. */
struct trace_state {
	uint64_t ip;  /* the program's instruction pointer, behind the instruction of the call */
	uint64_t cpu; /* nanoseconds that the thread has been on a CPU, since it began */
};

#define TRACE_FILE_GONE	   1u  /* it has no name any more */
#define TRACE_FILE_NO_ROOT 2u  /* the names do not lead to the process's root */
#define TRACE_FILE_CUT	   4u  /* there are more names */
#define TRACE_FILE_NONE	   8u  /* the descriptor is open on nothing */
#define TRACE_FILE_LISTENS 16u /* a netlink socket that is in a group */

struct trace_process {
	struct trace_record record;
	uint32_t other_tid, other_tgid;
	uint32_t parent; /* process id of the parent, 0 if not known */
	int32_t code; /* TRACE_END: wait status; TRACE_F_STOPPED: signal; TRACE_EXEC: TRACE_EXEC_...
		       */
	char comm[16];	 /* of the thread (TRACE_FORK: of the child), NUL-padded */
	uint32_t uid;	 /* TRACE_EXISTING: effective user id, else 0xffffffff */
	uint16_t pieces; /* how many follow */
	uint8_t arch;	 /* of the program, where known */
	uint8_t spare;
};

#define TRACE_EXEC_SCRIPT                                                                          \
	1 /* an interpreter runs the file: it has other arguments in place of argv[0] */

enum trace_process_piece {
	TRACE_P_EXE = 0, /* TRACE_EXEC, TRACE_EXISTING: the program's path */
	TRACE_P_CWD = 1, /* TRACE_EXISTING */
	TRACE_P_FD = 2,	 /* TRACE_EXISTING: offset is the descriptor, the data what it is open on */
	TRACE_P_CMDLINE = 3, /* TRACE_EXISTING: NUL-separated; TRACE_EXEC: the strings of argv, each
				with its NUL, and offset says how many there are */
	TRACE_P_FD_FILE = 4, /* TRACE_EXISTING: offset is the descriptor, the data a struct
				trace_file without names but a UNIX socket's
				address */
	TRACE_P_ENVIRONMENT = 5, /* TRACE_EXEC: the strings of envp likewise; without data, only
				    their number is known */
	TRACE_P_NUMBERS = 6,	 /* TRACE_EXISTING, TRACE_FORK (of the child), TRACE_EXEC: struct
				    trace_number[], from the recorder's pid namespace to the thread's
				    own; not there where the two are one */
	TRACE_P_CGROUP = 7,	 /* TRACE_EXISTING: its path in the unified hierarchy */
	TRACE_P_OWNERS = 8,	 /* TRACE_EXISTING: struct trace_owners */
	TRACE_P_ROOT = 9,	 /* TRACE_EXISTING: its root directory, if that is not the
				    recorder's (chroot) */
};

/* What a thread is called in a pid namespace. */
struct trace_number {
	uint32_t name_space; /* inode number of /proc/PID/ns/pid; 0: not known */
	uint32_t number;
};

#define TRACE_NUMBERS_MOST 33 /* namespaces that are within each other */

/* In the recorder's user namespace: real, effective, saved, and that of files. */
struct trace_owners {
	uint32_t uid[4], gid[4];
};

struct trace_signal {
	struct trace_record record;
	uint32_t signal;
	int32_t error, code; /* si_errno, si_code */
	uint32_t size;	     /* bytes of info that are valid */
	uint64_t handler, handler_flags;
	uint8_t info[80]; /* siginfo_t as the kernel lays it out */
};

struct trace_probe {
	struct trace_record record;
	uint32_t probe; /* which: TRACE_META_PROBE has its definition */
	uint32_t size;	/* bytes of data behind */
};

/* Stands where the loss happened: between the record before and the one behind it, of the same CPU.
 */
struct trace_lost {
	struct trace_record record; /* tid and tgid are 0 */
	uint64_t calls;		    /* calls whose result is not on the tape */
	uint64_t enters;	    /* calls that are on the tape without their enter side */
	uint64_t events;	    /* other records: processes, signals, probes */
	uint64_t first, last; /* when the first and the last of them happened, 0 if not known */
	uint32_t reason;      /* enum trace_reason */
	uint32_t spare;
};

enum trace_reason {
	TRACE_LOST_RING = 0, /* the ring of this CPU was full */
	TRACE_LOST_KERNEL =
		1, /* the kernel missed it: a program did not run, a kretprobe had no slot */
	TRACE_LOST_OUTPUT = 2, /* the recorder could not write it */
	TRACE_LOST_DAMAGE = 3, /* made by a reader: a block that cannot be read */
};

struct trace_meta {
	struct trace_record record;
	uint32_t key;  /* enum trace_meta_key */
	uint32_t nr;   /* TRACE_META_CALL: the call's number */
	uint32_t arch; /* TRACE_META_CALL: enum trace_arch */
	uint32_t size; /* bytes of data behind, padded to 8 */
};

enum trace_meta_key {
	TRACE_META_COMMAND = 1, /* the recorder's command line, as text */
	TRACE_META_HOST = 2,
	TRACE_META_KERNEL = 3,	 /* release and version */
	TRACE_META_RECORDER = 4, /* name and version of what recorded */
	TRACE_META_CALL = 5,	 /* NAME(ARGUMENTS) = RESULT ; CLASSES, see systape-tape(5) */
	TRACE_META_HEADER = 6,	 /* this file */
	TRACE_META_BACKEND = 7,
	TRACE_META_PROBE = 8,
	TRACE_META_PREDECESSOR = 9, /* name of the capture's file before this one */
	TRACE_META_CLOSE = 10,	    /* in the last block: why the capture ended */
	TRACE_META_INTERFACE =
		11, /* name of the network interface with index `nr`, as the recorder saw it */
	TRACE_META_CLOCK = 12, /* struct trace_clock */
};

/* The time of day has been set, or the machine was suspended, for which the clock stands still. */
struct trace_clock {
	uint64_t from;	  /* seen then, at most a second later */
	int64_t realtime; /* in place of the header's for times from then on */
};

/* The index: one for each block of records. Its last part is the last block; in the block headers
 * of its parts records_before is the offset of the part before, 0 in the first. 512 bits each say
 * which calls (their numbers modulo 512) and threads (tid and tgid modulo 512, and those of new
 * threads) a block has; `types` has 1 << type for every type of record in it. */
struct trace_index {
	uint64_t offset; /* of the block from the beginning of the tape */
	uint64_t first, last, sealed;
	uint32_t cpu, stored, raw, records;
	uint64_t types;
	uint64_t calls[8], threads[8];
};

/* The last 16 bytes of a complete tape. */
struct trace_trailer {
	uint64_t index; /* offset of the index's last part */
	char magic[8];	/* TRACE_MAGIC again */
};
/* trace.h: end */

#ifndef __bpf__
_Static_assert(sizeof(struct trace_header) == 88, "layout");
_Static_assert(sizeof(struct trace_block) == 80, "layout");
_Static_assert(sizeof(struct trace_record) == 24, "layout");
_Static_assert(sizeof(struct trace_call) == 48, "layout");
_Static_assert(sizeof(struct trace_text) == 56, "layout");
_Static_assert(sizeof(struct trace_piece) == 16, "layout");
_Static_assert(sizeof(struct trace_file) == 80, "layout");
_Static_assert(sizeof(struct trace_state) == 16, "layout");
_Static_assert(sizeof(struct trace_process) == 64, "layout");
_Static_assert(sizeof(struct trace_number) == 8, "layout");
_Static_assert(sizeof(struct trace_owners) == 32, "layout");
_Static_assert(sizeof(struct trace_signal) == 136, "layout");
_Static_assert(sizeof(struct trace_lost) == 72, "layout");
_Static_assert(sizeof(struct trace_meta) == 40, "layout");
_Static_assert(sizeof(struct trace_clock) == 16, "layout");
_Static_assert(sizeof(struct trace_index) == 184, "layout");
#endif

#endif
