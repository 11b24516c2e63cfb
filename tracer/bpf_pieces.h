/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_pieces: copies the memory behind arguments into a record, as the call's plan says. One loop over the plan's
 * operations, each of which appends pieces. It never asks for a byte more than the length rule says, and of what ends at
 * a page that cannot be read it keeps the part before that page.
 */
#ifndef SYSTAPE_BPF_PIECES_H
#define SYSTAPE_BPF_PIECES_H

#define PAGE 4096
#define ARRAY_MOST 32		/* elements followed into memory: strace's default limit of arrays */

/* One walk over a plan; lives on the stack of the program. */
struct walk {
	uint64_t args[6];
	uint64_t start;
	int64_t result;
	uint32_t at, when, pieces, flags, failed, retry, arch, left;
	struct bpf_ring *ring;
	struct plan_call *plan;
};

/* One piece to be copied. */
struct want {
	uint64_t address, total;
	uint32_t limit, offset;
	uint8_t arg, string, nested, exit;
};

static __always_inline char *piece_at(struct walk *w, uint32_t at)
{
	return (char *)ring_at(w->ring, w->start) + (at & (PLAN_RECORD_MAX - 1));
}

struct tail {
	struct walk *w;
	uint64_t address;
	uint32_t at, want, done, string;
};

/* One page's part of memory whose end cannot be read. */
static long copy_page(uint32_t i, struct tail *t)
{
	uint32_t size = PAGE - (t->address & (PAGE - 1));
	char *to = piece_at(t->w, t->at + t->done);
	long n;

	if (size > t->want - t->done)
		size = t->want - t->done;
	size &= PLAN_PIECE_MAX;
	if (!size)
		return 1;
	if (t->string) {
		n = bpf_probe_read_user_str(to, size, (void *)t->address);
		if (n > 0 && n < size) { /* the page had its end after all */
			t->done += n - 1;
			t->string = 2;
			return 1;
		}
	}
	if (bpf_probe_read_user(to, size, (void *)t->address))
		return 1;
	t->done += size;
	t->address += size;
	return 0;
}

static __noinline uint32_t copy_part(struct walk *w, struct want *p, uint32_t at, uint32_t want)
{
	struct tail t = { .w = w, .address = p->address, .at = at, .want = want, .string = p->string };

	bpf_loop(PLAN_PIECE_MAX / PAGE + 2, copy_page, &t, 0);
	return t.done;
}

/* Appends one piece. */
static __noinline int append(struct walk *w, struct want *p)
{
	uint32_t at = w->at & (PLAN_RECORD_MAX - 8), header = sizeof(struct trace_piece), size, flags = 0;
	struct trace_piece *piece;
	long n;

	if (p->nested)
		header += sizeof(struct trace_nested);
	size = p->limit;
	if (size > PLAN_PIECE_MAX - 8)
		size = PLAN_PIECE_MAX - 8;
	if (!p->string && p->total < size)
		size = p->total;
	if (at + header + size + 16 > w->plan->room) {
		w->flags |= TRACE_F_CUT;
		return 0;
	}
	if (p->string) {
		/* One byte more tells a string that fits from a longer one. */
		n = bpf_probe_read_user_str(piece_at(w, at + header), (size & PLAN_PIECE_MAX) + 2, (void *)p->address);
		flags = TRACE_P_STRING;
		if (n > 0) {
			n -= 1;
			if (n > size) {
				n = size;
				flags |= TRACE_P_TRUNCATED;
			}
		}
	} else {
		n = bpf_probe_read_user(piece_at(w, at + header), size & PLAN_PIECE_MAX, (void *)p->address);
		n = n < 0 ? n : size;
		if (p->total > size)
			flags = TRACE_P_TRUNCATED;
	}
	if (n < 0) {
		flags |= TRACE_P_UNREADABLE;
		n = copy_part(w, p, at + header, size);
		w->left = 1;
	}
	piece = (void *)piece_at(w, at);
	piece->length = n;
	piece->total = p->total > ~0u ? ~0u : p->total;
	piece->offset = p->offset;
	piece->arg = p->arg;
	piece->spare = 0;
	piece->flags = flags | (p->nested ? TRACE_P_NESTED : 0) | (p->exit ? TRACE_P_EXIT : 0);
	if (p->nested)
		*(uint64_t *)piece_at(w, at + sizeof(*piece)) = p->address;
	w->at = at + header + (((uint32_t)n + 7) & ~7u);
	w->pieces++;
	return 0;
}

static __always_inline uint64_t arg_of(struct walk *w, uint32_t i)
{
	switch (i) {
	case 0: return w->args[0];
	case 1: return w->args[1];
	case 2: return w->args[2];
	case 3: return w->args[3];
	case 4: return w->args[4];
	case 5: return w->args[5];
	}
	return 0;
}

static __always_inline uint64_t read_word(struct walk *w, uint64_t address, uint32_t offset)
{
	uint64_t value = 0;
	uint32_t narrow = 0;

	if (w->arch == TRACE_I386 || w->arch == TRACE_X32) {
		bpf_probe_read_user(&narrow, sizeof(narrow), (void *)(address + offset / 2));
		return narrow;
	}
	bpf_probe_read_user(&value, sizeof(value), (void *)(address + offset));
	return value;
}

#include "tracer/bpf_arrays.h"

static __always_inline uint64_t length_of(struct walk *w, struct plan_op *op)
{
	uint64_t value = op->size;
	uint32_t pointed = 0;

	switch (op->kind) {
	case PLAN_BY_ARG:
		value = arg_of(w, op->length_arg) * op->size;
		if (op->divide > 1)
			value = (value + op->divide - 1) / op->divide;
		break;
	case PLAN_BY_POINTER:
		bpf_probe_read_user(&pointed, sizeof(pointed), (void *)arg_of(w, op->length_arg));
		value = (uint64_t)pointed * op->size;
		break;
	case PLAN_BY_RESULT:
		value = w->result > 0 ? (uint64_t)w->result * op->size : 0;
		break;
	case PLAN_IOCTL:
		value = arg_of(w, op->length_arg) >> 16 & 0x3fff;
		break;
	}
	return value;
}

/* An ioctl command says in its upper bits which way its structure goes: 1 to the kernel, 2 from it. */
static __always_inline bool ioctl_goes(struct walk *w, struct plan_op *op)
{
	uint32_t way = arg_of(w, op->length_arg) >> 30 & 3;

	if (op->kind != PLAN_IOCTL)
		return true;
	return op->when & (PLAN_AT_EXIT | PLAN_AT_EXIT_ALWAYS) ? way & 2 : way & 1;
}

static long one_op(uint32_t i, struct walk *w)
{
	struct plan_op *op = &w->plan->op[i & (PLAN_OPS - 1)];
	struct want p = { .arg = op->arg, .limit = op->limit };
	uint32_t bit = 1u << (i & (PLAN_OPS - 1));

	p.exit = op->when & (PLAN_AT_EXIT | PLAN_AT_EXIT_ALWAYS) ? 1 : 0;
	if (!(op->when & w->when) && !(w->retry & bit))
		return 0;
	p.address = arg_of(w, op->arg);
	if (!p.address || !ioctl_goes(w, op))
		return 0;
	w->left = 0;
	switch (op->kind) {
	case PLAN_STRING:
		p.string = 1;
		append(w, &p);
		break;
	case PLAN_STRINGS:
		append_strings(w, &p, op);
		break;
	case PLAN_IOVEC:
		append_iovec(w, &p, op, p.address, arg_of(w, op->length_arg));
		break;
	case PLAN_MSGHDR:
		append_msghdr(w, &p, op, p.address);
		break;
	case PLAN_MMSGHDR:
		append_mmsghdr(w, &p, op);
		break;
	default:
		p.total = length_of(w, op);
		if (p.total || op->kind == PLAN_FIXED)
			append(w, &p);
	}
	if (w->left)
		w->failed |= bit;
	return 0;
}

static __noinline int write_pieces(struct bpf_ring *r, struct plan_call *plan, struct walk *w)
{
	w->ring = r;
	w->plan = plan;
	bpf_loop(plan->ops & 15, one_op, w, 0);
	return 0;
}

#endif
