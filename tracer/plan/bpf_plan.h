/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_plan: what the BPF program and the backend that loads it agree on: the ring of each CPU, the
 * capture plan of each call, the targets. Included by both; the records themselves are in
 * format/tape/record.h.
 */
#ifndef SYSTAPE_BPF_PLAN_H
#define SYSTAPE_BPF_PLAN_H

#ifndef __bpf__
#include <stdint.h>
#endif

#define PLAN_CALLS	  512 /* rows per architecture; x86-64 first, then i386 */
#define PLAN_OPS	  16
#define PLAN_RECORD_MAX	  262144 /* bytes of one record */
#define PLAN_PIECE_MAX	  131071 /* bytes of one piece */
#define PLAN_SIMPLE_MOST  16383	 /* bytes of one that a PLAN_SIMPLE call keeps */
#define PLAN_ELEMENTS	  1024	 /* of one array that are followed into memory: IOV_MAX */
#define PLAN_NETLINK_MOST 32760	 /* messages are taken apart, so they are kept whole */
#define PLAN_SLACK                                                                                 \
	(PLAN_RECORD_MAX + 2 * (PLAN_PIECE_MAX + 1)) /* a record may run past the ring's end */
#define PLAN_RING_HEADER 4096			     /* bytes of struct bpf_ring before the data */
#define PLAN_VARIANTS	 4096
#define PLAN_STATE_SIZE	 40 /* bytes that a TRACE_P_STATE takes in a record */

enum plan_op_kind {
	PLAN_NONE,
	PLAN_STRING, /* NUL-terminated */
	PLAN_FIXED,  /* `size` bytes */
	PLAN_BY_ARG, /* args[length_arg] / divide (rounding up) * size + add bytes; so do the next
			two */
	PLAN_BY_POINTER, /* by the 32-bit value `narrow` bytes behind args[length_arg] */
	PLAN_BY_RESULT,	 /* by the result */
	PLAN_STRINGS,	 /* NULL-terminated array of pointers to strings */
	PLAN_IOVEC,	 /* args[length_arg] struct iovec and what they point to */
	PLAN_MSGHDR,	 /* one struct msghdr and what it points to */
	PLAN_MMSGHDR,	 /* args[length_arg] (at exit: the result) struct mmsghdr */
	PLAN_IOCTL,	 /* size and direction are encoded in args[length_arg] */
	PLAN_BEHIND, /* `size` bytes at the 64-bit address that stands `add` bytes into args[arg];
			if `count`, for each of args[length_arg] elements */
	PLAN_BEHIND_STRING,  /* a string there */
	PLAN_BEHIND_COUNTED, /* the same; as many bytes as the result, or at the beginning the 32
				bits at `size`, say */
	PLAN_BEHIND_ARRAY, /* the same; `size` bytes for each element, whose number stands `divide`
			    * bytes into args[arg], a word, or `narrow` bytes of it */
	PLAN_IOCBS,	   /* args[length_arg] pointers to struct iocb, and what these write */
	PLAN_STACK,	   /* `size` bytes, `add` bytes above the stack pointer */
	PLAN_FILE,	   /* what descriptors are open on */
	PLAN_LIST, /* a count of `size` bytes at args[arg] and, `add` bytes in, the address of so
		    * many units of `divide` bytes; only if args[length_arg] is `count`, unless that
		    * is 0 */
};

/* plan_op.size of PLAN_FILE: which descriptors. */
#define PLAN_FILE_RESULT 1
#define PLAN_FILE_PAIR	 2 /* two ints that args[arg] points to */
#define PLAN_FILE_ARG	 3
#define PLAN_FILE_CWD	 4
#define PLAN_FILE_RIGHTS 5 /* those that the struct msghdr at args[arg] has received */
#define FILE_RIGHTS	 8 /* the most of these */

#define PLAN_AT_ENTER	    1 /* read when the call begins: a TRACE_ENTER record is written */
#define PLAN_AT_EXIT	    2 /* read when it ends, if it succeeded */
#define PLAN_AT_EXIT_ALWAYS 4 /* the same, also when it failed */
#define PLAN_LATE                                                                                  \
	8 /* an argument that the call only reads: read at its end, or when it is switched out */

struct plan_op {
	uint8_t kind, when;
	uint8_t arg, length_arg;
	uint16_t size, divide, add;
	uint8_t narrow;	 /* the length argument has 32 bits in C; or a field so many bytes; or where
			  * the length stands */
	uint8_t netlink; /* kept whole if it looks like a netlink message */
	uint32_t limit;	 /* the most bytes kept of one piece, or of each string, iovec, ... */
	uint32_t count;	 /* arrays: the most elements */
};

#define PLAN_TRACED    1 /* records of this call are wanted */
#define PLAN_ENTER     2 /* write its beginning as well: some op is AT_ENTER, or it may not return */
#define PLAN_NO_RETURN 4
#define PLAN_FORKS     8 /* returns twice, in the child with 0 */
#define PLAN_EXEC      16
#define PLAN_PIECES    32  /* has ops */
#define PLAN_MAY_ENTER 128 /* some variant has PLAN_ENTER */
#define PLAN_SELECTS   64  /* variants exist, by args[selector] */

#define PLAN_ARGS_SHIFT 8      /* in bpf_ring.rows */
#define PLAN_MARKED	0x800  /* there: some argument is a descriptor that is told of */
#define PLAN_MOVES	0x1000 /* there: files have other names behind it, for everybody */
#define PLAN_SIMPLE                                                                                \
	0x2000 /* there: one operation at the call's end, of a string or of bytes whose number     \
		* the arguments or the result say, and room for all of it */

/* plan.marks and bpf_ring.marks: a bit for each argument that is a descriptor, and: */
#define PLAN_MARK_CWD  64  /* its names are relative to the current directory */
#define PLAN_MARK_MOVE 128 /* PLAN_MOVES */

#define PLAN_TOLD 16384 /* descriptors whose last telling is remembered */

/* Hashes: what the last record said, and the state of the kernel that it was then found to be
 * right for, as far as it is looked at (enum told_look). */
struct bpf_told {
	uint64_t quick, content;
	uint64_t sk; /* of a socket */
	uint32_t look, pad;
};

/* What all names depend on. The recorder writes `epoch`: what was told before is told again. */
struct bpf_names {
	uint64_t tree; /* grows when a file or a mount gets another name */
	uint64_t epoch;
	uint64_t cgroups_unknown; /* there was no room to judge a new one */
};

struct plan_call {
	uint8_t flags, args, ops, selector;
	uint32_t room; /* the most bytes a record of this call takes */
	uint32_t mask; /* of the selector: which bits of it choose the variant */
	struct plan_op op[PLAN_OPS];
	uint8_t pad[52]; /* each begins a line of memory, which has the first two operations too */
};

/* What is kept of what a new program was given: the strings of argv and envp as its own memory has
 * them, and how many there are. */
struct plan_program {
	uint32_t pieces;     /* 0: nothing, 1: argv, 2: envp as well */
	uint32_t argv, envp; /* the most bytes of each */
};

struct plan_variant_key {
	uint32_t row; /* index of the call's plan */
	uint32_t value;
};

/* One walk over a plan, while a record is written. */
struct bpf_walk {
	uint64_t args[6];
	uint64_t stack; /* the user's stack pointer */
	uint64_t start; /* of the record */
	int64_t result;
	uint32_t at;   /* where the next piece goes, from the record's start */
	uint32_t room; /* the record's end */
	uint32_t when, pieces, flags, arch;
	uint32_t left;		/* something of this operation could not be read */
	uint32_t failed, retry; /* operations, by bit */
	/* Of the piece at hand: in memory, because the verifier follows what it cannot know only
	 * once. */
	uint32_t way;
	uint32_t name_at; /* of a file's names: where the next one goes */
	uint16_t names, name_flags;
};

/*
 * The head of each CPU's ring, a page. The first line of memory, and one of `rows`, is all that a
 * call of numbers needs of it. The program writes everything but `changes`, `tail`, `rows` and
 * `marks`, and sets `rung`.
 */
struct bpf_ring {
	uint64_t head;	    /* bytes ever written */
	uint64_t limit;	    /* what ends before it has room, and nothing else is to be done */
	uint32_t tid, tgid; /* of the thread that is in a call here; tid 0: none that is wanted;
			       both are set as one 64-bit word */
	uint64_t enter;
	/* These are set together as one 64-bit word, too. */
	uint8_t entered; /* its TRACE_ENTER is written */
	uint8_t enter_lost;
	uint8_t arch, pad0;
	uint32_t nr;
	/* The last answer of the target filter: to this thread, and the two numbers below it. */
	uint64_t asked;
	uint32_t generation; /* the program's, as of the last switch to another thread */
	uint32_t changes;    /* grows when the recorder has changed targets */
	uint64_t calls;	     /* twice the wanted calls that ended here, or began and do not return;
				1: a record is being written */
	struct bpf_walk walk;
	uint32_t retry; /* ops whose memory was not there at the beginning, if entered */
	uint32_t rung;	/* the recorder has been woken and has not drained yet */
	/* Loss that has no record yet, and all of it. */
	uint64_t pending_calls, pending_enters, pending_events, pending_first, pending_last;
	uint64_t lost_calls, lost_enters, lost_events;
	/* With settings.state: when the thread that runs here came to this CPU, and how long it had
	 * run before; 0: before the capture began. */
	uint64_t in_time, in_sum;
	uint64_t cgroup; /* the last one that was asked about, shifted left; 1: it is wanted */
	uint64_t pad1[6];
	uint64_t tail; /* bytes ever drained: the recorder's */
	uint64_t pad2[7];
	/* Of each plan what every call needs: its flags, and args << PLAN_ARGS_SHIFT; and which
	 * arguments are descriptors. */
	uint16_t rows[2 * PLAN_CALLS + 1];
	uint8_t marks[2 * PLAN_CALLS + 1];
};

#define RING_CALL 2u /* in `calls` */
#define RING_BUSY 1u

/* In `asked`, beside the thread's number: the answer. */
#define ASKED_WANTED   0x80000000u
#define ASKED_UNWANTED 0x40000000u

/* What is known of a thread that is traced, or left out. Key: its tid. */
enum target_state {
	TARGET_OUT = 0,	  /* the recorder's own */
	TARGET_ARMED = 1, /* traced from its next execve */
	TARGET_ON = 2,
};

struct bpf_target {
	uint8_t state;
	uint8_t depth;	 /* generations since the threads that were asked for */
	uint8_t threads; /* its new threads are traced as well */
	uint8_t pad;
};

/* Which cgroups are wanted: all, what is below one folder, those whose state says so. */
enum by_cgroup { BY_CGROUP_NONE, BY_CGROUP_FOLDER, BY_CGROUP_SET };

struct bpf_cgroup {
	uint16_t state; /* of the automaton, behind its path */
	uint16_t wanted;
};

/* The upper half of a constant in the program's code that stands for a setting; the lower one: its
 * size << 16 | where in the structure it is. */
#define PLAN_SETTING 0x53595354

struct bpf_settings {
	uint64_t ring_mask;  /* size of each ring, a power of two, minus 1 */
	uint32_t everything; /* the whole machine but TARGET_OUT; else only TARGET_ON */
	uint32_t follow;     /* generations of children that are traced */
	uint32_t failed_only, successful_only, enter_time, by_cpu;
	uint64_t cpus[16]; /* by_cpu: calls of these alone */
	uint32_t wake;	   /* bytes in a ring that wake the recorder */
	uint32_t uid;	   /* only this real user id; 0xffffffff: all */
	uint32_t by_comm, by_cgroup,
		chooses; /* filters in use (enum by_cgroup); chooses: any, or by user
			  */
	uint32_t state;	 /* each call with a TRACE_P_STATE */
	char comm[16];
	uint32_t files; /* some plan has PLAN_FILE: else the verifier need not look at what walks to
			   the root */
	uint32_t pid_namespace; /* inode number of the recorder's, whose numbers all records have;
				   0: the first one */
	struct plan_program program;
	uint32_t pieces; /* some plan has operations: else the verifier need not look at what copies
			    memory */
	uint8_t moves;	 /* some row has PLAN_MOVES */
	uint8_t own_root; /* names end at the root of their process, not at the first one of all */
	uint8_t paths;	  /* names are told, not only what sockets are */
};

#ifndef __bpf__
_Static_assert(__builtin_offsetof(struct bpf_ring, walk) == 64, "one line");
_Static_assert(sizeof(struct plan_call) % 64 == 0, "whole lines");
_Static_assert(sizeof(struct bpf_ring) <= PLAN_RING_HEADER, "one page");
#endif

#endif
