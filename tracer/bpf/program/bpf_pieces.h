/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_pieces: copies the memory behind arguments into a record, as the call's plan says. One loop
 * over the plan's operations, each of which appends pieces. It never asks for a byte more than the
 * length rule says, and of what ends at a page that cannot be read it keeps the part before that
 * page.
 */
#ifndef SYSTAPE_BPF_PIECES_H
#define SYSTAPE_BPF_PIECES_H

#define PAGE	  4096
#define CUT_LEAST 256 /* bytes of a piece that are worth having where the rest finds no room */

/*
 * Which piece is to be copied, besides its address and lengths: the argument's number and these
 * bits. Scalars and no structure: the stack of a chain of calls has 512 bytes in all.
 */
#define WAY_EXIT       0x100  /* as it is at the call's end */
#define WAY_NESTED     0x200  /* not at the argument itself: the address goes along */
#define WAY_HEADER     0x1000 /* of messages: only their headers */
#define FAMILY_NETLINK 16
#define WAY_STRING     0x400
#define WAY_CUT	       0x800 /* what follows `total` is known to be unreadable */

static __always_inline char *piece_at(struct bpf_ring *r, uint32_t at)
{
	return (char *)ring_at(r, r->walk.start) + (at & (PLAN_RECORD_MAX - 1));
}

struct tail {
	uint64_t address;
	uint32_t at, want, done, string, ended; /* ended: a string's NUL has been found */
};

/* One page's part of memory whose end cannot be read. */
static long copy_page(uint32_t i, struct tail *t)
{
	uint32_t size = PAGE - (t->address & (PAGE - 1));
	struct bpf_ring *r = this_ring();
	char *to;
	long n;

	if (!r)
		return 1;
	to = piece_at(r, t->at + t->done);
	if (size > t->want - t->done)
		size = t->want - t->done;
	asm volatile(""
		     : "+r"(size)); /* the compiler knows the bound, the verifier of 6.1 does not:
				       keep the mask */
	size &= PLAN_PIECE_MAX;
	if (!size)
		return 1;
	if (t->string) {
		n = bpf_probe_read_user_str(to, size, (void *)t->address);
		if (n <= 0) /* whatever else can read it now: it may have a NUL */
			return 1;
		if (n < size) { /* the page had its end after all */
			t->done += n - 1;
			t->ended = 1;
			return 1;
		}
	}
	if (bpf_probe_read_user(to, size, (void *)t->address))
		return 1;
	t->done += size;
	t->address += size;
	return 0;
}

/* Copies a string: its length, or negative; one byte more than is kept tells a string that fits
 * from a longer one. */
static __always_inline long copy_string(char *to, uint32_t size, uint64_t address, uint32_t *flags)
{
	long n = bpf_probe_read_user_str(to, (size & PLAN_PIECE_MAX) + 2, (void *)address);

	*flags |= TRACE_P_STRING;
	if (n <= 0)
		return -1;
	n -= 1;
	if (n <= size)
		return n;
	*flags |= TRACE_P_TRUNCATED;
	return size;
}

static __always_inline uint32_t way_now(struct bpf_ring *r)
{
	return *(volatile uint32_t *)&r->walk.way;
}

/* Copies page by page what ends at one that cannot be read: how much there was of it. Of a string
 * one byte more: if it is there, the string is longer than the limit wherever it ends, and no more
 * of it was asked for. */
static __always_inline long copy_tail(struct bpf_ring *r, uint32_t at, uint32_t size,
				      uint64_t address, uint32_t *flags)
{
	struct tail t = { .address = address,
			  .at = at,
			  .want = way_now(r) & WAY_STRING ? size + 1 : size,
			  .string = way_now(r) & WAY_STRING };

	bpf_loop(PLAN_PIECE_MAX / PAGE + 2, copy_page, &t, 0);
	if (t.done > size) {
		*flags |= TRACE_P_TRUNCATED;
		return size;
	}
	if (!t.ended) {
		*flags |= TRACE_P_UNREADABLE;
		r->walk.left = 1;
	}
	return t.done;
}

/* Appends one piece to this CPU's record. Global, so that it is verified once. */
__attribute__((noinline)) int append(uint64_t address, uint64_t total, uint32_t limit, uint32_t way)
{
	uint32_t at, header, size, flags = 0;
	struct bpf_ring *r = this_ring();
	struct trace_piece *piece;
	long n;

	if (!r)
		return 0;
	*(volatile uint32_t *)&r->walk.way = way;
	at = r->walk.at & (PLAN_RECORD_MAX - 8);
	header = way_now(r) & WAY_NESTED ? sizeof(*piece) + sizeof(struct trace_nested)
					 : sizeof(*piece);
	size = limit > PLAN_PIECE_MAX - 8 ? PLAN_PIECE_MAX - 8 : limit;
	if (!(way_now(r) & WAY_STRING) && total < size)
		size = total;
	if (at + header + size + 16 > r->walk.room) {
		r->walk.flags |= TRACE_F_CUT;
		if (at + header + 16 + CUT_LEAST > r->walk.room)
			return 0;
		size = r->walk.room - at - header - 16;
	}
	if (way_now(r) & WAY_CUT)
		flags = TRACE_P_UNREADABLE;
	if (way_now(r) & WAY_STRING) {
		n = copy_string(piece_at(r, at + header), size, address, &flags);
	} else {
		n = bpf_probe_read_user(piece_at(r, at + header), size & PLAN_PIECE_MAX,
					(void *)address);
		n = n < 0 ? n : size;
		if (total > size)
			flags |= TRACE_P_TRUNCATED;
	}
	if (n < 0)
		n = copy_tail(r, at + header, size, address, &flags);
	piece = (void *)piece_at(r, at);
	piece->length = n;
	piece->total = total > ~0u ? ~0u : total;
	piece->offset = 0;
	piece->arg = way_now(r);
	piece->spare = 0;
	piece->flags = flags | (way_now(r) & WAY_NESTED ? TRACE_P_NESTED : 0) |
		       (way_now(r) & WAY_EXIT ? TRACE_P_EXIT : 0);
	if (way_now(r) & WAY_NESTED)
		*(uint64_t *)piece_at(r, at + sizeof(*piece)) = address;
	r->walk.at = at + header + (((uint32_t)n + 7) & ~7u);
	r->walk.pieces++;
	return 0;
}

/* One path for the verifier, where a switch has six. */
static __always_inline uint64_t arg_of(struct bpf_walk *w, uint32_t i)
{
	uint64_t at = i;

	asm volatile("" : "+r"(at)); /* else the compiler compares what it does not index with */
	return at < 6 ? w->args[at] : 0;
}

static __always_inline uint64_t read_word(uint32_t arch, uint64_t address, uint32_t offset)
{
	uint64_t value = 0;
	uint32_t narrow = 0;

	if (arch == TRACE_I386 || arch == TRACE_X32) {
		bpf_probe_read_user(&narrow, sizeof(narrow), (void *)(address + offset / 2));
		return narrow;
	}
	bpf_probe_read_user(&value, sizeof(value), (void *)(address + offset));
	return value;
}

#include "tracer/bpf/program/bpf_arrays.h"

#include "tracer/bpf/program/bpf_files.h"

/* How many units the plan's length rule finds: of an argument, behind a pointer, or in the result.
 */
static __always_inline uint64_t units_of(struct bpf_walk *w, struct plan_op *op)
{
	uint64_t value;
	uint32_t pointed = 0;

	if (op->kind == PLAN_BY_RESULT)
		return w->result > 0 ? (uint64_t)w->result : 0;
	value = arg_of(w, op->length_arg);
	if (op->kind != PLAN_BY_POINTER)
		return op->narrow ? (uint32_t)value : value;
	w->left |= !!bpf_probe_read_user(&pointed, sizeof(pointed), (void *)(value + op->narrow));
	return pointed;
}

static __always_inline uint64_t length_of(struct bpf_walk *w, struct plan_op *op)
{
	uint64_t units;

	if (op->kind == PLAN_BEHIND && op->count)
		return (uint64_t)(uint32_t)arg_of(w, op->length_arg) * op->size;
	if (op->kind == PLAN_FIXED || op->kind == PLAN_BEHIND || op->kind == PLAN_STACK)
		return op->size;
	if (op->kind == PLAN_IOCTL)
		return arg_of(w, op->length_arg) >> 16 & 0x3fff;
	units = units_of(w, op);
	if (units > 1u << 30)
		units = 1u << 30;
	if (op->divide > 1)
		units = (units + op->divide - 1) / op->divide;
	return units * op->size + op->add;
}

struct op_walk {
	struct bpf_ring *ring;
	struct plan_call *plan;
};

/* An ioctl command says in its upper bits which way its structure goes: 1 to the kernel, 2 from it.
 */
static __always_inline bool ioctl_goes(struct bpf_walk *w, struct plan_op *op)
{
	uint32_t way = arg_of(w, op->length_arg) >> 30 & 3;

	if (op->kind != PLAN_IOCTL)
		return true;
	return op->when & (PLAN_AT_EXIT | PLAN_AT_EXIT_ALWAYS) ? way & 2 : way & 1;
}

/* An array that a structure points to, with as many elements as it says. */
static __always_inline void append_behind(struct bpf_walk *w, struct plan_op *op, uint64_t address,
					  uint32_t way)
{
	uint64_t count = 0, behind = 0;

	w->left |= bpf_probe_read_user(&count, sizeof(count), (void *)address + op->divide) ||
		   bpf_probe_read_user(&behind, sizeof(behind), (void *)address + op->add);
	if (op->narrow)
		count &= op->narrow == 2 ? 0xffff : 0xffffffff;
	append_nested(behind, count > 65536 ? 0 : count * op->size, op->limit, way);
}

/* What a structure points to, as long as it says, or at the call's end as the result says. */
static __always_inline void append_counted(struct bpf_walk *w, struct plan_op *op, uint64_t address,
					   uint32_t way)
{
	uint32_t count = 0;

	w->left |= !!bpf_probe_read_user(&count, sizeof(count), (void *)address + op->size);
	if (way & WAY_EXIT)
		count = w->result > 0 ? w->result : 0;
	w->left |= !!bpf_probe_read_user(&address, sizeof(address), (void *)address + op->add);
	append_nested(address, count, op->limit, way);
}

/* struct sock_fprog, struct ifconf. */
static __always_inline void append_list(struct bpf_walk *w, struct plan_op *op, uint64_t address,
					uint32_t way)
{
	uint32_t count = 0;
	uint64_t list = 0;

	if (op->count && arg_of(w, op->length_arg) != op->count)
		return;
	bpf_probe_read_user(&count, op->size == 2 ? 2 : 4, (void *)address);
	if (op->add == 4)
		bpf_probe_read_user(&list, 4, (void *)address + 4);
	else
		bpf_probe_read_user(&list, 8, (void *)address + 8);
	append_nested(list, (uint64_t)count * op->divide, op->limit, way);
}

/* What a call is about to receive is not there yet when it begins: only the headers say something.
 */
static __always_inline uint32_t header_only(struct plan_op *op, uint32_t way)
{
	return op->when == PLAN_AT_ENTER ? way | WAY_HEADER : way;
}

/* What is sent or received looks like netlink: a length that fits, and the flags of a request or of
 * an answer to one; without flags, one message that is an error, an end, or about a generic family.
 */
static __always_inline bool is_netlink(uint64_t address, uint64_t total)
{
	uint32_t words[2] = { 0, 0 };

	return total > 16 && !bpf_probe_read_user(words, sizeof(words), (void *)address) &&
	       words[0] >= 16 && words[0] <= total &&
	       (words[1] >> 16
			? words[1] >> 16 < 0x1000
			: words[0] == total && (words[1] == 2 || words[1] == 3 || words[1] == 16));
}

static __always_inline void do_op(struct bpf_walk *w, struct plan_op *op, uint64_t address,
				  uint32_t way)
{
	uint64_t total;

	switch (op->kind) {
	case PLAN_BEHIND_STRING:
	case PLAN_STRING: append(address, 0, op->limit, way | WAY_STRING); break;
	case PLAN_STRINGS: append_strings(address, op->limit, op->count, way); break;
	case PLAN_IOVEC:
		append_iovec(address, arg_of(w, op->length_arg), op->limit, op->count, way);
		break;
	case PLAN_LIST: append_list(w, op, address, way); break;
	case PLAN_BEHIND_COUNTED: append_counted(w, op, address, way); break;
	case PLAN_BEHIND_ARRAY: append_behind(w, op, address, way); break;
	case PLAN_MSGHDR: append_msghdr(address, op->limit, op->count, header_only(op, way)); break;
	default:
		total = length_of(w, op);
		/* Memory that tells its own length: of none at all, that. */
		if (!total && op->kind == PLAN_BY_POINTER && op->arg == op->length_arg)
			total = 4;
		if (total)
			append(address, total,
			       op->netlink && is_netlink(address, total) ? PLAN_NETLINK_MOST
									 : op->limit,
			       way);
	}
}

/* What is fetched, in memory: what it can be is forgotten, one state in place of many. */
static __always_inline uint32_t begin_op(struct bpf_walk *w, struct plan_op *op, uint32_t way)
{
	if (op->when & (PLAN_AT_EXIT | PLAN_AT_EXIT_ALWAYS))
		way |= WAY_EXIT;
	*(volatile uint32_t *)&w->way = way | op->arg;
	w->left = 0;
	return *(volatile uint32_t *)&w->way;
}

/* Global, so that it is verified once, and not for each way into it. */
__attribute__((noinline)) int run_op(struct plan_op *op, uint32_t bit)
{
	struct bpf_ring *r = this_ring();
	struct bpf_walk *w;
	uint64_t address;
	uint32_t way = 0;

	if (!op || !r)
		return 0;
	w = &r->walk;
	address = op->kind != PLAN_STACK ? arg_of(w, op->arg) : w->stack ? w->stack + op->add : 0;
	if ((op->kind == PLAN_BEHIND || op->kind == PLAN_BEHIND_STRING) &&
	    bpf_probe_read_user(&address, sizeof(address), (void *)address + op->add)) {
		w->failed |= bit;
		return 0;
	}
	if (op->kind == PLAN_BEHIND || op->kind == PLAN_BEHIND_STRING || op->kind == PLAN_STACK)
		way = WAY_NESTED;
	if (!address || !ioctl_goes(w, op))
		return 0;
	way = begin_op(w, op, way);
	do_op(w, op, address, way);
	if (w->left)
		w->failed |= bit;
	return 0;
}

/* Arrays of arrays: not in run_op, because a chain of calls has 8 functions at most. */
static __always_inline void run_arrays(struct bpf_walk *w, struct plan_op *op, uint32_t bit)
{
	uint64_t address = arg_of(w, op->arg), count = arg_of(w, op->length_arg);
	uint32_t way;

	if (!address)
		return;
	way = begin_op(w, op, 0);
	if (op->kind == PLAN_IOCBS)
		append_iocbs(address, count, op->limit, op->count, way);
	else
		append_mmsghdr(address, count, op->limit, op->count, header_only(op, way));
	if (w->left)
		w->failed |= bit;
}

/* `files`: there may be operations of PLAN_FILE, which calls have at their end alone. */
static __always_inline long one_op(uint32_t i, struct op_walk *o, bool files)
{
	struct plan_op *op = &o->plan->op[i & (PLAN_OPS - 1)];
	uint32_t bit = 1u << (i & (PLAN_OPS - 1));
	struct bpf_walk *w = &o->ring->walk;

	if (!(op->when & w->when) && !(w->retry & bit))
		return 0;
	if (op->kind == PLAN_MMSGHDR || op->kind == PLAN_IOCBS)
		run_arrays(w, op, bit);
	else if (op->kind != PLAN_FILE)
		run_op(op, bit);
	else if (files && setting(files))
		append_files(w, op);
	return 0;
}

static long one_enter_op(uint32_t i, struct op_walk *o)
{
	return one_op(i, o, false);
}

static long one_exit_op(uint32_t i, struct op_walk *o)
{
	return one_op(i, o, true);
}

static __always_inline void write_enter_pieces(struct bpf_ring *r, struct plan_call *plan)
{
	struct op_walk o = { .ring = r, .plan = plan };

	bpf_loop(plan->ops & 15, one_enter_op, &o, 0);
}

static __always_inline void write_exit_pieces(struct bpf_ring *r, struct plan_call *plan)
{
	struct op_walk o = { .ring = r, .plan = plan };

	bpf_loop(plan->ops & 15, one_exit_op, &o, 0);
}

#endif
